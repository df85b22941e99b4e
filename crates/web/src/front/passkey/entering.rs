//! Signing in with a passkey: the device says whose it is, the house looks whether that is so.

use axum::{
    Json,
    extract::State,
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Response},
};
use axum_extra::extract::cookie::CookieJar;
use identity::{
    Assurance, Entered, account, citizen,
    passkey::{self, Owner},
};
use kernel::Instant;
use serde::{Deserialize, Serialize};
use webauthn_rs::prelude::{
    CredentialID, DiscoverableAuthentication, Passkey as Proven, PublicKeyCredential,
    RequestChallengeResponse, WebauthnError,
};

use super::{Passkeys, ceremony};
use crate::{
    MaybeCitizen,
    front::{citizen as of_citizen, eid::device, failed, pages as of_officer},
    http::{self, Problem},
};

/// What a ceremony of signing in is for.
const FOR: &str = "enter";

#[derive(Serialize)]
pub(super) struct Question {
    state: String,
    #[serde(flatten)]
    options: RequestChallengeResponse,
}

/// What to prove.
pub(super) async fn begin(
    State(passkeys): State<Passkeys>,
    asker: MaybeCitizen,
) -> Result<Json<Question>, Problem> {
    let begun = passkeys.webauthn.start_discoverable_authentication();
    let (mut options, state) = begun.map_err(|error| Problem::internal(&error))?;
    let state = ceremony::sealed(&passkeys, FOR, &state, asker.now)?;
    // A person pressed a button; nothing is to happen behind their back.
    options.mediation = None;
    Ok(Json(Question { state, options }))
}

#[derive(Deserialize)]
pub(super) struct Proof {
    state: String,
    credential: PublicKeyCredential,
    #[serde(default)]
    tiep: String,
}

/// Where the browser goes on.
#[derive(Serialize)]
pub(super) struct Onward {
    pub(super) to: String,
}

/// The proof; whoever proves it is signed in.
pub(super) async fn finish(
    State(passkeys): State<Passkeys>,
    asker: MaybeCitizen,
    headers: HeaderMap,
    Json(proof): Json<Proof>,
) -> Result<Response, Problem> {
    let state: DiscoverableAuthentication =
        ceremony::opened(&passkeys, FOR, &proof.state, asker.now).await?;
    let id = passkey::hash(proof.credential.get_credential_id());
    let shared = passkeys.clone();
    let known = passkeys.front.store.read(move |tx| passkey::find(tx, &shared.front.tenant, &id));
    let key = known.await.map_err(|error| failed(&error))?.ok_or_else(unknown)?;
    let mut proven: Proven =
        serde_json::from_str(&key.public).map_err(|error| Problem::internal(&error))?;
    let named = passkeys.webauthn.identify_discoverable_authentication(&proof.credential);
    if named.map(|(user, _)| user).ok() != Some(user_of(key.owner)) {
        return Err(unknown());
    }
    let checked = passkeys
        .webauthn
        .finish_discoverable_authentication_v2(&proof.credential, state, &proven)
        .map_err(|error| refused(&error))?;
    if !checked.user_verified() {
        return Err(unknown());
    }
    proven.update_credential(&checked);
    let public = serde_json::to_string(&proven).map_err(|error| Problem::internal(&error))?;
    let next = http::local_path(&proof.tiep).to_owned();
    let entered = enter(&passkeys, key, public, device::of(&headers), asker.now).await?;
    let jar = match entered {
        Who::Officer(cookie) | Who::Citizen(cookie) => CookieJar::new().add(cookie),
    };
    Ok((jar, Json(Onward { to: next })).into_response())
}

enum Who {
    Officer(axum_extra::extract::cookie::Cookie<'static>),
    Citizen(axum_extra::extract::cookie::Cookie<'static>),
}

/// Writes the counter and opens the session, in one transaction.
async fn enter(
    passkeys: &Passkeys,
    key: passkey::Passkey,
    public: String,
    device: String,
    now: Instant,
) -> Result<Who, Problem> {
    let shared = passkeys.clone();
    let opened = passkeys.front.store.write(move |tx| {
        let front = &shared.front;
        let (tenant, mint) = (&front.tenant, &front.mint);
        if !passkey::used(tx, tenant, &key, &public, now)? {
            return Ok(None);
        }
        match key.owner {
            Owner::Officer(account) => {
                if account::get(tx, tenant, account)?.disabled_at.is_some() {
                    return Ok(None);
                }
                let token = front.sessions.open(tx, tenant, account, None, now, mint)?;
                Ok(Some(Who::Officer(of_officer::cookie(front, token.cookie()))))
            }
            Owner::Citizen(party) => {
                let Some(account) = citizen::of_party(tx, tenant, party)? else { return Ok(None) };
                let known = identity::party::load(tx, tenant, &shared.keyring, party)?;
                let Some(known) = known else { return Ok(None) };
                let level: Assurance = key.level;
                let called = citizen::called(&known);
                let device = device.clone();
                let who = Entered { account, party, level, called, device };
                let token = front.sessions.citizens().open(tx, tenant, &who, now, mint)?;
                Ok(Some(Who::Citizen(of_citizen::cookie(front, &token))))
            }
        }
    });
    match opened.await {
        Ok(who) => who.ok_or_else(unknown),
        Err(identity::Error::NoAccount) => Err(unknown()),
        Err(error) => Err(failed(&error)),
    }
}

/// Which user a passkey names: the account of an officer, or a citizen.
pub(super) fn user_of(owner: Owner) -> uuid::Uuid {
    match owner {
        Owner::Officer(account) => account.uuid(),
        Owner::Citizen(party) => party.uuid(),
    }
}

/// The identifier of a credential, as the browser is told which ones there are.
pub(super) fn credential_of(key: &passkey::Passkey) -> Option<CredentialID> {
    let proven: Proven = serde_json::from_str(&key.public).ok()?;
    Some(proven.cred_id().clone())
}

fn unknown() -> Problem {
    Problem::new("passkey-unknown", StatusCode::FORBIDDEN)
}

fn refused(error: &WebauthnError) -> Problem {
    tracing::warn!(%error, "passkey.refused");
    match error {
        WebauthnError::CredentialPossibleCompromise => {
            Problem::new("passkey-copied", StatusCode::FORBIDDEN)
        }
        _ => unknown(),
    }
}
