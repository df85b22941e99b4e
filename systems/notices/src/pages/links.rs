//! What links in messages lead to. A link alone changes nothing, since mail programs follow links
//! by themselves; the button on its page does, and so does the one that mail programs show
//! (RFC 8058).

use std::sync::Arc;

use axum::{
    Router,
    extract::{Query, State},
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Response},
    routing::get,
};
use maud::{Markup, html};
use serde::Deserialize;
use web::{
    MaybeCitizen, PageContext, Words,
    http::{self, Problem},
    page, tr,
};

use super::MINE;
use crate::Teller;

const CONFIRM: &str = "/thong-bao/xac-nhan";
const STOP: &str = "/thong-bao/ngung";

pub(super) fn routes() -> Router<Teller> {
    Router::new()
        .route(CONFIRM, get(ask_confirm).post(confirm))
        .route(STOP, get(ask_stop).post(stop))
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Word {
    ma: String,
}

async fn ask_confirm(asker: MaybeCitizen, Query(word): Query<Word>) -> Markup {
    question(&asker.page(), CONFIRM, &word.ma, "confirm")
}

async fn ask_stop(asker: MaybeCitizen, Query(word): Query<Word>) -> Markup {
    question(&asker.page(), STOP, &word.ma, "stop")
}

fn question(ctx: &PageContext, path: &str, word: &str, what: &str) -> Markup {
    let words = &ctx.words;
    let title = words.t(&format!("tell-{what}-title"));
    let to = format!("{path}?ma={}", http::encoded(word));
    let main = html! {
        div.stack {
            h1 { (title) }
            p { (words.t(&format!("tell-{what}-lead"))) }
            form method="post" action=(to) {
                p.acts { button.btn.go { (words.t(&format!("tell-{what}-do"))) } }
            }
        }
    };
    page::citizen(ctx, &title, main)
}

async fn confirm(
    State(teller): State<Teller>,
    headers: HeaderMap,
    Query(word): Query<Word>,
) -> Result<Response, Problem> {
    let now = teller.desk.now();
    let confirmed = teller.write(move |tx, teller| {
        let (tenant, keyring) = (&teller.desk.front.tenant, &teller.desk.keyring);
        Ok(notices::confirm(tx, tenant, keyring, &word.ma, now)?)
    });
    let what = if confirmed.await? { "confirmed" } else { "confirm-bad" };
    Ok(outcome(&teller, &headers, CONFIRM, what))
}

async fn stop(
    State(teller): State<Teller>,
    headers: HeaderMap,
    Query(word): Query<Word>,
) -> Result<Response, Problem> {
    let stopped = teller.write(move |tx, teller| {
        let (tenant, keyring) = (&teller.desk.front.tenant, &teller.desk.keyring);
        Ok(notices::stop(tx, tenant, keyring, &word.ma)?)
    });
    let what = if stopped.await? { "stopped" } else { "stop-bad" };
    Ok(outcome(&teller, &headers, STOP, what))
}

fn outcome(teller: &Teller, headers: &HeaderMap, path: &str, what: &str) -> Response {
    let front = &teller.desk.front;
    let words = Words::new(http::lang::of(headers), Arc::clone(&front.texts));
    let mut ctx = PageContext::new(words, path);
    ctx.place = front.place.clone();
    let title = ctx.words.t(&format!("tell-{what}-title"));
    let main = html! {
        div.stack {
            h1 { (title) }
            p { (ctx.words.t(&format!("tell-{what}-lead"))) }
            p { a href=(MINE) { (tr!(ctx, "tell-to-mine")) } }
        }
    };
    let status =
        if what.ends_with("bad") { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    (status, page::citizen(&ctx, &title, main)).into_response()
}
