//! Dresses failures: whatever a handler, a router or a layer answers with an error status becomes
//! a page for people or a problem for programs, never a bare line of English.

use std::sync::Arc;

use axum::{
    extract::{Request, State},
    http::{HeaderMap, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use maud::html;
use tower_http::csrf::ProtectionError;

use super::{Hall, Problem, RequestNumber, lang};
use crate::{Icon, PageContext, Words, icon, page, tr};

/// Who asks, as far as an answer about a failure needs it.
struct Asker {
    words: Words,
    path: String,
    number: String,
    /// A browser that opens a page, not a program.
    reads_pages: bool,
}

pub(super) async fn dress(State(hall): State<Arc<Hall>>, request: Request, next: Next) -> Response {
    let asker = Asker::of(&hall, &request);
    let response = next.run(request).await;
    let status = response.status();
    let failed = status.is_client_error() || status.is_server_error();
    match failed.then(|| problem_of(&response)).flatten() {
        None => response,
        Some(problem) => {
            let mut dressed = asker.answer(&hall, &problem);
            keep_headers(response.headers(), dressed.headers_mut());
            dressed
        }
    }
}

/// The problem behind a bare answer; nothing where the handler has made its own page or document.
fn problem_of(response: &Response) -> Option<Problem> {
    if let Some(problem) = response.extensions().get::<Problem>() {
        return Some(problem.clone());
    }
    if response.extensions().get::<ProtectionError>().is_some() {
        return Some(Problem::new("cross-site", StatusCode::FORBIDDEN));
    }
    let kind = response.headers().get(header::CONTENT_TYPE).and_then(|v| v.to_str().ok());
    let bare = kind.is_none_or(|kind| kind.starts_with("text/plain"));
    bare.then(|| Problem::of_status(response.status()))
}

/// `Allow`, `Retry-After`, cookies and the like stay; what describes the body does not.
fn keep_headers(from: &HeaderMap, to: &mut HeaderMap) {
    for (name, value) in from {
        let of_body = [header::CONTENT_TYPE, header::CONTENT_LENGTH, header::CONTENT_ENCODING];
        if !of_body.contains(name) {
            to.append(name, value.clone());
        }
    }
}

impl Asker {
    fn of(hall: &Hall, request: &Request) -> Self {
        let headers = request.headers();
        let accept = headers.get(header::ACCEPT).and_then(|value| value.to_str().ok());
        let path = request.uri().path_and_query().map_or("/", |path| path.as_str()).to_owned();
        let number = request.extensions().get::<RequestNumber>().map(|number| number.0.clone());
        Self {
            words: Words::new(lang::of(headers), Arc::clone(&hall.texts)),
            reads_pages: accept.is_some_and(|kinds| kinds.contains("text/html"))
                && !path.starts_with("/api/"),
            path,
            number: number.unwrap_or_default(),
        }
    }

    fn answer(&self, hall: &Hall, problem: &Problem) -> Response {
        let (title, detail) = problem.said(&self.words);
        if !self.reads_pages {
            let numbered = problem.clone().with("request", self.number.clone());
            return numbered.to_json(Some((title, detail)));
        }
        let mut ctx = PageContext::new(self.words.clone(), &self.path);
        ctx.place = hall.place.clone();
        let main = html! {
            section.card.ans {
                h1 { (icon(Icon::Warn)) (title) }
                p { (detail) }
                p.acts {
                    @if let Some((label, href)) = &problem.way_out { a.btn.go href=(href) { (label) } }
                    a.btn href=(ctx.place.home) { (tr!(ctx, "problem-home")) }
                }
                p.muted.small { (tr!(ctx, "problem-request")) ": " code { (self.number) } }
            }
        };
        (problem.status, page::citizen(&ctx, &title, main)).into_response()
    }
}
