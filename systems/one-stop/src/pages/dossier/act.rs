//! Acting on a dossier: a page for each command, and what becomes of what was sent. Where it is
//! refused, the page comes back with the reason and with everything that was typed.

use axum::{
    Form, Router,
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Response},
    routing::get,
};
use casework::{Command, Done};
use maud::{Markup, html};
use web::{
    SignedIn,
    components::{
        can::Can,
        confirm::{self, Confirm},
        crumbs::crumbs,
        errors,
        flash::Flash,
        timeline::timeline,
    },
    form::Faults,
    http::{Problem, flash::see_other_with, local_path},
    page::desk,
    tr,
};

use super::{Open, can, context, form, open, refusal, story::Story};
use crate::{
    Desk,
    commands::{Act, act},
    pages::{
        RESULTS, WORK,
        typed::{Typed, forged},
    },
};

pub(super) fn routes() -> Router<Desk> {
    Router::new().route("/ho-so/{code}/viec/{command}", get(ask).post(send))
}

/// Whether there is such a command.
fn known(command: &str) -> bool {
    command == "complete" || can::COMMANDS.contains(&command)
}

async fn ask(
    State(shared): State<Desk>,
    me: SignedIn,
    Path((code, command)): Path<(String, String)>,
) -> Result<Markup, Problem> {
    if !known(&command) {
        return Err(Problem::not_found());
    }
    let open = open(&shared, &me, &code).await?;
    let (typed, faults) = (Typed::default(), Faults::default());
    // The form is only offered where it could be sent.
    if let Some(sample) = can::sample(&me, &open, &command)
        && let can::Standing::No { why, way_out, .. } = can::standing(&shared, &me, &open, &sample)
    {
        return refused(&shared, &me, &open, &command, why, way_out).await;
    }
    page(&shared, &me, &open, &command, &typed, &faults).await
}

async fn send(
    State(shared): State<Desk>,
    me: SignedIn,
    Path((code, name)): Path<(String, String)>,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Result<Response, Problem> {
    if !known(&name) {
        return Err(Problem::not_found());
    }
    let typed = Typed(pairs);
    if !typed.is_own(&me) {
        return Err(forged());
    }
    let opened = open(&shared, &me, &code).await?;
    let mut faults = Faults::default();
    let happened_at = form::happened_at(&me, &typed, &mut faults);
    let command = form::command(&me, &opened, &name, &typed, &mut faults);
    let Some(command) = command.filter(|_| faults.is_empty()) else {
        return again(&shared, &me, &opened, &name, &typed, &faults).await;
    };
    let expected = typed.get("version").parse().ok();
    let asked = Act { case: opened.case().id, expected, happened_at, command };
    let command = asked.command.clone();
    match act(&shared, &me, asked).await {
        Ok(done) => Ok(after(&me, &opened, &command, &done, typed.get("back"))),
        Err(error) => {
            let procedure = opened.procedure.as_deref();
            let said = refusal::of_error(&me.words, &error, &opened.moment, procedure, me.now);
            let Some(said) = said else { return Err(error.into()) };
            faults.add(field_of(&error), said);
            // What it looks like now, which somebody may just have changed.
            let now = open(&shared, &me, &code).await?;
            again(&shared, &me, &now, &name, &typed, &faults).await
        }
    }
}

/// Beside which field a refusal is said.
fn field_of(error: &crate::Error) -> &'static str {
    use casework::Refusal;
    match error {
        crate::Error::Case(casework::Error::Refused(refusal)) => match refusal {
            Refusal::HappenedInFuture
            | Refusal::HappenedTooEarly { .. }
            | Refusal::Clock(calendar::Error::Backwards) => "happened_day",
            Refusal::Clock(calendar::Error::NotLater) => "to_day",
            Refusal::WrongAmount { .. } => "amount",
            Refusal::NothingOwed(_) => "number",
            Refusal::SameHolder | Refusal::NoHolder { .. } => "to",
            _ => "note",
        },
        _ => "note",
    }
}

/// Done: to the page that is worked from, with a word about what was done.
fn after(me: &SignedIn, open: &Open, command: &Command, done: &Done, back: &str) -> Response {
    let code = open.case().code.as_str();
    let verb = tr!(me, &format!("command-{}", command.name()));
    let directory = &open.moment.directory;
    let next = done.case.holdings.values().map(|held| held.post).next();
    let handed = matches!(
        command,
        Command::Complete { .. } | Command::SendBack { .. } | Command::Assign { .. }
    );
    let to = next.filter(|_| handed).and_then(|post| refusal::seat(directory, post, me.now));
    let text = match to {
        Some(to) => tr!(me, "act-done-to", what = verb, code = code, to = to),
        None => tr!(me, "act-done", what = verb, code = code),
    };
    let leaves = handed && done.case.holdings.values().all(|held| held.post != me.seat());
    let href = open.href();
    let path = match back {
        RESULTS => RESULTS,
        _ if leaves => WORK,
        _ => local_path(&href),
    };
    see_other_with(path, Flash::done(text))
}

async fn again(
    shared: &Desk,
    me: &SignedIn,
    open: &Open,
    command: &str,
    typed: &Typed,
    faults: &Faults,
) -> Result<Response, Problem> {
    let stale = is_stale(open, typed);
    let status = if stale { StatusCode::CONFLICT } else { StatusCode::UNPROCESSABLE_ENTITY };
    let page = page(shared, me, open, command, typed, faults).await?;
    Ok((status, page).into_response())
}

/// Whether the dossier has changed since the form was opened.
fn is_stale(open: &Open, typed: &Typed) -> bool {
    seen(typed).is_some_and(|seen| seen < open.case().version)
}

fn seen(typed: &Typed) -> Option<u32> {
    typed.get("version").parse().ok()
}

/// The page of one command: what will happen, its fields, and the verb.
async fn page(
    shared: &Desk,
    me: &SignedIn,
    open: &Open,
    command: &str,
    typed: &Typed,
    faults: &Faults,
) -> Result<Markup, Problem> {
    let ctx = context(shared, me).await?;
    let case = open.case();
    let verb = can::label(me, case, command);
    let question = tr!(me, "act-question", verb = verb.as_str(), code = case.code.as_str());
    let ask = Confirm {
        question,
        consequences: vec![
            format!("{}, {}", open.title(), open.applicant()),
            tr!(me, &format!("act-what-{command}")),
        ],
        action: can::href(open, command),
        verb: verb.clone(),
        harsh: can::is_harsh(command),
        back: open.href(),
        kept: vec![("version".to_owned(), case.version.to_string())],
    };
    let changed = seen(typed).filter(|seen| *seen < case.version);
    let fields = form::fields(me, open, command, typed, faults);
    let main = html! {
        (above(me, open, &verb))
        (errors::summary(&me.words, faults))
        @if let Some(seen) = changed {
            section.card aria-labelledby="meanwhile" {
                h2 #meanwhile { (tr!(me, "act-meanwhile")) }
                (timeline(&Story::of(shared, me, open).since(seen)))
            }
        }
        (confirm::confirm(&ctx, &ask, fields))
    };
    Ok(desk(&ctx, &errors::title(&me.words, faults, &verb), main))
}

/// Why a command cannot be given now, instead of its form.
async fn refused(
    shared: &Desk,
    me: &SignedIn,
    open: &Open,
    command: &str,
    why: String,
    way_out: Option<(String, String)>,
) -> Result<Markup, Problem> {
    let ctx = context(shared, me).await?;
    let verb = can::label(me, open.case(), command);
    let label = tr!(me, "dossier-not-now", what = verb.as_str());
    let main = html! {
        (above(me, open, &verb))
        h1 { (verb) }
        section.card { (super::actions(&[Can::Refused { label, why, way_out }])) }
        p { a.btn href=(open.href()) { (tr!(me, "act-back")) } }
    };
    Ok(desk(&ctx, &verb, main))
}

fn above(me: &SignedIn, open: &Open, here: &str) -> Markup {
    let (work, href, code) = (tr!(me, "nav-work"), open.href(), open.case().code.as_str());
    crumbs(&me.words, &[(&work, WORK), (code, &href)], here)
}
