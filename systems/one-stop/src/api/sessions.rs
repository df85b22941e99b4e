//! Signing in and out, for programs: the session's token is sent as `Authorization: Bearer`.

use std::net::SocketAddr;

use axum::{
    Json,
    extract::{ConnectInfo, State},
    http::StatusCode,
    response::{IntoResponse, Response},
};
use identity::sign_in::{self, Refusal};
use kernel::{AgencyId, Instant, PersonId, PostId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};
use web::{front, http::Problem};

use super::{
    answer::{Fault, Refusals},
    take::{Body, Caller},
};
use crate::{Desk, Error};

pub(super) fn routes() -> OpenApiRouter<Desk> {
    OpenApiRouter::new().routes(routes!(session_open)).routes(routes!(
        session_get,
        session_choose,
        session_close
    ))
}

/// Who wants to sign in.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Credentials {
    #[schema(example = "nong.hien")]
    login: String,
    #[schema(format = Password)]
    password: String,
}

/// A session that was opened.
#[derive(Serialize, ToSchema)]
struct Opened {
    /// To be sent as `Authorization: Bearer`.
    token: String,
    /// Whether the password must be changed, on the pages, before anything else.
    password_must_change: bool,
}

/// Sign in
#[utoipa::path(
    post,
    path = "/api/v1/sessions",
    tag = "sessions",
    security(()),
    request_body = Credentials,
    responses(
        (status = 201, description = "Signed in", body = Opened),
        (status = 429, description = "Too many failures; `Retry-After` says how long to wait"),
        Refusals,
    ),
)]
async fn session_open(
    State(desk): State<Desk>,
    ConnectInfo(address): ConnectInfo<SocketAddr>,
    body: Body<Credentials>,
) -> Result<Response, Fault> {
    let Credentials { login, password } = body.value;
    let entered = front::sign_in(&desk.front, login, password, address.ip()).await;
    match entered.map_err(Error::from)? {
        Ok(sign_in::SignedIn { token, must_change, .. }) => {
            let opened = Opened { token: token.cookie(), password_must_change: must_change };
            Ok((StatusCode::CREATED, Json(opened)).into_response())
        }
        Err(Refusal::Wrong) => Err(wrong("wrong-credentials")),
        Err(Refusal::Disabled) => Err(wrong("account-disabled")),
        Err(Refusal::Wait(time)) => {
            let seconds = time.as_secs().max(1).unsigned_abs();
            Err(Fault::from(Problem::of_status(StatusCode::TOO_MANY_REQUESTS)).retry_after(seconds))
        }
    }
}

fn wrong(kind: &'static str) -> Fault {
    Fault::new(kind, StatusCode::UNPROCESSABLE_ENTITY)
}

/// Who is signed in.
#[derive(Serialize, ToSchema)]
struct Me {
    #[schema(value_type = Uuid)]
    person: PersonId,
    name: String,
    /// The seat in which this session acts.
    #[schema(value_type = Uuid)]
    post: PostId,
    #[schema(value_type = Uuid)]
    agency: AgencyId,
    /// Every seat that this person holds or acts for.
    seats: Vec<Seat>,
    /// When the session ends at the latest.
    #[schema(value_type = String, format = DateTime)]
    expires_at: Instant,
}

/// A seat of a person.
#[derive(Serialize, ToSchema)]
struct Seat {
    #[schema(value_type = Uuid)]
    post: PostId,
    title: String,
    #[schema(value_type = Uuid)]
    agency: AgencyId,
    /// Whether under delegation.
    delegated: bool,
}

/// Who am I
#[utoipa::path(
    get,
    path = "/api/v1/sessions/current",
    tag = "sessions",
    responses((status = 200, body = Me), Refusals),
)]
async fn session_get(me: Caller) -> Json<Me> {
    let seats = me.officer.seats.iter().filter_map(|seat| {
        let post = me.directory.post(seat.post)?;
        let (title, delegated) = (post.title.clone(), seat.delegated);
        Some(Seat { post: seat.post, title, agency: seat.agency, delegated })
    });
    Json(Me {
        person: me.person,
        name: me.name(),
        post: me.seat(),
        agency: me.agency,
        seats: seats.collect(),
        expires_at: me.session.expires_at,
    })
}

/// A seat to act in.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Choice {
    #[schema(value_type = Uuid)]
    post: PostId,
}

/// Choose the seat in which the session acts
#[utoipa::path(
    put,
    path = "/api/v1/sessions/current",
    tag = "sessions",
    request_body = Choice,
    responses((status = 204, description = "Chosen"), Refusals),
)]
async fn session_choose(
    State(desk): State<Desk>,
    me: Caller,
    body: Body<Choice>,
) -> Result<StatusCode, Fault> {
    let post = body.value.post;
    if !me.officer.seats.iter().any(|seat| seat.post == post) {
        return Err(Problem::forbidden().with("reason", "no_post").into());
    }
    let (too, token) = (desk.clone(), me.token.clone());
    let chosen = desk.front.store.write(move |tx| {
        Ok(too.front.sessions.choose_post(tx, &too.front.tenant, &token, Some(post))?)
    });
    chosen.await.map_err(|error: Error| Fault::from(error))?;
    Ok(StatusCode::NO_CONTENT)
}

/// Sign out
#[utoipa::path(
    delete,
    path = "/api/v1/sessions/current",
    tag = "sessions",
    responses((status = 204, description = "Signed out"), Refusals),
)]
async fn session_close(State(desk): State<Desk>, me: Caller) -> Result<StatusCode, Fault> {
    let (too, token, now) = (desk.clone(), me.token.clone(), me.now);
    let closed = desk
        .front
        .store
        .write(move |tx| Ok(too.front.sessions.close(tx, &too.front.tenant, &token, now)?));
    closed.await.map_err(|error: Error| Fault::from(error))?;
    Ok(StatusCode::NO_CONTENT)
}
