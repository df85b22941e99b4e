//! What went wrong, for programs and for people (RFC 9457).

use axum::{
    Json,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use serde_json::{Map, Value};

use crate::Words;

/// The media type of a problem.
pub const PROBLEM_JSON: &str = "application/problem+json";

/// A refusal or a failure. What it is called and why comes from the texts `problem-KIND` and
/// `problem-KIND-why` in the reader's language, unless the handler says it itself; a room may have
/// kinds of its own.
#[derive(Debug, Clone, PartialEq)]
pub struct Problem(Box<Said>);

/// What a problem says; kept apart, so that a result with a problem is small.
#[derive(Debug, Clone, PartialEq)]
pub struct Said {
    /// The last part of its `type`: `not-found`.
    pub kind: &'static str,
    /// The HTTP status.
    pub status: StatusCode,
    /// What happened, if it is not in the texts.
    pub title: Option<String>,
    /// Why, and what to do next.
    pub detail: Option<String>,
    /// What it happened to: the address of a case.
    pub instance: Option<String>,
    /// Further members, for programs.
    pub extra: Map<String, Value>,
    /// Label and address of a way out, for people.
    pub way_out: Option<(String, String)>,
    /// After how many seconds it is worth asking again.
    pub retry_after: Option<u32>,
    /// Where the browser is to go instead.
    elsewhere: Option<String>,
}

impl std::ops::Deref for Problem {
    type Target = Said;

    fn deref(&self) -> &Said {
        &self.0
    }
}

impl std::ops::DerefMut for Problem {
    fn deref_mut(&mut self) -> &mut Said {
        &mut self.0
    }
}

impl Problem {
    /// A problem of a kind.
    #[must_use]
    pub fn new(kind: &'static str, status: StatusCode) -> Self {
        Self(Box::new(Said {
            kind,
            status,
            title: None,
            detail: None,
            instance: None,
            extra: Map::new(),
            way_out: None,
            retry_after: None,
            elsewhere: None,
        }))
    }

    /// No problem but a way: the browser is sent to a path of this house, to do something there
    /// first and come back.
    #[must_use]
    pub fn elsewhere(path: impl Into<String>) -> Self {
        let mut way = Self::of_status(StatusCode::SEE_OTHER);
        way.elsewhere = Some(path.into());
        way
    }

    /// The usual kind of a status.
    #[must_use]
    pub fn of_status(status: StatusCode) -> Self {
        Self::new(kind_of(status), status)
    }

    /// There is no such thing, or this person may not know of it.
    #[must_use]
    pub fn not_found() -> Self {
        Self::of_status(StatusCode::NOT_FOUND)
    }

    /// This role may not do this.
    #[must_use]
    pub fn forbidden() -> Self {
        Self::of_status(StatusCode::FORBIDDEN)
    }

    /// What was sent cannot be understood.
    #[must_use]
    pub fn bad_request() -> Self {
        Self::of_status(StatusCode::BAD_REQUEST)
    }

    /// What was sent is understood, and not right.
    #[must_use]
    pub fn invalid() -> Self {
        Self::of_status(StatusCode::UNPROCESSABLE_ENTITY)
    }

    /// Somebody was faster.
    #[must_use]
    pub fn conflict() -> Self {
        Self::of_status(StatusCode::CONFLICT)
    }

    /// Our own fault. The cause goes into the log, not to the reader.
    #[must_use]
    pub fn internal(cause: &dyn std::error::Error) -> Self {
        tracing::error!(cause = cause_chain(cause), "http.internal");
        Self::of_status(StatusCode::INTERNAL_SERVER_ERROR)
    }

    /// What the store did not do: busy or away is no fault of the program, and passes.
    #[must_use]
    pub fn of_store(error: &store::Error) -> Self {
        use store::Error::{Away, Busy, Closed, Commit, Conflict, Full, Text, Unique};
        match error {
            Busy => Self::unavailable(1),
            Away(_) | Full(_) | Closed => {
                tracing::error!(cause = cause_chain(error), "http.unavailable");
                Self::unavailable(10)
            }
            Commit(cause) => Self::of_store(cause),
            Conflict | Unique(_) => Self::conflict(),
            Text(_) => Self::bad_request(),
            other => Self::internal(other),
        }
    }

    /// Not now; in so many seconds perhaps.
    #[must_use]
    pub fn unavailable(seconds: u32) -> Self {
        let retry_after = Some(seconds);
        let mut busy = Self::of_status(StatusCode::SERVICE_UNAVAILABLE);
        busy.retry_after = retry_after;
        busy
    }

    /// Says what happened.
    #[must_use]
    pub fn title(mut self, title: impl Into<String>) -> Self {
        self.title = Some(title.into());
        self
    }

    /// Says why, and what to do next.
    #[must_use]
    pub fn detail(mut self, detail: impl Into<String>) -> Self {
        self.detail = Some(detail.into());
        self
    }

    /// Says what it happened to.
    #[must_use]
    pub fn instance(mut self, instance: impl Into<String>) -> Self {
        self.instance = Some(instance.into());
        self
    }

    /// A further member for programs. The members of RFC 9457 itself cannot be overwritten.
    #[must_use]
    pub fn with(mut self, member: &str, value: impl Into<Value>) -> Self {
        self.extra.insert(member.to_owned(), value.into());
        self
    }

    /// Label and address of a way out.
    #[must_use]
    pub fn way_out(mut self, label: impl Into<String>, href: impl Into<String>) -> Self {
        self.way_out = Some((label.into(), href.into()));
        self
    }

    /// What happened and why, in the reader's language.
    pub(super) fn said(&self, words: &Words) -> (String, String) {
        let known = words.has(&format!("problem-{}", self.kind));
        let kind = if known { self.kind } else { kind_of(self.status) };
        let title = self.title.clone().unwrap_or_else(|| words.t(&format!("problem-{kind}")));
        let detail = self.detail.clone().unwrap_or_else(|| words.t(&format!("problem-{kind}-why")));
        (title, detail)
    }

    /// The problem for a program, with title and detail in the language it asked for.
    pub(super) fn to_json(&self, said: Option<(String, String)>) -> Response {
        let mut body = self.extra.clone();
        body.insert("type".into(), format!("/problems/{}", self.kind).into());
        body.insert("status".into(), self.status.as_u16().into());
        let (title, detail) = said.map_or_else(
            || (self.title.clone(), self.detail.clone()),
            |(title, detail)| (Some(title), Some(detail)),
        );
        for (member, text) in
            [("title", title), ("detail", detail), ("instance", self.instance.clone())]
        {
            match text {
                Some(text) => body.insert(member.into(), text.into()),
                None => body.remove(member),
            };
        }
        let mut response = (self.status, Json(body)).into_response();
        let kind = HeaderValue::from_static(PROBLEM_JSON);
        response.headers_mut().insert(header::CONTENT_TYPE, kind);
        response
    }
}

/// For functions that are no handlers: a problem is large, and most of them have none.
impl From<Box<Problem>> for Problem {
    fn from(problem: Box<Problem>) -> Self {
        *problem
    }
}

impl IntoResponse for Problem {
    /// For programs as it stands; the hall makes a page of it for people.
    fn into_response(self) -> Response {
        if let Some(path) = &self.elsewhere {
            return super::see_other(path);
        }
        let mut response = self.to_json(None);
        if let Some(seconds) = self.retry_after {
            response.headers_mut().insert(header::RETRY_AFTER, seconds.into());
        }
        response.extensions_mut().insert(self);
        response
    }
}

fn kind_of(status: StatusCode) -> &'static str {
    match status.as_u16() {
        401 => "unauthorized",
        403 => "forbidden",
        404 => "not-found",
        405 => "method-not-allowed",
        408 | 504 => "timeout",
        409 | 412 => "conflict",
        410 => "gone",
        413 => "too-large",
        415 => "unsupported",
        422 => "invalid",
        429 => "too-many",
        502 | 503 => "unavailable",
        500.. => "internal",
        _ => "bad-request",
    }
}

fn cause_chain(error: &dyn std::error::Error) -> String {
    let mut chain = error.to_string();
    let mut source = error.source();
    while let Some(cause) = source {
        chain.push_str(": ");
        chain.push_str(&cause.to_string());
        source = cause.source();
    }
    chain
}
