//! Where a dossier stands, for whoever holds its receipt. It names nobody.

use std::net::SocketAddr;

use axum::{
    Json,
    extract::{ConnectInfo, State},
    http::StatusCode,
};
use kernel::{CaseCode, Instant};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::{router::OpenApiRouter, routes};
use web::http::{Problem, csrf};

use super::{
    answer::{Fault, Refusals},
    take::Params,
    view::statuses,
};
use crate::{Desk, Error};

pub(super) fn routes() -> OpenApiRouter<Desk> {
    OpenApiRouter::new().routes(routes!(tracking))
}

/// What stands on the receipt.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
struct Receipt {
    /// Code of the dossier.
    #[param(value_type = String, example = "H55.19-261123-0042")]
    code: CaseCode,
    /// Its secret: eight letters and digits.
    #[param(min_length = 8, max_length = 8)]
    secret: String,
}

/// Where a dossier stands.
#[derive(Debug, Serialize, ToSchema)]
struct Standing {
    #[schema(value_type = String)]
    code: CaseCode,
    #[schema(schema_with = statuses)]
    status: &'static str,
    /// State code of the national public service portal.
    national_status: u8,
    procedure_name: Option<String>,
    received_by: Option<String>,
    decided_by: Option<String>,
    #[schema(value_type = String, format = DateTime)]
    submitted_at: Instant,
    #[schema(value_type = Option<String>, format = DateTime)]
    due_at: Option<Instant>,
    #[schema(value_type = Option<String>, format = DateTime)]
    ended_at: Option<Instant>,
    #[schema(value_type = Option<String>, format = DateTime)]
    returned_at: Option<Instant>,
}

/// Track a dossier with code and secret of its receipt
#[utoipa::path(
    get,
    path = "/api/v1/tracking",
    tag = "tracking",
    security(()),
    params(Receipt),
    responses(
        (status = 200, body = Standing),
        (status = 429, description = "Too many wrong guesses; `Retry-After` says how long to wait"),
        Refusals,
    ),
)]
async fn tracking(
    State(desk): State<Desk>,
    ConnectInfo(from): ConnectInfo<SocketAddr>,
    Params(receipt): Params<Receipt>,
) -> Result<Json<Standing>, Fault> {
    let (from, now) = (from.ip(), desk.now());
    if desk.guesses.holds_back(from, now) {
        let wait = desk::WINDOW.as_secs().unsigned_abs();
        return Err(
            Fault::from(Problem::of_status(StatusCode::TOO_MANY_REQUESTS)).retry_after(wait)
        );
    }
    let (too, code) = (desk.clone(), receipt.code);
    let found = desk.front.store.read(move |tx| desk::load_dossier(tx, &too.front.tenant, &code));
    let case = found.await.map_err(|error: Error| Fault::from(error))?;
    // A wrong secret and a code that is none are told apart by nobody.
    let secret = receipt.secret.trim().to_ascii_uppercase();
    let known = case.filter(|case| csrf::verify(&desk.tracking_secret(case.id), &secret));
    let Some(case) = known else {
        desk.guesses.failed(from, now);
        return Err(Fault::not_found());
    };
    let moment = desk.moment();
    let agency = |id| moment.directory.agency(id).map(|agency| agency.name.clone());
    Ok(Json(Standing {
        status: case.status.word(),
        national_status: case.status.national_code(),
        procedure_name: moment.shelf.version(&case.procedure).map(|p| p.name.clone()),
        received_by: agency(case.received_by),
        decided_by: agency(case.decided_by),
        submitted_at: case.submitted_at,
        due_at: case.due(),
        ended_at: case.ended_at,
        returned_at: case.returned_at,
        code: case.code,
    }))
}
