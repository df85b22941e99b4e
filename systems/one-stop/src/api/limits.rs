//! The time limits of a procedure: which may be promised, who confirmed them, and confirming one.

use axum::{
    Json,
    extract::{Path, State},
    response::Response,
};
use casework::ProcedureRef;
use desk::{Kept, confirmation::Confirmation};
use kernel::{Instant, PersonId, PostId, ProcedureCode, nfc, today};
use procedure::{Channel, ChannelKind, ChannelLimit, TimeLimit};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};
use web::tr;

use super::{
    answer::{Fault, FieldFault, Refusals},
    take::{Body, Caller, CommandHeaders, Conditions},
    view::channels,
};
use crate::{
    Desk,
    commands::{ConfirmLimit, confirm_in},
    pages::{BASIS_LETTERS_MAX, REASON_LETTERS_MAX},
};

pub(super) fn routes() -> OpenApiRouter<Desk> {
    OpenApiRouter::new().routes(routes!(limit_list, limit_confirm))
}

/// The time limit of a channel.
#[derive(Serialize, ToSchema)]
struct Limit {
    /// Version of the procedure.
    version: u32,
    #[schema(schema_with = channels)]
    channel: ChannelKind,
    /// What may be promised; none while it waits to be confirmed.
    #[schema(value_type = Option<String>, example = "3 working_days")]
    time_limit: Option<TimeLimit>,
    /// What was published, where that is in doubt.
    stated: Option<String>,
    /// Who confirmed it, where it was in doubt.
    confirmed: Option<Confirmed>,
}

/// A confirmation.
#[derive(Serialize, ToSchema)]
struct Confirmed {
    #[schema(value_type = Uuid)]
    person: PersonId,
    #[schema(value_type = Uuid)]
    post: PostId,
    #[schema(value_type = String, format = DateTime)]
    at: Instant,
    legal_basis: String,
    reason: String,
}

impl From<&Confirmation> for Confirmed {
    fn from(one: &Confirmation) -> Self {
        let (legal_basis, reason) = (one.legal_basis.clone(), one.reason.clone());
        Self { person: one.person, post: one.post, at: one.at, legal_basis, reason }
    }
}

impl Limit {
    fn of(version: u32, channel: &Channel, confirmations: &[Confirmation]) -> Self {
        let confirmed = confirmations.iter().find(|one| one.channel == channel.kind);
        let stated = match &channel.limit {
            ChannelLimit::ToConfirm(stated) => stated.clone(),
            ChannelLimit::Confirmed(_) => None,
        };
        Self {
            version,
            channel: channel.kind,
            time_limit: channel.promise().map(|limit| limit.time_limit()),
            stated,
            confirmed: confirmed.map(Confirmed::from),
        }
    }
}

/// List the time limits of a procedure, channel by channel
#[utoipa::path(
    get,
    path = "/api/v1/procedures/{procedure}/limits",
    tag = "procedures",
    params(("procedure" = String, Path, description = "Code in the national database")),
    responses((status = 200, description = "Of the version in force", body = Vec<Limit>), Refusals),
)]
async fn limit_list(
    State(desk): State<Desk>,
    me: Caller,
    Path(code): Path<String>,
) -> Result<Json<Vec<Limit>>, Fault> {
    let code: ProcedureCode = code.parse().map_err(|_| Fault::not_found())?;
    let shelf = desk.book.shelf();
    let found = shelf.in_force(&code, today(me.now)).ok_or_else(Fault::not_found)?;
    let version = found.version;
    let confirmations = shelf.confirmations(&ProcedureRef { code, version });
    let limit = |channel| Limit::of(version, channel, confirmations);
    Ok(Json(found.channels.iter().map(limit).collect()))
}

/// A limit that somebody answers for.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Confirm {
    /// Version of the procedure that the caller saw.
    version: u32,
    #[schema(schema_with = channels)]
    channel: ChannelKind,
    /// An amount and `working_hours`, `working_days`, `calendar_days` or `months`.
    #[schema(value_type = String, example = "27 working_days")]
    time_limit: TimeLimit,
    /// The law or decision that says so.
    #[schema(min_length = 1, max_length = 500)]
    legal_basis: String,
    /// Why the doubt is settled.
    #[schema(min_length = 1, max_length = 2000)]
    reason: String,
}

/// Confirm a time limit that was published in doubt, for good
#[utoipa::path(
    post,
    path = "/api/v1/procedures/{procedure}/limits",
    tag = "procedures",
    params(
        ("procedure" = String, Path, description = "Code in the national database"),
        CommandHeaders,
    ),
    request_body = Confirm,
    responses(
        (status = 201, description = "Confirmed", body = Confirmed),
        (status = 409, description = "Somebody confirmed it before"),
        Refusals,
    ),
)]
async fn limit_confirm(
    State(desk): State<Desk>,
    me: Caller,
    Path(code): Path<String>,
    conditions: Conditions,
    body: Body<Confirm>,
) -> Result<Response, Fault> {
    let ask = parse(&me, &code, body.value)?;
    let (desk_too, me_too) = (desk.clone(), me.clone());
    let work = move |tx: &mut store::Tx<'_>| {
        let done = confirm_in(tx, &desk_too, &me_too, &ask)?;
        let body = serde_json::to_string(&Confirmed::from(&done))?;
        Ok(Kept { status: 201, version: None, location: None, body })
    };
    let done = me.write_once(&desk, &conditions, body.request, None, work).await?;
    desk.refresh_book().await.map_err(Fault::from)?;
    Ok(done)
}

fn parse(me: &Caller, code: &str, body: Confirm) -> Result<ConfirmLimit, Fault> {
    let code: ProcedureCode = code.parse().map_err(|_| Fault::not_found())?;
    let (legal_basis, reason) = (nfc(body.legal_basis.trim()), nfc(body.reason.trim()));
    let mut faults = Vec::new();
    for (field, text, max) in
        [("legal_basis", &legal_basis, BASIS_LETTERS_MAX), ("reason", &reason, REASON_LETTERS_MAX)]
    {
        let key = match text.chars().count() {
            0 => "api-field-missing",
            letters if letters > max => "api-field-long",
            _ => continue,
        };
        faults.push(FieldFault { field: field.to_owned(), message: tr!(**me, key) });
    }
    if !faults.is_empty() {
        return Err(Fault::faults(faults));
    }
    let (procedure, channel) = (ProcedureRef { code, version: body.version }, body.channel);
    Ok(ConfirmLimit { procedure, channel, limit: body.time_limit, legal_basis, reason })
}
