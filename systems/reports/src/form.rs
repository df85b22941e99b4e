//! A form of reports: tables of fixed and repeating rows whose cells an indicator can fill, prose
//! whose figures are bound, and the rules that hold between them. A text that a person without
//! programming can change.

mod binding;
mod load;
mod options;
mod rule;

use std::collections::HashMap;

use jiff::civil::Date;

use crate::number::Number;

pub use binding::{Binding, Piece, pieces};
pub use load::{SPOKEN, load};
pub use options::Options;
pub use rule::{Of, Ordering, Rule, Severity, Sum, Term, Test};

kernel::words! {
    /// What a cell holds.
    CellKind {
        /// A whole number.
        Count = "count",
        /// A number with a fraction.
        Decimal = "decimal",
        /// Hundredths.
        Percent = "percent",
        /// Việt Nam đồng.
        Dong = "dong",
        /// Words.
        Text = "text",
    }
}

impl CellKind {
    /// Whether it holds a number.
    #[must_use]
    pub const fn is_number(self) -> bool {
        !matches!(self, Self::Text)
    }

    /// Whether the numbers of several units can be added up.
    #[must_use]
    pub const fn adds_up(self) -> bool {
        matches!(self, Self::Count | Self::Decimal | Self::Dong)
    }
}

/// A form, whole and checked.
#[derive(Debug, Clone)]
pub struct Form {
    /// Its code: `tthc-thang`.
    pub code: String,
    /// Which version of its text it is.
    pub version: u32,
    /// Its name: what stands above the report.
    pub name: String,
    /// Its name in English.
    pub name_en: String,
    /// The laws that prescribe it.
    pub legal_basis: Vec<String>,
    /// How it is filled in, in words.
    pub guidance: String,
    /// First day in force.
    pub valid_from: Date,
    /// Its tables.
    pub tables: Vec<Table>,
    /// Its prose, in the order of the report; the tables stand behind it.
    pub parts: Vec<Part>,
    /// The rules between its cells.
    pub rules: Vec<Rule>,
    /// The cells of its fixed rows, table by table, row by row.
    pub cells: Vec<Cell>,
    places: HashMap<String, usize>,
}

/// A table.
#[derive(Debug, Clone)]
pub struct Table {
    /// Its identifier.
    pub id: String,
    /// Its name.
    pub title: String,
    /// What stands above the names of rows.
    pub head: String,
    /// Its columns.
    pub columns: Vec<Column>,
    /// Its fixed rows: identifier and name.
    pub rows: Vec<(String, String)>,
    /// At most so many rows that whoever writes adds; none where all rows are fixed.
    pub repeat: Option<u16>,
}

/// A column.
#[derive(Debug, Clone)]
pub struct Column {
    /// Its identifier.
    pub id: String,
    /// Its name.
    pub title: String,
    /// What its cells hold.
    pub kind: CellKind,
    /// In which unit.
    pub unit: String,
    /// What may be chosen, of words that are.
    pub options: Option<Options>,
}

/// A cell of a fixed row.
#[derive(Debug, Clone)]
pub struct Cell {
    /// Its name: `tong-hop.tiep-nhan.so`.
    pub id: String,
    /// What people call it: row and column.
    pub label: String,
    /// What it holds.
    pub kind: CellKind,
    /// In which unit.
    pub unit: String,
    /// What may be chosen, of words that are.
    pub options: Option<Options>,
    /// Where its value comes from.
    pub fill: Fill,
    /// Whether a report without it is not sent.
    pub required: bool,
}

/// Where the value of a cell comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fill {
    /// Whoever writes the report.
    Typed,
    /// An indicator.
    Figure(Binding),
    /// The share of one cell in another one, in hundredths.
    Share {
        /// The place of the part.
        part: usize,
        /// The place of the whole.
        whole: usize,
    },
    /// The sum of other cells.
    Sum(Sum),
}

impl Fill {
    /// Whether it follows from other cells of the report, and is kept nowhere.
    #[must_use]
    pub const fn follows(&self) -> bool {
        matches!(self, Self::Share { .. } | Self::Sum(_))
    }

    /// The value that follows from those of other cells; none where nothing does.
    pub fn value(&self, get: impl Fn(usize) -> Option<Number>) -> Option<Number> {
        match self {
            Self::Share { part, whole } => get(*part)?.percent_of(get(*whole)?),
            Self::Sum(sum) => sum.value(get),
            Self::Typed | Self::Figure(_) => None,
        }
    }

    /// The cells that it follows from.
    #[must_use]
    pub fn cells(&self) -> Vec<usize> {
        match self {
            Self::Share { part, whole } => vec![*part, *whole],
            Self::Sum(sum) => sum.cells().collect(),
            Self::Typed | Self::Figure(_) => Vec::new(),
        }
    }
}

/// A piece of prose.
#[derive(Debug, Clone)]
pub struct Part {
    /// Its identifier.
    pub id: String,
    /// Its heading.
    pub title: String,
    /// The words that stand there by themselves, with figures in braces.
    pub text: String,
    /// What whoever writes is asked to say; none where nothing is added.
    pub ask: Option<String>,
    /// Whether a report without an answer is not sent.
    pub required: bool,
}

impl Form {
    /// The place of a cell.
    #[must_use]
    pub fn place(&self, id: &str) -> Option<usize> {
        self.places.get(id).copied()
    }

    /// The cell of a name, where it stands in a fixed row.
    #[must_use]
    pub fn cell(&self, id: &str) -> Option<&Cell> {
        self.place(id).map(|at| &self.cells[at])
    }

    /// What the cell of a name holds and what people call it, repeating rows included.
    #[must_use]
    pub fn described(&self, id: &str) -> Option<(CellKind, String)> {
        if let Some(cell) = self.cell(id) {
            return Some((cell.kind, cell.label.clone()));
        }
        let (table, row, column) = self.repeating(id)?;
        Some((column.kind, format!("{} {row}, {}", table.title, column.title)))
    }

    /// What may be chosen in the cell of a name, where something is.
    #[must_use]
    pub fn options(&self, id: &str) -> Option<&Options> {
        match self.cell(id) {
            Some(cell) => cell.options.as_ref(),
            None => self.repeating(id)?.2.options.as_ref(),
        }
    }

    /// The table, the number of the row from 1 and the column of a cell of a repeating row.
    #[must_use]
    pub fn repeating(&self, id: &str) -> Option<(&Table, u16, &Column)> {
        let mut parts = id.split('.');
        let (table, row, column) = (parts.next()?, parts.next()?, parts.next()?);
        let table = self.tables.iter().find(|of| of.id == table)?;
        let row: u16 =
            row.parse().ok().filter(|row| (1..=table.repeat.unwrap_or(0)).contains(row))?;
        let column = table.columns.iter().find(|of| of.id == column)?;
        parts.next().is_none().then_some((table, row, column))
    }

    /// Every indicator that fills a cell or stands in its prose.
    pub fn bindings(&self) -> impl Iterator<Item = &Binding> {
        self.cells.iter().filter_map(|cell| match &cell.fill {
            Fill::Figure(binding) => Some(binding),
            _ => None,
        })
    }

    /// Whether some of its rules need the values of others, or of the last period.
    #[must_use]
    pub fn looks_beside(&self) -> bool {
        self.rules
            .iter()
            .any(|rule| matches!(rule.test, Test::Outlier { .. } | Test::Change { .. }))
    }
}
