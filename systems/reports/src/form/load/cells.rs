//! The cells of a table: where a row and a column meet, what either says of them holds.

use toml::Spanned;

use super::{LineFile, TableFile, rules};
use crate::{
    finding::{FaultKind, Findings},
    form::{Binding, Cell, CellKind, Fill, Form, Of, Options, Table},
    regime,
};

/// Adds the cells of the fixed rows of a table to the form.
pub(super) fn add(
    findings: &mut Findings<'_>,
    form: &mut Form,
    file: &TableFile,
    table: &Table,
    has_indicator: &impl Fn(&str) -> bool,
) {
    let first = form.cells.len();
    for row in &file.row {
        let row_kind = row.kind.as_ref();
        let row_kind = row_kind.and_then(|kind| regime::word(findings, kind, CellKind::from_word));
        let chosen = options(findings, row, row_kind);
        let row_kind = row_kind.or(chosen.as_ref().map(|_| CellKind::Text));
        for (column, known) in file.column.iter().zip(&table.columns) {
            let id = format!("{}.{}.{}", table.id, row.id.get_ref(), column.id.get_ref());
            let kind = match &column.kind {
                Some(_) => known.kind,
                None => row_kind.unwrap_or(known.kind),
            };
            let unit = column.unit.clone().or_else(|| row.unit.clone()).unwrap_or_default();
            let label = format!("{}, {}", row.title, column.title);
            let fill = figure(findings, row, column, has_indicator);
            let required = row.required.or(column.required).unwrap_or(true);
            let options = chosen.clone().or_else(|| known.options.clone());
            let options = options.filter(|_| kind == CellKind::Text);
            form.places.insert(id.clone(), form.cells.len());
            let fill = fill.map_or(Fill::Typed, Fill::Figure);
            form.cells.push(Cell { id, label, kind, unit, options, fill, required });
        }
    }
    // What follows from other cells last: it names cells of the same table.
    let width = file.column.len();
    for (r, row) in file.row.iter().enumerate() {
        for (c, column) in file.column.iter().enumerate() {
            follow(findings, form, &table.id, (row, column), first + r * width + c);
        }
    }
    let chained = |cell: &Cell| cell.fill.cells().iter().any(|at| form.cells[*at].fill.follows());
    if form.cells[first..].iter().any(chained) {
        findings.add(file.id.span().start, FaultKind::Cell, table.id.as_str());
    }
}

/// A cell that is the share or the sum of others: by its row of other rows, by its column of other
/// columns.
fn follow(
    findings: &mut Findings<'_>,
    form: &mut Form,
    table: &str,
    (row, column): (&LineFile, &LineFile),
    at: usize,
) {
    let by_row = row.share.is_some() || row.sum.is_some();
    let line = if by_row { row } else { column };
    let named = |name: &str| {
        let (row, column) = if by_row {
            (name, column.id.get_ref().as_str())
        } else {
            (row.id.get_ref().as_str(), name)
        };
        let place = form.places.get(&format!("{table}.{row}.{column}")).copied();
        place.filter(|place| *place != at && form.cells[*place].kind.is_number())
    };
    let (fill, kind) = if let Some(names) = &line.share {
        let found = names.get_ref().each_ref().map(|name| named(name));
        let [Some(part), Some(whole)] = found else {
            findings.add(names.span().start, FaultKind::Cell, names.get_ref().join(", "));
            return;
        };
        (Fill::Share { part, whole }, CellKind::Percent)
    } else if let Some(text) = &line.sum {
        let cell = |name: &str| named(name).ok_or_else(|| (FaultKind::Cell, name.to_owned()));
        match rules::sum(text.get_ref(), &cell) {
            // A number by itself would be added once for each unit, or once for all of them.
            Ok(sum) if sum.0.iter().all(|term| matches!(term.of, Of::Cell(_))) => {
                (Fill::Sum(sum), form.cells[at].kind)
            }
            Ok(_) => {
                findings.add(text.span().start, FaultKind::Sum, text.get_ref());
                return;
            }
            Err((kind, about)) => {
                findings.add(text.span().start, kind, about);
                return;
            }
        }
    } else {
        return;
    };
    form.cells[at].fill = fill;
    form.cells[at].kind = kind;
}

/// What may be chosen in the cells of a line.
pub(super) fn options(
    findings: &mut Findings<'_>,
    line: &LineFile,
    kind: Option<CellKind>,
) -> Option<Options> {
    let given = line.options.as_ref()?;
    let all = given.get_ref().iter().map(|[code, label]| (code.clone(), label.clone())).collect();
    let read = Options::of(all, line.multiple);
    if read.is_none() || kind.is_some_and(CellKind::is_number) {
        findings.add(given.span().start, FaultKind::Options, line.id.get_ref());
    }
    read
}

/// The indicator of a cell: named by its row or its column, narrowed by both.
fn figure(
    findings: &mut Findings<'_>,
    row: &LineFile,
    column: &LineFile,
    has_indicator: &impl Fn(&str) -> bool,
) -> Option<Binding> {
    let named: &Spanned<String> = row.figure.as_ref().or(column.figure.as_ref())?;
    let follows = |line: &LineFile| line.share.is_some() || line.sum.is_some();
    if follows(row) || follows(column) {
        return None;
    }
    let mut read = binding(findings, named.span().start, named.get_ref(), has_indicator)?;
    for filter in [&row.filter, &column.filter].into_iter().flatten() {
        if let Err(wrong) = read.narrow(filter.get_ref()) {
            findings.add(filter.span().start, FaultKind::Filter, wrong);
        }
    }
    Some(read)
}

/// Reads a binding and asks whether there is such an indicator.
pub(super) fn binding(
    findings: &mut Findings<'_>,
    at: usize,
    text: &str,
    has_indicator: &impl Fn(&str) -> bool,
) -> Option<Binding> {
    match Binding::read(text) {
        Ok(binding) if has_indicator(&binding.code) => Some(binding),
        Ok(binding) => {
            findings.add(at, FaultKind::Indicator, binding.code);
            None
        }
        Err(wrong) => {
            findings.add(at, FaultKind::Filter, wrong);
            None
        }
    }
}
