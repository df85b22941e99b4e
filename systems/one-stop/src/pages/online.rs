//! What waits to be taken on: online and postal filings have eight working hours
//! (Decree 118/2025/NĐ-CP), so the list is ordered by the time left.

use axum::{
    Form, Router,
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Response},
    routing::get,
};
use casework::{Command, DeclineReason, Status};
use desk::agency_line;
use identity::access::{Action, Target};
use kernel::{CaseCode, CaseId};
use maud::{Markup, html};
use web::{
    SignedIn,
    components::{
        bulk::{self, BulkAction},
        clock, confirm,
        confirm::Confirm,
        empty, errors, fields,
        fields::{Choice, Field},
        flash::Flash,
        note::{Tone, note},
        tag,
    },
    form::Faults,
    http::{Problem, csrf, flash::see_other_with},
    page::{self, csrf_field},
    tr,
};

use super::{DOSSIER, ONLINE, clock::of_line, context, forbidden, refusal};
use crate::{
    Desk, Moment,
    commands::{Act, act},
    pages,
    queries::work::{self, Bounds, Narrow, Whose, WorkRow},
};

/// Most dossiers that one page lists and one click takes on.
const ONLINE_MAX: u32 = 200;

/// The addresses of the list.
pub(super) fn routes() -> Router<Desk> {
    Router::new()
        .route(ONLINE, get(show).post(accept))
        .route("/truc-tuyen/{code}/tu-choi", get(ask).post(decline))
}

/// A dossier that was not taken on, and why.
struct NotTaken {
    code: String,
    why: String,
}

async fn show(State(desk): State<Desk>, me: SignedIn) -> Result<Markup, Problem> {
    list_page(&desk, &me, &[], 0).await
}

async fn list_page(
    desk: &Desk,
    me: &SignedIn,
    failed: &[NotTaken],
    taken: usize,
) -> Result<Markup, Problem> {
    let here = agency_line(&me.directory, me.agency);
    let may = me.may(&desk.front, Action::List, Target::Agency(&here));
    may.check().map_err(|denial| forbidden(me, &denial))?;
    let (shared, bounds) = (desk.clone(), Bounds::at(me.now));
    let whose = Whose::Counter(me.agency, &[casework::ACCEPT]);
    let read = desk.front.store.read(move |tx| {
        work::waiting(tx, &shared, whose, &Narrow::default(), bounds, None, ONLINE_MAX)
    });
    let (rows, more) = read.await?;
    let ctx = context(desk, me).await?;
    let title = tr!(me, "nav-online");
    let main = html! {
        p.lead { (tr!(me, "online-lead", n = rows.len())) }
        (report(me, failed, taken))
        @if rows.is_empty() { (empty::empty(&tr!(me, "online-empty"), Some((&tr!(me, "nav-counter"), super::COUNTER)))) }
        @else { (list(desk, me, &ctx, &rows)) }
        @if more.is_some() { p.muted { (tr!(me, "online-more", n = ONLINE_MAX)) } }
    };
    Ok(pages::page(&ctx, &title, html! {}, main))
}

fn report(me: &SignedIn, failed: &[NotTaken], taken: usize) -> Markup {
    html! {
        @if !failed.is_empty() {
            (note(Tone::Late, html! {
                p { b { (tr!(me, "online-report", taken = taken, failed = failed.len())) } }
                ul { @for one in failed { li { code { (one.code) } ": " (one.why) } } }
            }))
        }
    }
}

fn list(desk: &Desk, me: &SignedIn, ctx: &web::PageContext, rows: &[WorkRow]) -> Markup {
    let moment = desk.moment();
    let accept = BulkAction {
        name: "nhan".into(),
        label: tr!(me, "online-accept"),
        label_counted: tr!(me, "online-accept-counted"),
        rest_counted: tr!(me, "online-rest-counted"),
        main: true,
        ..BulkAction::default()
    };
    html! {
        form.card.box method="post" action=(ONLINE) data-list data-main {
            (csrf_field(ctx))
            table.t.cases.ticks {
                caption.vh { (tr!(me, "nav-online")) }
                thead { tr {
                    th scope="col" { span.vh { (tr!(me, "list-select")) } }
                    th scope="col" aria-sort="ascending" { (tr!(me, "list-due")) }
                    th scope="col" { (tr!(me, "list-case")) }
                    th scope="col" { (tr!(me, "online-until")) }
                    th.n scope="col" { (tr!(me, "list-act")) }
                } }
                tbody { @for row in rows { (list_row(me, &moment, row)) } }
            }
            (bulk::bar(&ctx.words, &[accept]))
        }
    }
}

fn list_row(me: &SignedIn, moment: &Moment, row: &WorkRow) -> Markup {
    let (words, line) = (&me.words, &row.line);
    let code = line.code.as_str();
    let chip = of_line(words, line, me.now, moment);
    let name = moment.shelf.version(&line.procedure).map_or("", |p| p.name.as_str());
    let ready = line.status == Status::Submitted;
    let why = (!ready).then(|| words.t(&format!("status-{}", line.status.word())));
    html! {
        tr data-row data-can=[ready.then_some("nhan")] data-why=[why] {
            td.tick {
                input type="checkbox" name="case" value=(code)
                    aria-label=(tr!(me, "list-select-one", code = code));
            }
            td.due { (clock::chip(words, &chip)) }
            td.what {
                a.a href={ (DOSSIER) "/" (code) } { (name) }
                span.sub {
                    code { (code) } span { (row.applicant()) }
                    (tag::tag(&words.t(&format!("channel-{}", line.channel.word()))))
                }
            }
            td.who2 { (words.moment_near(row.due, me.now)) }
            td.act.n {
                @if ready { button.btn.sm name="mot" value=(code) { (tr!(me, "online-accept")) } " " }
                a.btn.sm.bad href={ (ONLINE) "/" (code) "/tu-choi" } { (tr!(me, "online-decline")) }
            }
        }
    }
}

async fn accept(
    State(desk): State<Desk>,
    me: SignedIn,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Result<Response, Problem> {
    let of = |name: &str| pairs.iter().find(|(n, _)| n == name).map(|(_, value)| value.as_str());
    if !me.csrf_fits(of(csrf::FIELD).unwrap_or_default()) {
        return Err(Problem::forbidden());
    }
    let codes: Vec<&str> = match of("mot") {
        Some(one) => vec![one],
        None => {
            let ticked = pairs.iter().filter(|(name, _)| name == "case");
            ticked.map(|(_, code)| code.as_str()).take(ONLINE_MAX as usize).collect()
        }
    };
    if codes.is_empty() {
        return Ok(see_other_with(ONLINE, Flash::notice(tr!(me, "online-none-ticked"))));
    }
    let (mut taken, mut failed) = (0_usize, Vec::new());
    for code in codes {
        match accept_one(&desk, &me, code).await? {
            Ok(()) => taken += 1,
            Err(why) => failed.push(NotTaken { code: code.to_owned(), why }),
        }
    }
    if failed.is_empty() {
        return Ok(see_other_with(ONLINE, Flash::done(tr!(me, "online-done", n = taken))));
    }
    Ok(list_page(&desk, &me, &failed, taken).await?.into_response())
}

/// Takes one on, in a transaction of its own, so that one refusal stops no other; or says why not.
async fn accept_one(desk: &Desk, me: &SignedIn, code: &str) -> Result<Result<(), String>, Problem> {
    let Some(case) = find(desk, code).await? else {
        return Ok(Err(tr!(me, "online-unknown")));
    };
    let command = Command::Accept { note: "".into() };
    run(desk, me, case, command).await
}

async fn find(desk: &Desk, code: &str) -> Result<Option<CaseId>, Problem> {
    let Ok(code) = code.parse::<CaseCode>() else { return Ok(None) };
    let shared = desk.clone();
    Ok(desk.front.store.read(move |tx| desk::dossier_id(tx, &shared.front.tenant, &code)).await?)
}

async fn run(
    desk: &Desk,
    me: &SignedIn,
    case: CaseId,
    command: Command,
) -> Result<Result<(), String>, Problem> {
    let wanted = Act { case, expected: None, happened_at: None, command };
    match act(desk, me, wanted).await {
        Ok(_) => Ok(Ok(())),
        Err(error) => match refusal::of_error(&me.words, &error, &desk.moment(), None, me.now) {
            Some(why) => Ok(Err(why)),
            None => Err(error.into()),
        },
    }
}

async fn ask(
    State(desk): State<Desk>,
    me: SignedIn,
    Path(code): Path<String>,
) -> Result<Response, Problem> {
    decline_page(&desk, &me, &code, ("", ""), &Faults::default()).await
}

async fn decline_page(
    desk: &Desk,
    me: &SignedIn,
    code: &str,
    (reason, words): (&str, &str),
    faults: &Faults,
) -> Result<Response, Problem> {
    let parsed: CaseCode = code.parse().map_err(|_| Problem::not_found())?;
    let shared = desk.clone();
    let dossier = desk.front.store.read(move |tx| desk::dossier(tx, &shared, &parsed));
    let dossier = dossier.await?.ok_or_else(Problem::not_found)?;
    let moment = desk.moment();
    let facts = desk.facts(&dossier.case, &moment);
    let may = me.may(&desk.front, Action::Decline, Target::Case(&facts));
    may.check().map_err(|denial| forbidden(me, &denial))?;
    let name = dossier.applicant.map_or_else(String::new, |applicant| applicant.name);
    let ctx = context(desk, me).await?;
    let asked = Confirm {
        question: tr!(me, "online-decline-ask", name = name.as_str()),
        consequences: vec![tr!(me, "online-decline-1"), tr!(me, "online-decline-2")],
        action: format!("{ONLINE}/{code}/tu-choi"),
        verb: tr!(me, "online-decline"),
        harsh: true,
        back: ONLINE.to_owned(),
        kept: Vec::new(),
    };
    let choice =
        |r: &DeclineReason| Choice::new(r.word(), me.words.t(&format!("decline-{}", r.word())));
    let choices: Vec<_> = DeclineReason::ALL.iter().map(choice).collect();
    let labels = [tr!(me, "counter-reason"), tr!(me, "counter-reason-words")];
    let of_list = Field::new("ly-do", &labels[0]).fault(faults.of("ly-do"));
    let hint = tr!(me, "act-slip-lines");
    let in_words = Field::new("loi", &labels[1]).hint(&hint).fault(faults.of("loi"));
    let body = html! {
        (fields::radios(&me.words, &of_list, &choices, reason))
        (fields::textarea(&me.words, &in_words, words))
    };
    let title = errors::title(&me.words, faults, &asked.verb);
    let main =
        html! { (errors::summary(&me.words, faults)) (confirm::confirm(&ctx, &asked, body)) };
    let status = if faults.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    Ok((status, page::desk(&ctx, &title, main)).into_response())
}

#[derive(Debug, serde::Deserialize)]
struct Declined {
    #[serde(default, rename = "_csrf")]
    csrf: String,
    #[serde(default, rename = "ly-do")]
    reason: String,
    #[serde(default, rename = "loi")]
    words: String,
}

async fn decline(
    State(desk): State<Desk>,
    me: SignedIn,
    Path(code): Path<String>,
    Form(form): Form<Declined>,
) -> Result<Response, Problem> {
    if !me.csrf_fits(&form.csrf) {
        return Err(Problem::forbidden());
    }
    let mut faults = Faults::default();
    let reason = DeclineReason::from_word(&form.reason);
    if reason.is_none() {
        faults.add("ly-do", tr!(me, "counter-reason-missing"));
    }
    if form.words.trim().is_empty() {
        faults.add("loi", tr!(me, "counter-decline-words"));
    }
    let typed = (form.reason.as_str(), form.words.as_str());
    let (Some(reason), true) = (reason, faults.is_empty()) else {
        return decline_page(&desk, &me, &code, typed, &faults).await;
    };
    let case = find(&desk, &code).await?.ok_or_else(Problem::not_found)?;
    let command = Command::Decline { reason, note: form.words.trim().into() };
    match run(&desk, &me, case, command).await? {
        Ok(()) => {
            let said = tr!(me, "counter-done-declined", code = code.as_str());
            Ok(see_other_with(&format!("{DOSSIER}/{code}/giay-hen"), Flash::done(said)))
        }
        Err(why) => {
            faults.add("ly-do", why);
            decline_page(&desk, &me, &code, typed, &faults).await
        }
    }
}
