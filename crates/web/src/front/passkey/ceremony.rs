//! What is remembered between two questions: it goes with the browser under the house's own mark,
//! for five minutes, and is good for once.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD as BASE64};
use identity::{once, seal::Label};
use jiff::SignedDuration;
use kernel::Instant;
use serde::{Serialize, de::DeserializeOwned};
use subtle::ConstantTimeEq;

use super::Passkeys;
use crate::{front::failed, http::Problem};

const LASTS: SignedDuration = SignedDuration::from_mins(5);
const LABEL: Label = Label("passkey_ceremony");

/// Marks a state. `of` says whose and what for; it must be said again to open it.
pub(super) fn sealed(
    passkeys: &Passkeys,
    of: &str,
    state: &impl Serialize,
    now: Instant,
) -> Result<String, Problem> {
    let json = serde_json::to_vec(state).map_err(|error| Problem::internal(&error))?;
    let text = format!("{}.{}", kernel::micros(now), BASE64.encode(json));
    Ok(format!("{text}.{}", BASE64.encode(mark(passkeys, of, &text))))
}

/// Opens a state, once.
pub(super) async fn opened<T: DeserializeOwned>(
    passkeys: &Passkeys,
    of: &str,
    sealed: &str,
    now: Instant,
) -> Result<T, Problem> {
    let (begun_at, state) = parse(passkeys, of, sealed).ok_or_else(Problem::bad_request)?;
    let until = begun_at.checked_add(LASTS).unwrap_or(Instant::MAX);
    if now >= until || begun_at > now {
        return Err(Problem::new("passkey-late", axum::http::StatusCode::GONE));
    }
    let (shared, secret) = (passkeys.clone(), sealed.to_owned());
    let first = passkeys
        .front
        .store
        .write(move |tx| once::take(tx, &shared.front.tenant, secret.as_bytes(), now, until));
    if first.await.map_err(|error| failed(&error))? { Ok(state) } else { Err(Problem::conflict()) }
}

fn parse<T: DeserializeOwned>(passkeys: &Passkeys, of: &str, sealed: &str) -> Option<(Instant, T)> {
    let (text, own) = sealed.rsplit_once('.')?;
    if !bool::from(mark(passkeys, of, text).ct_eq(&BASE64.decode(own).ok()?)) {
        return None;
    }
    let (at, json) = text.split_once('.')?;
    let state = serde_json::from_slice(&BASE64.decode(json).ok()?).ok()?;
    Some((kernel::from_micros(at.parse().ok()?), state))
}

fn mark(passkeys: &Passkeys, of: &str, text: &str) -> [u8; 32] {
    passkeys.keyring.blind(&passkeys.front.tenant, LABEL, &format!("{of}\n{text}"))
}
