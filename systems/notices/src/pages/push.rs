//! Subscribing a browser: the script that asks it, the worker that shows what comes, and the
//! address that takes the subscription.

use axum::{
    Json, Router,
    extract::{DefaultBodyLimit, State},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
    routing::{get, post},
};
use notices::{Address, PushAddress};
use serde::Deserialize;
use web::http::Problem;

use super::{choose, whose::Whose};
use crate::Teller;

const SCRIPT: &str = include_str!("../../assets/subscribe.js");
const WORKER: &str = include_str!("../../assets/sw-push.js");
pub(super) const SCRIPT_PATH: &str = "/thong-bao/dang-ky.js";

/// What a browser loads, whoever it belongs to.
pub(super) fn scripts() -> Router<Teller> {
    Router::new()
        .route(SCRIPT_PATH, get(async || script(SCRIPT)))
        .route("/thong-bao/sw-push.js", get(async || script(WORKER)))
}

pub(super) fn routes<W: Whose>() -> Router<Teller> {
    let subscribe = post(subscribe::<W>).layer(DefaultBodyLimit::max(8 * 1024));
    Router::new().route(&format!("{}/trinh-duyet", W::AT), subscribe)
}

fn script(text: &'static str) -> impl IntoResponse {
    let headers = [
        (header::CONTENT_TYPE, "text/javascript; charset=utf-8"),
        (header::CACHE_CONTROL, "public, max-age=3600"),
    ];
    (headers, text)
}

/// What a browser says of its subscription (`PushSubscription.toJSON`).
#[derive(Debug, Deserialize)]
struct Subscription {
    endpoint: String,
    keys: Keys,
}

#[derive(Debug, Deserialize)]
struct Keys {
    p256dh: String,
    auth: String,
}

async fn subscribe<W: Whose>(
    State(teller): State<Teller>,
    me: W,
    headers: HeaderMap,
    Json(given): Json<Subscription>,
) -> Result<Response, Problem> {
    let token = headers.get("x-csrf").and_then(|value| value.to_str().ok()).unwrap_or_default();
    if !me.csrf_fits(token) {
        return Err(Problem::forbidden());
    }
    let push = teller.settings.push.as_ref().ok_or_else(Problem::not_found)?;
    let Keys { p256dh, auth } = &given.keys;
    let address = PushAddress::new(push, &given.endpoint, p256dh, auth);
    let address = address.map_err(|_| Problem::bad_request())?;
    match choose::add(&teller, &me, Address::Push(address)).await? {
        None => Ok(StatusCode::NO_CONTENT.into_response()),
        Some(fault) => Err(Problem::conflict().detail(fault)),
    }
}
