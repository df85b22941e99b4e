//! Files of a dossier: what there is, adding one, taking one along.

use axum::{
    Json,
    body::Bytes,
    extract::{FromRequestParts, Multipart, Path, State},
    http::{HeaderValue, StatusCode, header, request::Parts},
    response::{IntoResponse, Response},
};
use desk::{Paper, files_of};
use files::{Kind, Sha256Hash, Stored, UPLOAD_BYTES_MAX};
use identity::{
    access::Action,
    audit::{self, What},
};
use serde::Serialize;
use tokio::task::spawn_blocking;
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};
use web::http::{Problem, encoded, uploads};

use super::{
    answer::{Fault, Refusals},
    dossiers::seen,
    take::{Caller, Code},
    view,
};
use crate::{
    Desk, Error,
    commands::{attach, attachable},
};

/// The frame around a file, in bytes.
const FRAME_BYTES_MAX: usize = 64 * 1024;

pub(super) fn routes() -> OpenApiRouter<Desk> {
    let limit = usize::try_from(UPLOAD_BYTES_MAX).unwrap_or(usize::MAX) + FRAME_BYTES_MAX;
    let upload = OpenApiRouter::new().routes(routes!(file_add)).layer(uploads(limit));
    OpenApiRouter::new().routes(routes!(file_list)).routes(routes!(file_get)).merge(upload)
}

/// List the files of a dossier
#[utoipa::path(
    get,
    path = "/api/v1/dossiers/{code}/files",
    tag = "dossiers",
    params(("code" = String, Path, description = "Code of the dossier")),
    responses((status = 200, body = Vec<view::File>), Refusals),
)]
async fn file_list(
    State(desk): State<Desk>,
    me: Caller,
    Code(code): Code,
) -> Result<Json<Vec<view::File>>, Fault> {
    let (desk_too, me_too) = (desk.clone(), me.clone());
    let found = me.read(&desk, move |tx| {
        let case = seen(tx, &desk_too, &me_too, &code)?;
        files_of(tx, &desk_too, case.id)
    });
    Ok(Json(found.await?.into_iter().map(Into::into).collect()))
}

/// A file with the component that it is.
#[derive(ToSchema)]
#[expect(dead_code, reason = "only its description is used")]
struct Upload {
    /// Which of the procedure's components it is; before the file.
    component: Option<String>,
    /// PDF, JPEG, PNG, XLSX or DOCX, 20 MB at most.
    #[schema(value_type = String, format = Binary)]
    file: Vec<u8>,
}

/// A file that was added.
#[derive(Debug, Serialize, ToSchema)]
struct Added {
    /// SHA-256 of its content, in hexadecimal; its address.
    #[schema(value_type = String)]
    hash: Sha256Hash,
    /// In bytes.
    size: u64,
    /// Extension of its kind.
    kind: &'static str,
}

/// Add a file to a dossier; the same content again changes nothing
#[utoipa::path(
    post,
    path = "/api/v1/dossiers/{code}/files",
    tag = "dossiers",
    params(("code" = String, Path, description = "Code of the dossier")),
    request_body(content = Upload, content_type = "multipart/form-data"),
    responses((status = 201, body = Added), Refusals),
)]
async fn file_add(
    State(desk): State<Desk>,
    me: Caller,
    Code(code): Code,
    form: Result<Multipart, axum::extract::multipart::MultipartRejection>,
) -> Result<Response, Fault> {
    let form = form.map_err(|_| Problem::of_status(StatusCode::UNSUPPORTED_MEDIA_TYPE))?;
    // Whoever may not add a file does not get one onto our disk either.
    let (desk_too, me_too, wanted) = (desk.clone(), me.clone(), code.clone());
    me.read(&desk, move |tx| attachable(tx, &desk_too, &me_too, &wanted)).await?;
    let (component, name, content) = parts(form).await?;
    let kind = Kind::of_name(&name).map_err(Error::File)?;
    let too = desk.clone();
    let kept = spawn_blocking(move || too.blobs.put(kind, &content[..], UPLOAD_BYTES_MAX)).await;
    let stored: Stored = kept.map_err(|e| Problem::internal(&e))?.map_err(Error::File)?;
    let paper = Paper { component, copies: 1, source: "scan", file: Some((stored, name)) };
    let (desk_too, me_too) = (desk.clone(), me.clone());
    let conditions = Default::default();
    let body = Added { hash: stored.hash, size: stored.size, kind: stored.kind.extension() };
    let location = format!("/api/v1/dossiers/{code}/files/{}", stored.hash);
    let wanted = code.clone();
    let work = move |tx: &mut store::Tx<'_>| {
        attach(tx, &desk_too, &me_too, &wanted, &paper)?;
        let (body, location) = (serde_json::to_string(&body)?, Some(location.clone()));
        Ok(desk::Kept { status: 201, version: None, location, body })
    };
    me.write_once(&desk, &conditions, [0; 32], Some(&code), work).await
}

/// The component, the file's name and its content.
async fn parts(mut form: Multipart) -> Result<(Option<String>, String, Bytes), Fault> {
    let bad = |error: axum::extract::multipart::MultipartError| {
        Fault::from(Problem::of_status(error.status()))
    };
    let mut component = None;
    while let Some(field) = form.next_field().await.map_err(bad)? {
        match field.name() {
            Some("component") => {
                component = Some(field.text().await.map_err(bad)?).filter(|text| !text.is_empty());
            }
            Some("file") => {
                let name = field.file_name().unwrap_or_default();
                let name: String = kernel::nfc(name).chars().take(200).collect();
                return Ok((component, name, field.bytes().await.map_err(bad)?));
            }
            other => {
                let name = other.unwrap_or_default().to_owned();
                return Err(Fault::invalid(&name, "component, file"));
            }
        }
    }
    Err(Fault::invalid("file", "component, file"))
}

/// The hash of a file in the address.
struct Hash(Sha256Hash);

impl FromRequestParts<Desk> for Hash {
    type Rejection = Fault;

    async fn from_request_parts(parts: &mut Parts, desk: &Desk) -> Result<Self, Fault> {
        let path = Path::<(String, String)>::from_request_parts(parts, desk).await;
        let Path((_, hash)) = path.map_err(|_| Fault::not_found())?;
        hash.parse().map(Self).map_err(|_| Fault::not_found())
    }
}

/// Take a file along; the look at it is logged
#[utoipa::path(
    get,
    path = "/api/v1/dossiers/{code}/files/{hash}",
    tag = "dossiers",
    params(
        ("code" = String, Path, description = "Code of the dossier"),
        ("hash" = String, Path, description = "SHA-256 of the file"),
    ),
    responses(
        (status = 200, description = "The file", content_type = "application/octet-stream"),
        Refusals,
    ),
)]
async fn file_get(
    State(desk): State<Desk>,
    me: Caller,
    Code(code): Code,
    Hash(hash): Hash,
) -> Result<Response, Fault> {
    let (desk_too, me_too, wanted) = (desk.clone(), me.clone(), code.clone());
    let found = me.read(&desk, move |tx| {
        let case = seen(tx, &desk_too, &me_too, &wanted)?;
        let mut files = files_of(tx, &desk_too, case.id)?.into_iter();
        let file = files.find(|file| file.hash == hash.to_string());
        Ok((case, file.ok_or(Error::File(files::Error::NotFound(hash)))?))
    });
    let (case, file) = found.await?;
    let entry = desk::look(&me, Action::View, &case).of_what(What::Papers);
    let too = desk.clone();
    let logged = desk
        .front
        .store
        .write(move |tx| Ok(audit::record(tx, &too.front.tenant, &entry, &too.front.mint)?));
    logged.await.map_err(|error: Error| Fault::from(error))?;
    let too = desk.clone();
    let content = spawn_blocking(move || too.blobs.get(hash)).await;
    let content = content.map_err(|e| Problem::internal(&e))?.map_err(Error::File)?;
    let media = Kind::of_name(&file.name).map_or("application/octet-stream", Kind::media_type);
    let mut response = content.into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(media));
    let saved = format!("attachment; filename*=UTF-8''{}", encoded(&file.name));
    if let Ok(saved) = HeaderValue::from_str(&saved) {
        headers.insert(header::CONTENT_DISPOSITION, saved);
    }
    Ok(response)
}
