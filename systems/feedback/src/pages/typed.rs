//! A form as it was sent, with or without photos.

use axum::{
    Form,
    extract::{FromRequest, Multipart, Request},
    http::header,
};
use web::http::{Problem, csrf};

use crate::photo;

/// Fields of a form; more is none of ours.
const FIELDS_MAX: usize = 200;
/// Letters of one field.
const LETTERS_MAX: usize = 20_000;

/// What came with a form.
#[derive(Debug, Clone, Default)]
pub(crate) struct Typed {
    pub(crate) fields: Vec<(String, String)>,
    /// Photos, as they came.
    pub(crate) photos: Vec<Vec<u8>>,
}

impl Typed {
    /// The value of a field, trimmed; empty where it did not come.
    pub(crate) fn get(&self, name: &str) -> &str {
        let found = self.fields.iter().find(|(of, _)| of == name);
        found.map_or("", |(_, value)| value.trim())
    }

    /// Every value of a field.
    pub(crate) fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.fields.iter().filter(move |(of, _)| of == name).map(|(_, value)| value.trim())
    }

    /// Whether a box was ticked.
    pub(crate) fn ticked(&self, name: &str) -> bool {
        !self.get(name).is_empty()
    }

    /// Puts a value in the place of what was typed.
    pub(crate) fn set(&mut self, name: &str, value: impl Into<String>) {
        self.fields.retain(|(of, _)| of != name);
        self.fields.push((name.to_owned(), value.into()));
    }

    /// The token against forged forms.
    pub(crate) fn token(&self) -> &str {
        self.get(csrf::FIELD)
    }
}

impl<S: Send + Sync> FromRequest<S> for Typed {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Self, Problem> {
        let kind = request.headers().get(header::CONTENT_TYPE).and_then(|v| v.to_str().ok());
        if !kind.is_some_and(|kind| kind.starts_with("multipart/form-data")) {
            let form = Form::<Vec<(String, String)>>::from_request(request, state).await;
            let Form(fields) = form.map_err(|_| Problem::bad_request())?;
            return Ok(Self { fields, photos: Vec::new() });
        }
        let parts = Multipart::from_request(request, state).await;
        of_parts(parts.map_err(|_| Problem::bad_request())?).await
    }
}

async fn of_parts(mut parts: Multipart) -> Result<Typed, Problem> {
    let broken = |error: axum::extract::multipart::MultipartError| {
        if error.status() == axum::http::StatusCode::PAYLOAD_TOO_LARGE {
            Problem::of_status(error.status())
        } else {
            Problem::bad_request()
        }
    };
    let mut typed = Typed::default();
    while let Some(part) = parts.next_field().await.map_err(broken)? {
        let name = part.name().unwrap_or_default().to_owned();
        if part.file_name().is_some() {
            let bytes = part.bytes().await.map_err(broken)?;
            if !bytes.is_empty() && typed.photos.len() < photo::COUNT_MAX {
                typed.photos.push(bytes.to_vec());
            }
            continue;
        }
        let value: String = part.text().await.map_err(broken)?.chars().take(LETTERS_MAX).collect();
        if typed.fields.len() < FIELDS_MAX {
            typed.fields.push((name, value));
        }
    }
    Ok(typed)
}
