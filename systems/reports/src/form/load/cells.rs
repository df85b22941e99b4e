//! The cells of a table: where a row and a column meet, what either says of them holds.

use toml::Spanned;

use super::{LineFile, TableFile};
use crate::{
    finding::{FaultKind, Findings},
    form::{Binding, Cell, CellKind, Fill, Form, Table},
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
            form.places.insert(id.clone(), form.cells.len());
            let fill = fill.map_or(Fill::Typed, Fill::Figure);
            form.cells.push(Cell { id, label, kind, unit, fill, required });
        }
    }
    // Shares last: they name cells of the same table.
    let width = file.column.len();
    for (r, row) in file.row.iter().enumerate() {
        for (c, column) in file.column.iter().enumerate() {
            let at = first + r * width + c;
            let (names, by_row) = match (&row.share, &column.share) {
                (Some(share), _) => (share, true),
                (None, Some(share)) => (share, false),
                (None, None) => continue,
            };
            let named = |name: &String| {
                let (row, column) = if by_row {
                    (name.as_str(), column.id.get_ref().as_str())
                } else {
                    (row.id.get_ref().as_str(), name.as_str())
                };
                form.places.get(&format!("{}.{row}.{column}", table.id)).copied()
            };
            let found: Vec<Option<usize>> = names.get_ref().iter().map(named).collect();
            match found[..] {
                [Some(part), Some(whole)] if part != at && whole != at => {
                    form.cells[at].fill = Fill::Share { part, whole };
                    form.cells[at].kind = CellKind::Percent;
                }
                _ => findings.add(names.span().start, FaultKind::Cell, names.get_ref().join(", ")),
            }
        }
    }
    let chained = |cell: &Cell| match cell.fill {
        Fill::Share { part, whole } => {
            [part, whole].iter().any(|at| matches!(form.cells[*at].fill, Fill::Share { .. }))
        }
        _ => false,
    };
    if form.cells[first..].iter().any(chained) {
        findings.add(file.id.span().start, FaultKind::Cell, table.id.as_str());
    }
}

/// The indicator of a cell: named by its row or its column, narrowed by both.
fn figure(
    findings: &mut Findings<'_>,
    row: &LineFile,
    column: &LineFile,
    has_indicator: &impl Fn(&str) -> bool,
) -> Option<Binding> {
    let named: &Spanned<String> = row.figure.as_ref().or(column.figure.as_ref())?;
    if row.share.is_some() || column.share.is_some() {
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
