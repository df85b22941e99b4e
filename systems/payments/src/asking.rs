//! Handing orders over to a gateway, and asking it what became of them where it does not call:
//! a call may be lost, and a gateway may be down and come back.

use kernel::Instant;
use payments::{
    Gateway, Order,
    gateway::{Disbelief, MESSAGE_BYTES_MAX, Outgoing, Said},
    signature::Fields,
};

use crate::{Cashier, Result};

/// Orders that are asked about in one round.
const ROUND: u32 = 20;

/// Why a gateway gave nothing to believe.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Silence {
    /// It does not answer, or not in time.
    Away,
    /// It answered something that is not to be believed, or a refusal.
    Disbelieved(Disbelief),
}

/// Hands an order over; answers where the gateway takes the payer.
pub(crate) async fn hand_over(
    cashier: &Cashier,
    gateway: &Gateway,
    order: &Order,
) -> Result<Result<String, Silence>> {
    let now = cashier.desk.now();
    let base = format!("{}/cong-thanh-toan/{}", cashier.desk.address, gateway.name());
    let (back, call) = (format!("{base}/tro-ve"), format!("{base}/bao"));
    let Some(out) = gateway.create(order, &back, &call, now) else {
        return Ok(Err(Silence::Away));
    };
    let answer = match post(cashier, &out).await {
        Ok(answer) => answer,
        Err(silence) => return Ok(Err(silence)),
    };
    match gateway.created(&answer, order, cashier.desk.now()) {
        Ok(url) => {
            let (id, name, kept) = (order.id, gateway.name().to_owned(), url.clone());
            let write = cashier.write(move |tx, cashier| {
                let tenant = &cashier.desk.front.tenant;
                Ok(payments::handed_over(tx, tenant, id, &name, &kept, now)?)
            });
            write.await?;
            Ok(Ok(url))
        }
        Err(disbelief) => {
            tracing::warn!(gateway = gateway.name(), %disbelief, "an order was not taken");
            Ok(Err(Silence::Disbelieved(disbelief)))
        }
    }
}

/// Asks the gateway of an order what became of it, and takes what it says.
pub(crate) async fn ask_about(cashier: &Cashier, order: &Order) -> Result<()> {
    let gateway = order.gateway.as_deref().and_then(|name| cashier.settings.gateway(name));
    let Some(gateway) = gateway else { return Ok(()) };
    let Some(out) = gateway.query(&order.reference, cashier.desk.now()) else { return Ok(()) };
    let said = match post(cashier, &out).await {
        Ok(answer) => gateway.said(&answer, cashier.desk.now()).map_err(Silence::Disbelieved),
        Err(silence) => Err(silence),
    };
    match said {
        Ok(said) => drop(take(cashier, said).await?),
        Err(silence) => {
            tracing::info!(gateway = gateway.name(), ?silence, "an order could not be asked about");
        }
    }
    Ok(())
}

/// Takes what a gateway says; answers what became of the money, where there is some.
pub(crate) async fn take(cashier: &Cashier, said: Said) -> Result<Option<payments::Received>> {
    match said {
        Said::Waiting => Ok(None),
        Said::Failed { reference } => {
            let now = cashier.desk.now();
            let write = cashier.write(move |tx, cashier| {
                let tenant = &cashier.desk.front.tenant;
                Ok(payments::failed(tx, tenant, &reference, now)?)
            });
            write.await?;
            Ok(None)
        }
        Said::Paid(arrival) => {
            let now = cashier.desk.now();
            let write = cashier.write(move |tx, cashier| {
                let moment = cashier.desk.moment();
                Ok(cashier
                    .desk
                    .in_office(&moment, |office| payments::receive(tx, office, &arrival, now))?)
            });
            write.await.map(Some)
        }
    }
}

/// One round of questions about orders that were handed over and of which nothing was heard.
/// Answers whether there may be more.
///
/// # Errors
/// Those of the store; a gateway that is away is none.
pub async fn ask(cashier: &Cashier) -> Result<bool> {
    let now: Instant = cashier.desk.now();
    let due = cashier.write(move |tx, cashier| {
        Ok(payments::to_ask(tx, &cashier.desk.front.tenant, now, ROUND)?)
    });
    let due = due.await?;
    for order in &due {
        ask_about(cashier, order).await?;
    }
    Ok(due.len() == ROUND as usize)
}

async fn post(cashier: &Cashier, out: &Outgoing) -> Result<Fields, Silence> {
    let body: Vec<String> = out
        .fields
        .iter()
        .map(|(name, value)| format!("{}={}", web::http::encoded(name), web::http::encoded(value)))
        .collect();
    let client = cashier.http.as_ref().ok_or(Silence::Away)?;
    let request = client
        .post(&out.url)
        .header("content-type", "application/x-www-form-urlencoded")
        .body(body.join("&"));
    let mut response = request.send().await.map_err(|_| Silence::Away)?;
    if !response.status().is_success() {
        return Err(Silence::Away);
    }
    let mut body = Vec::new();
    while let Some(piece) = response.chunk().await.map_err(|_| Silence::Away)? {
        body.extend_from_slice(&piece);
        if body.len() > MESSAGE_BYTES_MAX {
            return Err(Silence::Away);
        }
    }
    fields_of_json(&body).ok_or(Silence::Disbelieved(Disbelief::Field("body")))
}

/// The fields of a JSON object of texts and numbers.
pub(crate) fn fields_of_json(body: &[u8]) -> Option<Fields> {
    let object: serde_json::Map<String, serde_json::Value> = serde_json::from_slice(body).ok()?;
    let text = |(name, value): (String, serde_json::Value)| match value {
        serde_json::Value::String(text) => Some((name, text)),
        serde_json::Value::Number(number) => Some((name, number.to_string())),
        serde_json::Value::Null => Some((name, String::new())),
        _ => None,
    };
    object.into_iter().map(text).collect()
}
