//! A form as it was sent, with or without papers.

use axum::{
    Form,
    extract::{FromRequest, Multipart, Request, multipart::MultipartError},
    http::header,
};
use desk::{Desk, typed::Typed};
use files::{Kind, Stored, UPLOAD_BYTES_MAX};
use web::{Words, http::Problem, tr};

/// Fields of a form; more is none of ours.
const FIELDS_MAX: usize = 500;
/// Letters of one field.
const LETTERS_MAX: usize = 20_000;
/// Papers of one form.
const PAPERS_MAX: usize = 5;

/// What came with a form.
#[derive(Debug, Clone, Default)]
pub(super) struct Sent {
    /// Its fields.
    pub(super) typed: Typed,
    /// Its papers: name and content.
    pub(super) papers: Vec<(String, Vec<u8>)>,
}

impl<S: Send + Sync> FromRequest<S> for Sent {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Self, Problem> {
        let kind = request.headers().get(header::CONTENT_TYPE).and_then(|v| v.to_str().ok());
        if !kind.is_some_and(|kind| kind.starts_with("multipart/form-data")) {
            let form = Form::<Vec<(String, String)>>::from_request(request, state).await;
            let Form(fields) = form.map_err(|_| Problem::bad_request())?;
            return Ok(Self { typed: Typed(fields), papers: Vec::new() });
        }
        let parts = Multipart::from_request(request, state).await;
        of_parts(parts.map_err(|_| Problem::bad_request())?).await
    }
}

async fn of_parts(mut parts: Multipart) -> Result<Sent, Problem> {
    let broken = |error: MultipartError| {
        if error.status() == axum::http::StatusCode::PAYLOAD_TOO_LARGE {
            Problem::of_status(error.status())
        } else {
            Problem::bad_request()
        }
    };
    let mut sent = Sent::default();
    while let Some(part) = parts.next_field().await.map_err(broken)? {
        let name = part.name().unwrap_or_default().to_owned();
        if let Some(file) = part.file_name().map(str::to_owned) {
            let bytes = part.bytes().await.map_err(broken)?;
            if !bytes.is_empty() && sent.papers.len() < PAPERS_MAX {
                sent.papers.push((file, bytes.to_vec()));
            }
            continue;
        }
        let value: String = part.text().await.map_err(broken)?.chars().take(LETTERS_MAX).collect();
        if sent.typed.0.len() < FIELDS_MAX {
            sent.typed.0.push((name, value));
        }
    }
    Ok(sent)
}

/// Keeps papers under their hashes, before any transaction speaks of them; or says in words what
/// is wrong with one.
pub(super) async fn keep(
    desk: &Desk,
    words: &Words,
    papers: Vec<(String, Vec<u8>)>,
) -> Result<Result<Vec<(Stored, String)>, String>, Problem> {
    let (shared, words) = (desk.clone(), words.clone());
    let kept = tokio::task::spawn_blocking(move || {
        let mut kept = Vec::new();
        for (name, bytes) in papers {
            let stored = Kind::of_name(&name)
                .and_then(|kind| shared.blobs.put(kind, &bytes[..], UPLOAD_BYTES_MAX));
            match stored {
                Ok(stored) => kept.push((stored, name.chars().take(200).collect())),
                Err(error) => {
                    tracing::info!(%error, "a paper was not taken");
                    return Err(tr!(words, "programme-paper-fault", name = name));
                }
            }
        }
        Ok(kept)
    });
    kept.await.map_err(|error| Problem::internal(&error))
}
