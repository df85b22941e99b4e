//! What makes the pages an app that a telephone can install: the manifest, the worker that answers
//! without a connection, and the script that adds ease.

use std::sync::LazyLock;

use axum::{
    Json, Router,
    extract::Path,
    http::{StatusCode, header},
    response::{IntoResponse, Response},
    routing::get,
};
use kernel::hex;
use maud::{Markup, html};
use serde_json::json;
use sha2::{Digest, Sha256};
use web::{MaybeCitizen, Words, assets, page, tr};

use crate::Services;

const HELP: &str = include_str!("../../assets/help.js");
const OFFLINE: &str = include_str!("../../assets/offline.js");
const WORKER: &str = include_str!("../../assets/sw.js");

pub(super) fn routes() -> Router<Services> {
    Router::new()
        .route("/manifest.webmanifest", get(manifest))
        .route("/sw.js", get(worker))
        .route("/tro-giup/{file}", get(help))
        .route("/khong-mang", get(away))
}

/// A script under an address that carries the hash of its content.
struct Script {
    address: String,
    text: String,
}

impl Script {
    fn of(text: String) -> Self {
        let address = format!("/tro-giup/{}.js", hex(&Sha256::digest(&text)[..6]));
        Self { address, text }
    }
}

/// Ease for every page.
static EASE: LazyLock<Script> = LazyLock::new(|| Script::of(HELP.to_owned()));
/// A form without a connection; it builds on the other.
static KEEPING: LazyLock<Script> =
    LazyLock::new(|| Script::of(OFFLINE.replace("./help.js", &EASE.address)));

/// The script, for a page that it can ease.
pub(super) fn script() -> Markup {
    html! { script type="module" src=(EASE.address) {} }
}

/// The scripts of a form that is filled in without a connection.
pub(super) fn offline_script() -> Markup {
    html! {
        (script())
        script type="module" src=(KEEPING.address) {}
    }
}

/// Says that a form on this device waits to be sent; only its browser knows.
pub(super) fn waits(words: &Words) -> Markup {
    html! {
        div hidden data-waits {
            p.note { (tr!(words, "whole-waits")) " " a href="/" { (tr!(words, "whole-waits-open")) } }
        }
    }
}

async fn help(Path(file): Path<String>) -> Response {
    let asked = format!("/tro-giup/{file}");
    let scripts: [&Script; 2] = [&EASE, &KEEPING];
    let Some(script) = scripts.into_iter().find(|script| script.address == asked) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let headers = [
        (header::CONTENT_TYPE, "text/javascript; charset=utf-8"),
        (header::CACHE_CONTROL, "public, max-age=31536000, immutable"),
    ];
    (headers, script.text.as_str()).into_response()
}

async fn worker() -> Response {
    let headers = [
        (header::CONTENT_TYPE, "text/javascript; charset=utf-8"),
        (header::CACHE_CONTROL, "no-cache"),
    ];
    (headers, WORKER).into_response()
}

async fn manifest(me: MaybeCitizen) -> Response {
    let place = me.page().place.name;
    let manifest = json!({
        "name": format!("{}, {place}", tr!(me, "home-title")),
        "short_name": tr!(me, "home-title"),
        "lang": me.words.lang.code(),
        "id": "/",
        "start_url": "/",
        "scope": "/",
        "display": "standalone",
        "background_color": "#faf8f3",
        "theme_color": "#142b4d",
        "icons": [{ "src": assets::mark(), "type": "image/svg+xml", "sizes": "any" }],
    });
    let headers =
        [(header::CONTENT_TYPE, "application/manifest+json"), (header::CACHE_CONTROL, "no-cache")];
    (headers, Json(manifest).into_response().into_body()).into_response()
}

/// What is shown where there is no connection; the same for everybody, since it is kept.
async fn away(me: MaybeCitizen) -> Markup {
    let mut ctx = web::PageContext::new(me.words.clone(), "/khong-mang");
    ctx.place = me.page().place;
    let main = html! {
        h1 { (tr!(me, "away-title")) }
        p { (tr!(me, "away-lead")) }
        ul {
            li { (tr!(me, "away-kept")) }
            li { (tr!(me, "away-typed")) }
        }
        p { a.btn.go href="/" { (tr!(me, "away-again")) } }
        (script())
    };
    page::citizen(&ctx, &tr!(me, "away-title"), main)
}
