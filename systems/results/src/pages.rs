//! The pages of results: one for the officer who signs, one for everybody who wants to know
//! whether a document is real.

mod check;
mod mine;
mod sent;
mod sign;
mod verdict;

use axum::Router;
use desk::Desk;

/// The results of a dossier, for officers: `/ket-qua/CODE`.
pub const RESULT: &str = "/ket-qua";
/// Whether a document is real: `/kiem-tra/CODE?ma=CHECK`.
pub const CHECK: &str = "/kiem-tra";

/// What was signed for whoever is signed in.
pub const MINE: &str = "/toi/ket-qua";

/// Every address of this system, ready to be put into the hall.
pub fn router(desk: Desk) -> Router {
    Router::new()
        .merge(sign::routes())
        .merge(check::routes())
        .merge(mine::routes())
        .with_state(desk)
}
