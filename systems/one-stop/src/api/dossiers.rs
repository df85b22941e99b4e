//! Dossiers to be read: in lists, one by one, their story and the receipts of it.

use axum::{
    Json,
    extract::State,
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use casework::{Case, Status};
use desk::{Line as Listed, agency_line};
use identity::{
    access::{Action, Target},
    party,
};
use journal::Receipt;
use kernel::{AgencyCode, CaseCode, Instant, ProcedureCode};
use serde::{Deserialize, Serialize};
use store::Tx;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{
    answer::{Fault, Refusals, etag},
    take::{Caller, Code, Params},
    view::{self, Agency, Page},
};
use crate::{
    Desk, Moment, Result,
    queries::{
        Scope,
        register::{self, Cursor, Filter, Late, Role},
    },
};

/// Entries of a page, and the most of them.
pub(super) const PAGE: u32 = 50;
pub(super) const PAGE_MAX: u32 = 200;

pub(super) fn routes() -> OpenApiRouter<Desk> {
    OpenApiRouter::new()
        .routes(routes!(dossier_list))
        .routes(routes!(dossier_get))
        .routes(routes!(dossier_events))
        .routes(routes!(dossier_receipt))
}

/// In which part the agency has to do with a dossier.
#[derive(Debug, Clone, Copy, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Side {
    /// It decides.
    #[default]
    Deciding,
    /// It received it, and returns the result.
    Receiving,
}

/// Which dossiers.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
struct Wanted {
    /// Code of the agency; the own one, where none is named.
    #[param(value_type = Option<String>, example = "H55.19")]
    agency: Option<AgencyCode>,
    /// Whether the agency decides (so, where nothing is said) or received.
    #[param(value_type = Option<String>, example = "deciding")]
    side: Option<Side>,
    #[param(schema_with = view::statuses, required = false)]
    status: Option<Status>,
    #[param(value_type = Option<String>, example = "1.001193")]
    procedure: Option<ProcedureCode>,
    /// Filed at this instant or later.
    #[param(value_type = Option<String>, format = DateTime)]
    from: Option<Instant>,
    /// Filed before this instant.
    #[param(value_type = Option<String>, format = DateTime)]
    to: Option<Instant>,
    /// Only those whose clock runs and that are past their date.
    overdue: Option<bool>,
    /// Where the last page said that the next goes on.
    cursor: Option<String>,
    /// Entries of a page, 200 at most.
    limit: Option<u32>,
}

/// A dossier in a list.
#[derive(Debug, Serialize, ToSchema)]
struct Line {
    #[schema(value_type = String, example = "H55.19-261123-0042")]
    code: CaseCode,
    version: u32,
    #[schema(value_type = String)]
    procedure: ProcedureCode,
    procedure_name: Option<String>,
    #[schema(schema_with = view::statuses)]
    status: &'static str,
    decided_by: Agency,
    received_by: Agency,
    #[schema(value_type = String, format = DateTime)]
    submitted_at: Instant,
    #[schema(value_type = Option<String>, format = DateTime)]
    due_at: Option<Instant>,
    #[schema(value_type = Option<String>, format = DateTime)]
    ended_at: Option<Instant>,
    #[schema(value_type = Option<String>, format = DateTime)]
    returned_at: Option<Instant>,
}

/// List the dossiers of an agency, newest first
#[utoipa::path(
    get,
    path = "/api/v1/dossiers",
    tag = "dossiers",
    params(Wanted),
    responses((status = 200, body = Page<Line>), Refusals),
)]
async fn dossier_list(
    State(desk): State<Desk>,
    me: Caller,
    Params(wanted): Params<Wanted>,
) -> Result<Json<Page<Line>>, Fault> {
    let agency = match &wanted.agency {
        None => me.agency,
        Some(code) => me.directory.agency_by_code(code).ok_or_else(Fault::not_found)?.id,
    };
    let after = wanted.cursor.as_deref().map(str::parse::<Cursor>).transpose()?;
    let limit = wanted.limit.unwrap_or(PAGE).clamp(1, PAGE_MAX) as usize;
    let filter = Filter {
        role: match wanted.side.unwrap_or_default() {
            Side::Deciding => Role::Decides,
            Side::Receiving => Role::Receives,
        },
        statuses: wanted.status.into_iter().collect(),
        procedure: wanted.procedure,
        from: wanted.from,
        until: wanted.to,
        late: wanted.overdue.unwrap_or(false).then_some(Late::Now),
        ..Filter::of(Scope::only(agency), me.now)
    };
    let (desk_too, me_too) = (desk.clone(), me.clone());
    let found = me.read(&desk, move |tx| {
        let target = agency_line(&me_too.directory, agency);
        me_too.may(&desk_too.front, Action::List, Target::Agency(&target)).check()?;
        register::page(tx, &desk_too, &filter, after, limit)
    });
    let (found, moment) = (found.await?, desk.moment());
    let items = found.lines.into_iter().map(|row| line_of(&moment, row)).collect();
    Ok(Json(Page { items, next: found.next.map(|next| next.to_string()) }))
}

fn line_of(moment: &Moment, row: Listed) -> Line {
    Line {
        version: row.version,
        procedure_name: procedure_name(moment, &row.procedure.code),
        status: row.status.word(),
        decided_by: Agency::of(moment, row.decided_by),
        received_by: Agency::of(moment, row.received_by),
        submitted_at: row.submitted_at,
        due_at: row.due_at,
        ended_at: row.ended_at,
        returned_at: row.returned_at,
        code: row.code,
        procedure: row.procedure.code,
    }
}

/// The name in the newest version.
pub(super) fn procedure_name(moment: &Moment, code: &ProcedureCode) -> Option<String> {
    moment.shelf.newest(code).map(|procedure| procedure.name.clone())
}

/// A dossier that this person may see, loaded in this transaction.
pub(super) fn seen(tx: &mut Tx<'_>, desk: &Desk, me: &Caller, code: &CaseCode) -> Result<Case> {
    let case = desk::load_dossier(tx, &desk.front.tenant, code)?;
    let case = case.ok_or(casework::Error::NoSuchCase)?;
    let facts = desk.facts(&case, &desk.moment());
    me.may(&desk.front, Action::View, Target::Case(&facts)).check()?;
    Ok(case)
}

/// Read a dossier
///
/// Its version is the `ETag`; asked with `If-None-Match` it answers 304 while nothing happened.
#[utoipa::path(
    get,
    path = "/api/v1/dossiers/{code}",
    tag = "dossiers",
    params(
        ("code" = String, Path, description = "Code of the dossier"),
        ("If-None-Match" = Option<String>, Header, description = "The `ETag` that is known"),
    ),
    responses(
        (status = 200, body = view::Dossier, headers(("ETag" = String))),
        (status = 304, description = "Nothing happened since"),
        Refusals,
    ),
)]
async fn dossier_get(
    State(desk): State<Desk>,
    me: Caller,
    Code(code): Code,
    headers: HeaderMap,
) -> Result<Response, Fault> {
    let known = headers.get(header::IF_NONE_MATCH).and_then(|v| v.to_str().ok());
    let known = known.map(str::to_owned);
    let (desk_too, me_too) = (desk.clone(), me.clone());
    let found = me.read(&desk, move |tx| {
        let case = seen(tx, &desk_too, &me_too, &code)?;
        if known.as_deref() == Some(etag(case.version).as_str()) {
            return Ok((case.version, None));
        }
        let front = &desk_too.front;
        let applicant = party::load(tx, &front.tenant, &desk_too.keyring, case.applicant)?;
        let version = case.version;
        let shown = view::Dossier::of(&desk_too, &desk_too.moment(), case, applicant.as_ref());
        Ok((version, Some(shown)))
    });
    let (version, dossier) = found.await?;
    let tag = [(header::ETAG, etag(version))];
    Ok(match dossier {
        Some(dossier) => (tag, Json(dossier)).into_response(),
        None => (StatusCode::NOT_MODIFIED, tag).into_response(),
    })
}

/// Read the story of a dossier, oldest first
#[utoipa::path(
    get,
    path = "/api/v1/dossiers/{code}/events",
    tag = "dossiers",
    params(("code" = String, Path, description = "Code of the dossier")),
    responses((status = 200, body = Vec<view::Event>), Refusals),
)]
async fn dossier_events(
    State(desk): State<Desk>,
    me: Caller,
    Code(code): Code,
) -> Result<Json<Vec<view::Event>>, Fault> {
    let (desk_too, me_too) = (desk.clone(), me.clone());
    let story = me.read(&desk, move |tx| {
        let case = seen(tx, &desk_too, &me_too, &code)?;
        let told = desk_too.in_office(&desk_too.moment(), |office| {
            casework::story(tx, office.tenant, office.vault, &case)
        })?;
        Ok(told)
    });
    Ok(Json(story.await?.into_iter().map(Into::into).collect()))
}

/// Which event.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
struct Which {
    /// The how-manieth event; the newest, where nothing is said.
    version: Option<u32>,
}

/// Get the receipt of an event, with its proof once it is sealed
#[utoipa::path(
    get,
    path = "/api/v1/dossiers/{code}/receipt",
    tag = "dossiers",
    params(("code" = String, Path, description = "Code of the dossier"), Which),
    responses(
        (status = 200, description = "A receipt (tinhso-receipt/1)", body = Object),
        Refusals,
    ),
)]
async fn dossier_receipt(
    State(desk): State<Desk>,
    me: Caller,
    Code(code): Code,
    Params(which): Params<Which>,
) -> Result<Json<Receipt>, Fault> {
    let (desk_too, me_too) = (desk.clone(), me.clone());
    let receipt = me.read(&desk, move |tx| {
        let tenant = &desk_too.front.tenant;
        let case = seen(tx, &desk_too, &me_too, &code)?;
        let wanted = which.version.unwrap_or(case.version);
        let mut events = journal::read_case(tx, tenant, case.id)?.into_iter();
        let event = events.find(|event| event.version == wanted);
        let receipt = Receipt::of(tenant, &event.ok_or(casework::Error::NoSuchCase)?);
        match receipt.complete(tx) {
            Err(journal::Error::ReceiptUnsealed) => Ok(receipt),
            other => Ok(other?),
        }
    });
    Ok(Json(receipt.await?))
}
