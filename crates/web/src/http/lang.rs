//! Which language a request is answered in: what the reader chose, else what the browser asks for.

use std::convert::Infallible;

use axum::{
    Router,
    extract::{FromRequestParts, Path, Query},
    http::{HeaderMap, StatusCode, request::Parts},
    response::{IntoResponse, Response},
    routing::get,
};
use axum_extra::extract::cookie::{Cookie, CookieJar, SameSite};

use super::see_other;
use crate::Lang;

const COOKIE: &str = "lang";

/// The language of a request: Vietnamese, until somebody switches. What a browser says it
/// prefers is not asked: on office machines that is what the machine was installed in.
#[must_use]
pub fn of(headers: &HeaderMap) -> Lang {
    let jar = CookieJar::from_headers(headers);
    jar.get(COOKIE).and_then(|cookie| Lang::from_code(cookie.value())).unwrap_or(Lang::Vi)
}

impl<S: Sync> FromRequestParts<S> for Lang {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        Ok(of(&parts.headers))
    }
}

/// The address that changes the language and comes back to `path`.
#[must_use]
pub fn switch_href(lang: Lang, path: &str) -> String {
    href_back(&format!("/lang/{}", lang.code()), path)
}

/// An address that comes back to `path`.
pub(super) fn href_back(address: &str, path: &str) -> String {
    let mut href = format!("{address}?back=");
    for byte in path.bytes() {
        match byte {
            b'/' | b'-' | b'_' | b'.' | b'~' => href.push(char::from(byte)),
            b if b.is_ascii_alphanumeric() => href.push(char::from(b)),
            b => href.push_str(&format!("%{b:02X}")),
        }
    }
    href
}

/// The route of the switch. It changes nothing but how the next pages are worded, so it is a link.
pub(super) fn router<S: Clone + Send + Sync + 'static>() -> Router<S> {
    Router::new().route("/lang/{code}", get(switch))
}

#[derive(serde::Deserialize)]
pub(super) struct Back {
    #[serde(default)]
    pub(super) back: String,
}

async fn switch(Path(code): Path<String>, Query(Back { back }): Query<Back>) -> Response {
    let Some(lang) = Lang::from_code(&code) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let cookie = Cookie::build((COOKIE, lang.code()))
        .path("/")
        .same_site(SameSite::Lax)
        .http_only(true)
        .permanent();
    (CookieJar::new().add(cookie), see_other(&back)).into_response()
}
