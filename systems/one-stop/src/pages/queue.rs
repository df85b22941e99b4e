//! The queue: the kiosk of the hall where a number is taken, and calling the next one.
//!
//! The kiosk stands where everybody can touch it, so nobody signs in there: its address carries
//! a key that a receiver sees, and opens it with once.

use axum::{
    Form, Router,
    extract::{Path, Query, State},
    http::HeaderMap,
    response::{IntoResponse, Response},
    routing::{get, post},
};
use identity::{
    access::{Action, Denial, Target},
    seal::Label,
};
use kernel::{AgencyId, today};
use maud::{Markup, html};
use serde::Deserialize;
use web::{
    PageContext, SignedIn, Words,
    components::flash::Flash,
    http::{self, Problem, csrf, flash::see_other_with},
    page::{self, csrf_field},
    tr,
};

use super::{COUNTER, forbidden};
use crate::{
    Desk, Error,
    commands::{LANES, call_next, mark_absent, take_ticket},
    desk::line,
    queries,
};

/// Where a receiver finds the address of the kiosk.
const KIOSK: &str = "/lay-so";
/// Where the next number is called.
const CALL: &str = "/quay/goi-so";

/// The addresses of the queue.
pub(super) fn routes() -> Router<Desk> {
    Router::new()
        .route(KIOSK, get(to_kiosk))
        .route("/lay-so/{agency}/{key}", get(kiosk).post(take))
        .route(CALL, post(call))
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
                a.small href=(KIOSK) { (tr!(me, "queue-kiosk")) }
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

#[derive(Debug, Deserialize)]
struct Call {
    #[serde(default, rename = "_csrf")]
    csrf: String,
    #[serde(default, rename = "do")]
    wish: String,
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
        if absent {
            mark_absent(tx, tenant, agency, seat, now)?;
            return Ok(None);
        }
        call_next(tx, tenant, agency, seat, now)
    });
    let called = called.await.map_err(|error: Error| Problem::from(error))?;
    let said = match called {
        Some(ticket) => tr!(me, "queue-called", ticket = ticket.to_string()),
        None if absent => tr!(me, "queue-was-absent"),
        None => tr!(me, "queue-nobody"),
    };
    Ok(see_other_with(COUNTER, Flash::done(said)))
}

fn may_call(desk: &Desk, me: &SignedIn) -> Result<(), Box<Denial>> {
    let here = line(&me.directory, me.agency);
    me.may(&desk.front, Action::TakeQueueTicket, Target::Agency(&here)).check()
}

/// A receiver is sent to the address that the kiosk of the own agency keeps open.
async fn to_kiosk(State(desk): State<Desk>, me: SignedIn) -> Result<Response, Problem> {
    may_call(&desk, &me).map_err(|denial| forbidden(&me, &denial))?;
    let agency = me.directory.agency(me.agency).ok_or_else(Problem::not_found)?;
    let key = key(&desk, agency.id);
    Ok(http::see_other(&format!("{KIOSK}/{}/{key}", agency.code)))
}

/// The key of an agency's kiosk; computed, so nothing has to be kept.
fn key(desk: &Desk, agency: AgencyId) -> String {
    let tenant = &desk.front.tenant;
    let bytes = desk.keyring.blind(tenant, Label("kiosk"), &agency.to_string());
    kernel::hex(&bytes[..10])
}

/// The agency of a kiosk, where the key is right; nobody learns which of the two was wrong.
fn agency_of(desk: &Desk, code: &str, given: &str) -> Option<AgencyId> {
    let directory = desk.front.directory.get();
    let agency = directory.agency_by_code(&code.parse().ok()?)?;
    csrf::verify(&key(desk, agency.id), given).then_some(agency.id)
}

#[derive(Debug, Default, Deserialize)]
struct Taken {
    #[serde(default)]
    so: String,
}

async fn kiosk(
    State(desk): State<Desk>,
    headers: HeaderMap,
    Path((code, key)): Path<(String, String)>,
    Query(taken): Query<Taken>,
) -> Result<Markup, Problem> {
    let agency = agency_of(&desk, &code, &key).ok_or_else(Problem::not_found)?;
    let directory = desk.front.directory.get();
    let words = Words::new(http::lang::of(&headers), desk.front.texts.clone());
    let mut ctx = PageContext::new(words, format!("{KIOSK}/{code}/{key}"));
    ctx.place = desk.front.place.clone();
    ctx.place.home.clone_from(&ctx.path);
    ctx.place.unit = directory.agency(agency).map_or_else(String::new, |a| a.name.clone());
    let number = known_number(&taken.so);
    Ok(match number {
        Some(number) => ticket_page(&ctx, &number, waiting_before(&desk, agency, &number).await?),
        None => lanes_page(&ctx, taken.so == "het"),
    })
}

/// `A047`, where it is one.
fn known_number(text: &str) -> Option<(String, u32)> {
    let lane = text.chars().next().filter(|lane| LANES.contains(lane))?;
    let number = text.get(1..)?.parse().ok()?;
    Some((lane.to_string(), number))
}

async fn waiting_before(
    desk: &Desk,
    agency: AgencyId,
    (lane, number): &(String, u32),
) -> Result<u64, Problem> {
    let (shared, lane, number, now) = (desk.clone(), lane.clone(), *number, desk.now());
    let before = desk.front.store.read(move |tx| {
        queries::before(tx, &shared.front.tenant, agency, &today(now).to_string(), &lane, number)
    });
    Ok(before.await?)
}

fn lanes_page(ctx: &PageContext, full: bool) -> Markup {
    let title = tr!(ctx, "queue-take");
    let main = html! {
        h1 { (title) }
        p.lead { (tr!(ctx, "queue-take-lead")) }
        @if full { p.note.late { (tr!(ctx, "queue-full")) } }
        form.stack method="post" action=(ctx.path) {
            @for lane in LANES {
                @let letter = lane.to_ascii_lowercase();
                button.btn.wide name="lan" value=(lane) {
                    b.num { (lane) } " " (ctx.words.t(&format!("queue-lane-{letter}")))
                }
            }
        }
    };
    page::citizen(ctx, &title, main)
}

fn ticket_page(ctx: &PageContext, (lane, number): &(String, u32), before: u64) -> Markup {
    let title = tr!(ctx, "queue-yours");
    let main = html! {
        section.card aria-live="assertive" {
            h1 { (title) }
            p.num1.num { (lane) (format!("{number:03}")) }
            p.lead { (tr!(ctx, "queue-before", n = before)) }
            p { (tr!(ctx, "queue-look")) }
        }
        p { a.btn.go.wide href=(ctx.path) { (tr!(ctx, "queue-again")) } }
    };
    page::citizen(ctx, &title, main)
}

#[derive(Debug, Deserialize)]
struct Lane {
    lan: char,
}

async fn take(
    State(desk): State<Desk>,
    Path((code, key)): Path<(String, String)>,
    Form(form): Form<Lane>,
) -> Result<Response, Problem> {
    let agency = agency_of(&desk, &code, &key).ok_or_else(Problem::not_found)?;
    let (shared, now) = (desk.clone(), desk.now());
    let taken = desk
        .front
        .store
        .write(move |tx| take_ticket(tx, &shared.front.tenant, agency, form.lan, now));
    let number = taken.await?.map_or_else(|| "het".to_owned(), |ticket| ticket.to_string());
    Ok(http::see_other(&format!("{KIOSK}/{code}/{key}?so={number}")).into_response())
}
