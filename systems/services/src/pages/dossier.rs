//! One of my dossiers: where it is, who holds it until when, what to do now, and how it went.

use axum::{
    Router,
    extract::{Path, State},
    http::header,
    response::{IntoResponse, Response},
    routing::get,
};
use casework::{Case, Change, Obligation, Status};
use desk::{Moment, clock};
use files::{Kind, Sha256Hash};
use kernel::{Actor, Instant, PostId, today};
use maud::{Markup, html};
use tokio::task::spawn_blocking;
use web::{
    Citizen, Icon, Words,
    components::{
        clock as chip,
        documents::filed,
        steps::{self, StepState, StepView},
    },
    http::Problem,
    i18n::capital,
    icon, page, tr,
};

use super::{
    DOSSIERS, FEEDBACK, PAY, RESULTS, receipt,
    receipt::{open, papers},
    speak,
};
use crate::{Services, queries::Mine};

pub(super) fn routes() -> Router<Services> {
    Router::new()
        .route(&format!("{DOSSIERS}/{{code}}"), get(show))
        .route(&format!("{DOSSIERS}/{{code}}/tep/{{hash}}"), get(file))
}

async fn show(
    State(services): State<Services>,
    me: Citizen,
    Path(code): Path<String>,
) -> Result<Markup, Problem> {
    let (mine, moment) = open(&services, &me, &code).await?;
    let ctx = me.page();
    let words = &me.words;
    let case = &mine.case;
    let procedure = moment.shelf.version(&case.procedure);
    let name = procedure.map_or_else(String::new, |p| speak::name(words, p).to_owned());
    let status = case.status.word();
    let calendar = moment.calendars.agency(case.decided_by);
    let clock = clock::view(words, case, me.now, calendar, &services.desk.thresholds);
    let main = html! {
        a.bk href=(DOSSIERS) { (icon(Icon::Back)) (tr!(me, "mine-title")) }
        div.stack {
        section.card.ans aria-labelledby="t" {
            p.muted { (name) ", " (case.code) }
            h1 #t { (words.t(&format!("mine-is-{status}"))) }
            p { (chip::chip(words, &clock)) }
            @if let Some(when) = promise(words, case, me.now) { p.when.num { (when) } }
            p { (holder(words, &moment, case, me.now)) }
            p { b { (duty(words, &moment, &mine)) } }
            (act(&me, case))
            @if case.ended_at.is_some() {
                p { a href=(RESULTS) { (tr!(me, "mine-see-results")) } }
                p { a href=(services.desk.rating_path(case)) { (tr!(me, "mine-rate")) } }
            }
        }
        (fees(&me, case))
        section.card aria-labelledby="h" {
            h2 #h { (tr!(me, "mine-story")) }
            (steps::path(words, &story(words, &moment, &mine, me.now)))
        }
        }
        @if let Some(procedure) = procedure {
            h2 { (tr!(me, "mine-answers")) }
            div.card { dl.answers {
                @for field in &procedure.fields {
                    @if let Some(value) = mine.answers.get(field.id.as_str()) {
                        div { dt { (speak::label(words, field)) } dd { (speak::answer(words, &moment, field, value)) } }
                    }
                }
            } }
        }
        h2 { (tr!(me, "receipt-papers")) }
        (filed(words, &papers(words, &moment, &mine)))
        p.after { a href={ (DOSSIERS) "/" (case.code) "/bien-nhan" } { (tr!(me, "mine-receipt")) } }
        @if may_withdraw(case) {
            p { a href={ (DOSSIERS) "/" (case.code) "/rut" } { (tr!(me, "withdraw-link")) } }
        }
        p.muted.small { (tr!(me, "mine-late")) " " a href=(FEEDBACK) { (tr!(me, "mine-complain")) } }
    };
    Ok(page::citizen(&ctx, &tr!(me, "mine-page", code = case.code.as_str()), main))
}

/// Whether it can still be taken back.
pub(super) fn may_withdraw(case: &Case) -> bool {
    matches!(case.status, Status::Submitted) || case.status.is_running()
}

/// The one thing to do now.
fn act(me: &Citizen, case: &Case) -> Markup {
    let code = &case.code;
    html! {
        @match case.status {
            Status::AwaitingSupplement => {
                p.acts { a.btn.go href={ (DOSSIERS) "/" (code) "/bo-sung" } { (tr!(me, "mine-do-supplement")) } }
            }
            _ if receipt::owes(case) => {
                p.acts { a.btn.go href={ (PAY) "/" (code) } { (tr!(me, "mine-do-pay")) } }
            }
            _ => {}
        }
    }
}

/// What is owed and what was paid, each with where it stands.
fn fees(me: &Citizen, case: &Case) -> Markup {
    let words = &me.words;
    let stands = |owed: &Obligation| match &owed.payment {
        Some(payment) => tr!(me, "fee-paid-at", at = words.moment_near(payment.at, me.now)),
        None if owed.is_owed() => tr!(me, "fee-unpaid"),
        None => tr!(me, "fee-waived"),
    };
    html! {
        @if !case.obligations.is_empty() {
            section.card aria-labelledby="phi" {
                h2 #phi { (tr!(me, "fee-title")) }
                dl.answers {
                    @for owed in &case.obligations {
                        div {
                            dt { (owed.name) }
                            dd { b.num { (receipt::sum(words, owed.amount)) } ", " (stands(owed)) }
                        }
                    }
                }
                @if receipt::owes(case) {
                    p { (receipt::when_due(words, case)) " "
                        a href={ (PAY) "/" (case.code) } { (tr!(me, "mine-do-pay")) } }
                } @else if case.obligations.iter().any(|owed| owed.payment.is_some()) {
                    p { a href={ (PAY) "/" (case.code) "/bien-nhan.pdf" } { (tr!(me, "fee-receipt")) } }
                }
            }
        }
    }
}

fn promise(words: &Words, case: &Case, now: Instant) -> Option<String> {
    let day = |at| words.date_long(today(at));
    match case.status {
        Status::Submitted => {
            Some(tr!(words, "mine-accept-by", at = words.moment_near(case.accept_by, now)))
        }
        Status::AwaitingPayment if case.accepted_at.is_none() => None,
        status if status.is_paused() => Some(tr!(words, "mine-paused")),
        Status::InProgress => case.due().map(|due| {
            let key = if now > due { "mine-was-due" } else { "mine-due" };
            words.t_with(key, &[("time", words.time(due).into()), ("day", day(due).into())])
        }),
        _ => {
            let end = case.returned_at.or(case.ended_at)?;
            Some(tr!(words, "mine-ended", time = words.time(end), day = capital(&day(end))))
        }
    }
}

fn holder(words: &Words, moment: &Moment, case: &Case, now: Instant) -> String {
    let held: Vec<String> = case
        .holdings
        .values()
        .map(|holding| {
            let (name, post) = seat(moment, holding.post, now);
            let until = words.moment_near(holding.due, now);
            tr!(words, "mine-held", name = name, post = post, until = until)
        })
        .collect();
    if !held.is_empty() {
        return held.join(" ");
    }
    let agency = moment.directory.agency(case.received_by);
    tr!(words, "mine-at", agency = agency.map_or("", |agency| agency.name.as_str()))
}

fn seat(moment: &Moment, post: PostId, now: Instant) -> (String, String) {
    let name = moment.directory.holder(post, now).map(|person| person.name.clone());
    let title = moment.directory.post(post).map(|post| post.title.clone());
    (name.unwrap_or_default(), title.unwrap_or_default())
}

/// What the person has to do, in a sentence.
fn duty(words: &Words, moment: &Moment, mine: &Mine) -> String {
    let case = &mine.case;
    let agency = moment.directory.agency(case.received_by);
    let agency = agency.map_or("", |agency| agency.name.as_str());
    match case.status {
        Status::AwaitingSupplement => {
            let (reason, note) = asked_for(words, mine);
            tr!(words, "mine-duty-supplement", reason = reason, note = note)
        }
        Status::AwaitingPayment => {
            let sum = receipt::sum(words, case.unpaid());
            tr!(words, "mine-duty-pay", sum = sum)
        }
        status if status.is_open() && case.unpaid() > 0 => {
            let sum = receipt::sum(words, case.unpaid());
            tr!(words, "mine-duty-pay-first", sum = sum)
        }
        Status::Finished => tr!(words, "mine-duty-fetch", agency = agency),
        Status::Declined => {
            let reason = mine.story.iter().rev().find_map(|told| match &told.change {
                Change::Declined { reason } => {
                    Some((words.t(&format!("decline-{}", reason.word())), told.note.clone()))
                }
                _ => None,
            });
            let (reason, note) = reason.unwrap_or_default();
            tr!(words, "mine-duty-declined", reason = reason, note = note.unwrap_or_default())
        }
        Status::Submitted | Status::InProgress | Status::Suspended => {
            tr!(words, "mine-duty-nothing")
        }
        Status::Returned | Status::Discontinued | Status::Withdrawn => tr!(words, "mine-duty-over"),
    }
}

/// What was last asked for: the reason, and the officer's own words.
pub(super) fn asked_for(words: &Words, mine: &Mine) -> (String, String) {
    let asked = mine.story.iter().rev().find_map(|told| match &told.change {
        Change::SupplementRequested { reason, .. } => {
            Some((words.t(&format!("supplement-{}", reason.word())), told.note.clone()))
        }
        _ => None,
    });
    let (reason, note) = asked.unwrap_or_default();
    (reason, note.unwrap_or_default())
}

/// The story in plain words, oldest first, and what is still to come.
fn story(words: &Words, moment: &Moment, mine: &Mine, now: Instant) -> Vec<StepView> {
    let case = &mine.case;
    let procedure = moment.shelf.version(&case.procedure);
    let step_name = |id: &procedure::StepId| {
        let step = procedure.and_then(|p| p.workflow.steps().iter().find(|s| s.id == *id));
        step.map_or_else(|| id.to_string(), |step| step.name.clone())
    };
    let mut views: Vec<StepView> = mine
        .story
        .iter()
        .filter_map(|told| {
            let name = match &told.change {
                Change::Completed { step, .. } => {
                    tr!(words, "mine-told-step", name = step_name(step))
                }
                change => told_key(change).map(|key| words.t(key))?,
            };
            let holder = match &told.actor {
                Actor::Officer { post, .. } => seat(moment, *post, told.happened_at).0,
                Actor::Party(_) => tr!(words, "mine-told-you"),
                _ => String::new(),
            };
            let when = words.moment_near(told.happened_at, now);
            Some(StepView { name, holder, when, state: StepState::Done })
        })
        .collect();
    for (step, holding) in &case.holdings {
        views.push(StepView {
            name: step_name(step),
            holder: seat(moment, holding.post, now).0,
            when: tr!(words, "mine-told-until", at = words.moment_near(holding.due, now)),
            state: StepState::Now,
        });
    }
    views
}

/// What is told of a change; none for what only matters inside.
const fn told_key(change: &Change) -> Option<&'static str> {
    Some(match change {
        Change::Submitted { .. } => "mine-told-submitted",
        Change::Accepted { .. } => "mine-told-accepted",
        Change::Declined { .. } => "mine-told-declined",
        Change::SupplementRequested { .. } => "mine-told-asked",
        Change::SupplementReceived { .. } => "mine-told-supplemented",
        Change::Suspended { .. } => "mine-told-suspended",
        Change::Resumed { .. } => "mine-told-resumed",
        Change::Extended { .. } => "mine-told-extended",
        Change::Discontinued { .. } => "mine-told-discontinued",
        Change::Withdrawn { .. } => "mine-told-withdrawn",
        Change::Paid { .. } => "mine-told-paid",
        Change::Waived { .. } => "mine-told-waived",
        Change::Returned => "mine-told-returned",
        Change::Finished { .. } => "mine-told-finished",
        _ => return None,
    })
}

/// A file of the dossier, to its owner.
async fn file(
    State(services): State<Services>,
    me: Citizen,
    Path((code, hash)): Path<(String, String)>,
) -> Result<Response, Problem> {
    let (mine, _) = receipt::open(&services, &me, &code).await?;
    let file = mine.files.iter().find(|file| file.hash == hash).ok_or_else(Problem::not_found)?;
    let hash: Sha256Hash = file.hash.parse().map_err(|_| Problem::not_found())?;
    let kind = Kind::of_name(&format!("x.{}", file.kind)).map_err(|_| Problem::not_found())?;
    let blobs = services.desk.blobs.clone();
    let content = spawn_blocking(move || blobs.get(hash)).await;
    let content = content.map_err(|error| Problem::internal(&error))?;
    let content = content.map_err(desk::Error::from)?;
    let name = format!("inline; filename=\"{}.{}\"", &file.hash[..12], kind.extension());
    let headers = [(header::CONTENT_TYPE, kind.media_type()), (header::CONTENT_DISPOSITION, &name)];
    Ok((headers, content).into_response())
}
