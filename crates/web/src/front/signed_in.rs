//! The extractor behind every page of officers.

use std::sync::Arc;

use axum::{
    extract::{FromRef, FromRequestParts},
    http::{HeaderMap, StatusCode, header, request::Parts},
    response::{IntoResponse, Response},
};
use axum_extra::extract::cookie::CookieJar;
use directory::Directory;
use identity::{
    Session, SessionToken,
    access::{Action, Decision, Officer, Role, Seat, Target},
};
use kernel::{Actor, AgencyId, Instant, PersonId, PostId};

use super::{Front, PASSWORD, SESSION, SIGN_IN, failed};
use crate::{
    PageContext, Speaks, Words,
    http::{self, Problem},
    page::{Address, OtherRole, UserBadge},
};

/// Name of the cookie that carries the session.
pub(super) const COOKIE: &str = "tinhso";

/// A person who signed in and holds a seat, for the time of one request.
#[derive(Clone)]
pub struct SignedIn {
    /// The session.
    pub session: Session,
    /// The token in the cookie.
    pub token: SessionToken,
    /// Who.
    pub person: PersonId,
    /// The seat in which they act now.
    pub post: PostId,
    /// The seat that delegated, where they act for another.
    pub acting_for: Option<PostId>,
    /// The agency of the seat.
    pub agency: AgencyId,
    /// The person as the policies see them: every seat in force.
    pub officer: Officer,
    /// The directory as it was when the request came.
    pub directory: Arc<Directory>,
    /// When the request came.
    pub now: Instant,
    /// Texts in the reader's language.
    pub words: Words,
    /// Path and query.
    pub path: String,
    /// Whether they want rows to stand close together.
    compact: bool,
    /// A message carried from the last form.
    flash: Option<crate::components::flash::Flash>,
    /// Name of the place and the unit, from the front.
    place: crate::page::PlaceName,
}

impl Speaks for SignedIn {
    fn words(&self) -> &Words {
        &self.words
    }
}

impl SignedIn {
    /// Who stands behind what is done now.
    #[must_use]
    pub fn actor(&self) -> Actor {
        Actor::Officer { person: self.person, post: self.post, acting_for: self.acting_for }
    }

    /// Name of the person.
    #[must_use]
    pub fn name(&self) -> String {
        self.directory.person(self.person).map_or_else(String::new, |p| p.name.clone())
    }

    /// Whether the policies let this person do that.
    #[must_use]
    pub fn may(&self, front: &Front, action: Action, target: Target<'_>) -> Decision {
        front.access.decide(&self.officer, action, target)
    }

    /// Whether a form carries this session's token.
    #[must_use]
    pub fn csrf_fits(&self, given: &str) -> bool {
        http::csrf::verify(&self.token.csrf(), given)
    }

    /// What a page is given; navigation and tabs are the room's to add.
    #[must_use]
    pub fn page(&self) -> PageContext {
        let mut ctx = PageContext::new(self.words.clone(), self.path.clone());
        ctx.csrf = self.token.csrf();
        ctx.place = self.place.clone();
        let agency = self.directory.agency(self.agency);
        ctx.place.unit = agency.map_or_else(String::new, |agency| agency.name.clone());
        ctx.flash = self.flash.clone();
        ctx.compact = self.compact;
        ctx.user = Some(self.badge());
        ctx
    }

    fn badge(&self) -> UserBadge {
        let name = self.name();
        let seats = self.directory.posts_of(self.person, self.now);
        let others = seats.iter().filter(|s| s.acting_for.unwrap_or(s.post) != self.seat());
        let other_roles = others
            .map(|seat| {
                let shown = seat.acting_for.unwrap_or(seat.post);
                OtherRole { value: shown.to_string(), label: self.post_label(shown) }
            })
            .collect();
        UserBadge {
            initials: kernel::initials(&name),
            name,
            post: self.directory.post(self.seat()).map_or_else(String::new, |p| p.title.clone()),
            agency: self.directory.agency(self.agency).map_or_else(String::new, |a| a.name.clone()),
            address: Address::OngBa,
            other_roles,
            session_path: SESSION.to_owned(),
        }
    }

    /// The seat whose powers are used: the own one, or the one that delegated.
    #[must_use]
    pub fn seat(&self) -> PostId {
        self.acting_for.unwrap_or(self.post)
    }

    fn post_label(&self, post: PostId) -> String {
        let Some(post) = self.directory.post(post) else { return String::new() };
        let agency = self.directory.agency(post.agency).map_or("", |a| a.short_name.as_str());
        format!("{}, {agency}", post.title)
    }
}

/// Why a request is not let through.
#[derive(Debug)]
pub enum Turned {
    /// To the page to sign in, and back after.
    SignIn(String),
    /// The password must be changed first.
    ChangePassword,
    /// Signed in, but holding no seat, or the store is away.
    Problem(Box<Problem>),
}

impl IntoResponse for Turned {
    fn into_response(self) -> Response {
        match self {
            Self::SignIn(path) => {
                http::see_other(&format!("{SIGN_IN}?tiep={}", http::encoded(&path)))
            }
            Self::ChangePassword => http::see_other(PASSWORD),
            Self::Problem(problem) => problem.into_response(),
        }
    }
}

impl<S> FromRequestParts<S> for SignedIn
where
    S: Send + Sync,
    Arc<Front>: FromRef<S>,
{
    type Rejection = Turned;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Turned> {
        let front = Arc::<Front>::from_ref(state);
        let path = parts.uri.path_and_query().map_or("/", |path| path.as_str()).to_owned();
        let signed_in = of(&front, &parts.headers, path.clone()).await?;
        let signed_in = signed_in.ok_or_else(|| {
            if path.starts_with("/api/") {
                Turned::Problem(Box::new(Problem::of_status(StatusCode::UNAUTHORIZED)))
            } else {
                // A form cannot be sent again after signing in, so back goes to a page.
                let page = if parts.method == axum::http::Method::GET { path } else { "/".into() };
                Turned::SignIn(page)
            }
        })?;
        if signed_in.session.must_change && !parts.uri.path().starts_with(PASSWORD) {
            return Err(Turned::ChangePassword);
        }
        Ok(signed_in)
    }
}

/// The session token of a request: from the cookie, or as a bearer token for programs.
fn token_of(headers: &HeaderMap) -> Option<SessionToken> {
    let bearer = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
    match bearer.and_then(|value| value.strip_prefix("Bearer ")) {
        Some(token) => SessionToken::parse(token),
        None => SessionToken::parse(CookieJar::from_headers(headers).get(COOKIE)?.value()),
    }
}

async fn of(
    front: &Arc<Front>,
    headers: &HeaderMap,
    path: String,
) -> Result<Option<SignedIn>, Turned> {
    let Some(token) = token_of(headers) else { return Ok(None) };
    let now = front.clock.now();
    let session = match front.sessions.recall(&front.tenant, &token, now) {
        Some(known) => known,
        None => {
            let (shared, token) = (Arc::clone(front), token.clone());
            let look_up = front
                .store
                .read(move |tx| shared.sessions.authenticate(tx, &shared.tenant, &token, now));
            look_up.await.map_err(|error| Turned::Problem(Box::new(failed(&error))))?
        }
    };
    let Some(session) = session else { return Ok(None) };
    if session.touch_due(now) {
        let (shared, token) = (Arc::clone(front), token.clone());
        let touch =
            front.store.write(move |tx| shared.sessions.touch(tx, &shared.tenant, &token, now));
        // Writing when somebody was last seen is no reason to refuse them.
        if let Err(error) = touch.await {
            tracing::warn!(%error, "a session was not touched");
        }
    }
    seated(front, session, token, headers, path, now).map(Some)
}

fn seated(
    front: &Front,
    session: Session,
    token: SessionToken,
    headers: &HeaderMap,
    path: String,
    now: Instant,
) -> Result<SignedIn, Turned> {
    let directory = front.directory.get();
    let nobody = || Turned::Problem(Box::new(Problem::forbidden()));
    let person = session.person.ok_or_else(nobody)?;
    let seats = directory.posts_of(person, now);
    let chosen =
        seats.iter().find(|seat| Some(seat.acting_for.unwrap_or(seat.post)) == session.post);
    let seat = chosen.or_else(|| seats.first()).ok_or_else(nobody)?;
    let shown = seat.acting_for.unwrap_or(seat.post);
    let agency = directory.post(shown).map(|post| post.agency).ok_or_else(nobody)?;
    let words = Words::new(http::lang::of(headers), Arc::clone(&front.texts));
    Ok(SignedIn {
        person,
        post: seat.post,
        acting_for: seat.acting_for,
        agency,
        officer: officer_of(&directory, person, shown, now),
        token,
        now,
        words,
        path,
        flash: http::flash::of(headers),
        compact: http::density::of(headers),
        place: front.place.clone(),
        session,
        directory,
    })
}

/// A person as the policies see them, acting in the seat `post`.
#[must_use]
pub fn officer_of(directory: &Directory, person: PersonId, post: PostId, now: Instant) -> Officer {
    let seats = directory.posts_of(person, now).into_iter();
    let seats = seats.filter_map(|seat| {
        let shown = directory.post(seat.acting_for.unwrap_or(seat.post))?;
        let role = shown.role.as_str().parse::<Role>();
        Some(Seat {
            post: shown.id,
            agency: shown.agency,
            roles: role.into_iter().collect(),
            fields: shown.fields.clone(),
            delegated: seat.acting_for.is_some(),
        })
    });
    Officer { person, post, seats: seats.collect() }
}
