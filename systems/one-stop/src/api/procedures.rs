//! The book of procedures, as it stands today.

use axum::{
    Json,
    extract::{Path, State},
};
use desk::book::FOUND_MAX;
use kernel::{ProcedureCode, today};
use procedure::{ChannelLimit, Level, Procedure};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{
    answer::{Fault, Refusals},
    take::{Caller, Params},
    view::words,
};
use crate::Desk;

pub(super) fn routes() -> OpenApiRouter<Desk> {
    OpenApiRouter::new().routes(routes!(procedure_list)).routes(routes!(procedure_get))
}

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
struct Wanted {
    /// Words of the name, the field or the code, with or without marks.
    #[serde(default)]
    q: String,
    #[param(schema_with = levels, required = false)]
    level: Option<Level>,
    /// The code after which the list goes on, in the order of codes; not together with `q`.
    #[param(value_type = Option<String>)]
    after: Option<ProcedureCode>,
}

fn levels() -> utoipa::openapi::Object {
    words(Level::WORDS.iter().copied())
}

/// A procedure in a list.
#[derive(Debug, Serialize, ToSchema)]
struct Line {
    #[schema(value_type = String, example = "1.001193")]
    code: ProcedureCode,
    version: u32,
    name: String,
    name_en: Option<String>,
    /// Lĩnh vực.
    sector: String,
    #[schema(value_type = Vec<String>)]
    levels: Vec<Level>,
    /// Whether its time limits may be promised.
    confirmed: bool,
}

impl From<&Procedure> for Line {
    fn from(procedure: &Procedure) -> Self {
        let confirmed = |limit: &ChannelLimit| matches!(limit, ChannelLimit::Confirmed(_));
        Self {
            code: procedure.code.clone(),
            version: procedure.version,
            name: procedure.name.clone(),
            name_en: procedure.name_en.clone(),
            sector: procedure.sector.clone(),
            levels: procedure.levels.clone(),
            confirmed: procedure.channels.iter().all(|channel| confirmed(&channel.limit)),
        }
    }
}

/// Search the procedures in force, or list them, 20 at a time
#[utoipa::path(
    get,
    path = "/api/v1/procedures",
    tag = "procedures",
    params(Wanted),
    responses((status = 200, body = Vec<Line>), Refusals),
)]
async fn procedure_list(
    State(desk): State<Desk>,
    me: Caller,
    Params(wanted): Params<Wanted>,
) -> Json<Vec<Line>> {
    let (shelf, day) = (desk.book.shelf(), today(me.now));
    if !wanted.q.trim().is_empty() {
        let found = shelf.search(&wanted.q, wanted.level, day);
        return Json(found.iter().map(|procedure| (&**procedure).into()).collect());
    }
    let mut listed: Vec<_> = shelf
        .all()
        .filter(|p| p.in_force(day) && wanted.level.is_none_or(|level| p.levels.contains(&level)))
        .filter(|p| wanted.after.as_ref().is_none_or(|after| p.code > *after))
        .collect();
    listed.sort_unstable_by(|a, b| a.code.cmp(&b.code));
    Json(listed.into_iter().take(FOUND_MAX).map(|procedure| (&**procedure).into()).collect())
}

/// Read a procedure whole: channels, fees, papers, form, workflow
#[utoipa::path(
    get,
    path = "/api/v1/procedures/{procedure}",
    tag = "procedures",
    params(("procedure" = String, Path, description = "Code in the national database")),
    responses((status = 200, description = "The version in force", body = Object), Refusals),
)]
async fn procedure_get(
    State(desk): State<Desk>,
    me: Caller,
    Path(code): Path<String>,
) -> Result<Json<Procedure>, Fault> {
    let code: ProcedureCode = code.parse().map_err(|_| Fault::not_found())?;
    let shelf = desk.book.shelf();
    let found = shelf.in_force(&code, today(me.now)).ok_or_else(Fault::not_found)?;
    Ok(Json(Procedure::clone(found)))
}
