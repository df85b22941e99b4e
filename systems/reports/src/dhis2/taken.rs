//! `dataValueSets`: values that a program sends, taken into drafts.

use std::collections::BTreeMap;

use axum::{
    Json,
    extract::{Query, State},
    http::StatusCode,
    response::{IntoResponse, Response},
};
use desk::Desk;
use indicators::Period;
use kernel::AgencyId;
use serde::Deserialize;
use serde_json::{Value, json};
use store::{Tx, args};
use web::http::Problem;

use super::{
    Caller, Names,
    ids::{data_set, is_default, period},
    values::conflict,
};
use crate::{
    Result as Done,
    commands::{self, Edit, Edits},
    form::{Cell, Fill},
    library::Library,
    model::{COLUMNS, State as Standing, read},
    number::Number,
};

/// Values of one request.
const VALUES_MAX: usize = 50_000;

/// Values as they are sent; what stands outside holds for all that do not say otherwise.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Sent {
    data_set: Option<String>,
    period: Option<String>,
    org_unit: Option<String>,
    attribute_option_combo: Option<String>,
    #[serde(default)]
    data_values: Vec<SentValue>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
struct SentValue {
    data_element: String,
    period: Option<String>,
    org_unit: Option<String>,
    category_option_combo: Option<String>,
    attribute_option_combo: Option<String>,
    #[serde(default)]
    value: Option<Value>,
}

/// What came of it.
#[derive(Debug, Default)]
struct Imported {
    imported: usize,
    updated: usize,
    ignored: usize,
    conflicts: Vec<Value>,
}

/// Takes values into drafts. What is computed is not written over, and neither is what was sent:
/// both are conflicts, and said so. The same once more changes nothing.
pub(super) async fn post(
    State(desk): State<Desk>,
    caller: Caller,
    Query(asked): Query<Vec<(String, String)>>,
    Json(sent): Json<Sent>,
) -> Result<Response, Problem> {
    if sent.data_values.len() > VALUES_MAX {
        return Ok(conflict("E2018", "too many values"));
    }
    let dry = asked.iter().any(|(key, value)| key == "dryRun" && value == "true");
    let shared = desk.clone();
    let run = desk.front.store.write(move |tx| take(tx, &shared, &caller, &sent, dry));
    let Imported { imported, updated, ignored, conflicts } = run.await?;
    let clean = conflicts.is_empty();
    let summary = json!({
        "responseType": "ImportSummary",
        "status": if clean { "SUCCESS" } else { "WARNING" },
        "description": if clean { "Import process completed successfully" } else { "Some values were not taken" },
        "importCount": { "imported": imported, "updated": updated, "ignored": ignored, "deleted": 0 },
        "conflicts": conflicts,
        "dataSetComplete": "false",
    });
    let (status, word) =
        if clean { (StatusCode::OK, "OK") } else { (StatusCode::CONFLICT, "WARNING") };
    let answer = json!({
        "httpStatus": if clean { "OK" } else { "Conflict" },
        "httpStatusCode": status.as_u16(),
        "status": word,
        "message": if clean { "Import was successful." } else { "One more conflicts encountered, please check import summary." },
        "response": summary,
    });
    Ok((status, Json(answer)).into_response())
}

fn take(tx: &mut Tx<'_>, desk: &Desk, caller: &Caller, sent: &Sent, dry: bool) -> Done<Imported> {
    let (library, directory) = (Library::read(tx, desk)?, desk.front.directory.get());
    let names = Names::of(&library, &directory);
    let mut done = Imported::default();
    // By report: one save each.
    let mut by_report: BTreeMap<Of, Vec<One>> = BTreeMap::new();
    for one in &sent.data_values {
        let mut refuse = |object: &str, value: &str| {
            done.ignored += 1;
            done.conflicts.push(json!({ "object": object, "value": value }));
        };
        let Some((id, element)) = names.element(&one.data_element) else {
            refuse(&one.data_element, "Data element not found or not accessible");
            continue;
        };
        let combos =
            [&one.category_option_combo, &one.attribute_option_combo, &sent.attribute_option_combo];
        if let Some(combo) = combos.into_iter().flatten().find(|combo| !is_default(Some(combo))) {
            refuse(combo, "Category option combo not found or not accessible");
            continue;
        }
        let set = sent.data_set.as_ref().map(|set| names.regime(set).map(|r| data_set(&r.code)));
        if set.is_some_and(|set| set != Some(data_set(&element.regime))) {
            refuse(&one.data_element, "Data element is not of the data set");
            continue;
        }
        let of = one.org_unit.as_ref().or(sent.org_unit.as_ref());
        let Some(unit) = of.and_then(|of| names.unit(&directory, of)) else {
            refuse(of.map_or("", String::as_str), "Organisation unit not found or not accessible");
            continue;
        };
        let when = one.period.as_ref().or(sent.period.as_ref());
        let regime = names.regime(&element.regime);
        let Some(when) = regime.zip(when).and_then(|(regime, name)| period(regime, name)) else {
            refuse(when.map_or("", String::as_str), "Period not valid for the data set");
            continue;
        };
        let value = match &one.value {
            Some(Value::String(text)) => text.clone(),
            Some(Value::Number(number)) => number.to_string(),
            _ => String::new(),
        };
        let group = by_report.entry((element.regime.clone(), when, unit)).or_default();
        group.push((id.to_owned(), element.cell.clone(), value));
    }
    for (of, values) in by_report {
        take_one(tx, desk, caller, &library, (of, values), dry, &mut done)?;
    }
    Ok(done)
}

/// Which report: regime, period and unit.
type Of = (String, Period, AgencyId);
/// A value: data element, cell, and what was sent.
type One = (String, String, String);

fn take_one(
    tx: &mut Tx<'_>,
    desk: &Desk,
    caller: &Caller,
    library: &Library,
    ((regime, when, unit), values): (Of, Vec<One>),
    dry: bool,
    done: &mut Imported,
) -> Done<()> {
    let sql = format!(
        "select {COLUMNS} from report r where r.tenant = $1 and r.regime = $2 and r.period = $3
             and r.unit = $4 and r.newest"
    );
    let tenant = &desk.front.tenant;
    let report = tx.opt(&sql, args!(tenant, &regime, when.to_string(), unit), read)?;
    let mut refuse = |object: &str, value: &str| {
        done.ignored += 1;
        done.conflicts.push(json!({ "object": object, "value": value }));
    };
    let Some(report) = report.filter(|report| caller.sees(desk, report)) else {
        for (id, ..) in &values {
            refuse(id, "No report is owed by this organisation unit in this period");
        }
        return Ok(());
    };
    if !matches!(report.state, Standing::Draft | Standing::Returned) {
        for (id, ..) in &values {
            refuse(id, "The report was handed on; its values cannot be changed");
        }
        return Ok(());
    }
    let form = library.form_version(&report.form, report.form_version)?;
    let (sheet, _) = crate::model::sheet(tx, tenant, report.case)?;
    let mut edits = Edits { by_program: Some(caller.name()), ..Edits::default() };
    let (mut fresh, mut changed) = (0, 0);
    for (id, cell, value) in values {
        let Some(known) = form.cell(&cell) else {
            refuse(&id, "Data element is not of the form of this report");
            continue;
        };
        let edit = match edit(known, &value) {
            Ok(edit) => edit,
            Err(why) => {
                refuse(&id, why);
                continue;
            }
        };
        if sheet.cells.contains_key(&cell) {
            changed += 1
        } else {
            fresh += 1
        }
        edits.cells.push((cell, edit));
    }
    if !dry && !edits.cells.is_empty() {
        commands::save(tx, &caller.acting(desk), &report.code, &edits)?;
    }
    done.imported += fresh;
    done.updated += changed;
    Ok(())
}

/// What is written into a cell, or why not.
fn edit(cell: &Cell, value: &str) -> std::result::Result<Edit, &'static str> {
    if cell.fill != Fill::Typed {
        return Err("The value is computed and cannot be written");
    }
    if value.is_empty() {
        return Ok(Edit::Clear);
    }
    if cell.kind.is_number() {
        return Number::plain(value).map(Edit::Number).ok_or("Value is not numeric");
    }
    match &cell.options {
        Some(options) => options.read(value).map(Edit::Words).ok_or("Value is not a valid option"),
        None => Ok(Edit::Words(value.to_owned())),
    }
}
