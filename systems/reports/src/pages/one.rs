//! One report: its prose and tables, what is to be looked at, what can be done with it now.

use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Response},
};
use casework::Case;
use desk::{Desk, typed::Typed};
use identity::{
    access::{Action, Decision, Target},
    audit,
};
use kernel::CaseCode;
use maud::{Markup, html};
use web::{
    SignedIn,
    components::{
        can::{Can, Weight, can},
        clock,
        crumbs::crumbs,
        errors,
        kv::kv,
        note::{Tone, note},
        section::card,
    },
    form::Faults,
    http::Problem,
    tr,
};

use super::{REPORTS, agency, cells, lists, may_see, remarks, story};
use crate::{
    Error,
    fill::unit_name,
    model::State as Standing,
    queries::{self, Whole},
    regime::Recipient,
};

pub(super) async fn page(
    State(desk): State<Desk>,
    me: SignedIn,
    Path(code): Path<String>,
) -> Result<Response, Problem> {
    let whole = open(&desk, &me, &code).await?;
    shown(&desk, &me, &whole, &Typed::default(), &Faults::default()).await
}

/// The report of a code, to somebody who may see it; that they did is logged.
pub(super) async fn open(desk: &Desk, me: &SignedIn, code: &str) -> Result<Whole, Problem> {
    let code: CaseCode = code.parse().map_err(|_| Problem::not_found())?;
    let (shared, who) = (desk.clone(), me.clone());
    let read = desk.front.store.write(move |tx| {
        let whole = queries::whole(tx, &shared, &code)?;
        let facts = shared.facts(&whole.case, &shared.moment());
        let mut decision = who.may(&shared.front, Action::View, Target::Case(&facts));
        if may_see(&shared, &who, &whole.report) {
            decision = Decision::Allowed;
        }
        let reader = audit::Reader::officer(who.session.account, &who.officer);
        let entry = audit::Entry::of(reader, Action::View, &decision, who.now);
        let entry = entry.on(Some(whole.case.id), None);
        audit::record(tx, &shared.front.tenant, &entry, &shared.front.mint)?;
        Ok::<_, Error>(match decision {
            Decision::Denied(denial) => Err(denial),
            Decision::Allowed => Ok(whole),
        })
    });
    read.await?.map_err(|denial| desk::forbidden(me, &denial))
}

/// Whether this officer may do that to a case.
pub(super) fn may(desk: &Desk, me: &SignedIn, action: Action, case: &Case) -> bool {
    let facts = desk.facts(case, &desk.moment());
    me.may(&desk.front, action, Target::Case(&facts)).is_allowed()
}

/// The page, with what was typed and what is wrong with it.
pub(super) async fn shown(
    desk: &Desk,
    me: &SignedIn,
    whole: &Whole,
    typed: &Typed,
    faults: &Faults,
) -> Result<Response, Problem> {
    let ctx = desk::context(desk, me).await?;
    let report = &whole.report;
    let writes = matches!(report.state, Standing::Draft | Standing::Returned)
        && may(desk, me, Action::CompleteStep, &whole.case);
    let title = whole.form.name.clone();
    let chip = clock::large(&me.words, &lists::clock_of(me, report));
    let here = report.code.as_str();
    let list = tr!(me, "reports-nav");
    let body = cells::Body { desk, me, whole, typed, faults, writes };
    let main = html! {
        (crumbs(&me.words, &[(list.as_str(), REPORTS)], here))
        p.lead { (lead(me, whole)) }
        (errors::summary(&me.words, faults))
        div.cols {
            div.stack { (notes(me, whole)) (remarks::broken(me, whole)) (facts(me, whole)) }
            aside.side2.stack { (actions(desk, me, whole)) }
        }
        // The tables have the whole width of the page.
        @if writes {
            form.stack.after method="post" action={ (REPORTS) "/" (report.code) }
                data-draft={ "report " (report.code) " " (whole.seq) } {
                (web::page::csrf_field(&ctx))
                input type="hidden" name="luot" value=(whole.seq);
                (body.parts()) (body.tables())
                div.row {
                    button.btn name="do" value="luu" { (tr!(me, "reports-save")) }
                    button.btn.go name="do" value="trinh" { (tr!(me, "reports-submit")) }
                }
            }
        } @else {
            div.stack.after { (body.parts()) (body.tables()) }
        }
        div.two {
            (card("story", &tr!(me, "reports-story"), story::story(me, whole)))
            (remarks::comments(me, whole))
        }
    };
    let status = if faults.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let title = errors::title(&me.words, faults, &title);
    Ok((status, desk::page(&ctx, &title, chip, main)).into_response())
}

fn lead(me: &SignedIn, whole: &Whole) -> String {
    let report = &whole.report;
    me.words.t_with(
        "reports-lead",
        &[
            ("unit", unit_name(&me.directory, report.unit, report.period).into()),
            ("period", desk::period_text(&me.words, report.period).into()),
            ("to", recipient(me, whole).into()),
        ],
    )
}

fn recipient(me: &SignedIn, whole: &Whole) -> String {
    match whole.regime.level(&whole.report.level).map(|level| &level.to) {
        Some(Recipient::Elsewhere(name)) => name.clone(),
        _ => {
            let agency = me.directory.agency(whole.report.recipient);
            agency.map_or_else(String::new, |agency| agency.name.clone())
        }
    }
}

/// What must be known before anything else.
fn notes(me: &SignedIn, whole: &Whole) -> Markup {
    let report = &whole.report;
    html! {
        @if report.unit != report.owner {
            (note(Tone::Soon, html! { (me.words.t_with("reports-ended-unit", &[
                ("unit", unit_name(&me.directory, report.unit, report.period).into()),
                ("owner", agency(&me.directory, report.owner).into()),
            ])) }))
        }
        @if let (2.., Some(why)) = (report.version, &report.why) {
            (note(Tone::Plain, html! { (me.words.t_with("reports-revision-of", &[
                ("n", (report.version - 1).into()), ("why", why.clone().into()),
            ])) }))
        }
        @if let Some(moved) = report.moved_to {
            (note(Tone::Late, html! { (me.words.t_with("reports-moved-late", &[
                ("was", me.words.moment(report.due_at).into()), ("to", me.words.moment(moved).into()),
            ])) }))
        }
        @if report.state == Standing::Received && !report.newest {
            (note(Tone::Soon, html! { (tr!(me, "reports-being-revised")) }))
        }
    }
}

/// What can be done now.
fn actions(desk: &Desk, me: &SignedIn, whole: &Whole) -> Markup {
    let report = &whole.report;
    let base = format!("{REPORTS}/{}", report.code);
    let link = |deed: &str, weight| Can::Link {
        label: me.words.t(&format!("reports-deed-{deed}")),
        href: format!("{base}/{deed}"),
        weight,
    };
    let holds = may(desk, me, Action::CompleteStep, &whole.case);
    let mut all = match report.state {
        Standing::Approving if holds => {
            vec![
                link("gui", Weight::Main),
                link("tra-lai", Weight::Plain),
                link("gop-y", Weight::Plain),
            ]
        }
        Standing::Sent if holds => {
            vec![
                link("nhan", Weight::Main),
                link("tra-lai", Weight::Plain),
                link("gop-y", Weight::Plain),
            ]
        }
        Standing::Received if report.newest && may(desk, me, Action::Reopen, &whole.case) => {
            vec![link("sua-doi", Weight::Plain)]
        }
        _ => Vec::new(),
    };
    if !holds && report.state != Standing::Received {
        all.push(Can::Note(tr!(me, "reports-held-by", who = holder(me, &whole.case))));
    }
    for (key, name) in [("pdf", "bao-cao.pdf"), ("xlsx", "bao-cao.xlsx"), ("sdmx", "bao-cao.csv")] {
        let label = me.words.t(&format!("reports-file-{key}"));
        all.push(Can::Link { label, href: format!("{base}/tep/{name}"), weight: Weight::Plain });
    }
    card("do", &tr!(me, "reports-actions"), can(&all))
}

/// Who holds the open step.
fn holder(me: &SignedIn, case: &Case) -> String {
    let Some(post) = case.holdings.values().next().map(|holding| holding.post) else {
        return String::new();
    };
    let title = me.directory.post(post).map_or("", |post| post.title.as_str());
    let name = me.directory.holder(post, me.now).map_or("", |person| person.name.as_str());
    format!("{name}, {title}")
}

fn facts(me: &SignedIn, whole: &Whole) -> Markup {
    let report = &whole.report;
    let mut pairs: Vec<(String, Markup)> = Vec::new();
    let mut say = |key: &str, value: Markup| pairs.push((tr!(me, key), value));
    say("reports-col-state", html! { (lists::state(me, report)) });
    say("reports-col-due", html! { (me.words.moment(report.due_at)) });
    if let Some(at) = report.sent_at {
        say("reports-sent-at", html! { (me.words.moment(at)) });
    }
    if let Some(at) = report.received_at {
        say("reports-received-at", html! { (me.words.moment(at)) });
    }
    match &report.signed_by {
        Some(name) => say("reports-signed-by", html! { (name) }),
        None if report.document.is_some() => {
            say("reports-signed-by", html! { (tr!(me, "reports-unsigned")) });
        }
        None => {}
    }
    if let Some(pos) = whole.sheet.as_of {
        say("reports-as-of", html! { (me.words.number(pos)) });
    }
    card("facts", report.code.as_str(), kv(&pairs))
}
