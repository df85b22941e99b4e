//! Carrying one notice out of the house, by the way of its address.

use notices::{
    Address, Claimed, Outcome,
    out::{self, Request},
};

use crate::{Teller, words};

/// Bytes of an answer that are read.
const ANSWER_MAX: usize = 16 * 1024;

/// Sends one notice; answers what became of it.
pub(crate) async fn carry(teller: &Teller, claimed: &Claimed) -> Outcome {
    let saying = words::saying(teller, claimed);
    let settings = &teller.settings;
    match &claimed.contact.address {
        Address::Email(to) => match &teller.mailer {
            Some(mailer) => mailer.send(teller, claimed, to, &saying).await,
            None => Outcome::Refused("no_mail"),
        },
        Address::Push(to) => {
            let Some(push) = settings.push.as_ref().filter(|push| push.knows(&to.endpoint)) else {
                return Outcome::Refused("no_push");
            };
            let (mint, now) = (&teller.desk.front.mint, teller.desk.now());
            match out::to_push(push, &claimed.notice, to, &saying, mint, now) {
                Some(request) => match post(teller, request).await {
                    Some((status, _)) => out::push_answered(status),
                    None => Outcome::Later("push_away"),
                },
                None => Outcome::Gone,
            }
        }
        Address::Sms(phone) | Address::Zalo(phone) => {
            let sms = matches!(claimed.contact.address, Address::Sms(_));
            let hook = if sms { &settings.sms } else { &settings.zalo };
            let Some(hook) = hook else { return Outcome::Refused("no_gateway") };
            match out::to_hook(hook, &claimed.notice, phone, &saying) {
                Some(request) => match post(teller, request).await {
                    Some((status, body)) => out::hook_answered(hook, status, &body),
                    None => Outcome::Later("gateway_away"),
                },
                None => Outcome::Refused("no_template"),
            }
        }
    }
}

async fn post(teller: &Teller, request: Request) -> Option<(u16, Vec<u8>)> {
    let mut out = teller.http.as_ref()?.post(&request.url).body(request.body);
    for (name, value) in &request.headers {
        out = out.header(name.as_str(), value.expose());
    }
    let mut response = out.send().await.ok()?;
    let status = response.status().as_u16();
    let mut body = Vec::new();
    while let Ok(Some(piece)) = response.chunk().await {
        body.extend_from_slice(&piece);
        if body.len() > ANSWER_MAX {
            body.truncate(ANSWER_MAX);
            break;
        }
    }
    Some((status, body))
}
