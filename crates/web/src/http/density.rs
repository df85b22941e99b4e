//! How close together the rows of lists stand: what the reader chose, else roomy.

use axum::{
    Router,
    extract::{Path, Query},
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Response},
    routing::get,
};
use axum_extra::extract::cookie::{Cookie, CookieJar, SameSite};

use super::{lang::Back, see_other};

const COOKIE: &str = "density";
const COMPACT: &str = "compact";
const ROOMY: &str = "roomy";

/// Whether rows stand close together.
#[must_use]
pub fn of(headers: &HeaderMap) -> bool {
    let jar = CookieJar::from_headers(headers);
    jar.get(COOKIE).is_some_and(|cookie| cookie.value() == COMPACT)
}

/// What the switch of a filter bar needs: whether rows stand close together now, and the
/// addresses that set them apart, or close, and come back to `path`.
#[must_use]
pub fn switch(compact: bool, path: &str) -> (bool, String, String) {
    let to = |word: &str| super::lang::href_back(&format!("/density/{word}"), path);
    (compact, to(ROOMY), to(COMPACT))
}

/// The route of the switch. It changes nothing but how the next pages look, so it is a link.
pub(super) fn router<S: Clone + Send + Sync + 'static>() -> Router<S> {
    Router::new().route("/density/{word}", get(set))
}

async fn set(Path(word): Path<String>, Query(Back { back }): Query<Back>) -> Response {
    let Some(word) = [COMPACT, ROOMY].into_iter().find(|known| *known == word) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let cookie = Cookie::build((COOKIE, word))
        .path("/")
        .same_site(SameSite::Lax)
        .http_only(true)
        .permanent();
    (CookieJar::new().add(cookie), see_other(&back)).into_response()
}
