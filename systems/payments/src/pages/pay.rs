//! The page of a payer: works without any script; the script only looks whether money came.

use std::net::SocketAddr;

use axum::{
    Form, Json, Router,
    extract::{ConnectInfo, Path, Query, State},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
    routing::{get, post},
};
use axum_extra::extract::cookie::CookieJar;
use maud::{Markup, html};
use serde::Deserialize;
use serde_json::json;
use web::{
    MaybeCitizen, PageContext,
    components::{
        errors,
        fields::{self, Field},
        flash::Flash,
    },
    form::Faults,
    http::{self, Problem},
    page, tr,
};

use super::{
    PAY,
    access::{self, Opened},
    owed::{self, Owed},
};
use crate::{Cashier, asking};

const SCRIPT: &str = include_str!("../../assets/pay.js");
pub(super) const SCRIPT_PATH: &str = "/nop/xem-tien-ve.js";

pub(super) fn routes() -> Router<Cashier> {
    Router::new()
        .route(SCRIPT_PATH, get(script))
        .route(PAY, get(ask_code))
        .route(&format!("{PAY}/{{code}}"), get(show))
        .route(&format!("{PAY}/{{code}}/da-ve"), get(arrived))
        .route(&format!("{PAY}/{{code}}/qua/{{gateway}}"), post(hand_over))
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Asked {
    ma: String,
    khoa: String,
    /// Back from a gateway.
    ve: String,
}

async fn script() -> impl IntoResponse {
    let headers = [
        (header::CONTENT_TYPE, "text/javascript; charset=utf-8"),
        (header::CACHE_CONTROL, "public, max-age=3600"),
    ];
    (headers, SCRIPT)
}

/// Without a code: asks for it.
async fn ask_code(asker: MaybeCitizen, Query(asked): Query<Asked>) -> Response {
    if asked.ma.trim().is_empty() {
        return form(&asker.page(), "", None).into_response();
    }
    let (code, secret) = (http::encoded(asked.ma.trim()), http::encoded(asked.khoa.trim()));
    http::see_other(&format!("{PAY}/{code}?khoa={secret}"))
}

async fn show(
    State(cashier): State<Cashier>,
    ConnectInfo(from): ConnectInfo<SocketAddr>,
    asker: MaybeCitizen,
    headers: HeaderMap,
    Path(code): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, Problem> {
    let mut ctx = asker.page();
    let opened = access::open(&cashier, &asker, &headers, from.ip(), &code, &asked.khoa).await?;
    let (case, cookie) = match opened {
        Opened::Yes(case, cookie) => (case, cookie),
        Opened::No { tried } => {
            let fault = tried.then(|| tr!(ctx, "pay-wrong"));
            let status = if tried { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
            return Ok((status, form(&ctx, &code, fault.as_deref())).into_response());
        }
        Opened::TooOften => {
            let page = form(&ctx, &code, Some(&tr!(ctx, "pay-too-often")));
            return Ok((StatusCode::TOO_MANY_REQUESTS, page).into_response());
        }
    };
    // The secret stands in the cookie from here on, and no longer in the address.
    if !asked.khoa.is_empty() {
        let jar = cookie.into_iter().fold(CookieJar::new(), CookieJar::add);
        return Ok((jar, http::see_other(&format!("{PAY}/{}", case.code))).into_response());
    }
    if !asked.ve.is_empty() {
        ctx.path = format!("{PAY}/{}", case.code);
    }
    let owed = owed::look(&cashier, *case).await?;
    let page = owed::page(&cashier, &ctx, &owed, !asked.ve.is_empty());
    Ok(page.into_response())
}

/// Whether money came, for the script: how much is still owed, and how much came too much.
async fn arrived(
    State(cashier): State<Cashier>,
    ConnectInfo(from): ConnectInfo<SocketAddr>,
    asker: MaybeCitizen,
    headers: HeaderMap,
    Path(code): Path<String>,
) -> Result<Response, Problem> {
    match access::open(&cashier, &asker, &headers, from.ip(), &code, "").await? {
        Opened::Yes(case, _) => Ok(Json(json!({ "unpaid": case.unpaid() })).into_response()),
        _ => Err(Problem::not_found()),
    }
}

/// Hands the order over to a gateway; the page then has the way there.
async fn hand_over(
    State(cashier): State<Cashier>,
    ConnectInfo(from): ConnectInfo<SocketAddr>,
    asker: MaybeCitizen,
    headers: HeaderMap,
    Path((code, name)): Path<(String, String)>,
    Form(_): Form<Vec<(String, String)>>,
) -> Result<Response, Problem> {
    let gateway = cashier.settings.gateway(&name).ok_or_else(Problem::not_found)?;
    let opened = access::open(&cashier, &asker, &headers, from.ip(), &code, "").await?;
    let Opened::Yes(case, _) = opened else { return Err(Problem::not_found()) };
    let back = format!("{PAY}/{}", case.code);
    let Owed { order: Some(order), .. } = owed::look(&cashier, *case).await? else {
        return Ok(http::see_other(&back));
    };
    let fresh = order.gateway.as_deref() == Some(gateway.name()) && order.pay_url.is_some();
    if fresh || asking::hand_over(&cashier, gateway, &order).await?.is_ok() {
        return Ok(http::see_other(&format!("{back}#cong")));
    }
    let words = &asker.words;
    let sorry = tr!(words, "pay-gateway-away", gateway = gateway.title());
    Ok(http::flash::see_other_with(&back, Flash::failed(sorry)))
}

fn form(ctx: &PageContext, code: &str, fault: Option<&str>) -> Markup {
    let mut faults = Faults::default();
    if let Some(fault) = fault {
        faults.add("ma", fault);
    }
    let labels = [tr!(ctx, "pay-code"), tr!(ctx, "pay-secret")];
    let hints = [tr!(ctx, "pay-code-hint"), tr!(ctx, "pay-secret-hint")];
    let of_code = Field::new("ma", &labels[0]).hint(&hints[0]).letters_max(60);
    let of_code = of_code.fault(faults.of("ma"));
    let of_secret = Field::new("khoa", &labels[1]).hint(&hints[1]).letters_max(20);
    let title = tr!(ctx, "pay-title");
    let main = html! {
        (errors::summary(&ctx.words, &faults))
        h1 { (title) }
        p.muted { (tr!(ctx, "pay-ask-lead")) }
        form.stack method="get" action=(PAY) {
            (fields::text(&ctx.words, &of_code, code))
            (fields::text(&ctx.words, &of_secret, ""))
            p.acts { button.btn.go { (tr!(ctx, "pay-ask-go")) } }
        }
        @if let Some(href) = &ctx.sign_in {
            p { a href=(href) { (tr!(ctx, "pay-sign-in")) } }
        }
    };
    page::citizen(ctx, &errors::title(&ctx.words, &faults, &title), main)
}
