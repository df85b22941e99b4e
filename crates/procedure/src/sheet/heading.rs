//! Which column is which, by the words in its heading.

use kernel::fold;

use super::grid::Grid;

/// The unit that a bare number has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TimeUnit {
    Minutes,
    Hours,
    Days,
}

/// The row of the headings, and what stands in which column.
#[derive(Debug)]
pub(super) struct Columns {
    pub(super) row: u32,
    pub(super) step: Option<u32>,
    pub(super) who: u32,
    pub(super) what: u32,
    pub(super) hours: u32,
    pub(super) output: Option<u32>,
    pub(super) unit: Option<TimeUnit>,
}

/// Headings stand in the first rows, under the title of the paper.
const HEADING_ROWS_MAX: u32 = 60;

pub(super) fn find(grid: &Grid) -> Option<Columns> {
    (0..grid.rows().min(HEADING_ROWS_MAX)).find_map(|row| at(grid, row))
}

fn at(grid: &Grid, row: u32) -> Option<Columns> {
    let (mut step, mut who, mut what, mut hours, mut output) = (None, None, None, None, None);
    let mut unit = None;
    for (column, text) in grid.cells(row) {
        let text = fold(text);
        if text.len() > 80 {
            continue;
        }
        let has = |words: &[&str]| words.iter().any(|word| text.contains(word));
        // From the most telling words to the least: "Đơn vị thực hiện" is who, though
        // "Nội dung thực hiện" is what.
        if has(&["trach nhiem", "don vi", "nguoi thuc hien", "co quan", "chuc danh", "bo phan"]) {
            who = who.or(Some(column));
        } else if has(&["thoi gian", "thoi han"]) {
            hours = hours.or(Some(column));
            unit = unit.or_else(|| time_unit(&text));
        } else if has(&["ket qua", "bieu mau", "san pham", "ho so"]) {
            output = output.or(Some(column));
        } else if has(&["noi dung", "cong viec", "trinh tu thuc hien", "mo ta"]) {
            what = what.or(Some(column));
        } else if has(&["buoc", "stt", "trinh tu"]) || text == "tt" {
            step = step.or(Some(column));
        }
    }
    // Where the work has no column of its own, the step's column says it.
    let what = what.or(step)?;
    Some(Columns { row, step, who: who?, what, hours: hours?, output, unit })
}

/// "Thời gian (giờ)"
pub(super) fn time_unit(folded: &str) -> Option<TimeUnit> {
    folded.split(' ').find_map(|word| match word {
        "gio" | "h" => Some(TimeUnit::Hours),
        "ngay" => Some(TimeUnit::Days),
        "phut" => Some(TimeUnit::Minutes),
        _ => None,
    })
}
