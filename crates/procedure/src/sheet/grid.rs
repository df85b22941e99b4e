//! The cells of a sheet as text, with its merged regions.

use std::{
    collections::BTreeMap,
    io::{Read, Seek},
};

use calamine::{DataRef, Dimensions, Reader, Xlsx};

use super::SheetError;

/// More rows and columns than a process has are not read.
const ROWS_MAX: u32 = 2000;
const COLUMNS_MAX: u32 = 60;
const SHEETS_MAX: usize = 20;

/// A sheet. Rows and columns count from 0.
pub(super) struct Grid {
    cells: BTreeMap<(u32, u32), String>,
    merges: Vec<Dimensions>,
}

pub(super) fn read(source: impl Read + Seek) -> Result<Vec<Grid>, SheetError> {
    let broken = |error: calamine::XlsxError| SheetError::NotWorkbook(error.to_string());
    let mut book = Xlsx::new(source).map_err(broken)?;
    let mut grids = Vec::new();
    for name in book.sheet_names().into_iter().take(SHEETS_MAX) {
        let merges = book.merge_cells_by_sheet_name(&name).unwrap_or_default();
        // A sheet of another kind (a chart) has no cells to read.
        let Ok(mut reader) = book.worksheet_cells_reader(&name) else { continue };
        let mut cells = BTreeMap::new();
        // Cell by cell: a range would allot room up to the farthest cell of a hostile file.
        while let Some(cell) = reader.next_cell().map_err(broken)? {
            let (row, column) = cell.get_position();
            if row >= ROWS_MAX {
                break;
            }
            let text = text(cell.get_value());
            if column < COLUMNS_MAX && !text.is_empty() {
                cells.insert((row, column), text);
            }
        }
        grids.push(Grid { cells, merges });
    }
    Ok(grids)
}

fn text(value: &DataRef<'_>) -> String {
    match value {
        DataRef::String(text) => kernel::nfc(text),
        DataRef::SharedString(text) => kernel::nfc(text),
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(number) => number.to_string(),
        _ => String::new(),
    }
}

impl Grid {
    /// How many rows there are.
    pub(super) fn rows(&self) -> u32 {
        self.cells.last_key_value().map_or(0, |((row, _), _)| row + 1)
    }

    /// The text of a cell itself.
    pub(super) fn text(&self, row: u32, column: u32) -> &str {
        self.cells.get(&(row, column)).map_or("", String::as_str)
    }

    /// The text of a cell, or of the merged cell that covers it.
    pub(super) fn merged_text(&self, row: u32, column: u32) -> &str {
        let (row, column) = self.merge(row, column).map_or((row, column), |merge| merge.start);
        self.text(row, column)
    }

    /// The cells of a row that have text.
    pub(super) fn cells(&self, row: u32) -> impl Iterator<Item = (u32, &str)> {
        let range = self.cells.range((row, 0)..(row + 1, 0));
        range.map(|((_, column), text)| (*column, text.as_str()))
    }

    /// The whole row as one line of text.
    pub(super) fn line(&self, row: u32) -> String {
        self.cells(row).map(|(_, text)| text).collect::<Vec<_>>().join(" ")
    }

    /// Whether a merged cell that began in a row above covers this one.
    pub(super) fn continues(&self, row: u32, column: u32) -> bool {
        self.merge(row, column).is_some_and(|merge| merge.start.0 < row)
    }

    /// The last row of the merged cell that covers this one, or the row itself.
    pub(super) fn merge_end(&self, row: u32, column: u32) -> u32 {
        self.merge(row, column).map_or(row, |merge| merge.end.0)
    }

    fn merge(&self, row: u32, column: u32) -> Option<&Dimensions> {
        self.merges.iter().find(|merge| merge.contains(row, column))
    }
}
