//! The kiosk of the hall, where a number is taken. It stands where everybody can touch it, so
//! nobody signs in there: its address carries a key that a receiver sees, and opens it with once.

use axum::{
    Form, Router,
    extract::{Path, Query, State},
    http::{HeaderMap, header},
    response::{IntoResponse, Response},
    routing::get,
};
use identity::seal::Label;
use kernel::{AgencyId, today};
use maud::{Markup, html};
use serde::Deserialize;
use web::{
    PageContext, SignedIn, Words,
    http::{self, Problem},
    page, tr,
};

use super::{agency_of, forbidden, own_address};
use crate::{
    Desk,
    commands::{LANES, take_ticket},
    queries,
};

/// Where a receiver finds the address of the kiosk.
pub(super) const KIOSK: &str = "/lay-so";

const LABEL: Label = Label("kiosk");
/// After so many seconds the kiosk is ready for the next visitor.
const SHOWN_SECONDS: u32 = 20;

pub(super) fn routes() -> Router<Desk> {
    Router::new().route(KIOSK, get(to_kiosk)).route("/lay-so/{agency}/{key}", get(kiosk).post(take))
}

async fn to_kiosk(State(desk): State<Desk>, me: SignedIn) -> Result<Response, Problem> {
    let address = own_address(&desk, &me, KIOSK, LABEL);
    let address = address.map_err(|denial| forbidden(&me, &denial))?;
    Ok(http::see_other(&address))
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
) -> Result<Response, Problem> {
    let agency = agency_of(&desk, &code, &key, LABEL).ok_or_else(Problem::not_found)?;
    let directory = desk.front.directory.get();
    let words = Words::new(http::lang::of(&headers), desk.front.texts.clone());
    let mut ctx = PageContext::new(words, format!("{KIOSK}/{code}/{key}"));
    ctx.place = desk.front.place.clone();
    ctx.place.home.clone_from(&ctx.path);
    ctx.place.unit = directory.agency(agency).map_or_else(String::new, |a| a.name.clone());
    let Some(number) = known_number(&taken.so) else {
        return Ok(lanes_page(&ctx, taken.so == "het").into_response());
    };
    let before = waiting_before(&desk, agency, &number).await?;
    let back = [(header::REFRESH, format!("{SHOWN_SECONDS}; url={}", ctx.path))];
    Ok((back, ticket_page(&ctx, &number, before)).into_response())
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
        div.stack { section.card aria-live="assertive" {
            h1 { (title) }
            p.num1.ticket.num { (lane) (format!("{number:03}")) }
            p.lead { (tr!(ctx, "queue-before", n = before)) }
            p { (tr!(ctx, "queue-look")) }
        }
        p { a.btn.go.wide href=(ctx.path) { (tr!(ctx, "queue-again")) } } }
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
    let agency = agency_of(&desk, &code, &key, LABEL).ok_or_else(Problem::not_found)?;
    let (shared, now) = (desk.clone(), desk.now());
    let taken = desk
        .front
        .store
        .write(move |tx| take_ticket(tx, &shared.front.tenant, agency, form.lan, now));
    let number = taken.await?.map_or_else(|| "het".to_owned(), |ticket| ticket.to_string());
    Ok(http::see_other(&format!("{KIOSK}/{code}/{key}?so={number}")))
}
