//! `analytics`: values by data element, period and organisation unit, added up over whoever stands
//! below. What cannot be added up is that of the unit itself.

use std::collections::BTreeMap;

use axum::{
    Json,
    extract::{Query, State},
    response::{IntoResponse, Response},
};
use desk::Desk;
use directory::Directory;
use kernel::AgencyId;
use serde_json::{Map, Value, json};
use web::http::Problem;

use super::{
    Caller, Names,
    ids::{org_unit, period},
    values::conflict,
};
use crate::{
    Error,
    export::{Round, read_round},
    library::Library,
    number::Number,
    roll_up::Block,
};

/// Cells of one answer.
const ROWS_MAX: usize = 50_000;

/// The dimensions that are asked for: `dimension=dx:A;B&dimension=pe:202610&dimension=ou:C`; a filter
/// counts as a dimension.
pub(super) async fn get(
    State(desk): State<Desk>,
    caller: Caller,
    Query(asked): Query<Vec<(String, String)>>,
) -> Result<Response, Problem> {
    let mut dimensions: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (_, value) in asked.iter().filter(|(key, _)| key == "dimension" || key == "filter") {
        let Some((name, items)) = value.split_once(':') else { continue };
        let items = items.split(';').map(str::to_owned);
        dimensions.entry(name.to_owned()).or_default().extend(items);
    }
    let mut of = |name: &str| dimensions.remove(name).unwrap_or_default();
    let (dx, pe, ou) = (of("dx"), of("pe"), of("ou"));
    if dx.is_empty() || pe.is_empty() || ou.is_empty() {
        return Ok(conflict("E7200", "dx, pe and ou must be given, as dimensions or filters"));
    }
    if dx.len() * pe.len() * ou.len() > ROWS_MAX {
        return Ok(conflict("E7128", "more cells are asked for than are given at once"));
    }
    let shared = desk.clone();
    let read = desk.front.store.read(move |tx| {
        let (library, directory) = (Library::read(tx, &shared)?, shared.front.directory.get());
        let names = Names::of(&library, &directory);
        let units = units(&names, &directory, &caller, &ou);
        let mut rounds: BTreeMap<(String, String), Option<Round>> = BTreeMap::new();
        let (mut rows, mut items) = (Vec::new(), Map::new());
        for name in &dx {
            let Some((id, element)) = names.element(name) else { continue };
            items.insert(id.to_owned(), json!({ "name": element.name, "code": element.code }));
            for when in &pe {
                let key = (element.regime.clone(), when.clone());
                if !rounds.contains_key(&key) {
                    let regime = names.regime(&element.regime);
                    let of = regime.and_then(|regime| period(regime, when));
                    let round = match of {
                        Some(of) => {
                            let mine = |report: &_| caller.sees(&shared, report);
                            Some(read_round(tx, &shared, (&element.regime, of), mine)?)
                        }
                        None => None,
                    };
                    rounds.insert(key.clone(), round);
                }
                let Some(Some(round)) = rounds.get(&key) else { continue };
                items.insert(when.clone(), json!({ "name": when }));
                for unit in &units {
                    let Some(value) = value(round, &directory, &element.cell, *unit) else {
                        continue;
                    };
                    let name = directory.agency(*unit).map_or("", |agency| agency.name.as_str());
                    items.insert(org_unit(*unit), json!({ "name": name }));
                    rows.push(json!([id, when, org_unit(*unit), value.to_plain()]));
                }
            }
        }
        let ids = |names: Vec<String>| json!(names);
        let elements =
            dx.iter().filter_map(|name| names.element(name)).map(|(id, _)| id.to_owned());
        let dimensions = json!({
            "dx": ids(elements.collect()),
            "pe": ids(pe.clone()),
            "ou": ids(units.iter().map(|unit| org_unit(*unit)).collect()),
            "co": [],
        });
        Ok::<_, Error>((rows, items, dimensions))
    });
    let (rows, items, dimensions) = read.await?;
    Ok(Json(answer(rows, items, dimensions)).into_response())
}

fn answer(rows: Vec<Value>, items: Map<String, Value>, dimensions: Value) -> Value {
    let header = |name: &str, column: &str, kind: &str, class: &str, meta: bool| {
        json!({
            "name": name, "column": column, "valueType": kind, "type": class,
            "hidden": false, "meta": meta,
        })
    };
    let text = |name: &str, column: &str| header(name, column, "TEXT", "java.lang.String", true);
    json!({
        "headers": [
            text("dx", "Data"),
            text("pe", "Period"),
            text("ou", "Organisation unit"),
            header("value", "Value", "NUMBER", "java.lang.Double", false),
        ],
        "metaData": { "items": items, "dimensions": dimensions },
        "height": rows.len(),
        "width": 4,
        "headerWidth": 4,
        "rows": rows,
    })
}

/// The units that are meant: identifiers, official codes, `LEVEL-2`, `USER_ORGUNIT`.
fn units(names: &Names, directory: &Directory, caller: &Caller, asked: &[String]) -> Vec<AgencyId> {
    let mut units = Vec::new();
    for name in asked {
        if let Some(level) = name.strip_prefix("LEVEL-").and_then(|n| n.parse::<usize>().ok()) {
            let on = |unit: &&AgencyId| directory.ancestors(**unit).len() + 1 == level;
            units.extend(names.units.values().filter(on));
        } else if name == "USER_ORGUNIT" {
            units.push(caller.agency());
        } else {
            units.extend(names.unit(directory, name));
        }
    }
    units.sort_unstable();
    units.dedup();
    units
}

/// The value of a cell of a unit and of whoever stands below it.
fn value(round: &Round, directory: &Directory, cell: &str, unit: AgencyId) -> Option<Number> {
    let form = &round.form;
    let at = form.place(cell).filter(|at| form.cells[*at].kind.is_number())?;
    let own = round.reports.iter().find(|(report, _)| report.unit == unit);
    let mut block = Block::of(form);
    // Where the unit reports itself, and for all below it, its own word holds.
    if let Some((_, sheet)) = own.filter(|(report, _)| report.sent_at.is_some()) {
        block.push(form, sheet);
        return block.value(form, 0, at);
    }
    for (report, sheet) in round.reports.iter().filter(|(report, _)| report.sent_at.is_some()) {
        let sums = round.regime.level(&report.level).is_some_and(|level| level.adds_up);
        if !sums && directory.ancestors(report.unit).contains(&unit) {
            block.push(form, sheet);
        }
    }
    let sum = block.roll_up(form, &vec![0; block.units()], 1);
    sum.value(form, 0, at)
}
