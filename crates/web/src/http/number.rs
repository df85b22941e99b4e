//! Each request has a number that a person can read out on the telephone, and one line in the log.

use std::sync::Arc;

use axum::{
    extract::{Request, State},
    http::{HeaderName, HeaderValue},
    middleware::Next,
    response::Response,
};

use super::Hall;

/// The number of a request: `4f1a-09bc-77d2`. Handlers find it among the request's extensions.
#[derive(Debug, Clone)]
pub struct RequestNumber(pub String);

const HEADER: HeaderName = HeaderName::from_static("x-request-id");

/// Numbers the request and logs its answer. The query is left out: it may hold a name.
pub(super) async fn number(
    State(hall): State<Arc<Hall>>,
    mut request: Request,
    next: Next,
) -> Response {
    let [a, b, c, d, e, f] = hall.mint.bytes::<6>();
    let number = format!("{a:02x}{b:02x}-{c:02x}{d:02x}-{e:02x}{f:02x}");
    let (method, path) = (request.method().clone(), request.uri().path().to_owned());
    request.extensions_mut().insert(RequestNumber(number.clone()));
    let began = kernel::micros(hall.clock.now());
    let mut response = next.run(request).await;
    let duration_ms = (kernel::micros(hall.clock.now()) - began) / 1000;
    let status = response.status().as_u16();
    if status >= 500 {
        tracing::error!(number, %method, path, status, duration_ms, "http.failed");
    } else {
        tracing::info!(number, %method, path, status, duration_ms, "http.answered");
    }
    let value = HeaderValue::from_str(&number).expect("hexadecimal digits and dashes");
    response.headers_mut().insert(HEADER, value);
    response
}
