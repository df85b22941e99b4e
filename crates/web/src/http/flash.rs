//! A message that is carried once, from the form that was acted on to the page that shows it.

use axum::{
    extract::Request,
    http::{HeaderMap, HeaderValue, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use axum_extra::extract::cookie::{Cookie, CookieJar, SameSite};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD as BASE64};

use super::see_other;
use crate::components::flash::Flash;

const COOKIE: &str = "flash";
/// What a script says that asks for a part of a page.
const FRAGMENT: &str = "x-fragment";
/// A cookie holds 4 KB; a message that long is a page.
const TEXT_LETTERS_MAX: usize = 500;

/// To the page that shows the result, with a message about it.
#[must_use]
pub fn see_other_with(path: &str, mut flash: Flash) -> Response {
    if let Some((end, _)) = flash.text.char_indices().nth(TEXT_LETTERS_MAX) {
        flash.text.truncate(end);
    }
    let text = serde_json::to_vec(&flash).expect("three fields of text");
    let cookie = Cookie::build((COOKIE, BASE64.encode(text)))
        .path("/")
        .same_site(SameSite::Lax)
        .http_only(true);
    (CookieJar::new().add(cookie), see_other(path)).into_response()
}

/// The message that a request carries; for [`PageContext::flash`](crate::PageContext). It is shown
/// encoded, as a text, and its way to undo stays in this house.
#[must_use]
pub fn of(headers: &HeaderMap) -> Option<Flash> {
    let jar = CookieJar::from_headers(headers);
    let text = BASE64.decode(jar.get(COOKIE)?.value()).ok()?;
    let mut flash: Flash = serde_json::from_slice(&text).ok()?;
    flash.undo = flash.undo.filter(|path| super::local_path(path) == path);
    Some(flash)
}

/// Takes the message off the browser once a whole page has shown it.
pub(super) async fn forget(request: Request, next: Next) -> Response {
    let carried = CookieJar::from_headers(request.headers()).get(COOKIE).is_some();
    // What the browser says of its own (`Sec-Fetch-Dest`) is no help: pages that come by way of the
    // citizens' service worker look like anything else that a script asks for.
    let whole_page = !request.headers().contains_key(FRAGMENT);
    let mut response = next.run(request).await;
    let kind = response.headers().get(header::CONTENT_TYPE).and_then(|v| v.to_str().ok());
    let shown = whole_page && kind.is_some_and(|kind| kind.starts_with("text/html"));
    if carried && shown && response.status().is_success() {
        let gone = HeaderValue::from_static("flash=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax");
        response.headers_mut().append(header::SET_COOKIE, gone);
    }
    response
}
