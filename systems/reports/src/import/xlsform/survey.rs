//! The worksheets of an XLSForm, read by the heads of their columns.

use std::collections::BTreeMap;

use super::super::{Grid, Note, NoteKind};

/// One line of the worksheet `survey`.
#[derive(Debug, Clone)]
pub(super) struct Question {
    /// In which row of the worksheet.
    pub(super) row: usize,
    /// `integer`, `select_one LIST`, `begin_group`, …
    pub(super) kind: String,
    pub(super) name: String,
    pub(super) label: String,
    pub(super) required: bool,
    pub(super) calculation: String,
    pub(super) constraint: String,
    /// What is said where the constraint does not hold.
    pub(super) message: String,
}

/// Choices by the name of their list: code and label.
pub(super) type Choices = BTreeMap<String, Vec<(String, String)>>;

/// Columns that ask for more than a form of ours can do.
const BEYOND: [&str; 5] = ["relevant", "choice_filter", "repeat_count", "trigger", "default"];

struct Sheet<'g> {
    heads: &'g [String],
    rows: &'g [Vec<String>],
}

impl<'g> Sheet<'g> {
    fn of(grid: &'g Grid) -> Self {
        match grid.split_first() {
            Some((heads, rows)) => Self { heads, rows },
            None => Self { heads: &[], rows: &[] },
        }
    }

    /// The place of a column, in whichever language it is first.
    fn at(&self, name: &str) -> Option<usize> {
        let exact = self.heads.iter().position(|head| head == name);
        let prefix = format!("{name}::");
        exact.or_else(|| self.heads.iter().position(|head| head.starts_with(&prefix)))
    }

    fn text(&self, row: &[String], name: &str) -> String {
        self.at(name).and_then(|at| row.get(at)).cloned().unwrap_or_default()
    }
}

/// The questions; none where the worksheet has no column of types or of names.
pub(super) fn questions(grid: &Grid, notes: &mut Vec<Note>) -> Option<Vec<Question>> {
    let sheet = Sheet::of(grid);
    sheet.at("type").and(sheet.at("name"))?;
    let mut all = Vec::new();
    // The first row of a worksheet is that of its heads.
    for (number, row) in (2..).zip(sheet.rows) {
        let text = |name: &str| sheet.text(row, name);
        let kind = text("type").split_whitespace().collect::<Vec<_>>().join(" ");
        if kind.is_empty() {
            continue;
        }
        for column in BEYOND.iter().filter(|column| !text(column).is_empty()) {
            let about = format!("{column} = {}", text(column));
            notes.push(Note { row: number, kind: NoteKind::Beyond, about });
        }
        let required = text("required").to_lowercase();
        let yes = matches!(required.as_str(), "yes" | "true" | "true()");
        if !yes && !matches!(required.as_str(), "" | "no" | "false" | "false()") {
            let about = format!("required = {required}");
            notes.push(Note { row: number, kind: NoteKind::Beyond, about });
        }
        let (name, label) = (text("name"), text("label"));
        all.push(Question {
            row: number,
            kind,
            label: if label.is_empty() { name.clone() } else { label },
            name,
            required: yes,
            calculation: text("calculation"),
            constraint: text("constraint"),
            message: text("constraint_message"),
        });
    }
    Some(all)
}

/// The lists of choices.
pub(super) fn choices(grid: &Grid) -> Choices {
    let sheet = Sheet::of(grid);
    let list = if sheet.at("list_name").is_some() { "list_name" } else { "list name" };
    let mut all = Choices::new();
    for row in sheet.rows {
        let (list, code) = (sheet.text(row, list), sheet.text(row, "name"));
        if !list.is_empty() && !code.is_empty() {
            let label = sheet.text(row, "label");
            let label = if label.is_empty() { code.clone() } else { label };
            all.entry(list).or_default().push((code, label));
        }
    }
    all
}

/// What the worksheet `settings` says under a head.
pub(super) fn setting(grid: &Grid, name: &str) -> Option<String> {
    let sheet = Sheet::of(grid);
    let found = sheet.text(sheet.rows.first()?, name);
    Some(found).filter(|text| !text.is_empty())
}
