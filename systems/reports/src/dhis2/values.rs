//! `dataValueSets`: the values of a unit in a period, as they were sent.

use axum::{
    Json,
    extract::{Query, State},
    http::StatusCode,
    response::{IntoResponse, Response},
};
use desk::Desk;
use kernel::AgencyId;
use serde_json::json;
use web::http::Problem;

use super::{
    Caller, Names,
    ids::{DEFAULT, is_default, org_unit, period, uid},
};
use crate::{Error, export::read_round, library::Library, model::Report};

/// Periods and units of one question.
const ASKED_MAX: usize = 500;

/// The values that are asked for: `dataSet`, `period`, `orgUnit`, each perhaps several times.
pub(super) async fn get(
    State(desk): State<Desk>,
    caller: Caller,
    Query(asked): Query<Vec<(String, String)>>,
) -> Result<Response, Problem> {
    let all = |name: &str| -> Vec<String> {
        let of = asked.iter().filter(|(key, _)| key == name).map(|(_, value)| value.clone());
        of.take(ASKED_MAX).collect()
    };
    let (sets, periods, units) = (all("dataSet"), all("period"), all("orgUnit"));
    let children = asked.iter().any(|(key, value)| key == "children" && value == "true");
    if sets.is_empty() || periods.is_empty() || units.is_empty() {
        return Ok(conflict("E2001", "dataSet, period and orgUnit must be given"));
    }
    if !all("attributeOptionCombo").iter().all(|combo| is_default(Some(combo))) {
        return Ok(conflict("E1115", "There is no attribute option combination but the default"));
    }
    let (shared, named) = (desk.clone(), sets.clone());
    let read = desk.front.store.read(move |tx| {
        let (library, directory) = (Library::read(tx, &shared)?, shared.front.directory.get());
        let names = Names::of(&library, &directory);
        let units: Vec<AgencyId> =
            units.iter().filter_map(|unit| names.unit(&directory, unit)).collect();
        let mut values = Vec::new();
        for regime in sets.iter().filter_map(|set| names.regime(set)) {
            for of in periods.iter().filter_map(|name| period(regime, name)) {
                let wanted = |report: &Report| {
                    let under =
                        || directory.ancestors(report.unit).iter().any(|a| units.contains(a));
                    (units.contains(&report.unit) || (children && under()))
                        && caller.sees(&shared, report)
                };
                let round = read_round(tx, &shared, (&regime.code, of), wanted)?;
                for (report, sheet) in &round.reports {
                    for (at, cell) in round.form.cells.iter().enumerate() {
                        let value = sheet.value(&round.form, at);
                        let words = sheet.cells.get(&cell.id).map(|e| e.words.as_str());
                        let value = match (cell.kind.is_number(), value, words) {
                            (true, Some(value), _) => value.to_plain(),
                            (false, _, Some(words)) if !words.is_empty() => words.to_owned(),
                            _ => continue,
                        };
                        let said = report.sent_at.unwrap_or(report.opened_at).to_string();
                        values.push(json!({
                            "dataElement": uid(&format!("element {}.{}", regime.code, cell.id)),
                            "period": regime.dhis2(of),
                            "orgUnit": org_unit(report.unit),
                            "categoryOptionCombo": DEFAULT,
                            "attributeOptionCombo": DEFAULT,
                            "value": value,
                            "created": said,
                            "lastUpdated": said,
                            "followup": false,
                        }));
                    }
                }
            }
        }
        Ok::<_, Error>(values)
    });
    let values = read.await?;
    let mut answer = json!({ "dataValues": values });
    if let [set] = &named[..] {
        answer["dataSet"] = json!(set);
    }
    Ok(Json(answer).into_response())
}

/// A question that cannot be answered.
pub(super) fn conflict(code: &str, message: &str) -> Response {
    let answer = json!({
        "httpStatus": "Conflict",
        "httpStatusCode": 409,
        "status": "ERROR",
        "message": message,
        "errorCode": code,
    });
    (StatusCode::CONFLICT, Json(answer)).into_response()
}
