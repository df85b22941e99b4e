//! Everything that the desk answers: pages for people, the API for programs.

use std::sync::Arc;

use axum::Router;
use web::http::metrics::{self, Metrics};

use crate::{Desk, api, pages, queries};

/// Every address of the desk, ready to be put into the hall.
pub fn router(desk: Desk) -> Router {
    pages::router(desk.clone()).merge(api::router(desk))
}

/// What operators watch: `/healthz`, `/readyz`, `/metrics`.
pub fn operations(desk: &Desk, metrics: Arc<Metrics>) -> Router {
    metrics::router(desk.front.clone(), metrics, queries::levels)
}
