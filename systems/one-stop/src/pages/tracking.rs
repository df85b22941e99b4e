//! Tracking a dossier with the code and the secret from the receipt, without signing in.

mod view;

use std::{net::SocketAddr, sync::Arc};

use axum::{
    Router,
    extract::{ConnectInfo, OriginalUri, Query, State},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
    routing::get,
};
use maud::{Markup, html};
use serde::Deserialize;
use web::{
    Icon, PageContext, Words,
    components::{
        errors,
        fields::{self, Field},
    },
    form::Faults,
    http::{self, Problem},
    icon, page, tr,
};

use super::TRACKING;
use crate::{
    Desk, Error,
    queries::{self, Tracked},
};

pub(super) fn routes() -> Router<Desk> {
    Router::new().route(TRACKING, get(show)).route(&format!("{TRACKING}/bien-nhan"), get(receipt))
}

/// Code and secret, as the QR code carries them too.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
struct Asked {
    ma: String,
    khoa: String,
}

async fn show(
    State(desk): State<Desk>,
    ConnectInfo(from): ConnectInfo<SocketAddr>,
    OriginalUri(uri): OriginalUri,
    headers: HeaderMap,
    Query(asked): Query<Asked>,
) -> Result<Response, Problem> {
    let words = Words::new(http::lang::of(&headers), Arc::clone(&desk.front.texts));
    // The secret is not carried on: the switch of language asks for it again.
    let mut ctx = PageContext::new(words, uri.path());
    ctx.place = desk.front.place.clone();
    ctx.place.unit = tr!(ctx, "track-title");
    if asked.ma.is_empty() && asked.khoa.is_empty() {
        return Ok(form(&ctx, &asked, None).into_response());
    }
    match open(&desk, from, &asked).await? {
        Opened::Yes(tracked) => Ok(view::page(&desk, &ctx, &tracked, &asked.khoa).into_response()),
        Opened::No => {
            let fault = tr!(ctx, "track-wrong");
            let page = form(&ctx, &asked, Some(&fault));
            Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
        }
        Opened::TooOften => {
            let fault = tr!(ctx, "track-too-often");
            let page = form(&ctx, &asked, Some(&fault));
            Ok((StatusCode::TOO_MANY_REQUESTS, page).into_response())
        }
    }
}

/// The journal's receipt, to be checked by anybody offline.
async fn receipt(
    State(desk): State<Desk>,
    ConnectInfo(from): ConnectInfo<SocketAddr>,
    Query(asked): Query<Asked>,
) -> Result<Response, Problem> {
    let Opened::Yes(tracked) = open(&desk, from, &asked).await? else {
        return Err(Problem::not_found());
    };
    let receipt = tracked.receipt.ok_or_else(Problem::not_found)?;
    let text = receipt.to_json().map_err(|error| Problem::from(Error::from(error)))?;
    let name = format!("attachment; filename=\"{}.json\"", tracked.case.code);
    let headers = [
        (header::CONTENT_TYPE, "application/json".to_owned()),
        (header::CONTENT_DISPOSITION, name),
    ];
    Ok((headers, text).into_response())
}

enum Opened {
    Yes(Box<Tracked>),
    No,
    TooOften,
}

async fn open(desk: &Desk, from: SocketAddr, asked: &Asked) -> Result<Opened, Problem> {
    let now = desk.now();
    if desk.guesses.holds_back(from.ip(), now) {
        return Ok(Opened::TooOften);
    }
    let (shared, typed) = (desk.clone(), asked.clone());
    let found =
        desk.front.store.read(move |tx| queries::track(tx, &shared, &typed.ma, &typed.khoa)).await;
    match found.map_err(|error: Error| Problem::from(error))? {
        Some(tracked) => Ok(Opened::Yes(Box::new(tracked))),
        None => {
            desk.guesses.failed(from.ip(), now);
            Ok(Opened::No)
        }
    }
}

fn form(ctx: &PageContext, asked: &Asked, fault: Option<&str>) -> Markup {
    let mut faults = Faults::default();
    if let Some(fault) = fault {
        faults.add("ma", fault);
    }
    let (code, secret) = (tr!(ctx, "track-code"), tr!(ctx, "track-secret"));
    let (code_hint, secret_hint) = (tr!(ctx, "track-code-hint"), tr!(ctx, "track-secret-hint"));
    let code = Field::new("ma", &code).hint(&code_hint).letters_max(60).fault(faults.of("ma"));
    let secret = Field::new("khoa", &secret).hint(&secret_hint).letters_max(20);
    let main = html! {
        (errors::summary(&ctx.words, &faults))
        h1 { (tr!(ctx, "track-heading")) }
        p.muted { (tr!(ctx, "track-lead")) }
        form.stack method="get" action=(TRACKING) {
            (fields::text(&ctx.words, &code, &asked.ma))
            (fields::text(&ctx.words, &secret, ""))
            p.acts { button.btn.go { (icon(Icon::Search)) (tr!(ctx, "track-go")) } }
        }
    };
    page::citizen(ctx, &tr!(ctx, "track-title"), main)
}
