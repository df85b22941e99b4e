//! Reports as spreadsheets.

use desk::Desk;
use rust_xlsxwriter::{Format, Workbook, Worksheet};
use web::{Words, tr};

use super::{Round, agency_code};
use crate::{
    Result,
    document::{cell_text, plain},
    fill::{said, unit_name},
    form::{CellKind, Form, Table},
    queries::Whole,
    roll_up::Block,
    sheet::Sheet,
};

/// Letters that a name of a worksheet may have.
const NAME_MAX: usize = 31;

/// One report: its prose, and a worksheet for each table.
///
/// # Errors
/// [`crate::Error::Sheet`].
pub fn one_xlsx(desk: &Desk, words: &Words, whole: &Whole) -> Result<Vec<u8>> {
    let mut book = Workbook::new();
    let bold = Format::new().set_bold();
    let directory = desk.front.directory.get();
    let unit = unit_name(&directory, whole.report.unit, whole.report.period);
    let period = desk::period_text(words, whole.report.period);
    let sheet = book.add_worksheet();
    sheet.set_name(tr!(words, "reports-sheet-prose"))?;
    sheet.set_column_width(0, 30)?;
    sheet.set_column_width(1, 100)?;
    for (row, (name, value)) in (0_u32..).zip([
        (tr!(words, "reports-col-report"), whole.form.name.clone()),
        (tr!(words, "reports-col-unit"), unit.clone()),
        (tr!(words, "reports-col-period"), period.clone()),
    ]) {
        sheet.write_string_with_format(row, 0, name, &bold)?;
        sheet.write_string(row, 1, value)?;
    }
    for (row, part) in (4_u32..).zip(&whole.form.parts) {
        let own = whole.sheet.parts.get(&part.id).map_or("", String::as_str);
        let texts = [part.text.as_str(), own].into_iter().filter(|text| !text.is_empty());
        let texts = texts.map(|text| {
            let pieces = said(&whole.form, &whole.sheet, text, (&unit, &period));
            pieces.iter().map(|piece| plain(desk, words, whole, piece)).collect::<String>()
        });
        sheet.write_string_with_format(row, 0, &part.title, &bold)?;
        sheet.write_string(row, 1, texts.collect::<Vec<_>>().join("\n"))?;
    }
    for (n, table) in whole.form.tables.iter().enumerate() {
        let sheet = book.add_worksheet();
        sheet.set_name(name(n + 1, &table.title))?;
        one_table(sheet, words, &whole.form, &whole.sheet, table)?;
    }
    Ok(book.save_to_buffer()?)
}

fn one_table(
    to: &mut Worksheet,
    words: &Words,
    form: &Form,
    sheet: &Sheet,
    table: &Table,
) -> Result<()> {
    let bold = Format::new().set_bold();
    to.set_column_width(0, 44)?;
    to.write_string_with_format(0, 0, &table.head, &bold)?;
    for (column, of) in (1_u16..).zip(&table.columns) {
        to.set_column_width(column, 20)?;
        to.write_string_with_format(0, column, &of.title, &bold)?;
    }
    let rows: Vec<(String, String)> = match table.repeat {
        None => table.rows.clone(),
        Some(_) => (1..=sheet.rows(&table.id)).map(|n| (n.to_string(), n.to_string())).collect(),
    };
    for (at, (row, title)) in (1_u32..).zip(&rows) {
        to.write_string(at, 0, title)?;
        for (column, of) in (1_u16..).zip(&table.columns) {
            let id = format!("{}.{row}.{}", table.id, of.id);
            let value = match form.place(&id) {
                Some(place) => sheet.value(form, place),
                None => sheet.cells.get(&id).and_then(|entry| entry.value),
            };
            match value {
                Some(value) => to.write_number(at, column, value.to_f64())?,
                None if of.kind == CellKind::Text => {
                    to.write_string(at, column, cell_text(words, form, sheet, &id))?
                }
                None => to,
            };
        }
    }
    to.set_freeze_panes(1, 1)?;
    Ok(())
}

/// A round: a line for each unit, a column for each cell, and the sum of all.
///
/// # Errors
/// [`crate::Error::Sheet`].
pub fn round_xlsx(desk: &Desk, words: &Words, round: &Round) -> Result<Vec<u8>> {
    let mut book = Workbook::new();
    let bold = Format::new().set_bold();
    let directory = desk.front.directory.get();
    let form = &round.form;
    let sheet = book.add_worksheet();
    sheet.set_name(tr!(words, "reports-sheet-round"))?;
    let heads = ["code", "unit", "state", "due", "sent"];
    for (column, head) in (0_u16..).zip(heads) {
        let text = words.t(&format!("reports-xlsx-{head}"));
        sheet.write_string_with_format(0, column, text, &bold)?;
        sheet.set_column_width(column, if column == 1 { 44 } else { 18 })?;
    }
    let numbers: Vec<usize> =
        (0..form.cells.len()).filter(|at| form.cells[*at].kind.is_number()).collect();
    for (column, at) in (5_u16..).zip(&numbers) {
        sheet.write_string_with_format(0, column, &form.cells[*at].label, &bold)?;
        sheet.set_column_width(column, 18)?;
    }
    let mut block = Block::of(form);
    let mut row = 1_u32;
    for (report, values) in &round.reports {
        block.push(form, values);
        let day = |at: Option<kernel::Instant>| {
            at.map(|at| kernel::local(at).strftime("%Y-%m-%d %H:%M").to_string())
                .unwrap_or_default()
        };
        let state = words.t(&format!("reports-state-{}", report.state.word()));
        let texts = [
            agency_code(&directory, report.unit),
            unit_name(&directory, report.unit, report.period),
            state,
            day(Some(report.due_at)),
            day(report.sent_at),
        ];
        for (column, text) in (0_u16..).zip(texts) {
            sheet.write_string(row, column, text)?;
        }
        for (column, at) in (5_u16..).zip(&numbers) {
            if let Some(value) = values.value(form, *at) {
                sheet.write_number(row, column, value.to_f64())?;
            }
        }
        row += 1;
    }
    let sum = block.roll_up(form, &vec![0; block.units()], 1);
    sheet.write_string_with_format(row, 1, tr!(words, "reports-sum"), &bold)?;
    for (column, at) in (5_u16..).zip(&numbers) {
        if let Some(value) = sum.value(form, 0, *at) {
            sheet.write_number_with_format(row, column, value.to_f64(), &bold)?;
        }
    }
    sheet.set_freeze_panes(1, 2)?;
    Ok(book.save_to_buffer()?)
}

/// A name that a worksheet may have.
fn name(n: usize, title: &str) -> String {
    let title: String = title.chars().filter(|c| !"[]:*?/\\".contains(*c)).collect();
    format!("{n} {title}").chars().take(NAME_MAX).collect::<String>().trim().to_owned()
}
