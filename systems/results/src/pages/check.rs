//! Whether a document is real: by its codes, by the QR code on it, or by the file itself. Open
//! to everybody, and so held back where somebody guesses.

use std::net::SocketAddr;

use axum::{
    Router,
    extract::{ConnectInfo, Multipart, OriginalUri, Path, Query, State},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
    routing::get,
};
use desk::{Desk, Error};
use maud::{Markup, html};
use serde::Deserialize;
use web::{
    Icon, PageContext, Words,
    components::{
        drop::{Drop, drop},
        errors,
        fields::{self, Field},
    },
    form::Faults,
    http::{self, Problem, encoded},
    icon, page, tr,
};

use super::{CHECK, sent::Sent, verdict};
use crate::{
    model::FILE_BYTES_MAX,
    queries::{Found, by_code, by_file},
};

pub(super) fn routes() -> Router<Desk> {
    let most = usize::try_from(FILE_BYTES_MAX).unwrap_or(usize::MAX) + 64 * 1024;
    Router::new()
        .route(CHECK, get(ask).post(send))
        .route("/kiem-tra/{code}", get(show))
        .route("/kiem-tra/{code}/bien-nhan", get(receipt))
        .layer(http::uploads(most))
}

/// What the form asks, and what the QR code carries.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
struct Asked {
    #[serde(rename = "ho-so")]
    code: String,
    ma: String,
}

fn context(desk: &Desk, headers: &HeaderMap, path: &str) -> PageContext {
    let words = Words::new(http::lang::of(headers), desk.front.texts.clone());
    let mut ctx = PageContext::new(words, path);
    ctx.place = desk.front.place.clone();
    ctx.place.unit = tr!(ctx, "verify-title");
    ctx
}

async fn ask(
    State(desk): State<Desk>,
    headers: HeaderMap,
    OriginalUri(uri): OriginalUri,
    Query(asked): Query<Asked>,
) -> Response {
    let ctx = context(&desk, &headers, uri.path());
    if asked.code.is_empty() && asked.ma.is_empty() {
        return form(&ctx, &asked, &Faults::default()).into_response();
    }
    if asked.code.trim().is_empty() {
        let mut faults = Faults::default();
        faults.add("ho-so", tr!(ctx, "verify-wrong"));
        let page = form(&ctx, &asked, &faults);
        return (StatusCode::UNPROCESSABLE_ENTITY, page).into_response();
    }
    let code = encoded(&asked.code.trim().to_uppercase());
    http::see_other(&format!("{CHECK}/{code}?ma={}", encoded(asked.ma.trim())))
}

async fn show(
    State(desk): State<Desk>,
    ConnectInfo(from): ConnectInfo<SocketAddr>,
    headers: HeaderMap,
    Path(code): Path<String>,
    Query(mut asked): Query<Asked>,
) -> Result<Response, Problem> {
    let ctx = context(&desk, &headers, CHECK);
    asked.code.clone_from(&code);
    let now = desk.now();
    if desk.guesses.holds_back(from.ip(), now) {
        return Ok(held_back(&ctx, &asked));
    }
    let (shared, check) = (desk.clone(), asked.ma.clone());
    let found = desk.front.store.read(move |tx| by_code(tx, &shared, &code, &check));
    if let Some(genuine) = found.await? {
        return Ok(verdict::page(&desk, &ctx, &Found::Ours(genuine), false).into_response());
    }
    desk.guesses.failed(from.ip(), now);
    let mut faults = Faults::default();
    faults.add("ho-so", tr!(ctx, "verify-wrong"));
    Ok((StatusCode::UNPROCESSABLE_ENTITY, form(&ctx, &asked, &faults)).into_response())
}

/// The journal's receipt for the issue of a result, to be proved offline.
async fn receipt(
    State(desk): State<Desk>,
    ConnectInfo(from): ConnectInfo<SocketAddr>,
    Path(code): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, Problem> {
    let now = desk.now();
    if desk.guesses.holds_back(from.ip(), now) {
        return Err(Problem::of_status(StatusCode::TOO_MANY_REQUESTS));
    }
    let (shared, typed, check) = (desk.clone(), code.clone(), asked.ma);
    let found = desk.front.store.read(move |tx| by_code(tx, &shared, &typed, &check)).await?;
    let Some(genuine) = found else {
        desk.guesses.failed(from.ip(), now);
        return Err(Problem::not_found());
    };
    let receipt = genuine.receipt.ok_or_else(Problem::not_found)?;
    let text = receipt.to_json().map_err(|error| Problem::from(Error::from(error)))?;
    let name = format!("attachment; filename=\"{}-{}.json\"", genuine.code, genuine.result.serial);
    let headers = [
        (header::CONTENT_TYPE, "application/json".to_owned()),
        (header::CONTENT_DISPOSITION, name),
    ];
    Ok((headers, text).into_response())
}

async fn send(
    State(desk): State<Desk>,
    ConnectInfo(from): ConnectInfo<SocketAddr>,
    headers: HeaderMap,
    upload: Multipart,
) -> Result<Response, Problem> {
    let ctx = context(&desk, &headers, CHECK);
    let now = desk.now();
    if desk.guesses.holds_back(from.ip(), now) {
        return Ok(held_back(&ctx, &Asked::default()));
    }
    let sent = Sent::read(upload).await?;
    let Some(file) = sent.file else {
        let key = if sent.too_large { "verify-file-large" } else { "verify-file-missing" };
        let mut faults = Faults::default();
        faults.add("tep", tr!(ctx, key, limit = ctx.words.file_size(FILE_BYTES_MAX)));
        let page = form(&ctx, &Asked::default(), &faults);
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
    };
    let shared = desk.clone();
    let found: Result<Found, Error> =
        desk.front.store.read(move |tx| by_file(tx, &shared, &file)).await;
    let found = found?;
    if !matches!(found, Found::Ours(_) | Found::AddedTo(_)) {
        desk.guesses.failed(from.ip(), now);
    }
    Ok(verdict::page(&desk, &ctx, &found, true).into_response())
}

fn held_back(ctx: &PageContext, asked: &Asked) -> Response {
    let mut faults = Faults::default();
    faults.add("ho-so", tr!(ctx, "verify-too-often"));
    (StatusCode::TOO_MANY_REQUESTS, form(ctx, asked, &faults)).into_response()
}

fn form(ctx: &PageContext, asked: &Asked, faults: &Faults) -> Markup {
    let (code, check) = (tr!(ctx, "verify-code"), tr!(ctx, "verify-check"));
    let (code_hint, check_hint) = (tr!(ctx, "verify-code-hint"), tr!(ctx, "verify-check-hint"));
    let code = Field::new("ho-so", &code).hint(&code_hint).letters_max(60);
    let check = Field::new("ma", &check).hint(&check_hint).letters_max(20);
    let title = tr!(ctx, "verify-title");
    let main = html! {
        (errors::summary(&ctx.words, faults))
        h1 { (tr!(ctx, "verify-heading")) }
        p.muted { (tr!(ctx, "verify-lead")) }
        form.stack.after method="get" action=(CHECK) {
            (fields::text(&ctx.words, &code.fault(faults.of("ho-so")), &asked.code))
            (fields::text(&ctx.words, &check, &asked.ma))
            p.acts { button.btn.go { (icon(Icon::Search)) (tr!(ctx, "verify-go")) } }
        }
        (by_file_form(ctx, faults.of("tep")))
    };
    page::citizen(ctx, &errors::title(&ctx.words, faults, &title), main)
}

/// The other way: the file itself.
pub(super) fn by_file_form(ctx: &PageContext, fault: Option<&str>) -> Markup {
    html! {
        section.card.stack aria-labelledby="by-file" {
            h2 #by-file { (tr!(ctx, "verify-file-heading")) }
            p { (tr!(ctx, "verify-file-lead")) }
            form.stack method="post" action=(CHECK) enctype="multipart/form-data" {
                (drop(&ctx.words, &Drop {
                    name: "tep".to_owned(),
                    kinds: "PDF".to_owned(),
                    accept: "application/pdf".to_owned(),
                    bytes_max: FILE_BYTES_MAX,
                    fault: fault.map(str::to_owned),
                    ..Drop::default()
                }))
                p.acts { button.btn { (icon(Icon::Seal)) (tr!(ctx, "verify-file-go")) } }
            }
        }
    }
}
