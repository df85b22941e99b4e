//! Between the network and a handler: what holds for every request, said once.
//!
//! A request passes, from outside: number and log line, measures, headers of
//! security, compression, the dressing of failures, panics caught, time limit, check of origin,
//! limit of size. Handlers return markup, or a [`Problem`], which becomes a page for people and
//! `application/problem+json` for programs.

pub mod csrf;
pub mod density;
mod dress;
pub mod flash;
mod headers;
pub mod lang;
pub mod metrics;
mod number;
mod outside;
mod percent;
mod problem;

use std::{sync::Arc, time::Duration};

use axum::{
    Router,
    extract::DefaultBodyLimit,
    http::StatusCode,
    middleware::{from_fn, from_fn_with_state},
    response::{IntoResponse, Response},
};
use kernel::{Clock, Mint};
use tower_http::{
    catch_panic::CatchPanicLayer,
    compression::{
        CompressionLayer,
        predicate::{DefaultPredicate, NotForContentType, Predicate},
    },
    csrf::CsrfLayer,
    limit::RequestBodyLimitLayer,
    timeout::TimeoutLayer,
};

pub use number::RequestNumber;
pub use outside::outside;
pub use percent::encoded;
pub use problem::{PROBLEM_JSON, Problem};

use crate::{Texts, assets, page::PlaceName};

/// What the middleware has to know.
pub struct Hall {
    /// The texts of all rooms.
    pub texts: Arc<Texts>,
    /// Whose house this is, for pages that say what went wrong.
    pub place: PlaceName,
    /// Where the numbers of requests come from.
    pub mint: Arc<Mint>,
    /// How long a request took is told by it.
    pub clock: Arc<dyn Clock>,
    /// Whether browsers reach the house by HTTPS only; they are then told to keep to it.
    pub https: bool,
    /// Most bytes of a form.
    pub form_bytes_max: usize,
    /// Most bytes of any request, files included; a route that takes files says so by [`uploads`].
    pub upload_bytes_max: usize,
    /// Most time until an answer begins.
    pub answer_within: Duration,
    /// What is counted about requests, for [`metrics::router`].
    pub metrics: Arc<metrics::Metrics>,
}

impl Hall {
    /// The usual limits: forms of 1 MB, files of 100 MB, answers within 30 seconds.
    #[must_use]
    pub fn new(
        texts: Arc<Texts>,
        place: PlaceName,
        mint: Arc<Mint>,
        clock: Arc<dyn Clock>,
    ) -> Self {
        Self {
            texts,
            place,
            mint,
            clock,
            https: false,
            form_bytes_max: 1_000_000,
            upload_bytes_max: 100_000_000,
            answer_within: Duration::from_secs(30),
            metrics: Arc::default(),
        }
    }
}

/// Puts the hall around the rooms: assets, the switch of language, and all middleware.
pub fn hall<S: Clone + Send + Sync + 'static>(rooms: Router<S>, hall: Hall) -> Router<S> {
    let hall = Arc::new(hall);
    let worth_packing = DefaultPredicate::new().and(NotForContentType::const_new("font/"));
    rooms
        .merge(assets::router())
        .merge(lang::router())
        .merge(density::router())
        .layer(DefaultBodyLimit::max(hall.form_bytes_max))
        .layer(RequestBodyLimitLayer::new(hall.upload_bytes_max))
        .layer(CsrfLayer::new())
        .layer(TimeoutLayer::with_status_code(StatusCode::GATEWAY_TIMEOUT, hall.answer_within))
        .layer(CatchPanicLayer::new())
        .layer(from_fn_with_state(Arc::clone(&hall), dress::dress))
        .layer(from_fn(flash::forget))
        .layer(CompressionLayer::new().compress_when(worth_packing))
        .layer(from_fn_with_state(hall.https, headers::secure))
        .layer(from_fn_with_state(Arc::clone(&hall), metrics::measure))
        .layer(from_fn_with_state(hall, number::number))
}

/// The limit of a route that takes files: `.layer(uploads(20_000_000))`.
pub fn uploads(bytes_max: usize) -> DefaultBodyLimit {
    DefaultBodyLimit::max(bytes_max)
}

/// After a form has been acted on: to the page that shows the result.
#[must_use]
pub fn see_other(path: &str) -> Response {
    axum::response::Redirect::to(local_path(path)).into_response()
}

/// A path of this house, or its front door: nobody is sent elsewhere by a forged address.
#[must_use]
pub fn local_path(path: &str) -> &str {
    let local = path.starts_with('/') && !path[1..].starts_with(['/', '\\']);
    if local && !path.chars().any(char::is_control) { path } else { "/" }
}

#[cfg(test)]
mod tests;
