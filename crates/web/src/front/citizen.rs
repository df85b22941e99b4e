//! The extractors behind every page of citizens.

use std::sync::Arc;

use axum::{
    extract::{FromRef, FromRequestParts},
    http::{HeaderMap, Method, StatusCode, Uri, header, request::Parts},
    response::{IntoResponse, Response},
};
use axum_extra::extract::cookie::{Cookie, CookieJar, SameSite};
use identity::{Assurance, CitizenSession, SessionToken};
use kernel::{Actor, Instant, PartyId};

use super::{CITIZEN, ENTER, Front, failed};
use crate::{
    Icon, PageContext, Speaks, Words,
    components::flash::Flash,
    http::{self, Problem},
    page::{Address, NavItem, PlaceName, UserBadge},
    tr,
};

/// Name of the cookie that carries a citizen's session.
pub(super) const COOKIE: &str = "tinhso-dan";

/// A citizen who signed in, for the time of one request.
#[derive(Clone)]
pub struct Citizen {
    /// Who.
    pub party: PartyId,
    /// The session.
    pub session: CitizenSession,
    /// The token in the cookie.
    pub token: SessionToken,
    /// How surely it is known who this is.
    pub level: Assurance,
    /// When the request came.
    pub now: Instant,
    /// Texts in the reader's language.
    pub words: Words,
    /// Where a request comes back to after signing in: path and query of a page, and for a form
    /// those of the page that it stands on.
    pub path: String,
    flash: Option<Flash>,
    place: PlaceName,
}

/// Whoever asks for a page that is open to all: perhaps a citizen who signed in.
#[derive(Clone)]
pub struct MaybeCitizen {
    /// Who, if they signed in.
    pub citizen: Option<Citizen>,
    /// When the request came.
    pub now: Instant,
    /// Texts in the reader's language.
    pub words: Words,
    /// Path and query.
    pub path: String,
    flash: Option<Flash>,
    place: PlaceName,
}

impl Speaks for Citizen {
    fn words(&self) -> &Words {
        &self.words
    }
}
impl Speaks for MaybeCitizen {
    fn words(&self) -> &Words {
        &self.words
    }
}

impl Citizen {
    /// Who stands behind what is done now.
    #[must_use]
    pub fn actor(&self) -> Actor {
        Actor::Party(self.party)
    }

    /// Whether a form carries this session's token.
    #[must_use]
    pub fn csrf_fits(&self, given: &str) -> bool {
        http::csrf::verify(&self.token.csrf(), given)
    }

    /// Goes on only where it is known surely enough who this is; else the answer leads to the
    /// identity provider, which asks for more, and back to this page.
    ///
    /// # Errors
    /// A [`Problem`] that sends the browser there.
    pub fn needs(&self, level: Assurance) -> Result<(), Box<Problem>> {
        if self.level >= level {
            return Ok(());
        }
        let (number, back) = (level.number(), http::encoded(&self.path));
        Err(Box::new(Problem::elsewhere(format!("{ENTER}?muc={number}&tiep={back}"))))
    }

    /// How texts address this person.
    #[must_use]
    pub fn address(&self) -> Address {
        match self.session.called.as_str() {
            "ong" => Address::Ong,
            "ba" => Address::Ba,
            _ => Address::OngBa,
        }
    }

    /// What a page is given, with the tabs that all pages of citizens share.
    #[must_use]
    pub fn page(&self) -> PageContext {
        let mut ctx = context(&self.words, &self.path, &self.place, self.flash.as_ref());
        ctx.csrf = self.token.csrf();
        ctx.user = Some(UserBadge {
            name: called_by(&self.words, self.address(), &self.session.name),
            initials: kernel::initials(&self.session.name),
            address: self.address(),
            session_path: CITIZEN.to_owned(),
            ..UserBadge::default()
        });
        ctx
    }
}

impl MaybeCitizen {
    /// What a page is given; where nobody signed in, with a way to do so and come back.
    #[must_use]
    pub fn page(&self) -> PageContext {
        if let Some(citizen) = &self.citizen {
            return citizen.page();
        }
        let mut ctx = context(&self.words, &self.path, &self.place, self.flash.as_ref());
        ctx.sign_in = Some(format!("{ENTER}?tiep={}", http::encoded(&self.path)));
        ctx
    }
}

/// "Bà Sương": people are called by the last word of their names.
fn called_by(words: &Words, address: Address, name: &str) -> String {
    let last = name.rsplit(' ').next().unwrap_or_default();
    tr!(words, "citizen-called", called = address.selector(), name = last)
}

fn context(words: &Words, path: &str, place: &PlaceName, flash: Option<&Flash>) -> PageContext {
    let mut ctx = PageContext::new(words.clone(), path);
    ctx.place = place.clone();
    ctx.place.unit = tr!(words, "citizen-unit");
    ctx.flash = flash.cloned();
    ctx.help_line = Some("1022".to_owned());
    ctx.tabs = vec![
        NavItem::new(Icon::Home, tr!(words, "citizen-tab-home"), "/"),
        NavItem::new(Icon::Folder, tr!(words, "citizen-tab-dossiers"), "/toi/ho-so"),
        NavItem::new(Icon::Talk, tr!(words, "citizen-tab-feedback"), "/phan-anh"),
        NavItem::new(Icon::User, tr!(words, "citizen-tab-me"), CITIZEN),
    ];
    ctx
}

/// Why a request of a citizen is not let through.
#[derive(Debug)]
pub enum NotIn {
    /// To the page to sign in, and back after.
    Enter(String),
    /// The store is away.
    Problem(Box<Problem>),
}

impl IntoResponse for NotIn {
    fn into_response(self) -> Response {
        match self {
            Self::Enter(path) => http::see_other(&format!("{ENTER}?tiep={}", http::encoded(&path))),
            Self::Problem(problem) => problem.into_response(),
        }
    }
}

impl<S> FromRequestParts<S> for Citizen
where
    S: Send + Sync,
    Arc<Front>: FromRef<S>,
{
    type Rejection = NotIn;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, NotIn> {
        let asker = MaybeCitizen::from_request_parts(parts, state)
            .await
            .map_err(|problem| NotIn::Problem(Box::new(problem)))?;
        asker.citizen.ok_or_else(|| {
            if parts.uri.path().starts_with("/api/") {
                NotIn::Problem(Box::new(Problem::of_status(StatusCode::UNAUTHORIZED)))
            } else {
                NotIn::Enter(asker.path)
            }
        })
    }
}

impl<S> FromRequestParts<S> for MaybeCitizen
where
    S: Send + Sync,
    Arc<Front>: FromRef<S>,
{
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let front = Arc::<Front>::from_ref(state);
        let now = front.clock.now();
        let words = Words::new(http::lang::of(&parts.headers), Arc::clone(&front.texts));
        let path = page_of(&parts.method, &parts.uri, &parts.headers);
        let (flash, place) = (http::flash::of(&parts.headers), front.place.clone());
        let found = session_of(&front, &parts.headers, now).await?;
        let citizen = found.map(|(token, session)| Citizen {
            party: session.party,
            level: session.level,
            session,
            token,
            now,
            words: words.clone(),
            path: path.clone(),
            flash: flash.clone(),
            place: place.clone(),
        });
        Ok(Self { citizen, now, words, path, flash, place })
    }
}

/// The page of a request. A form cannot be sent again after signing in, so it leads back to the
/// page that it stands on, which the browser names.
fn page_of(method: &Method, uri: &Uri, headers: &HeaderMap) -> String {
    let own = || uri.path_and_query().map_or("/", |path| path.as_str()).to_owned();
    if matches!(*method, Method::GET | Method::HEAD) {
        return own();
    }
    let from = headers.get(header::REFERER).and_then(|value| value.to_str().ok());
    let from: Option<Uri> = from.and_then(|from| from.parse().ok());
    let path = from.as_ref().and_then(Uri::path_and_query).map_or("/", |path| path.as_str());
    http::local_path(path).to_owned()
}

async fn session_of(
    front: &Arc<Front>,
    headers: &HeaderMap,
    now: Instant,
) -> Result<Option<(SessionToken, CitizenSession)>, Problem> {
    let Some(token) = token_of(headers) else { return Ok(None) };
    let session = match front.sessions.citizens().recall(&front.tenant, &token, now) {
        Some(known) => known,
        None => {
            let (shared, token) = (Arc::clone(front), token.clone());
            let look_up = front.store.read(move |tx| {
                shared.sessions.citizens().authenticate(tx, &shared.tenant, &token, now)
            });
            look_up.await.map_err(|error| failed(&error))?
        }
    };
    let Some(session) = session else { return Ok(None) };
    if session.touch_due(now) {
        let (shared, token) = (Arc::clone(front), token.clone());
        let touch = front
            .store
            .write(move |tx| shared.sessions.citizens().touch(tx, &shared.tenant, &token, now));
        // Writing when somebody was last seen is no reason to refuse them.
        if let Err(error) = touch.await {
            tracing::warn!(%error, "a session was not touched");
        }
    }
    Ok(Some((token, session)))
}

/// The session token of a citizen's request.
pub(super) fn token_of(headers: &HeaderMap) -> Option<SessionToken> {
    SessionToken::parse(CookieJar::from_headers(headers).get(COOKIE)?.value())
}

/// The cookie of a session.
pub(super) fn cookie(front: &Front, token: &SessionToken) -> Cookie<'static> {
    Cookie::build((COOKIE, token.cookie()))
        .path("/")
        .http_only(true)
        .secure(front.https)
        .same_site(SameSite::Lax)
        .build()
}

/// Takes the cookie off the browser.
pub(super) fn no_cookie() -> Cookie<'static> {
    Cookie::build((COOKIE, "")).path("/").build()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_leads_back_to_the_page_that_it_stands_on() {
        let page = |method: Method, uri: &str, from: Option<&str>| {
            let mut headers = HeaderMap::new();
            if let Some(from) = from {
                headers.insert(header::REFERER, from.parse().unwrap());
            }
            page_of(&method, &uri.parse().unwrap(), &headers)
        };
        assert_eq!(page(Method::GET, "/lam/1?cau=2", None), "/lam/1?cau=2");
        assert_eq!(page(Method::POST, "/lam/1", Some("https://a.vn/lam/1?cau=2")), "/lam/1?cau=2");
        assert_eq!(page(Method::POST, "/lam/1", None), "/");
        assert_eq!(page(Method::POST, "/lam/1", Some("https://a.vn//evil.vn")), "/");
    }
}
