//! What operators watch: whether the house is alive and ready, and figures in the text form of
//! Prometheus. Nothing in here says anything about a person: a request is counted under the
//! pattern of its address, never the address itself.

use std::{
    fmt,
    sync::{Arc, atomic::AtomicU64},
    time::Duration,
};

use axum::{
    Router,
    extract::{MatchedPath, Request, State},
    http::{Method, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
    routing::get,
};
use kernel::Tenant;
use prometheus_client::{
    encoding::{EncodeLabelSet, text::encode},
    metrics::{family::Family, gauge::Gauge, histogram::Histogram},
    registry::{Registry, Unit},
};
use store::Tx;

use super::{Hall, Problem};
use crate::Front;

/// How long the store may take to show that it answers.
const READY_WITHIN: Duration = Duration::from_secs(2);

/// Upper ends of the classes of duration, in seconds.
const SECONDS: [f64; 10] = [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 5.0];

type Level = Gauge<u64, AtomicU64>;

/// The figures of one process.
pub struct Metrics {
    registry: Registry,
    requests: Family<Labels, Histogram, fn() -> Histogram>,
    queued: Level,
    unsealed: Level,
    sessions: Level,
}

/// Levels that only the store knows.
#[derive(Debug, Clone, Copy, Default)]
pub struct Levels {
    /// Events that wait for their place in the journal.
    pub unsealed: u64,
    /// Sessions that are kept.
    pub sessions: u64,
}

/// Reads the levels; it must be quick, however long the house has stood.
pub type Look = fn(&mut Tx<'_>, &Tenant) -> store::Result<Levels>;

/// Bounded: methods that are known, patterns of addresses, and statuses that are answered.
#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Labels {
    method: &'static str,
    route: String,
    status: u32,
}

impl Default for Metrics {
    fn default() -> Self {
        let requests: Family<Labels, Histogram, fn() -> Histogram> =
            Family::new_with_constructor(|| Histogram::new(SECONDS));
        let [queued, unsealed, sessions] = [Level::default(), Level::default(), Level::default()];
        let mut registry = Registry::with_prefix("tinhso");
        let help = "Requests answered, by pattern of the address and status";
        registry.register_with_unit("http_request", help, Unit::Seconds, requests.clone());
        registry.register("store_queue", "Transactions that wait for a connection", queued.clone());
        let help = "Events that wait for their place in the journal, counted to 10000";
        registry.register("journal_unsealed", help, unsealed.clone());
        registry.register("sessions", "Sessions that are kept", sessions.clone());
        Self { registry, requests, queued, unsealed, sessions }
    }
}
impl fmt::Debug for Metrics {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Metrics")
    }
}

/// `/healthz` (the process lives), `/readyz` (the store answers), `/metrics`.
pub fn router(front: Arc<Front>, metrics: Arc<Metrics>, look: Look) -> Router {
    let ready = Arc::clone(&front);
    Router::new()
        .route("/healthz", get(async || "ok"))
        .route("/readyz", get(async move || answered(&ready, look).await.map(|_| "ok")))
        .route("/metrics", get(async move || metrics.text(&front, look).await))
}

/// Counts a request when its answer begins.
pub(super) async fn measure(
    State(hall): State<Arc<Hall>>,
    request: Request,
    next: Next,
) -> Response {
    let route = request.extensions().get::<MatchedPath>();
    let route = route.map_or_else(|| "none".to_owned(), |path| path.as_str().to_owned());
    let method = word(request.method());
    let began = kernel::micros(hall.clock.now());
    let response = next.run(request).await;
    let micros = kernel::micros(hall.clock.now()) - began;
    let labels = Labels { method, route, status: response.status().as_u16().into() };
    hall.metrics.requests.get_or_create(&labels).observe(micros as f64 / 1e6);
    response
}

impl Metrics {
    async fn text(&self, front: &Arc<Front>, look: Look) -> Result<Response, Problem> {
        let levels = answered(front, look).await?;
        self.queued.set(front.store.queued() as u64);
        self.unsealed.set(levels.unsealed);
        self.sessions.set(levels.sessions);
        let mut text = String::new();
        encode(&mut text, &self.registry).map_err(|error| Problem::internal(&error))?;
        let kind = "application/openmetrics-text; version=1.0.0; charset=utf-8";
        Ok(([(header::CONTENT_TYPE, kind)], text).into_response())
    }
}

async fn answered(front: &Arc<Front>, look: Look) -> Result<Levels, Problem> {
    let shared = Arc::clone(front);
    let levels = front.store.read(move |tx| look(tx, &shared.tenant));
    match tokio::time::timeout(READY_WITHIN, levels).await {
        Ok(Ok(levels)) => Ok(levels),
        _ => Err(Problem::of_status(StatusCode::SERVICE_UNAVAILABLE)),
    }
}

fn word(method: &Method) -> &'static str {
    match *method {
        Method::GET => "GET",
        Method::POST => "POST",
        Method::HEAD => "HEAD",
        Method::DELETE => "DELETE",
        Method::PUT => "PUT",
        Method::PATCH => "PATCH",
        _ => "other",
    }
}
