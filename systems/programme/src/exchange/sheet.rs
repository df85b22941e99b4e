//! A programme as a spreadsheet: four sheets, each with a row of heads. What is computed stands in
//! columns of its own, which are not read back.

use std::io::Cursor;

use calamine::{Data, Reader as _, Xlsx};
use directory::Directory;
use jiff::{ToSpan, civil::Date};
use rust_xlsxwriter::{Format, Workbook, Worksheet, XlsxError};
use scorecards::Month;

use super::{
    raw::{At, Finding, GOAL, Item, PROGRAMME, Raw, SHEETS, TARGET, TASK, What},
    text::raw_of,
};
use crate::{
    Result as Done,
    measures::Standing,
    model::{Programme, Task, likelihood_word},
};

/// Rows of one sheet that are read.
const ROWS_MAX: usize = 1_000;
/// Letters of a cell.
const LETTERS_MAX: usize = 4_000;
/// Heads of what is computed.
const COMPUTED: [&str; 5] = ["Nay", "Kế hoạch đến nay", "Nhận định", "Máy tính", "Tình trạng"];

/// Reads the spreadsheet.
///
/// # Errors
/// Where it is none, and every head that is not known.
pub fn read_xlsx(bytes: &[u8]) -> Result<Raw, Vec<Finding>> {
    let broken = |error: calamine::XlsxError| vec![Finding::at(1, What::Syntax(error.to_string()))];
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(broken)?;
    let (mut raw, mut findings) = (Raw::default(), Vec::new());
    let known = [PROGRAMME, GOAL, TARGET, TASK];
    for (sheet, fields) in SHEETS.into_iter().zip(known) {
        // A sheet that is not there holds nothing; what must be there is found missing later.
        let Ok(range) = book.worksheet_range(sheet) else { continue };
        let above = range.start().map_or(0, |(row, _)| row as usize);
        let rows: Vec<Vec<String>> =
            range.rows().take(ROWS_MAX + 1).map(|row| row.iter().map(text).collect()).collect();
        if rows.len() > ROWS_MAX {
            let at = At { sheet: Some(sheet), line: number(ROWS_MAX) };
            findings.push(Finding { at, what: What::TooMany(ROWS_MAX) });
            continue;
        }
        let items = items(sheet, above, &rows, fields, &mut findings);
        match sheet {
            _ if sheet == SHEETS[0] => raw.programme = items.into_iter().next().unwrap_or_default(),
            _ if sheet == SHEETS[1] => raw.goals = items,
            _ if sheet == SHEETS[2] => raw.targets = items,
            _ => raw.tasks = items,
        }
    }
    if raw.programme.at.sheet.is_none() {
        raw.programme.at = At { sheet: Some(SHEETS[0]), line: 2 };
    }
    if findings.is_empty() { Ok(raw) } else { Err(findings) }
}

fn items(
    sheet: &'static str,
    above: usize,
    rows: &[Vec<String>],
    known: &[(&str, &str)],
    findings: &mut Vec<Finding>,
) -> Vec<Item> {
    let Some((heads, rows)) = rows.split_first() else { return Vec::new() };
    let fields: Vec<Option<&str>> = heads
        .iter()
        .map(|head| {
            let folded = kernel::fold(head);
            let found = known.iter().find(|(name, vi)| kernel::fold(vi) == folded || *name == head);
            let computed = COMPUTED.iter().any(|known| kernel::fold(known) == folded);
            if found.is_none() && !computed && !head.trim().is_empty() {
                let at = At { sheet: Some(sheet), line: number(above + 1) };
                findings.push(Finding { at, what: What::UnknownField(head.clone()) });
            }
            found.map(|(name, _)| *name)
        })
        .collect();
    let filled = rows.iter().enumerate().filter(|(_, row)| row.iter().any(|cell| !cell.is_empty()));
    filled
        .map(|(at, row)| {
            let line = number(above + at + 2);
            let cells = fields
                .iter()
                .zip(row)
                .filter_map(|(field, cell)| Some(((*field)?.to_owned(), (line, cell.clone()))));
            Item { at: At { sheet: Some(sheet), line }, fields: cells.collect() }
        })
        .collect()
}

fn number(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

/// A cell as text; days as files have them.
fn text(cell: &Data) -> String {
    let text = match cell {
        Data::Empty | Data::Error(_) => String::new(),
        Data::Float(number) => number.to_string(),
        Data::DateTime(at) => day(at.as_f64()).map(|day| day.to_string()).unwrap_or_default(),
        other => other.to_string(),
    };
    text.trim().chars().take(LETTERS_MAX).collect()
}

/// The day of a number of days since the last but one day of 1899, as spreadsheets count.
fn day(days: f64) -> Option<Date> {
    if !(0.0..100_000.0).contains(&days) {
        return None;
    }
    #[expect(clippy::cast_possible_truncation, reason = "below a hundred thousand days")]
    let days = days.floor() as i64;
    jiff::civil::date(1899, 12, 30).checked_add(days.days()).ok()
}

/// The programme as a spreadsheet that [`read_xlsx`] reads, with what is computed now beside it.
///
/// # Errors
/// [`crate::Error::Sheet`] where it cannot be written.
pub fn xlsx(
    directory: &Directory,
    programme: &Programme,
    standings: &[Standing],
    tasks: &[Task],
    running: Month,
) -> Done<Vec<u8>> {
    let raw = raw_of(directory, programme, standings, tasks);
    let mut book = Workbook::new();
    let targets: Vec<Vec<String>> = standings.iter().map(|one| computed(one, running)).collect();
    let states: Vec<Vec<String>> = tasks.iter().map(|task| vec![state(task)]).collect();
    write(book.add_worksheet(), SHEETS[0], PROGRAMME, &[raw.programme], &[], &[])?;
    write(book.add_worksheet(), SHEETS[1], GOAL, &raw.goals, &[], &[])?;
    write(book.add_worksheet(), SHEETS[2], TARGET, &raw.targets, &COMPUTED[..4], &targets)?;
    write(book.add_worksheet(), SHEETS[3], TASK, &raw.tasks, &COMPUTED[4..], &states)?;
    Ok(book.save_to_buffer()?)
}

fn computed(standing: &Standing, running: Month) -> Vec<String> {
    let way = &standing.target.way;
    let word = |one: Option<scorecards::Likelihood>| one.map_or("", likelihood_word).to_owned();
    let judged = standing.judged.as_ref().map(|judged| judged.likelihood);
    vec![
        standing.newest().map(|(_, value)| value.shown(2)).unwrap_or_default(),
        way.trajectory().expected(running.min(way.to)).shown(2),
        word(standing.likelihood()),
        word(judged),
    ]
}

fn state(task: &Task) -> String {
    task.case.as_ref().map_or_else(String::new, |case| case.status.word().to_owned())
}

fn write(
    sheet: &mut Worksheet,
    name: &str,
    known: &[(&str, &str)],
    items: &[Item],
    heads: &[&str],
    computed: &[Vec<String>],
) -> Result<(), XlsxError> {
    sheet.set_name(name)?;
    sheet.set_freeze_panes(1, 0)?;
    let bold = Format::new().set_bold();
    let all = known.iter().map(|(_, vi)| *vi).chain(heads.iter().copied());
    for (column, head) in (0_u16..).zip(all) {
        sheet.write_string_with_format(0, column, head, &bold)?;
        sheet.set_column_width(column, if head.chars().count() > 12 { 26 } else { 18 })?;
    }
    for (at, item) in items.iter().enumerate() {
        let row = number(at + 1);
        let own = known.iter().map(|(name, _)| item.get(name).unwrap_or_default().to_owned());
        let rest = computed.get(at).cloned().unwrap_or_default();
        for (column, value) in (0_u16..).zip(own.chain(rest)) {
            // As text: a spreadsheet that reads `=…` as text runs nothing.
            sheet.write_string(row, column, value)?;
        }
    }
    Ok(())
}
