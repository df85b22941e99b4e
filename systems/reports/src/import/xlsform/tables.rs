//! Groups and repeats become tables, their questions rows or columns.

use super::{
    super::{Note, NoteKind, id},
    survey::{Choices, Question},
};
use crate::form::{CellKind, Options};

/// A table as it will be written.
#[derive(Debug)]
pub(super) struct Table {
    pub(super) id: String,
    pub(super) title: String,
    pub(super) repeats: bool,
    pub(super) lines: Vec<Line>,
    taken: Vec<String>,
}

/// A row of a group, or a column of a repeat.
#[derive(Debug)]
pub(super) struct Line {
    pub(super) id: String,
    pub(super) asked: Question,
    pub(super) holds: Holds,
}

/// What its cell holds.
#[derive(Debug)]
pub(super) enum Holds {
    Plain(CellKind),
    Chosen(Options),
    Computed,
}

/// The survey, sorted.
#[derive(Debug, Default)]
pub(super) struct Sorted {
    /// Text questions outside of every group.
    pub(super) parts: Vec<(String, Question)>,
    pub(super) tables: Vec<Table>,
}

/// Sorts questions into tables and prose; what our forms have no cell for is noted.
pub(super) fn sort(questions: Vec<Question>, choices: &Choices, notes: &mut Vec<Note>) -> Sorted {
    let mut sorted = Sorted::default();
    let mut taken = Vec::new();
    let mut loose = Table::of("chung", "Thông tin chung", false, &mut taken);
    // Which tables are open, the innermost last.
    let mut open: Vec<usize> = Vec::new();
    for asked in questions {
        match asked.kind.replace(' ', "_").as_str() {
            kind @ ("begin_group" | "begin_repeat") => {
                let inside = open.last().is_some_and(|at| sorted.tables[*at].repeats);
                if inside {
                    note(notes, &asked, NoteKind::Nested, &asked.name);
                }
                let repeats = kind == "begin_repeat" || inside;
                open.push(sorted.tables.len());
                sorted.tables.push(Table::of(&asked.name, &asked.label, repeats, &mut taken));
            }
            "end_group" | "end_repeat" => drop(open.pop()),
            "text" if open.is_empty() => {
                if !asked.constraint.is_empty() {
                    note(notes, &asked, NoteKind::Constraint, &asked.constraint);
                }
                sorted.parts.push((id(&asked.name, &mut taken), asked));
            }
            _ => {
                let table = match open.last() {
                    Some(at) => &mut sorted.tables[*at],
                    None => &mut loose,
                };
                if let Some(holds) = holds(&asked, choices, notes) {
                    let id = id(&asked.name, &mut table.taken);
                    table.lines.push(Line { id, asked, holds });
                }
            }
        }
    }
    sorted.tables.push(loose);
    sorted.tables.retain(|table| !table.lines.is_empty());
    sorted
}

impl Table {
    fn of(name: &str, title: &str, repeats: bool, taken: &mut Vec<String>) -> Self {
        let (id, title) = (id(name, taken), title.to_owned());
        Self { id, title, repeats, lines: Vec::new(), taken: Vec::new() }
    }
}

fn note(notes: &mut Vec<Note>, asked: &Question, kind: NoteKind, about: &str) {
    notes.push(Note { row: asked.row, kind, about: about.to_owned() });
}

/// What the cell of a question holds; none where it asks nothing, or what no cell holds.
fn holds(asked: &Question, choices: &Choices, notes: &mut Vec<Note>) -> Option<Holds> {
    let (kind, list) = asked.kind.split_once(' ').unwrap_or((asked.kind.as_str(), ""));
    Some(match kind {
        "integer" => Holds::Plain(CellKind::Count),
        "decimal" | "range" => Holds::Plain(CellKind::Decimal),
        "text" => Holds::Plain(CellKind::Text),
        "date" | "time" | "datetime" | "dateTime" => {
            note(notes, asked, NoteKind::AsWords, &asked.kind);
            Holds::Plain(CellKind::Text)
        }
        "select_one" | "select_multiple" => {
            let (list, more) = list.split_once(' ').unwrap_or((list, ""));
            if !more.is_empty() {
                note(notes, asked, NoteKind::Beyond, more);
            }
            let all = choices.get(list).cloned().unwrap_or_default();
            match Options::of(all, kind == "select_multiple") {
                Some(options) => Holds::Chosen(options),
                None => {
                    note(notes, asked, NoteKind::Choices, list);
                    Holds::Plain(CellKind::Text)
                }
            }
        }
        "calculate" => Holds::Computed,
        // What is noted down by the device, or only shown.
        "start" | "end" | "today" | "deviceid" | "username" | "note" => return None,
        other => {
            note(notes, asked, NoteKind::Kind, other);
            return None;
        }
    })
}
