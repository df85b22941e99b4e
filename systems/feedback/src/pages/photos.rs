//! Photos, to whoever may see them.

use axum::{
    extract::{Path, Query, State},
    http::header,
    response::{IntoResponse, Response},
};
use files::Sha256Hash;
use identity::access::{Action, Target};
use kernel::CaseCode;
use web::{MaybeCitizen, SignedIn, http::Problem};

use super::report::{Secret, is_reporter};
use crate::{Error, Feedback, Result, model, queries};

/// A photo that everybody may see.
pub(super) async fn shown(
    State(feedback): State<Feedback>,
    Path(name): Path<String>,
) -> Result<Response, Problem> {
    let hash = hash_of(&name)?;
    let (shared, wanted) = (feedback.clone(), hash.to_string());
    let read = feedback.front.store.read(move |tx| queries::photo_shown(tx, &shared, &wanted));
    if !read.await? {
        return Err(Problem::not_found());
    }
    sent(&feedback, hash, "public, max-age=86400").await
}

/// A photo of a report, to whoever sent it.
pub(super) async fn of_reporter(
    State(feedback): State<Feedback>,
    me: MaybeCitizen,
    Path((code, name)): Path<(String, String)>,
    Query(secret): Query<Secret>,
) -> Result<Response, Problem> {
    let hash = hash_of(&name)?;
    let code: CaseCode = code.parse().map_err(|_| Problem::not_found())?;
    let shared = feedback.clone();
    let read = feedback.front.store.read(move |tx| {
        let report = model::by_code(tx, &shared.front.tenant, &code)?.ok_or(Error::NoSuchReport)?;
        let mine = is_reporter(tx, &shared, &me, &report, &secret.khoa)?;
        let photos = queries::photos(tx, &shared, report.case)?;
        Ok::<_, Error>(mine && belongs(&photos, hash))
    });
    if !read.await? {
        return Err(Problem::not_found());
    }
    sent(&feedback, hash, "private, max-age=600").await
}

/// A photo of a report, to an officer who may open it.
pub(super) async fn of_officer(
    State(feedback): State<Feedback>,
    me: SignedIn,
    Path((code, name)): Path<(String, String)>,
) -> Result<Response, Problem> {
    let hash = hash_of(&name)?;
    let code: CaseCode = code.parse().map_err(|_| Problem::not_found())?;
    let shared = feedback.clone();
    let read = feedback.front.store.read(move |tx| {
        let tenant = &shared.front.tenant;
        let report = model::by_code(tx, tenant, &code)?.ok_or(Error::NoSuchReport)?;
        let case = casework::load(tx, tenant, report.case)?.ok_or(Error::NoSuchReport)?;
        let facts = shared.facts(&case, &shared.moment());
        me.may(&shared.front, Action::View, Target::Case(&facts)).check()?;
        Ok::<_, Error>(belongs(&queries::photos(tx, &shared, report.case)?, hash))
    });
    if !read.await? {
        return Err(Problem::not_found());
    }
    sent(&feedback, hash, "private, max-age=600").await
}

fn belongs(photos: &[queries::Photo], hash: Sha256Hash) -> bool {
    let hash = hash.to_string();
    photos.iter().any(|photo| photo.hash == hash || photo.small == hash)
}

fn hash_of(name: &str) -> Result<Sha256Hash, Problem> {
    let hash = name.strip_suffix(".jpg").and_then(|hash| hash.parse().ok());
    hash.ok_or_else(Problem::not_found)
}

async fn sent(feedback: &Feedback, hash: Sha256Hash, kept: &str) -> Result<Response, Problem> {
    let blobs = feedback.blobs.clone();
    let read = tokio::task::spawn_blocking(move || blobs.get(hash)).await;
    let bytes = read.map_err(|error| Problem::internal(&error))?.map_err(Error::from)?;
    let headers = [(header::CONTENT_TYPE, "image/jpeg"), (header::CACHE_CONTROL, kept)];
    Ok((headers, bytes).into_response())
}
