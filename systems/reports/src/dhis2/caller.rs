//! Who asks: a program with a key, or a person with a session.

use axum::{
    extract::FromRequestParts,
    http::{StatusCode, header, request::Parts},
    response::{IntoResponse, Response},
};
use base64::{Engine, engine::general_purpose::STANDARD};
use casework::Stamp;
use desk::Desk;
use kernel::{Actor, AgencyId};
use web::{SignedIn, http::Problem};

use super::keys;
use crate::{commands::Acting, model::Report, pages::may_see};

/// Who asks.
pub(crate) enum Caller {
    /// A program with a key of an agency.
    Program { name: String, agency: AgencyId },
    /// A person.
    Person(Box<SignedIn>),
}

impl FromRequestParts<Desk> for Caller {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, desk: &Desk) -> Result<Self, Response> {
        let given = parts.headers.get(header::AUTHORIZATION).and_then(|v| v.to_str().ok());
        // Never by a cookie, so that no page of another site can ask in somebody's name.
        let Some(given) = given else { return Err(unknown()) };
        let Some(key) = key_of(given) else {
            let person = SignedIn::from_request_parts(parts, desk).await;
            return person
                .map(|me| Self::Person(Box::new(me)))
                .map_err(IntoResponse::into_response);
        };
        let tenant = desk.front.tenant.clone();
        let found = desk.front.store.read(move |tx| keys::find(tx, &tenant, &key)).await;
        match found {
            Ok(Some((name, agency))) => Ok(Self::Program { name, agency }),
            Ok(None) => Err(unknown()),
            Err(error) => Err(Problem::from(error).into_response()),
        }
    }
}

fn unknown() -> Response {
    let ask = [(header::WWW_AUTHENTICATE, "Basic realm=\"DHIS2\"")];
    (ask, Problem::of_status(StatusCode::UNAUTHORIZED)).into_response()
}

/// The key of a header, where it has one.
fn key_of(header: &str) -> Option<String> {
    if let Some(key) = header.strip_prefix("ApiToken ") {
        return Some(key.trim().to_owned());
    }
    let pair = STANDARD.decode(header.strip_prefix("Basic ")?.trim()).ok()?;
    let pair = String::from_utf8(pair).ok()?;
    pair.split_once(':').map(|(_, key)| key.to_owned())
}

impl Caller {
    /// Whether a report may be read.
    pub(crate) fn sees(&self, desk: &Desk, report: &Report) -> bool {
        match self {
            Self::Person(me) => may_see(desk, me, report),
            Self::Program { agency, .. } => {
                let line = desk::agency_line(&desk.front.directory.get(), report.owner);
                line.agency == *agency || line.above.contains(agency)
            }
        }
    }

    /// As somebody who writes.
    pub(crate) fn acting<'a>(&'a self, desk: &'a Desk) -> Acting<'a> {
        match self {
            Self::Person(me) => Acting::of(desk, me),
            Self::Program { name, .. } => {
                let now = desk.now();
                let actor = Actor::System(name.as_str().into());
                Acting {
                    desk,
                    me: None,
                    stamp: Stamp { actor, happened_at: now, recorded_at: now },
                }
            }
        }
    }

    /// Its name.
    pub(crate) fn name(&self) -> String {
        match self {
            Self::Person(me) => me.name(),
            Self::Program { name, .. } => name.clone(),
        }
    }

    /// The agency that it speaks for.
    pub(crate) fn agency(&self) -> AgencyId {
        match self {
            Self::Person(me) => me.agency,
            Self::Program { agency, .. } => *agency,
        }
    }
}
