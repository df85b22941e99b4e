//! The desk for programs: JSON over HTTP, described by an OpenAPI 3.1 document that is made of
//! the same lines that route requests, so that neither can say what the other does not do.
//!
//! A program signs in like a person and acts in that person's seat; there is no other right. It
//! sends its session as a bearer token and never as a cookie, so that no page of another site
//! can act through a browser. Every refusal is a problem document (RFC 9457). A command runs
//! once for an `Idempotency-Key` and, where `If-Match` is sent, only on the version that the
//! caller saw.

mod answer;
mod take;
mod view;

mod commands;
mod dossiers;
mod filing;
mod journal;
mod limits;
mod papers;
mod parties;
mod procedures;
mod sessions;
mod tracking;
mod work;

use axum::{Router, http::header, routing::get};
use utoipa::{
    Modify, OpenApi,
    openapi::security::{Http, HttpAuthScheme, SecurityScheme},
};
use utoipa_axum::router::OpenApiRouter;

use crate::Desk;

/// Where the description of the API is served.
pub const DOCUMENT: &str = "/api/v1/openapi.json";

/// Every address of the API, grouped by who calls it.
pub fn router(desk: Desk) -> Router {
    let (router, document) = routes().split_for_parts();
    let text =
        serde_json::to_string(&plain(document)).expect("a document is made of texts and maps");
    let kind = [(header::CONTENT_TYPE, "application/json")];
    router.route(DOCUMENT, get(async move || (kind, text))).with_state(desk)
}

/// The description of the API.
#[must_use]
pub fn document() -> utoipa::openapi::OpenApi {
    plain(routes().into_openapi())
}

/// The router's mark for a parameter of several parts, `{*number}`, is not OpenAPI's.
fn plain(mut document: utoipa::openapi::OpenApi) -> utoipa::openapi::OpenApi {
    let paths = std::mem::take(&mut document.paths.paths).into_iter();
    document.paths.paths = paths.map(|(path, item)| (path.replace("{*", "{"), item)).collect();
    document
}

fn routes() -> OpenApiRouter<Desk> {
    OpenApiRouter::with_openapi(Document::openapi())
        // Anybody.
        .merge(sessions::routes())
        .merge(tracking::routes())
        .merge(journal::routes())
        // Officers.
        .merge(procedures::routes())
        .merge(limits::routes())
        .merge(parties::routes())
        .merge(work::routes())
        .merge(dossiers::routes())
        .merge(filing::routes())
        .merge(papers::routes())
        .merge(commands::routes())
}

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Tỉnh Số: the one-stop desk",
        version = "1",
        description = "Dossiers of administrative procedures: file, work on, decide, return, prove.",
        license(name = "EUPL-1.2", identifier = "EUPL-1.2"),
    ),
    security(("session" = [])),
    modifiers(&Session),
    tags(
        (name = "sessions", description = "Signing in and out"),
        (name = "procedures", description = "The book of administrative procedures"),
        (name = "parties", description = "Citizens and organisations"),
        (name = "work", description = "What waits for whom"),
        (name = "dossiers", description = "Dossiers, their story, papers and receipts"),
        (name = "commands", description = "What may be done to a dossier"),
        (name = "tracking", description = "For the applicant, without signing in"),
        (name = "journal", description = "Evidence that anybody can check"),
    ),
)]
struct Document;

/// The bearer token of a session.
struct Session;

impl Modify for Session {
    fn modify(&self, document: &mut utoipa::openapi::OpenApi) {
        let components = document.components.get_or_insert_default();
        let bearer = SecurityScheme::Http(Http::new(HttpAuthScheme::Bearer));
        components.add_security_scheme("session", bearer);
    }
}
