//! What comes from a gateway: its calls, server to server, and payers whom it sends back.

use axum::{
    Json, Router,
    body::Bytes,
    extract::{Path, RawQuery, State},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
    routing::get,
};
use payments::{
    gateway::{Disbelief, MESSAGE_BYTES_MAX, Said},
    signature::Fields,
};
use serde_json::json;
use web::http::{self, Problem};

use crate::{Cashier, Error, asking};

/// The addresses that a gateway is given.
pub(crate) fn router() -> Router<Cashier> {
    Router::new()
        .route("/cong-thanh-toan/{gateway}/bao", get(called).post(called))
        .route("/cong-thanh-toan/{gateway}/tro-ve", get(back))
        .layer(axum::extract::DefaultBodyLimit::max(MESSAGE_BYTES_MAX))
}

/// A call: fields in the query, as a form, or as JSON. The answer tells the gateway whether to
/// call again: `00` taken, `02` known already, `01` and `04` not as expected (kept for the
/// accountant all the same), `97` not believed. Trouble of ours is a 503, and it calls again.
async fn called(
    State(cashier): State<Cashier>,
    Path(name): Path<String>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Problem> {
    let gateway = cashier.settings.gateway(&name).ok_or_else(Problem::not_found)?;
    let fields = fields(&headers, query.as_deref(), &body);
    let said = fields.ok_or(Disbelief::Field("body"));
    let said = match said.and_then(|fields| gateway.said(&fields, cashier.desk.now())) {
        Ok(said) => said,
        Err(disbelief) => {
            tracing::warn!(gateway = name, %disbelief, "a call was not believed");
            let answer = json!({ "code": "97", "message": disbelief.to_string() });
            return Ok((StatusCode::FORBIDDEN, Json(answer)).into_response());
        }
    };
    let paid = matches!(said, Said::Paid(_));
    let (code, message) = match asking::take(&cashier, said).await {
        Ok(None) if paid => ("99", "not taken"),
        Ok(None) => ("00", "noted"),
        Ok(Some(received)) => match (received.first, received.kept.problem) {
            (_, Some(payments::Problem::Unknown)) => ("01", "no such order"),
            (_, Some(payments::Problem::Differs | payments::Problem::Contradicts)) => {
                ("04", "another amount than ordered")
            }
            (false, _) => ("02", "known already"),
            (true, _) => ("00", "taken"),
        },
        Err(Error::Store(_) | Error::Payments(payments::Error::Store(_))) => {
            return Err(Problem::unavailable(30));
        }
        Err(error) => return Err(error.into()),
    };
    Ok(Json(json!({ "code": code, "message": message })).into_response())
}

fn fields(headers: &HeaderMap, query: Option<&str>, body: &[u8]) -> Option<Fields> {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
    match (body, kind.unwrap_or_default()) {
        ([], _) => of_form(query?),
        (body, kind) if kind.starts_with("application/json") => asking::fields_of_json(body),
        (body, _) => of_form(std::str::from_utf8(body).ok()?),
    }
}

fn of_form(text: &str) -> Option<Fields> {
    let pairs: Vec<(String, String)> =
        axum::extract::Query::try_from_uri(&format!("/?{text}").parse().ok()?).ok()?.0;
    let count = pairs.len();
    let fields: Fields = pairs.into_iter().collect();
    // A field that stands twice could be read as either.
    (fields.len() == count).then_some(fields)
}

/// The payer comes back. What the browser brings counts for nothing; the gateway is asked, and
/// the page shows what is known.
async fn back(
    State(cashier): State<Cashier>,
    Path(name): Path<String>,
    RawQuery(query): RawQuery,
) -> Result<Response, Problem> {
    let gateway = cashier.settings.gateway(&name).ok_or_else(Problem::not_found)?;
    let fields = query.as_deref().and_then(of_form).unwrap_or_default();
    let Some(reference) = gateway.reference(&fields) else {
        return Ok(http::see_other("/toi/ho-so"));
    };
    let found = cashier.read(move |tx, cashier| {
        let tenant = &cashier.desk.front.tenant;
        let Some(order) = payments::by_reference(tx, tenant, &reference)? else { return Ok(None) };
        let case = casework::load(tx, tenant, order.case)?;
        Ok(case.map(|case| (order, case.code)))
    });
    let Some((order, code)) = found.await? else { return Ok(http::see_other("/toi/ho-so")) };
    let waits =
        order.state == payments::OrderState::Open && order.gateway.as_deref() == Some(&name);
    // Somebody who reloads the page must not make us ask all the time.
    let fresh = order.sent_at.is_some_and(|at| {
        cashier.desk.now().duration_since(at) < jiff::SignedDuration::from_hours(1)
    });
    if waits && fresh {
        asking::ask_about(&cashier, &order).await?;
    }
    Ok(http::see_other(&format!("/nop/{code}?ve=1")))
}
