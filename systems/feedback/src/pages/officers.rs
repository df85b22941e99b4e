//! One report, to an officer: what was sent, what the model suggests and how sure it is, what
//! happened, and what can be done now.

mod deeds;

pub(super) use deeds::agency_of;

use axum::{
    extract::{Path, State},
    response::{IntoResponse, Response},
};
use casework::{Case, Change, Told};
use identity::{
    access::{Action, Decision, Target},
    audit,
};
use kernel::{Actor, CaseCode};
use maud::{Markup, html};
use web::{
    Icon, SignedIn, Words,
    components::{
        clock,
        crumbs::crumbs,
        kv::kv,
        section::card,
        timeline::{Happening, HappeningKind, timeline},
    },
    form::Faults,
    http::Problem,
    icon, tr,
};

use super::{OFFICE, PUBLIC, parts, typed::Typed};
use crate::{
    Error, Feedback, Result,
    category::Category,
    model::Report,
    queries::{self, Near, What, Whole},
    rules::Rules,
    suggestion::Suggestion,
};

/// All that the page shows.
pub(super) struct Open {
    pub(super) whole: Whole,
    pub(super) suggested: Vec<Suggestion>,
    pub(super) near: Vec<Near>,
    /// What is the same and goes on with it.
    pub(super) joined: Vec<Report>,
    pub(super) rules: Rules,
}

pub(super) async fn page(
    State(feedback): State<Feedback>,
    me: SignedIn,
    Path(code): Path<String>,
) -> Result<Response, Problem> {
    let open = open(&feedback, &me, &code).await?;
    shown(&feedback, &me, &open, &Typed::default(), &Faults::default()).await
}

/// The report of a code, to somebody who may open it; that they did is logged.
pub(super) async fn open(feedback: &Feedback, me: &SignedIn, code: &str) -> Result<Open, Problem> {
    let code: CaseCode = code.parse().map_err(|_| Problem::not_found())?;
    let model = feedback.model().await?;
    let (shared, who) = (feedback.clone(), me.clone());
    let read = feedback.front.store.write(move |tx| {
        let whole = queries::whole(tx, &shared, &code)?.ok_or(Error::NoSuchReport)?;
        let facts = shared.facts(&whole.case, &shared.moment());
        let decision = who.may(&shared.front, Action::View, Target::Case(&facts));
        let reader = audit::Reader::officer(who.session.account, &who.officer);
        let entry = audit::Entry::of(reader, Action::View, &decision, who.now);
        let entry = entry.on(Some(whole.case.id), Some(whole.case.applicant));
        audit::record(tx, &shared.front.tenant, &entry, &shared.front.mint)?;
        if let Decision::Denied(denial) = decision {
            return Ok(Err(denial));
        }
        let text = whole.said("noi_dung").to_owned();
        let suggested = model.suggest(&text);
        let what = What {
            text: &text,
            category: Some(whole.report.category),
            point: whole.report.point,
            place: whole.report.place.as_ref(),
            except: Some(whole.report.case),
        };
        let looks = whole.case.ended_at.is_none() && !whole.report.confidential;
        let near = match looks {
            true => queries::near(tx, &shared, &model, &what, who.now, true)?,
            false => Vec::new(),
        };
        let joined = queries::joined(tx, &shared, whole.report.case)?;
        let rules = shared.rules(tx)?;
        Ok::<_, Error>(Ok(Open { whole, suggested, near, joined, rules }))
    });
    read.await?.map_err(|denial| desk::forbidden(me, &denial))
}

/// The page, with what was typed and what is wrong with it.
pub(super) async fn shown(
    feedback: &Feedback,
    me: &SignedIn,
    open: &Open,
    typed: &Typed,
    faults: &Faults,
) -> Result<Response, Problem> {
    let ctx = desk::context(feedback.desk(), me).await?;
    let (words, report) = (&me.words, &open.whole.report);
    let title = parts::category(words, report.category);
    let chip = clock_of(feedback, me, &open.whole.case);
    let here = report.code.as_str();
    let list = tr!(me, "feedback-nav");
    let main = html! {
        (crumbs(words, &[(list.as_str(), OFFICE)], here))
        div.cols {
            div.stack {
                (web::components::errors::summary(words, faults))
                (said(me, open))
                (deeds::deeds(feedback, me, &ctx, open, typed, faults))
            }
            aside.side2.stack {
                (facts(feedback, me, open))
                (card("h", &tr!(me, "feedback-story"), timeline(&story(feedback, me, open))))
            }
        }
    };
    let status = if faults.is_empty() { 200 } else { 422 };
    let status = axum::http::StatusCode::from_u16(status).unwrap_or_default();
    Ok((status, desk::page(&ctx, &title, chip, main)).into_response())
}

fn clock_of(feedback: &Feedback, me: &SignedIn, case: &Case) -> Markup {
    let moment = feedback.moment();
    let calendar = moment.calendars.agency(case.decided_by);
    let view = desk::clock::view(&me.words, case, me.now, calendar, &moment.thresholds);
    clock::large(&me.words, &view)
}

/// What was sent, whole, with its photos.
fn said(me: &SignedIn, open: &Open) -> Markup {
    let (whole, report) = (&open.whole, &open.whole.report);
    let photos: Vec<_> = whole.photos.iter().collect();
    let base = format!("{OFFICE}/{}/anh/", report.code);
    let text = whole.said("noi_dung");
    let body = html! {
        @if text.is_empty() { p.muted { (tr!(me, "feedback-destroyed")) } }
        @for line in text.lines() { p { (line) } }
        @for added in whole.added() { p { b { (tr!(me, "feedback-added")) } " " (added) } }
        (parts::photos(&me.words, &photos, &base, ""))
        @if let Some(answer) = whole.answer() {
            h3.after { (tr!(me, "feedback-answer-written")) }
            @for line in answer.lines() { p { (line) } }
        }
    };
    card("w", &tr!(me, "feedback-what-said"), body)
}

fn facts(feedback: &Feedback, me: &SignedIn, open: &Open) -> Markup {
    let (whole, report) = (&open.whole, &open.whole.report);
    let directory = feedback.front.directory.get();
    let words = &me.words;
    let mut pairs: Vec<(String, Markup)> = Vec::new();
    let mut say = |key: &str, value: Markup| pairs.push((tr!(me, key), value));
    say("feedback-state", html! { (parts::state(words, report.state)) });
    say("feedback-agency", html! { (parts::agency(&directory, report.agency)) });
    let place = parts::place(&directory, report.place.as_ref());
    let address = whole.said("dia_chi");
    say("feedback-place", html! { (place) @if !address.is_empty() { ", " (address) } });
    if let Some(point) = report.point {
        let shown = format!("{:.5}, {:.5}", point.north, point.east);
        say("feedback-point", html! { span.num { (shown) } });
    }
    // The person behind it is not needed to mend a road; who asks for more does it through here.
    let phone = whole.reporter.as_ref().is_some_and(|party| party.phone.is_some());
    let name = report.name_shown.clone().unwrap_or_else(|| tr!(me, "feedback-anonymous"));
    say("feedback-from", html! { (name) @if phone { ", " (tr!(me, "feedback-has-phone")) } });
    say("feedback-shown", html! { (words.t(shown_word(open))) });
    if let Some(looked) = &whole.looked {
        let title = directory.post(looked.post).map_or("", |post| post.title.as_str());
        let agency = parts::agency(&directory, looked.agency);
        let at = words.moment(looked.at);
        say("feedback-asks-about", html! { (title) ", " (agency) ", " (at) });
    }
    if report.supporters > 0 {
        say("feedback-too", html! { (words.number(report.supporters)) });
    }
    if !open.joined.is_empty() {
        say(
            "feedback-joined",
            html! {
                @for (n, other) in open.joined.iter().enumerate() {
                    @if n > 0 { ", " }
                    a.num href={ (OFFICE) "/" (other.code) } { (other.code) }
                }
            },
        );
    }
    if let Some(by) = ask_by(feedback, open) {
        say("feedback-ask-by", html! { (words.moment_near(by, me.now)) });
    }
    html! {
        (card("f", report.code.as_str(), kv(&pairs)))
        @if report.shown { p { a.row href={ (PUBLIC) "/" (report.code) } { (icon(Icon::Out)) (tr!(me, "feedback-public-page")) } } }
    }
}

fn shown_word(open: &Open) -> &'static str {
    let report = &open.whole.report;
    match (report.confidential, report.wanted_shown, report.shown) {
        (true, _, _) => "feedback-is-confidential",
        (_, _, true) => "feedback-is-shown",
        (_, false, _) => "feedback-is-private",
        (_, true, false) => "feedback-not-yet-shown",
    }
}

/// Until when the reporter is asked for more, by the rules.
fn ask_by(feedback: &Feedback, open: &Open) -> Option<kernel::Instant> {
    let case = &open.whole.case;
    let from = case.accepted_at.filter(|_| case.ended_at.is_none())?;
    let profile = open.rules.profile(&open.whole.report.profile)?;
    let moment = feedback.moment();
    let calendar = moment.calendars.agency(case.decided_by);
    let clock = calendar::CaseClock::start(from, profile.ask_within.into(), calendar);
    Some(clock.due())
}

/// What happened, newest first, with who did it.
fn story(feedback: &Feedback, me: &SignedIn, open: &Open) -> Vec<Happening> {
    let directory = feedback.front.directory.get();
    let name = |actor: &Actor| match actor {
        Actor::Officer { person, .. } => {
            directory.person(*person).map_or_else(String::new, |person| person.name.clone())
        }
        Actor::Party(_) => tr!(me, "feedback-actor-reporter"),
        Actor::System(_) => tr!(me, "feedback-actor-system"),
    };
    let one = |told: &Told| Happening {
        icon: drawing(&told.change),
        kind: match told.change {
            Change::SupplementRequested { .. } => HappeningKind::Pause,
            _ => HappeningKind::Past,
        },
        what: happened(&me.words, &told.change),
        who: name(&told.actor),
        when: me.words.moment_near(told.happened_at, me.now),
        consequence: consequence(feedback, told),
    };
    open.whole.story.iter().rev().map(one).collect()
}

fn happened(words: &Words, change: &Change) -> String {
    match change {
        Change::Completed { step, outcome, .. } => {
            words.t(&format!("feedback-done-{}-{}", step.as_str(), outcome.as_str()))
        }
        other => words.t(&format!("feedback-event-{}", other.kind())),
    }
}

fn consequence(feedback: &Feedback, told: &Told) -> Markup {
    let directory = feedback.front.directory.get();
    let to = match &told.change {
        Change::Forwarded { decided_by, .. } => Some(parts::agency(&directory, *decided_by)),
        _ => None,
    };
    html! {
        @if let Some(to) = to { p { (to) } }
        @if let Some(note) = &told.note { p.small { (parts::beginning(note)) } }
    }
}

const fn drawing(change: &Change) -> Icon {
    match change {
        Change::Submitted { .. } | Change::SupplementReceived { .. } => Icon::Inbox,
        Change::Forwarded { .. } | Change::Assigned { .. } | Change::Moved { .. } => Icon::Next,
        Change::SupplementRequested { .. } | Change::Suspended { .. } => Icon::Hold,
        Change::Declined { .. } | Change::Discontinued { .. } | Change::Withdrawn { .. } => {
            Icon::Close
        }
        Change::Escalated { .. } => Icon::Bell,
        Change::SentBack { .. } => Icon::Undo,
        _ => Icon::Done,
    }
}

/// The suggestions of the model, each with how sure it is.
pub(super) fn suggestions(me: &SignedIn, open: &Open) -> Markup {
    html! {
        p.small.muted {
            (tr!(me, "feedback-suggested")) " "
            @for (n, one) in open.suggested.iter().enumerate() {
                @if n > 0 { ", " }
                (parts::category(&me.words, one.category)) " " (me.words.share(f64::from(one.sure)))
            }
        }
    }
}

/// The category to begin with: what the reporter chose, else the likeliest.
pub(super) fn first_category(open: &Open) -> Category {
    let report = &open.whole.report;
    match (report.category, open.suggested.first()) {
        (Category::Other, Some(first)) => first.category,
        (chosen, _) => chosen,
    }
}
