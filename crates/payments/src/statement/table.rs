//! The rows of a file: CSV (comma, semicolon or tab; UTF-8) or XLSX, told apart by the first
//! bytes.

use std::io::Cursor;

use calamine::{Data, Reader, Xlsx};
use jiff::civil::DateTime;

use super::{LINES_MAX, StatementFault};

/// Ends of the names of files that are read.
pub const FORMATS: &str = ".csv,.xlsx";
/// Columns of a file.
const COLUMNS_MAX: usize = 100;
/// Letters of a cell.
const CELL_LETTERS_MAX: usize = 2_000;
/// What the parts of a spreadsheet may take once unpacked.
const UNPACKED_MAX: u64 = 400 << 20;

/// One cell.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Cell {
    Empty,
    Text(String),
    Number(f64),
    Moment(DateTime),
}

impl Cell {
    pub(super) fn text(&self) -> String {
        match self {
            Self::Empty => String::new(),
            Self::Text(text) => text.clone(),
            Self::Number(number) => number.to_string(),
            Self::Moment(at) => at.to_string(),
        }
    }
}

pub(super) fn rows(file: &[u8]) -> Result<Vec<Vec<Cell>>, StatementFault> {
    // Every XLSX file is a ZIP file.
    if file.starts_with(b"PK\x03\x04") { of_xlsx(file) } else { of_csv(file) }
}

fn of_csv(file: &[u8]) -> Result<Vec<Vec<Cell>>, StatementFault> {
    let text = std::str::from_utf8(file)
        .map_err(|_| StatementFault::Format("the text is not UTF-8".to_owned()))?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut reader = csv::ReaderBuilder::new();
    reader.has_headers(false).flexible(true).delimiter(delimiter(text));
    let mut rows = Vec::new();
    for record in reader.from_reader(text.as_bytes()).records() {
        let record = record.map_err(|error| StatementFault::Format(error.to_string()))?;
        if rows.len() >= LINES_MAX {
            return Err(StatementFault::TooLong);
        }
        let cells = record.iter().take(COLUMNS_MAX);
        rows.push(cells.map(|cell| Cell::Text(clipped(cell))).collect());
    }
    Ok(rows)
}

/// The mark that parts most columns in the beginning of the file.
fn delimiter(text: &str) -> u8 {
    let start: String = text.chars().take(4_000).collect();
    let count = |mark: u8| start.bytes().filter(|byte| *byte == mark).count();
    [b',', b';', b'\t'].into_iter().max_by_key(|mark| count(*mark)).unwrap_or(b',')
}

fn of_xlsx(file: &[u8]) -> Result<Vec<Vec<Cell>>, StatementFault> {
    if unpacked(file) > UNPACKED_MAX {
        return Err(StatementFault::TooLarge);
    }
    let damaged = |error: calamine::XlsxError| StatementFault::Format(error.to_string());
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(file)).map_err(damaged)?;
    let range = book.worksheet_range_at(0);
    let range = range.ok_or_else(|| StatementFault::Format("no sheet".to_owned()))?;
    let range = range.map_err(damaged)?;
    // The range begins at the first row that has anything in it.
    let above = range.start().map_or(0, |(row, _)| row as usize);
    if above + range.height() > LINES_MAX {
        return Err(StatementFault::TooLong);
    }
    let mut rows = vec![Vec::new(); above];
    rows.extend(range.rows().map(|row| row.iter().take(COLUMNS_MAX).map(cell).collect()));
    Ok(rows)
}

fn cell(data: &Data) -> Cell {
    match data {
        Data::Int(number) => Cell::Number(*number as f64),
        Data::Float(number) => Cell::Number(*number),
        Data::String(text) => Cell::Text(clipped(text)),
        Data::DateTimeIso(text) => Cell::Text(clipped(text)),
        Data::DateTime(at) => moment(at.as_f64()).map_or(Cell::Empty, Cell::Moment),
        _ => Cell::Empty,
    }
}

/// Days since the last but one day of 1899, as spreadsheets count.
fn moment(days: f64) -> Option<DateTime> {
    if !(0.0..100_000.0).contains(&days) {
        return None;
    }
    #[expect(clippy::cast_possible_truncation, reason = "below a hundred thousand days")]
    let seconds = (days * 86_400.0).round() as i64;
    let begun = jiff::civil::date(1899, 12, 30).at(0, 0, 0, 0);
    begun.checked_add(jiff::SignedDuration::from_secs(seconds)).ok()
}

/// What the parts of a ZIP file say that they take unpacked, from its central directory.
fn unpacked(file: &[u8]) -> u64 {
    const ENTRY: &[u8] = b"PK\x01\x02";
    let mut sum = 0_u64;
    let mut at = 0;
    while let Some(found) = file[at..].windows(4).position(|window| window == ENTRY) {
        at += found;
        if let Some(size) = file.get(at + 24..at + 28).and_then(|b| b.try_into().ok()) {
            sum = sum.saturating_add(u64::from(u32::from_le_bytes(size)));
        }
        at += 4;
    }
    sum
}

fn clipped(text: &str) -> String {
    text.chars().take(CELL_LETTERS_MAX).collect()
}
