//! What comes in, parsed before any handler sees it.

use std::{ops::Deref, sync::Arc};

use axum::{
    body::Bytes,
    extract::{FromRequest, FromRequestParts, Path, Query, Request},
    http::{HeaderMap, StatusCode, header, request::Parts},
    response::{IntoResponse, Response},
};
use desk::{Kept, Key};
use kernel::CaseCode;
use serde::de::DeserializeOwned;
use sha2::{Digest, Sha256};
use store::Tx;
use utoipa::IntoParams;
use web::{SignedIn, Words, http::Problem, tr};

use super::answer::{Fault, FieldFault};
use crate::{Desk, Error, Result, pages::refusal};

/// Most letters of an `Idempotency-Key`.
const KEY_LETTERS_MAX: usize = 255;

/// Who calls: a person who signed in and holds a seat.
#[derive(Clone)]
pub(super) struct Caller(Arc<SignedIn>);

impl Deref for Caller {
    type Target = SignedIn;

    fn deref(&self) -> &SignedIn {
        &self.0
    }
}

impl FromRequestParts<Desk> for Caller {
    type Rejection = Fault;

    async fn from_request_parts(parts: &mut Parts, desk: &Desk) -> Result<Self, Fault> {
        type Turned = <SignedIn as FromRequestParts<Desk>>::Rejection;
        let bearer = parts.headers.get(header::AUTHORIZATION).and_then(|v| v.to_str().ok());
        if !bearer.is_some_and(|value| value.starts_with("Bearer ")) {
            return Err(Fault::unauthorized());
        }
        match SignedIn::from_request_parts(parts, desk).await {
            Ok(me) => Ok(Self(Arc::new(me))),
            Err(Turned::ChangePassword) => {
                Err(Fault::new("password-must-change", StatusCode::FORBIDDEN))
            }
            Err(Turned::Problem(problem)) if problem.status != StatusCode::UNAUTHORIZED => {
                Err((*problem).into())
            }
            Err(_) => Err(Fault::unauthorized()),
        }
    }
}

impl Caller {
    /// Reads in one transaction; a denial is logged.
    pub(super) async fn read<T: Send + 'static>(
        &self,
        desk: &Desk,
        work: impl FnMut(&mut Tx<'_>) -> Result<T> + Send + 'static,
    ) -> Result<T, Fault> {
        let out = desk.front.store.read(work).await;
        self.heard(desk, None, out).await
    }

    /// Writes once for a key; a denial is logged.
    pub(super) async fn write_once(
        &self,
        desk: &Desk,
        conditions: &Conditions,
        request: [u8; 32],
        code: Option<&CaseCode>,
        work: impl Fn(&mut Tx<'_>) -> Result<Kept> + Send + Sync + 'static,
    ) -> Result<Response, Fault> {
        let key = conditions.key.clone();
        let key = key.map(|key| Key { account: self.session.account, key, request });
        let out = desk::write_once(desk, key, self.now, work).await;
        let (kept, again) = self.heard(desk, code, out).await?;
        Ok(answer(kept, again))
    }

    async fn heard<T>(
        &self,
        desk: &Desk,
        code: Option<&CaseCode>,
        out: Result<T>,
    ) -> Result<T, Fault> {
        if let Err(Error::Denied(denial)) = &out {
            let case = match code.cloned() {
                Some(code) => {
                    let too = desk.clone();
                    let id = move |tx: &mut Tx<'_>| desk::dossier_id(tx, &too.front.tenant, &code);
                    desk.front.store.read(id).await.unwrap_or_default()
                }
                None => None,
            };
            desk::log_denial(desk, self, case, denial.clone()).await;
        }
        out.map_err(|error| {
            let (moment, words) = (desk.moment(), &self.words);
            let said = refusal::of_error(words, &error, &moment, None, self.now);
            match said {
                Some(sentence) => Fault::from(error).detail(sentence),
                None => error.into(),
            }
        })
    }
}

fn answer(kept: Kept, again: bool) -> Response {
    let status = StatusCode::from_u16(kept.status).unwrap_or(StatusCode::OK);
    let mut headers = vec![(header::CONTENT_TYPE, "application/json".to_owned())];
    headers.extend(kept.version.map(|version| (header::ETAG, super::answer::etag(version))));
    headers.extend(kept.location.map(|location| (header::LOCATION, location)));
    let mut response = (status, kept.body).into_response();
    for (name, value) in headers {
        if let Ok(value) = value.parse() {
            response.headers_mut().insert(name, value);
        }
    }
    if again {
        let yes = header::HeaderValue::from_static("true");
        response.headers_mut().insert("idempotency-replayed", yes);
    }
    response
}

/// The code of a dossier in the address; what is none is not found.
pub(super) struct Code(pub(super) CaseCode);

impl FromRequestParts<Desk> for Code {
    type Rejection = Fault;

    async fn from_request_parts(parts: &mut Parts, desk: &Desk) -> Result<Self, Fault> {
        let path = Path::<Vec<(String, String)>>::from_request_parts(parts, desk).await;
        let path = path.map_err(|_| Fault::not_found())?;
        let code = path.iter().find(|(name, _)| name == "code").and_then(|(_, v)| v.parse().ok());
        code.map(Self).ok_or_else(Fault::not_found)
    }
}

/// Under which conditions a command is to run.
#[derive(Debug, Default)]
pub(super) struct Conditions {
    pub(super) key: Option<String>,
    pub(super) expected: Option<u32>,
}

/// The headers of a command, for the description.
#[derive(IntoParams)]
#[into_params(parameter_in = Header)]
#[expect(dead_code, reason = "only its description is used")]
pub(super) struct CommandHeaders {
    /// Runs once for a key: sent again within 24 hours it answers the same, and does nothing.
    #[param(rename = "Idempotency-Key", max_length = 255)]
    idempotency_key: Option<String>,
    /// The `ETag` that the caller saw: refused with 412 where somebody was faster.
    #[param(rename = "If-Match", example = "\"3\"")]
    if_match: Option<String>,
}

impl FromRequestParts<Desk> for Conditions {
    type Rejection = Fault;

    async fn from_request_parts(parts: &mut Parts, desk: &Desk) -> Result<Self, Fault> {
        let headers = &parts.headers;
        let words = words(desk, headers);
        let wrong = |name: &str| {
            let error = FieldFault { field: name.to_owned(), message: tr!(words, "api-header") };
            Fault::from(Problem::bad_request()).with("errors", serde_json::json!([error]))
        };
        let key = match headers.get("idempotency-key") {
            None => None,
            Some(value) => {
                let key = value.to_str().unwrap_or_default().trim_matches('"');
                let fits = (1..=KEY_LETTERS_MAX).contains(&key.len());
                Some(fits.then(|| key.to_owned()).ok_or_else(|| wrong("Idempotency-Key"))?)
            }
        };
        let expected = match headers.get(header::IF_MATCH).map(|v| v.to_str().unwrap_or_default()) {
            None | Some("*") => None,
            Some(tag) => {
                let version = tag.trim_matches('"').parse();
                Some(version.map_err(|_| wrong("If-Match"))?)
            }
        };
        Ok(Self { key, expected })
    }
}

/// A JSON body, and the hash of the whole request, which an idempotency key stands for.
pub(super) struct Body<T> {
    pub(super) value: T,
    pub(super) request: [u8; 32],
}

impl<T: DeserializeOwned> FromRequest<Desk> for Body<T> {
    type Rejection = Fault;

    async fn from_request(request: Request, desk: &Desk) -> Result<Self, Fault> {
        let (parts, body) = request.into_parts();
        let words = words(desk, &parts.headers);
        let bytes = Bytes::from_request(Request::from_parts(parts.clone(), body), desk).await;
        let bytes = bytes.map_err(|r| Problem::of_status(r.into_response().status()))?;
        if !bytes.is_empty() && !is_json(&parts.headers) {
            return Err(Problem::of_status(StatusCode::UNSUPPORTED_MEDIA_TYPE).into());
        }
        // No body is an empty one: many commands ask for nothing.
        let text: &[u8] = if bytes.is_empty() { b"{}" } else { &bytes };
        let mut hasher = Sha256::new();
        let if_match = parts.headers.get(header::IF_MATCH).map_or(&b""[..], |v| v.as_bytes());
        for part in [parts.method.as_str().as_bytes(), parts.uri.path().as_bytes(), if_match, text]
        {
            hasher.update((part.len() as u64).to_be_bytes());
            hasher.update(part);
        }
        Ok(Self { value: parse(text, &words)?, request: hasher.finalize().into() })
    }
}

fn is_json(headers: &HeaderMap) -> bool {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
    let kind = kind.map(|kind| kind.split(';').next().unwrap_or_default().trim());
    kind.is_some_and(|kind| kind.eq_ignore_ascii_case("application/json"))
}

fn parse<T: DeserializeOwned>(text: &[u8], words: &Words) -> Result<T, Fault> {
    let mut json = serde_json::Deserializer::from_slice(text);
    let parsed = serde_path_to_error::deserialize(&mut json).map_err(|error| {
        let path = error.path().to_string();
        (path, error.into_inner())
    });
    let parsed = parsed.and_then(|value| match json.end() {
        Ok(()) => Ok(value),
        Err(error) => Err((String::new(), error)),
    });
    parsed.map_err(|(path, error)| {
        if error.is_data() {
            return Fault::faults(vec![field_fault(&path, &error.to_string(), words)]);
        }
        Fault::new("malformed-json", StatusCode::BAD_REQUEST)
            .with("line", error.line())
            .with("column", error.column())
    })
}

/// A sentence for what the parser of JSON or of a query says.
fn field_fault(path: &str, said: &str, words: &Words) -> FieldFault {
    let path = if path == "." { "" } else { path };
    let named = |start: &str| said.strip_prefix(start)?.split('`').next();
    let below = |name: &str| match path {
        "" => name.to_owned(),
        _ if path == name || path.ends_with(&format!(".{name}")) => path.to_owned(),
        _ => format!("{path}.{name}"),
    };
    if let Some(name) = named("unknown field `") {
        return FieldFault { field: below(name), message: tr!(words, "api-field-unknown") };
    }
    if let Some(name) = named("missing field `") {
        return FieldFault { field: below(name), message: tr!(words, "api-field-missing") };
    }
    let why = said.rsplit_once(" at line ").map_or(said, |(why, _)| why).to_owned();
    FieldFault { field: path.to_owned(), message: tr!(words, "api-field-wrong", why = why) }
}

/// The query of an address.
pub(super) struct Params<T>(pub(super) T);

impl<T: DeserializeOwned> FromRequestParts<Desk> for Params<T> {
    type Rejection = Fault;

    async fn from_request_parts(parts: &mut Parts, desk: &Desk) -> Result<Self, Fault> {
        let parsed = Query::<T>::try_from_uri(&parts.uri);
        parsed.map(|Query(value)| Self(value)).map_err(|rejection| {
            let text = rejection.body_text();
            let said = text.split_once(": ").map_or(text.as_str(), |(_, said)| said);
            let (path, said) = said.split_once(": ").unwrap_or(("", said));
            Fault::faults(vec![field_fault(path, said, &words(desk, &parts.headers))])
        })
    }
}

fn words(desk: &Desk, headers: &HeaderMap) -> Words {
    Words::new(web::http::lang::of(headers), desk.front.texts.clone())
}
