//! An XLSForm: a group becomes a table with a row for each question, a repeat a table whose rows
//! repeat, a text question outside of both a piece of prose.

use std::fmt::Write as _;

use super::{Grid, begin, id, quoted};

/// The one column of a group.
const VALUE: &str = "\n[[table.column]]\nid = \"gia-tri\"\ntitle = \"Giá trị\"\n";
/// Rows that a repeat may have.
const REPEAT: u16 = 50;

struct Question<'g> {
    kind: &'g str,
    name: &'g str,
    label: &'g str,
    required: bool,
}

/// The text of a form; none where the survey asks nothing.
pub(super) fn form(survey: &Grid, settings: &Grid) -> Option<String> {
    let heads = survey.first()?;
    let at = |name: &str| heads.iter().position(|head| head == name);
    let label = at("label").or_else(|| heads.iter().position(|h| h.starts_with("label")));
    let (kind, name) = (at("type")?, at("name")?);
    let required = at("required");
    let cell = |row: &'_ [String], at: Option<usize>| -> String {
        at.and_then(|at| row.get(at)).cloned().unwrap_or_default()
    };
    let rows: Vec<[String; 4]> = survey[1..]
        .iter()
        .map(|row| {
            [cell(row, Some(kind)), cell(row, Some(name)), cell(row, label), cell(row, required)]
        })
        .collect();
    let setting = |name: &str| {
        let at = settings.first()?.iter().position(|head| head == name)?;
        settings.get(1)?.get(at).filter(|text| !text.is_empty()).cloned()
    };
    let title = setting("form_title").unwrap_or_else(|| "Biểu mẫu".to_owned());
    let code = id(&setting("form_id").unwrap_or_else(|| title.clone()), &mut Vec::new());
    let (mut parts, mut tables) = (String::new(), String::new());
    let mut taken = Vec::new();
    let mut group: Option<(bool, String)> = None;
    let mut loose: Vec<usize> = Vec::new();
    let mut rows_taken = Vec::new();
    for (n, row) in rows.iter().enumerate() {
        let [kind, name, label, required] = row;
        let kind = kind.replace(' ', "_");
        let question = Question {
            kind: &kind,
            name,
            label: if label.is_empty() { name } else { label },
            required: matches!(required.as_str(), "yes" | "true" | "TRUE" | "true()"),
        };
        match kind.as_str() {
            "begin_group" | "begin_repeat" => {
                let repeats = kind == "begin_repeat";
                let id = id(name, &mut taken);
                rows_taken.clear();
                open(&mut tables, &id, question.label, repeats);
                group = Some((repeats, id));
            }
            "end_group" | "end_repeat" => group = None,
            _ => match &group {
                Some((repeats, _)) => ask(&mut tables, &question, *repeats, &mut rows_taken),
                None if kind == "text" => part(&mut parts, &question, &mut taken),
                None => loose.push(n),
            },
        }
    }
    if !loose.is_empty() {
        rows_taken.clear();
        open(&mut tables, &id("chung", &mut taken), "Thông tin chung", false);
        for [kind, name, label, required] in loose.iter().map(|n| &rows[*n]) {
            let label = if label.is_empty() { name } else { label };
            let required = matches!(required.as_str(), "yes" | "true" | "TRUE" | "true()");
            ask(&mut tables, &Question { kind, name, label, required }, false, &mut rows_taken);
        }
    }
    let empty = parts.is_empty() && tables.is_empty();
    (!empty).then(|| format!("{}{parts}{tables}", begin(&code, &title)))
}

fn open(out: &mut String, id: &str, title: &str, repeats: bool) {
    // Writing to a string cannot fail.
    let _ = write!(out, "\n[[table]]\nid = {}\ntitle = {}\n", quoted(id), quoted(title));
    if repeats {
        let _ = writeln!(out, "repeat = {REPEAT}");
    } else {
        out.push_str(VALUE);
    }
}

/// A question as a row of a group, or a column of a repeat; what asks nothing is left out.
fn ask(out: &mut String, question: &Question<'_>, repeats: bool, taken: &mut Vec<String>) {
    let kind = match question.kind {
        "integer" => "count",
        "decimal" | "range" => "decimal",
        "note" | "calculate" | "start" | "end" | "" => return,
        _ => "text",
    };
    let what = if repeats { "column" } else { "row" };
    let (id, title) = (quoted(&id(question.name, taken)), quoted(question.label));
    let _ = write!(out, "\n[[table.{what}]]\nid = {id}\ntitle = {title}\nkind = \"{kind}\"\n");
    if !repeats {
        let _ = writeln!(out, "required = {}", question.required);
    }
}

fn part(out: &mut String, question: &Question<'_>, taken: &mut Vec<String>) {
    let (id, title) = (quoted(&id(question.name, taken)), quoted(question.label));
    let required = question.required;
    let _ = write!(
        out,
        "\n[[part]]\nid = {id}\ntitle = {title}\nask = {title}\nrequired = {required}\n"
    );
}
