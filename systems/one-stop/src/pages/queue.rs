//! The queue: calling the next number at a counter, the kiosk where a number is taken, and the
//! board that shows who is called where.

mod board;
mod kiosk;

use axum::{Form, Router, extract::State, response::Response, routing::post};
use desk::agency_line;
use identity::{
    access::{Action, Denial, Target},
    seal::Label,
};
use kernel::AgencyId;
use maud::{Markup, html};
use serde::Deserialize;
use web::{
    PageContext, SignedIn,
    components::flash::Flash,
    http::{Problem, csrf, flash::see_other_with},
    page::csrf_field,
    tr,
};

use self::{board::BOARD, kiosk::KIOSK};

use super::{COUNTER, forbidden};
use crate::{
    Desk, Result,
    commands::{Ticket, call_next, mark_absent},
    queries,
};

/// Where the next number is called.
const CALL: &str = "/quay/goi-so";

/// The addresses of the queue.
pub(super) fn routes() -> Router<Desk> {
    Router::new().route(CALL, post(call)).merge(kiosk::routes()).merge(board::routes())
}

/// The heading of the counter: who is served, how many wait, and the next number.
pub(super) fn bar(ctx: &PageContext, me: &SignedIn, hall: &queries::Hall, title: &str) -> Markup {
    let words = &ctx.words;
    let waited = hall.since.map(|since| {
        let minutes = me.now.duration_since(since).as_secs() / 60;
        words.working_time(minutes.max(0))
    });
    html! {
        div.top {
            h1 { (title) }
            dl.queue {
                @if let Some(ticket) = &hall.serving {
                    div { dt { (tr!(me, "queue-serving")) } dd.num1.num { (ticket) } }
                }
                div {
                    dt { (tr!(me, "queue-waiting")) }
                    dd.num { (tr!(me, "queue-people", n = hall.waiting)) }
                }
                @if let Some(waited) = &waited {
                    div { dt { (tr!(me, "queue-longest")) } dd.num { (waited) } }
                }
            }
            form.row.push method="post" action=(CALL) {
                (csrf_field(ctx))
                input type="hidden" name="dang-goi" value=(name_of(hall.serving.as_ref()));
                a.small href=(KIOSK) { (tr!(me, "queue-kiosk")) }
                a.small href=(BOARD) { (tr!(me, "queue-board")) }
                @if hall.serving.is_some() {
                    button.btn.sm name="do" value="vang" { (tr!(me, "queue-absent")) }
                }
                button.btn name="do" value="goi" data-key="F9" {
                    (tr!(me, "queue-next")) " " kbd aria-hidden="true" { "F9" }
                }
            }
        }
    }
}

fn name_of(ticket: Option<&Ticket>) -> String {
    ticket.map_or_else(String::new, ToString::to_string)
}

#[derive(Debug, Deserialize)]
struct Call {
    #[serde(default, rename = "_csrf")]
    csrf: String,
    #[serde(default, rename = "do")]
    wish: String,
    /// The number that the page showed as being served. A button that is pressed twice would
    /// otherwise send somebody away who has just been called.
    #[serde(rename = "dang-goi")]
    seen: Option<String>,
}

enum Called {
    Next(Option<Ticket>),
    Absent,
    /// The page was not of this moment: this number is being served already.
    Before(Ticket),
}

async fn call(
    State(desk): State<Desk>,
    me: SignedIn,
    Form(form): Form<Call>,
) -> Result<Response, Problem> {
    if !csrf::verify(&me.token.csrf(), &form.csrf) {
        return Err(Problem::forbidden());
    }
    may_call(&desk, &me).map_err(|denial| forbidden(&me, &denial))?;
    let (shared, agency, seat, now) = (desk.clone(), me.agency, me.seat(), me.now);
    let absent = form.wish == "vang";
    let called = desk.front.store.write(move |tx| {
        let tenant = &shared.front.tenant;
        let serving = queries::serving(tx, tenant, agency, seat, now)?;
        let is = |seen: &String| *seen == name_of(serving.as_ref());
        if let Some(ticket) = serving.clone().filter(|_| !form.seen.as_ref().is_none_or(is)) {
            return Ok(Called::Before(ticket));
        }
        if absent {
            mark_absent(tx, tenant, agency, seat, now)?;
            return Ok(Called::Absent);
        }
        Ok::<_, crate::Error>(Called::Next(call_next(tx, tenant, agency, seat, now)?))
    });
    Ok(match called.await? {
        Called::Next(Some(ticket)) => {
            told(Flash::done(tr!(me, "queue-called", ticket = ticket.to_string())))
        }
        Called::Next(None) => told(Flash::done(tr!(me, "queue-nobody"))),
        Called::Absent => told(Flash::done(tr!(me, "queue-was-absent"))),
        Called::Before(ticket) => {
            told(Flash::notice(tr!(me, "queue-called-before", ticket = ticket.to_string())))
        }
    })
}

fn told(flash: Flash) -> Response {
    see_other_with(COUNTER, flash)
}

fn may_call(desk: &Desk, me: &SignedIn) -> Result<(), Box<Denial>> {
    let here = agency_line(&me.directory, me.agency);
    me.may(&desk.front, Action::TakeQueueTicket, Target::Agency(&here)).check()
}

/// The address of the own agency that needs no signing in.
fn own_address(
    desk: &Desk,
    me: &SignedIn,
    path: &str,
    label: Label,
) -> Result<String, Box<Denial>> {
    may_call(desk, me)?;
    let code = me.directory.agency(me.agency).map_or("", |agency| agency.code.as_str());
    Ok(format!("{path}/{code}/{}", key(desk, me.agency, label)))
}

/// The key of an address that needs no signing in; computed, so nothing has to be kept.
fn key(desk: &Desk, agency: AgencyId, label: Label) -> String {
    let bytes = desk.keyring.blind(&desk.front.tenant, label, &agency.to_string());
    kernel::hex(&bytes[..10])
}

/// The agency of such an address, where the key is right; nobody learns which of the two was
/// wrong.
fn agency_of(desk: &Desk, code: &str, given: &str, label: Label) -> Option<AgencyId> {
    let directory = desk.front.directory.get();
    let agency = directory.agency_by_code(&code.parse().ok()?)?;
    csrf::verify(&key(desk, agency.id, label), given).then_some(agency.id)
}
