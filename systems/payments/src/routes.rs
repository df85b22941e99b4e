//! Every address of this room.

use axum::Router;

use crate::{Cashier, calls, pages};

/// Pages of payers and of the accountant, and the calls of gateways.
pub fn router(cashier: Cashier) -> Router {
    pages::router().merge(calls::router()).with_state(cashier)
}
