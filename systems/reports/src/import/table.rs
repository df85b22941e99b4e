//! A table as offices draw it: perhaps a name above, a line of heads, a line for each row.

use std::fmt::Write as _;

use kernel::fold;

use super::{Grid, begin, id, quoted};
use crate::form::CellKind;

/// The text of a form with one table; none where there is no line of heads with rows below.
pub(super) fn form(name: &str, grid: &Grid) -> Option<String> {
    let filled = |row: &[String]| row.iter().filter(|cell| !cell.is_empty()).count();
    let head = grid.iter().position(|row| filled(row) >= 2)?;
    let title = grid[..head].iter().flatten().find(|cell| !cell.is_empty());
    let title = title.map_or(name, String::as_str);
    let heads = &grid[head];
    let rows: Vec<&Vec<String>> = grid[head + 1..]
        .iter()
        .filter(|row| row.first().is_some_and(|cell| !cell.is_empty()))
        .collect();
    let columns: Vec<(usize, &String)> =
        heads.iter().enumerate().skip(1).filter(|(_, head)| !head.is_empty()).collect();
    if rows.is_empty() || columns.is_empty() {
        return None;
    }
    let mut out = begin(&id(title, &mut Vec::new()), title);
    // Writing to a string cannot fail.
    let table = id(name, &mut Vec::new());
    let _ = write!(
        out,
        "\n[[table]]\nid = {}\ntitle = {}\nhead = {}\n",
        quoted(&table),
        quoted(name),
        quoted(heads.first().map_or("", String::as_str))
    );
    let mut taken = Vec::new();
    for (_, head) in columns {
        let kind = kind_of(head);
        let _ = write!(
            out,
            "\n[[table.column]]\nid = {}\ntitle = {}\nkind = {}\n",
            quoted(&id(head, &mut taken)),
            quoted(head),
            quoted(kind.word())
        );
        if kind == CellKind::Text {
            out.push_str("required = false\n");
        }
    }
    taken.clear();
    for row in rows {
        let (id, title) = (quoted(&id(&row[0], &mut taken)), quoted(&row[0]));
        let _ = write!(out, "\n[[table.row]]\nid = {id}\ntitle = {title}\n");
    }
    Some(out)
}

/// What a column seems to hold, by its head.
fn kind_of(head: &str) -> CellKind {
    let folded = fold(head);
    let says = |words: &[&str]| words.iter().any(|word| folded.contains(word));
    if head.contains('%') || says(&["ty le", "ti le"]) {
        CellKind::Percent
    } else if says(&["ghi chu", "noi dung", "ly do", "nhan xet"]) {
        CellKind::Text
    } else if says(&["dong", "kinh phi", "so tien"]) {
        CellKind::Dong
    } else {
        CellKind::Count
    }
}
