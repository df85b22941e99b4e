//! The board of the hall: a screen that shows which number is called to which counter. It knows
//! numbers and counters, no person. It hangs where nobody signs in, so its address carries a key,
//! and it asks again by itself, without a script.

use axum::{
    Router,
    extract::{Path, State},
    http::{HeaderMap, header},
    response::{IntoResponse, Response},
    routing::get,
};
use directory::Directory;
use identity::seal::Label;
use kernel::PostId;
use web::{
    PageContext, SignedIn, Words,
    components::board::{Board, BoardCall, board},
    http::{self, Problem},
    i18n::capital,
    page, tr,
};

use super::{agency_of, forbidden, own_address};
use crate::{Desk, queries};

/// Where a receiver finds the address of the board.
pub(super) const BOARD: &str = "/bang-so";

const LABEL: Label = Label("board");
/// The board is so many seconds behind at most.
const REFRESH_SECONDS: &str = "5";

pub(super) fn routes() -> Router<Desk> {
    Router::new().route(BOARD, get(to_board)).route("/bang-so/{agency}/{key}", get(show))
}

async fn to_board(State(desk): State<Desk>, me: SignedIn) -> Result<Response, Problem> {
    let address = own_address(&desk, &me, BOARD, LABEL);
    let address = address.map_err(|denial| forbidden(&me, &denial))?;
    Ok(http::see_other(&address))
}

async fn show(
    State(desk): State<Desk>,
    headers: HeaderMap,
    Path((code, key)): Path<(String, String)>,
) -> Result<Response, Problem> {
    let agency = agency_of(&desk, &code, &key, LABEL).ok_or_else(Problem::not_found)?;
    let (shared, now) = (desk.clone(), desk.now());
    let found =
        desk.front.store.read(move |tx| queries::board(tx, &shared.front.tenant, agency, now));
    let found = found.await?;
    let directory = desk.front.directory.get();
    let words = Words::new(http::lang::of(&headers), desk.front.texts.clone());
    let mut ctx = PageContext::new(words, format!("{BOARD}/{code}/{key}"));
    ctx.place = desk.front.place.clone();
    ctx.place.home.clone_from(&ctx.path);
    ctx.place.unit = directory.agency(agency).map_or_else(String::new, |a| a.name.clone());
    let page = page::hall(
        &ctx,
        &tr!(ctx, "board-title"),
        &ctx.words.time(now),
        board(&view(&ctx, &directory, &found)),
    );
    Ok(([(header::REFRESH, REFRESH_SECONDS)], page).into_response())
}

fn view(ctx: &PageContext, directory: &Directory, found: &queries::Board) -> Board {
    let called = found.called.iter().map(|call| BoardCall {
        number: call.ticket.to_string(),
        to: counter_of(directory, call.seat),
    });
    Board {
        number: tr!(ctx, "board-number"),
        to: tr!(ctx, "board-to"),
        called: called.collect(),
        empty: (tr!(ctx, "board-empty"), tr!(ctx, "board-empty-what")),
        next_label: tr!(ctx, "board-next"),
        next: found.next.iter().map(ToString::to_string).collect(),
        waiting: tr!(ctx, "board-waiting", n = found.waiting),
    }
}

/// The counter of a seat, as its title names it last: "Công chức tiếp nhận, quầy 1" sits at
/// "Quầy 1".
fn counter_of(directory: &Directory, seat: PostId) -> String {
    let title = directory.post(seat).map_or("", |post| post.title.as_str());
    capital(title.rsplit(", ").next().unwrap_or(title))
}
