//! The receipt on paper of what was paid.

use std::net::SocketAddr;

use axum::{
    Router,
    extract::{ConnectInfo, Path, State},
    http::{HeaderMap, header},
    response::{IntoResponse, Response},
    routing::get,
};
use casework::{Case, Payment};
use desk::Moment;
use files::Template;
use kernel::Instant;
use serde_json::{Value, json};
use web::{MaybeCitizen, Words, http::Problem, tr};

use super::{
    PAY,
    access::{self, Opened},
    owed::dong,
};
use crate::Cashier;

const SHEET: &str = include_str!("../../forms/payment-receipt.typ");

pub(super) fn routes() -> Router<Cashier> {
    Router::new().route(&format!("{PAY}/{{code}}/bien-nhan.pdf"), get(pdf))
}

/// To whoever may see what is owed, once something was paid.
async fn pdf(
    State(cashier): State<Cashier>,
    ConnectInfo(from): ConnectInfo<SocketAddr>,
    asker: MaybeCitizen,
    headers: HeaderMap,
    Path(code): Path<String>,
) -> Result<Response, Problem> {
    let opened = access::open(&cashier, &asker, &headers, from.ip(), &code, "").await?;
    let Opened::Yes(case, _) = opened else { return Err(Problem::not_found()) };
    let paid = case.obligations.iter().filter_map(|owed| owed.payment.as_ref());
    let newest = paid.map(|payment: &Payment| payment.at).max().ok_or_else(Problem::not_found)?;
    let data = sheet(&cashier, &asker.words, &cashier.desk.moment(), &case, newest);
    let made = tokio::task::spawn_blocking(move || {
        Template::new("payment-receipt.typ", SHEET).render(&data, newest)
    });
    let pdf = made.await.map_err(|error| Problem::internal(&error))?.map_err(desk::Error::from)?;
    let name = format!("inline; filename=\"nop-tien-{}.pdf\"", case.code);
    let headers =
        [(header::CONTENT_TYPE, "application/pdf".to_owned()), (header::CONTENT_DISPOSITION, name)];
    Ok((headers, pdf.into_bytes()).into_response())
}

fn sheet(cashier: &Cashier, words: &Words, moment: &Moment, case: &Case, newest: Instant) -> Value {
    let agency = moment.directory.agency(case.received_by).map_or("", |a| a.name.as_str());
    let procedure = moment.shelf.version(&case.procedure).map_or("", |p| p.name.as_str());
    let paid = case.obligations.iter().filter_map(|o| Some((o, o.payment.as_ref()?)));
    let total: u64 = paid.clone().map(|(owed, _)| owed.amount).sum();
    let lines: Vec<Value> = paid
        .map(|(owed, payment)| {
            let (amount, at) = (words.money(dong(owed.amount)), words.moment(payment.at));
            json!([owed.name, amount, at, payment.reference])
        })
        .collect();
    let heads = ["pay-what", "pay-sum", "pay-when", "pay-number"].map(|key| words.t(key));
    json!({
        "place": cashier.desk.front.place.name,
        "agency": agency,
        "title": tr!(words, "pay-sheet-title"),
        "code": case.code,
        "facts": [
            [tr!(words, "pay-code"), case.code.as_str()],
            [tr!(words, "pay-sheet-procedure"), procedure],
            [tr!(words, "pay-sheet-at"), words.moment(newest)],
        ],
        "heads": heads,
        "lines": lines,
        "total_label": tr!(words, "pay-sheet-total"),
        "total": words.money(dong(total)),
        "note": tr!(words, "pay-sheet-note"),
    })
}
