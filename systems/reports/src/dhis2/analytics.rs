//! `analytics`: values by data element, period and organisation unit, added up over whoever stands
//! below. What cannot be added up is that of the unit itself.

use std::collections::{BTreeMap, btree_map::Entry};

use axum::{
    Json,
    extract::{Query, State},
    response::{IntoResponse, Response},
};
use desk::Desk;
use directory::Directory;
use indicators::{Period, When};
use jiff::civil::Date;
use kernel::AgencyId;
use serde_json::{Map, Value, json};
use store::Tx;
use web::http::Problem;

use super::{
    Caller, Names,
    ids::{DEFAULT, org_unit, periods},
    relative,
    values::conflict,
};
use crate::{
    Result as Done,
    export::{Round, read_round},
    form::Fill,
    library::Library,
    number::Number,
    roll_up::Block,
};

/// Cells of one answer.
const ROWS_MAX: usize = 50_000;
/// Rounds that are read for one answer: ten years of months, of one regime.
const ROUNDS_MAX: usize = 120;

/// What is asked.
struct Asked {
    /// Data elements.
    dx: Vec<String>,
    /// Fixed periods.
    pe: Vec<String>,
    /// Organisation units.
    ou: Vec<String>,
    /// Whether each value comes with its combination of options.
    combos: bool,
}

impl Asked {
    /// `dimension=dx:A;B&dimension=pe:LAST_MONTH&dimension=ou:C`; a filter counts as a dimension.
    fn of(query: &[(String, String)], today: Date) -> Self {
        let text = |name: &str| query.iter().find(|(key, _)| key == name).map(|(_, v)| v.as_str());
        let on = text("relativePeriodDate").and_then(|day| day.parse().ok()).unwrap_or(today);
        let mut dimensions: BTreeMap<&str, Vec<String>> = BTreeMap::new();
        for (_, value) in query.iter().filter(|(key, _)| key == "dimension" || key == "filter") {
            let (name, items) = value.split_once(':').unwrap_or((value, ""));
            let items = items.split(';').filter(|item| !item.is_empty()).map(str::to_owned);
            dimensions.entry(name).or_default().extend(items);
        }
        let combos = dimensions.contains_key("co");
        let mut of = |name: &str| dimensions.remove(name).unwrap_or_default();
        let (dx, ou) = (of("dx"), of("ou"));
        let named = of("pe").into_iter();
        let all = named.flat_map(|name| relative::fixed(&name, on).unwrap_or_else(|| vec![name]));
        let mut pe: Vec<String> = Vec::new();
        for name in all {
            if !pe.contains(&name) {
                pe.push(name);
            }
        }
        Self { dx, pe, ou, combos }
    }
}

/// Values by the dimensions that are asked for.
pub(super) async fn get(
    State(desk): State<Desk>,
    caller: Caller,
    Query(query): Query<Vec<(String, String)>>,
) -> Result<Response, Problem> {
    let asked = Asked::of(&query, kernel::today(desk.now()));
    let Asked { dx, pe, ou, .. } = &asked;
    if dx.is_empty() || pe.is_empty() || ou.is_empty() {
        return Ok(conflict("E7200", "dx, pe and ou must be given, as dimensions or filters"));
    }
    if dx.len() * pe.len() * ou.len() > ROWS_MAX {
        return Ok(conflict("E7128", "more cells are asked for than are given at once"));
    }
    let shared = desk.clone();
    let read = desk.front.store.read(move |tx| answer(tx, &shared, &caller, &asked));
    Ok(match read.await? {
        Some(answer) => Json(answer).into_response(),
        None => conflict("E7128", "more periods are asked for than are given at once"),
    })
}

/// The answer; none where more rounds are asked for than are read at once.
fn answer(tx: &mut Tx<'_>, desk: &Desk, caller: &Caller, asked: &Asked) -> Done<Option<Value>> {
    let (library, directory) = (Library::read(tx, desk)?, desk.front.directory.get());
    let names = Names::of(&library, &directory);
    let units = units(&names, &directory, caller, &asked.ou);
    let mut known: BTreeMap<(String, Period), Round> = BTreeMap::new();
    let (mut rows, mut items, mut elements) = (Vec::new(), Map::new(), Vec::new());
    for name in &asked.dx {
        let Some((id, element)) = names.element(name) else { continue };
        let Some(regime) = names.regime(&element.regime) else { continue };
        items.insert(id.to_owned(), json!({ "name": element.name, "code": element.code }));
        elements.push(id.to_owned());
        for when in &asked.pe {
            let periods = periods(regime, when);
            for of in &periods {
                let key = (element.regime.clone(), *of);
                let full = known.len() >= ROUNDS_MAX;
                let Entry::Vacant(place) = known.entry(key) else { continue };
                if full {
                    return Ok(None);
                }
                let mine = |report: &_| caller.sees(desk, report);
                place.insert(read_round(tx, desk, (&element.regime, *of), mine)?);
            }
            let rounds = periods.iter().filter_map(|of| known.get(&(element.regime.clone(), *of)));
            let rounds: Vec<&Round> = rounds.collect();
            items.insert(when.clone(), json!({ "name": when }));
            for unit in &units {
                let of = Of { desk, directory: &directory, unit: *unit };
                let Some(value) = of.value(&rounds, &element.cell) else { continue };
                let name = directory.agency(*unit).map_or("", |agency| agency.name.as_str());
                items.insert(org_unit(*unit), json!({ "name": name }));
                let (unit, value) = (org_unit(*unit), value.to_plain());
                rows.push(match asked.combos {
                    true => json!([id, when, unit, DEFAULT, value]),
                    false => json!([id, when, unit, value]),
                });
            }
        }
    }
    items.insert(DEFAULT.to_owned(), json!({ "name": "default" }));
    let dimensions = json!({
        "dx": elements,
        "pe": asked.pe,
        "ou": units.iter().map(|unit| org_unit(*unit)).collect::<Vec<_>>(),
        "co": [DEFAULT],
    });
    Ok(Some(table(rows, items, dimensions, asked.combos)))
}

fn table(rows: Vec<Value>, items: Map<String, Value>, dimensions: Value, combos: bool) -> Value {
    let header = |name: &str, column: &str, kind: &str, class: &str, meta: bool| {
        json!({
            "name": name, "column": column, "valueType": kind, "type": class,
            "hidden": false, "meta": meta,
        })
    };
    let text = |name: &str, column: &str| header(name, column, "TEXT", "java.lang.String", true);
    let mut headers =
        vec![text("dx", "Data"), text("pe", "Period"), text("ou", "Organisation unit")];
    if combos {
        headers.push(text("co", "Category option combo"));
    }
    headers.push(header("value", "Value", "NUMBER", "java.lang.Double", false));
    json!({
        "width": headers.len(),
        "headerWidth": headers.len(),
        "headers": headers,
        "metaData": { "items": items, "dimensions": dimensions },
        "height": rows.len(),
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

/// Whose values.
struct Of<'a> {
    desk: &'a Desk,
    directory: &'a Directory,
    unit: AgencyId,
}

impl Of<'_> {
    /// The value of a cell over one round or several: of what happens their sum, of what is there
    /// at an end that of the last one. What can be neither is none; a share follows from the sums.
    fn value(&self, rounds: &[&Round], cell: &str) -> Option<Number> {
        let (last, before) = rounds.split_last()?;
        let form = &last.form;
        let at = form.place(cell).filter(|at| form.cells[*at].kind.is_number())?;
        let of = &form.cells[at];
        if before.is_empty() {
            return self.of_round(last, cell);
        }
        if of.fill.follows() {
            return of.fill.value(|at| self.value(rounds, &form.cells[at].id));
        }
        if !of.kind.adds_up() {
            return None;
        }
        if let Fill::Figure(binding) = &of.fill {
            let formula = &self.desk.indicator(&binding.code).ok()?.formula;
            if formula.references().iter().any(|one| one.when != When::Sum) {
                let ends = formula.references().iter().all(|one| one.when == When::End);
                return if ends { self.of_round(last, cell) } else { None };
            }
        }
        let values = rounds.iter().filter_map(|round| self.of_round(round, cell));
        values.reduce(Number::plus)
    }

    /// The value of a cell in a round, of the unit and of whoever stands below it.
    fn of_round(&self, round: &Round, cell: &str) -> Option<Number> {
        let form = &round.form;
        let at = form.place(cell)?;
        let mut block = Block::of(form);
        let sent = || round.reports.iter().filter(|(report, _)| report.sent_at.is_some());
        // Where the unit reports itself, and for all below it, its own word holds.
        if let Some((_, sheet)) = sent().find(|(report, _)| report.unit == self.unit) {
            block.push(form, sheet);
            return block.value(form, 0, at);
        }
        for (report, sheet) in sent() {
            let sums = round.regime.level(&report.level).is_some_and(|level| level.adds_up);
            if !sums && self.directory.ancestors(report.unit).contains(&self.unit) {
                block.push(form, sheet);
            }
        }
        let sum = block.roll_up(form, &vec![0; block.units()], 1);
        sum.value(form, 0, at)
    }
}
