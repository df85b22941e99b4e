//! Filling a report in: what indicators say, and what adds up from the reports of others.

use std::collections::{BTreeMap, BTreeSet};

use desk::Desk;
use directory::Directory;
use indicators::{Period, Question, Scope, Why};
use kernel::AgencyId;
use store::Tx;

use crate::{
    Result,
    form::{Binding, Fill, Form, Piece, SPOKEN, pieces},
    model::{self, Report},
    number::Number,
    queries,
    regime::{Covers, Regime},
    sheet::{Entry, From, Sheet},
};

/// Of whom the figures of a report are: a unit as it was in those days, or the whole authority.
#[must_use]
pub fn scope(regime: &Regime, report: &Report) -> Scope {
    match regime.level(&report.level).map(|level| level.covers) {
        Some(Covers::All) => Scope::all(),
        _ => Scope::agency(report.unit),
    }
}

/// Puts into every cell what is computed: figures of indicators, and sums of the reports of others.
/// What is contested stays, and learns what is computed now.
///
/// # Errors
/// Those of the store.
pub fn fill(
    tx: &mut Tx<'_>,
    desk: &Desk,
    (regime, form, report): (&Regime, &Form, &Report),
    sheet: &mut Sheet,
) -> Result<()> {
    let spoken = spoken(desk, form, sheet);
    let mut wanted: Vec<&Binding> = form.bindings().chain(spoken.values()).collect();
    wanted.sort_by_key(|binding| binding.to_string());
    wanted.dedup();
    let (values, as_of) = read(tx, desk, &wanted, scope(regime, report), report.period)?;
    sheet.as_of = as_of;
    for cell in &form.cells {
        if let Fill::Figure(binding) = &cell.fill {
            sheet.take(&cell.id, value_of(&values, binding), From::Figure);
        }
    }
    sheet.figures = spoken
        .into_iter()
        .map(|(name, binding)| {
            let entry = match value_of(&values, &binding) {
                Ok(value) => Entry::number(value, From::Figure),
                Err(why) => Entry::words(why, From::Figure),
            };
            (name, entry)
        })
        .collect();
    if regime.level(&report.level).is_some_and(|level| level.adds_up) {
        add_up(tx, desk, form, report, sheet)?;
    }
    Ok(())
}

fn value_of(
    values: &BTreeMap<String, Result<Number, String>>,
    binding: &Binding,
) -> Result<Number, String> {
    let nothing = || Err(Why::NothingCounted.word().to_owned());
    values.get(&binding.to_string()).cloned().unwrap_or_else(nothing)
}

/// The indicators that prose names, by how they are written there.
fn spoken(desk: &Desk, form: &Form, sheet: &Sheet) -> BTreeMap<String, Binding> {
    let texts = form.parts.iter().map(|part| part.text.as_str());
    let texts = texts.chain(sheet.parts.values().map(String::as_str));
    let mut found = BTreeMap::new();
    for piece in texts.flat_map(pieces) {
        let Piece::Named(name) = piece else { continue };
        if form.place(name).is_some() || SPOKEN.contains(&name) {
            continue;
        }
        let known = |binding: &Binding| desk.definitions().get(&binding.code).is_some();
        if let Some(binding) = Binding::read(name).ok().filter(known) {
            found.insert(name.to_owned(), binding);
        }
    }
    found
}

type Values = BTreeMap<String, Result<Number, String>>;

/// The values of bindings, in one read of the cube for each part that they are of.
fn read(
    tx: &mut Tx<'_>,
    desk: &Desk,
    wanted: &[&Binding],
    scope: Scope,
    period: Period,
) -> Result<(Values, Option<u64>)> {
    let (mut values, mut as_of) = (BTreeMap::new(), None);
    let slices: BTreeSet<String> = wanted.iter().map(|of| of.slice.to_string()).collect();
    let tree = desk.tree(tx)?;
    for slice in &slices {
        let of: Vec<&&Binding> =
            wanted.iter().filter(|of| of.slice.to_string() == *slice).collect();
        let indicators = of.iter().map(|of| desk.indicator(&of.code)).collect::<Result<_, _>>()?;
        let part = of.first().map(|of| of.slice.clone()).unwrap_or_default();
        let (scopes, periods) = (vec![scope.clone()], vec![period]);
        let question = Question { indicators, scopes, periods, slice: part, now: desk.now() };
        let grid = match desk.cube().read(tx, &tree, &question) {
            Ok(grid) => grid,
            Err(indicators::Error::Nothing) => return Ok((values, None)),
            Err(error) => return Err(error.into()),
        };
        as_of = Some(grid.as_of.pos);
        for (at, binding) in of.iter().enumerate() {
            let value = grid.value(0, 0, at).map_err(Why::word);
            let value = value.and_then(|v| Number::of(v).ok_or(Why::TooLarge.word()));
            values.insert(binding.to_string(), value.map_err(str::to_owned));
        }
    }
    Ok((values, as_of))
}

/// What nobody computes is added up from what the other levels sent.
fn add_up(
    tx: &mut Tx<'_>,
    desk: &Desk,
    form: &Form,
    report: &Report,
    sheet: &mut Sheet,
) -> Result<()> {
    let reports = queries::sent(tx, desk, &report.regime, report.period)?;
    let mut sums: BTreeMap<&str, Number> = BTreeMap::new();
    for other in reports.iter().filter(|other| other.level != report.level) {
        let (theirs, _) = model::sheet(tx, &desk.front.tenant, other.case)?;
        for cell in form.cells.iter().filter(|cell| cell.fill == Fill::Typed && cell.kind.adds_up())
        {
            if let Some(value) = theirs.cells.get(&cell.id).and_then(|entry| entry.value) {
                let sum = sums.entry(&cell.id).or_default();
                *sum = sum.plus(value);
            }
        }
    }
    for (id, sum) in sums {
        sheet.take(id, Ok(sum), From::AddedUp);
    }
    Ok(())
}

/// What prose says, piece by piece: words, and figures with the way to them.
#[derive(Debug, Clone, PartialEq)]
pub enum Said {
    /// Words.
    Words(String),
    /// The value of a cell.
    Cell(usize),
    /// A figure, by how it is written there.
    Figure(String),
}

/// Prose with its figures in place.
#[must_use]
pub fn said(form: &Form, sheet: &Sheet, text: &str, (unit, period): (&str, &str)) -> Vec<Said> {
    pieces(text)
        .into_iter()
        .map(|piece| match piece {
            Piece::Words(words) => Said::Words(words.to_owned()),
            Piece::Named("don-vi") => Said::Words(unit.to_owned()),
            Piece::Named("ky") => Said::Words(period.to_owned()),
            Piece::Named(name) => match form.place(name) {
                Some(at) => Said::Cell(at),
                None if sheet.figures.contains_key(name) => Said::Figure(name.to_owned()),
                None => Said::Words(format!("{{{name}}}")),
            },
        })
        .collect()
}

/// What a unit is called, as it was called in the period.
#[must_use]
pub fn unit_name(directory: &Directory, unit: AgencyId, period: Period) -> String {
    let agency = directory.agency(unit);
    agency.map_or_else(String::new, |agency| agency.name_at(period.last().begin()).to_owned())
}
