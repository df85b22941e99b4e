//! What waits for the caller.

use axum::{Json, extract::State};
use kernel::{CaseCode, Instant, ProcedureCode};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{
    answer::{Fault, Refusals},
    dossiers::{PAGE, PAGE_MAX, procedure_name},
    take::{Caller, Params},
    view::{self, Page},
};
use crate::{
    Desk,
    queries::work::{Bounds, Mark, Narrow, Whose as Holder, waiting},
};

pub(super) fn routes() -> OpenApiRouter<Desk> {
    OpenApiRouter::new().routes(routes!(work_list))
}

/// Whose work.
#[derive(Debug, Clone, Copy, Default, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum Whose {
    /// Of the caller's seat.
    #[default]
    Mine,
    /// Of the counter of the caller's agency: to be taken on, or to be handed over.
    Counter,
}

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
struct Wanted {
    /// Whose work; the own, where nothing is said.
    #[param(inline)]
    scope: Option<Whose>,
    /// Where the last page said that the next goes on.
    cursor: Option<String>,
    /// Entries of a page, 200 at most.
    limit: Option<u32>,
}

/// Something to do.
#[derive(Debug, Serialize, ToSchema)]
struct Item {
    #[schema(value_type = String, example = "H55.19-261123-0042")]
    code: CaseCode,
    version: u32,
    #[schema(value_type = String)]
    procedure: ProcedureCode,
    procedure_name: Option<String>,
    #[schema(schema_with = view::statuses)]
    status: &'static str,
    /// `accept`, `return`, or the step of the workflow.
    step: String,
    #[schema(value_type = String, format = DateTime)]
    since: Instant,
    /// Until when the step should be done.
    #[schema(value_type = String, format = DateTime)]
    step_due_at: Instant,
    /// Until when the whole dossier is promised.
    #[schema(value_type = String, format = DateTime)]
    due_at: Instant,
    /// Whether the clock stands.
    paused: bool,
}

/// List what waits, soonest due first
#[utoipa::path(
    get,
    path = "/api/v1/work",
    tag = "work",
    params(Wanted),
    responses((status = 200, body = Page<Item>), Refusals),
)]
async fn work_list(
    State(desk): State<Desk>,
    me: Caller,
    Params(wanted): Params<Wanted>,
) -> Result<Json<Page<Item>>, Fault> {
    let after = wanted.cursor.as_deref().map(str::parse::<Mark>).transpose()?;
    let limit = wanted.limit.unwrap_or(PAGE).clamp(1, PAGE_MAX);
    let whose = match wanted.scope.unwrap_or_default() {
        Whose::Mine => Holder::Seat(me.seat()),
        Whose::Counter => Holder::Counter(me.agency, &[casework::ACCEPT, casework::RETURN]),
    };
    // One's own work, and that of one's own counter, are open to whoever holds the seat.
    let (too, bounds) = (desk.clone(), Bounds::at(me.now));
    let found = me.read(&desk, move |tx| {
        waiting(tx, &too, whose, &Narrow::default(), bounds, after.as_ref(), limit)
    });
    let (rows, next) = found.await?;
    let (moment, next) = (desk.moment(), next.map(|mark| mark.to_string()));
    let items = rows.into_iter().map(|row| Item {
        paused: row.is_paused(),
        procedure_name: procedure_name(&moment, &row.line.procedure.code),
        code: row.line.code,
        version: row.line.version,
        procedure: row.line.procedure.code,
        status: row.line.status.word(),
        step: row.step,
        since: row.since,
        step_due_at: row.step_due,
        due_at: row.due,
    });
    Ok(Json(Page { items: items.collect(), next }))
}
