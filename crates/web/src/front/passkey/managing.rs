//! One's own passkeys: the list, a new one, another name, taken away.

use axum::{
    Form, Json,
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use identity::{
    Assurance,
    passkey::{self, Owner, Passkey},
};
use kernel::Instant;
use maud::Markup;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use webauthn_rs::prelude::{PasskeyRegistration, RegisterPublicKeyCredential};

use super::{
    OFFICER_PASSKEYS, Passkeys, ceremony,
    entering::{Onward, credential_of, user_of},
    page,
};
use crate::{
    Citizen, SignedIn, Words,
    components::flash::Flash,
    front::{PASSKEYS, failed},
    http::{Problem, flash::see_other_with},
    tr,
};

/// Whoever keeps passkeys: an officer, or a citizen.
struct Me {
    owner: Owner,
    name: String,
    login: String,
    level: Assurance,
    now: Instant,
    words: Words,
    home: &'static str,
}

impl Me {
    fn of_citizen(me: &Citizen) -> Self {
        Self {
            owner: Owner::Citizen(me.party),
            name: me.session.name.clone(),
            login: me.session.name.clone(),
            level: me.level,
            now: me.now,
            words: me.words.clone(),
            home: PASSKEYS,
        }
    }

    fn of_officer(me: &SignedIn) -> Self {
        Self {
            owner: Owner::Officer(me.session.account),
            name: me.name(),
            login: me.session.login.clone(),
            level: Assurance::Two,
            now: me.now,
            words: me.words.clone(),
            home: OFFICER_PASSKEYS,
        }
    }

    /// What a ceremony of registering is for.
    fn purpose(&self) -> String {
        format!("register {}", user_of(self.owner))
    }
}

async fn keys(passkeys: &Passkeys, owner: Owner) -> Result<Vec<Passkey>, Problem> {
    let shared = passkeys.clone();
    let read =
        passkeys.front.store.read(move |tx| passkey::of_owner(tx, &shared.front.tenant, owner));
    read.await.map_err(|error| failed(&error))
}

pub(super) async fn citizen(
    State(passkeys): State<Passkeys>,
    me: Citizen,
) -> Result<Markup, Problem> {
    let keys = keys(&passkeys, Owner::Citizen(me.party)).await?;
    Ok(page::list(&me.page(), PASSKEYS, "/toi/du-lieu", &keys))
}

pub(super) async fn officer(
    State(passkeys): State<Passkeys>,
    me: SignedIn,
) -> Result<Markup, Problem> {
    let keys = keys(&passkeys, Owner::Officer(me.session.account)).await?;
    Ok(page::list(&me.page(), OFFICER_PASSKEYS, "/", &keys))
}

#[derive(Debug, Deserialize)]
pub(super) struct Change {
    #[serde(default, rename = "_csrf")]
    csrf: String,
    /// Hash of the credential, in hexadecimal.
    khoa: String,
    #[serde(default)]
    ten: String,
    #[serde(default)]
    bo: Option<String>,
}

pub(super) async fn change_citizen(
    State(passkeys): State<Passkeys>,
    me: Citizen,
    Form(change): Form<Change>,
) -> Result<Response, Problem> {
    if !me.csrf_fits(&change.csrf) {
        return Err(Problem::forbidden());
    }
    changed(&passkeys, &Me::of_citizen(&me), change).await
}

pub(super) async fn change_officer(
    State(passkeys): State<Passkeys>,
    me: SignedIn,
    Form(change): Form<Change>,
) -> Result<Response, Problem> {
    if !me.csrf_fits(&change.csrf) {
        return Err(Problem::forbidden());
    }
    changed(&passkeys, &Me::of_officer(&me), change).await
}

async fn changed(passkeys: &Passkeys, me: &Me, change: Change) -> Result<Response, Problem> {
    let credential = unhex(&change.khoa).ok_or_else(Problem::bad_request)?;
    let (shared, owner, removed) = (passkeys.clone(), me.owner, change.bo.is_some());
    let done = passkeys.front.store.write(move |tx| {
        let tenant = &shared.front.tenant;
        match removed {
            true => passkey::remove(tx, tenant, owner, &credential),
            false => passkey::rename(tx, tenant, owner, &credential, &change.ten),
        }
    });
    if !done.await.map_err(|error| failed(&error))? {
        return Err(Problem::not_found());
    }
    let said = if removed { "passkey-removed" } else { "passkey-renamed" };
    Ok(see_other_with(me.home, Flash::done(tr!(me.words, said))))
}

fn unhex(text: &str) -> Option<[u8; 32]> {
    if text.len() != 64 || !text.is_ascii() {
        return None;
    }
    let bytes = (0..32).map(|at| u8::from_str_radix(&text[2 * at..2 * at + 2], 16).ok());
    bytes.collect::<Option<Vec<u8>>>()?.try_into().ok()
}

/// Who asks for a new passkey: whose token the form carries, a citizen's or an officer's.
async fn asking(
    citizen: Option<Citizen>,
    officer: Option<SignedIn>,
    csrf: &str,
) -> Result<Me, Problem> {
    let citizen = citizen.filter(|me| me.csrf_fits(csrf)).map(|me| Me::of_citizen(&me));
    let officer = officer.filter(|me| me.csrf_fits(csrf)).map(|me| Me::of_officer(&me));
    citizen.or(officer).ok_or_else(Problem::forbidden)
}

#[derive(Debug, Deserialize)]
pub(super) struct Begin {
    #[serde(default)]
    csrf: String,
}

#[derive(Serialize)]
pub(super) struct Question {
    state: String,
    #[serde(flatten)]
    options: Value,
}

/// What to make.
pub(super) async fn begin(
    State(passkeys): State<Passkeys>,
    citizen: Result<Citizen, crate::front::NotIn>,
    officer: Result<SignedIn, super::super::signed_in::Turned>,
    Json(begin): Json<Begin>,
) -> Result<Json<Question>, Problem> {
    let me = asking(citizen.ok(), officer.ok(), &begin.csrf).await?;
    let known = keys(&passkeys, me.owner).await?;
    let known = known.iter().filter_map(credential_of).collect();
    let (options, state) = passkeys
        .webauthn
        .start_passkey_registration(user_of(me.owner), &me.login, &me.name, Some(known))
        .map_err(|error| Problem::internal(&error))?;
    let mut options = serde_json::to_value(options).map_err(|error| Problem::internal(&error))?;
    // The device is to remember whose it is, so that nobody has to type a name.
    let wanted = &mut options["publicKey"]["authenticatorSelection"];
    wanted["residentKey"] = "required".into();
    wanted["requireResidentKey"] = true.into();
    let state = ceremony::sealed(&passkeys, &me.purpose(), &state, me.now)?;
    Ok(Json(Question { state, options }))
}

#[derive(Deserialize)]
pub(super) struct Made {
    #[serde(default)]
    csrf: String,
    state: String,
    credential: RegisterPublicKeyCredential,
}

/// What was made.
pub(super) async fn finish(
    State(passkeys): State<Passkeys>,
    citizen: Result<Citizen, crate::front::NotIn>,
    officer: Result<SignedIn, super::super::signed_in::Turned>,
    headers: axum::http::HeaderMap,
    Json(made): Json<Made>,
) -> Result<Response, Problem> {
    let me = asking(citizen.ok(), officer.ok(), &made.csrf).await?;
    let state: PasskeyRegistration =
        ceremony::opened(&passkeys, &me.purpose(), &made.state, me.now).await?;
    let proven = passkeys.webauthn.finish_passkey_registration(&made.credential, &state);
    let proven = proven.map_err(|error| {
        tracing::warn!(%error, "passkey.refused");
        Problem::new("passkey-unmade", StatusCode::FORBIDDEN)
    })?;
    let device = crate::front::eid::device::of(&headers);
    let key = Passkey {
        credential: passkey::hash(proven.cred_id()),
        owner: me.owner,
        name: if device.is_empty() { tr!(me.words, "passkey-nameless") } else { device },
        level: me.level,
        public: serde_json::to_string(&proven).map_err(|error| Problem::internal(&error))?,
        created_at: me.now,
        used_at: None,
    };
    let shared = passkeys.clone();
    let added = passkeys.front.store.write(move |tx| passkey::add(tx, &shared.front.tenant, &key));
    if !added.await.map_err(|error| failed(&error))? {
        return Err(Problem::new("passkey-full", StatusCode::CONFLICT));
    }
    Ok(Json(Onward { to: me.home.to_owned() }).into_response())
}
