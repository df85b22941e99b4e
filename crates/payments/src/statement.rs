//! Statements of banks and gateways: files of lines, whose columns the configuration names.

mod amount;
mod moment;
mod table;

use kernel::Instant;
use serde::Deserialize;

pub use table::FORMATS;

use crate::{ConfigFault, arrivals::WORDS_LETTERS_MAX};

/// Bytes of a file.
pub const FILE_BYTES_MAX: usize = 20_000_000;
/// Lines of a file.
pub const LINES_MAX: usize = 100_000;

/// How the statements of one source look.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StatementSettings {
    /// Name of the source: of a gateway, or of the account whose statement it is.
    pub source: String,
    /// What people call it.
    pub title: String,
    /// The heading of each column.
    pub columns: Columns,
}

/// Headings, as they stand in the file; letters, marks and spaces are compared loosely.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Columns {
    /// Number of the transaction.
    pub number: String,
    /// Day, or day and time.
    pub paid_at: String,
    /// What came in.
    pub amount: String,
    /// The payer's words, in which the reference stands.
    pub words: String,
}

impl StatementSettings {
    /// Whether the settings can be used.
    ///
    /// # Errors
    /// [`ConfigFault::Name`].
    pub fn check(&self) -> Result<(), ConfigFault> {
        crate::check_name(&self.source)
    }
}

/// One line of a statement: money that came in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// The how-manieth row of the file, from 1, headings included.
    pub row: u32,
    /// Number of the transaction.
    pub number: String,
    /// When.
    pub paid_at: Instant,
    /// In đồng.
    pub amount: u64,
    /// The payer's words.
    pub words: String,
}

/// Why a file is refused; nothing of it was taken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum StatementFault {
    /// Neither CSV nor XLSX, or damaged.
    #[error("the file is neither CSV nor XLSX: {0}")]
    Format(String),
    /// Larger than may be.
    #[error("the file is larger than {FILE_BYTES_MAX} bytes")]
    TooLarge,
    /// More lines than may be.
    #[error("the file has more than {LINES_MAX} lines")]
    TooLong,
    /// A heading that the configuration names stands nowhere.
    #[error("no row has the headings {0:?}")]
    NoHeading(Vec<String>),
    /// A cell cannot be read.
    #[error("row {row}: {value:?} is no {what}")]
    Cell {
        /// Which row.
        row: u32,
        /// What it should be.
        what: &'static str,
        /// What it is.
        value: String,
    },
    /// A number stands twice with two amounts.
    #[error("row {row}: the transaction {number} stands twice with different amounts")]
    Twice {
        /// Which row.
        row: u32,
        /// Which number.
        number: String,
    },
    /// There is no line of money that came in.
    #[error("the file has no money that came in")]
    Empty,
}

/// Reads a statement whole, or refuses it whole. Rows above the headings, rows of money that
/// went out, and rows without a number (sums, signatures) are passed over.
///
/// # Errors
/// The [`StatementFault`] with the row.
pub fn read(settings: &StatementSettings, file: &[u8]) -> Result<Vec<Line>, StatementFault> {
    if file.len() > FILE_BYTES_MAX {
        return Err(StatementFault::TooLarge);
    }
    let rows = table::rows(file)?;
    let (at, columns) = heading(&settings.columns, &rows)?;
    let mut lines: Vec<Line> = Vec::new();
    let mut seen = std::collections::HashMap::new();
    for (index, row) in rows.iter().enumerate().skip(at + 1) {
        let number_of_row = u32::try_from(index + 1).unwrap_or(u32::MAX);
        let Some(line) = line(&columns, row, number_of_row)? else { continue };
        match seen.insert(line.number.clone(), line.amount) {
            None => lines.push(line),
            Some(amount) if amount == line.amount => {}
            Some(_) => {
                return Err(StatementFault::Twice { row: line.row, number: line.number });
            }
        }
    }
    if lines.is_empty() { Err(StatementFault::Empty) } else { Ok(lines) }
}

/// Where each column stands.
struct Places {
    number: usize,
    paid_at: usize,
    amount: usize,
    words: usize,
}

/// The first row that has every heading.
fn heading(
    columns: &Columns,
    rows: &[Vec<table::Cell>],
) -> Result<(usize, Places), StatementFault> {
    /// Statements begin with the bank's letterhead; headings come soon after.
    const LETTERHEAD_MAX: usize = 60;
    let wanted = [&columns.number, &columns.paid_at, &columns.amount, &columns.words];
    let wanted: Vec<String> = wanted.iter().map(|heading| kernel::fold(heading)).collect();
    for (at, row) in rows.iter().take(LETTERHEAD_MAX).enumerate() {
        let row: Vec<String> = row.iter().map(|cell| kernel::fold(&cell.text())).collect();
        let found: Vec<usize> =
            wanted.iter().filter_map(|heading| row.iter().position(|c| c == heading)).collect();
        if let [number, paid_at, amount, words] = found[..] {
            return Ok((at, Places { number, paid_at, amount, words }));
        }
    }
    let headings = [&columns.number, &columns.paid_at, &columns.amount, &columns.words];
    Err(StatementFault::NoHeading(headings.iter().map(|h| (*h).clone()).collect()))
}

fn line(
    places: &Places,
    row: &[table::Cell],
    number_of_row: u32,
) -> Result<Option<Line>, StatementFault> {
    let empty = table::Cell::Empty;
    let cell = |at: usize| row.get(at).unwrap_or(&empty);
    let number = cell(places.number).text();
    let (number, amount) = (number.trim(), cell(places.amount));
    if number.is_empty() || amount.text().trim().is_empty() {
        return Ok(None);
    }
    let fault = |what, cell: &table::Cell| {
        let value = cell.text().chars().take(60).collect();
        StatementFault::Cell { row: number_of_row, what, value }
    };
    let Some(amount) = amount::read(amount).ok_or_else(|| fault("amount", amount))? else {
        return Ok(None);
    };
    let paid_at = cell(places.paid_at);
    let paid_at = moment::read(paid_at).ok_or_else(|| fault("day", paid_at))?;
    if number.len() > 64 {
        return Err(fault("transaction number", cell(places.number)));
    }
    let words = cell(places.words).text().chars().take(WORDS_LETTERS_MAX).collect();
    Ok(Some(Line { row: number_of_row, number: number.to_owned(), paid_at, amount, words }))
}
