//! An XLSForm: a group becomes a table with a row for each question, a repeat a table whose rows
//! repeat, a text question outside of both a piece of prose. Choices, sums, shares and constraints
//! go along; whatever our forms cannot say is noted by its row.

mod expression;
mod survey;
mod tables;
mod token;

use std::{collections::BTreeMap, fmt::Write as _};

use super::{Grid, Imported, Note, NoteKind, begin, id, quoted};
use crate::{form::CellKind, number::Number};
use expression::{Comparison, Linear, Value};
use tables::{Holds, Line, Sorted, Table};
use token::SELF;

/// The one column of a group.
const VALUE: &str = "gia-tri";
/// Rows that a repeat may have.
const REPEAT: u16 = 50;

/// The text of a form; none where the survey asks nothing.
pub(super) fn form(survey: &Grid, choices: &Grid, settings: &Grid) -> Option<Imported> {
    let mut notes = Vec::new();
    let questions = survey::questions(survey, &mut notes)?;
    let mut sorted = tables::sort(questions, &survey::choices(choices), &mut notes);
    settle(&mut sorted, &mut notes);
    let title = survey::setting(settings, "form_title").unwrap_or_else(|| "Biểu mẫu".to_owned());
    let code = survey::setting(settings, "form_id").unwrap_or_else(|| title.clone());
    let mut text = begin(&id(&code, &mut Vec::new()), &title);
    for (id, asked) in &sorted.parts {
        let (id, title) = (quoted(id), quoted(&asked.label));
        // Writing to a string cannot fail.
        let _ = write!(
            text,
            "\n[[part]]\nid = {id}\ntitle = {title}\nask = {title}\nrequired = {}\n",
            asked.required
        );
    }
    for table in &sorted.tables {
        write_table(&mut text, table);
    }
    rules(&mut text, &sorted, &mut notes);
    notes.sort_by_key(|note| note.row);
    let empty = sorted.parts.is_empty() && sorted.tables.is_empty();
    (!empty).then_some(Imported { text, notes })
}

/// Leaves out every calculation that our forms cannot say, and notes it.
fn settle(sorted: &mut Sorted, notes: &mut Vec<Note>) {
    for table in &mut sorted.tables {
        let said: Vec<bool> = table
            .lines
            .iter()
            .map(|line| !is_computed(line) || follows(table, line).is_some())
            .collect();
        let mut said = said.into_iter();
        table.lines.retain(|line| {
            let keeps = said.next().unwrap_or(true);
            if !keeps {
                let (row, about) = (line.asked.row, line.asked.calculation.clone());
                notes.push(Note { row, kind: NoteKind::Calculation, about });
            }
            keeps
        });
    }
    sorted.tables.retain(|table| !table.lines.is_empty());
}

const fn is_computed(line: &Line) -> bool {
    matches!(line.holds, Holds::Computed)
}

/// A calculation as a line of a form has it: of rows of its own table that are typed.
fn follows(table: &Table, line: &Line) -> Option<String> {
    if table.repeats {
        return None;
    }
    let row = |name: &str| {
        let is_number = |holds: &Holds| matches!(holds, Holds::Plain(kind) if kind.is_number());
        let mut lines = table.lines.iter();
        lines.find(|of| of.asked.name == name && is_number(&of.holds)).map(|of| of.id.as_str())
    };
    match expression::calculation(&line.asked.calculation)? {
        // A sum of a form begins with something, and has no number by itself.
        Value::Linear(sum)
            if sum.constant == Number::ZERO && sum.terms.values().any(|n| *n > Number::ZERO) =>
        {
            let sum = spoken(&sum, |name| row(name).map(str::to_owned))?;
            Some(format!("kind = \"decimal\"\nsum = {}\n", quoted(&sum)))
        }
        Value::Ratio(part, whole, times) => {
            // 100 may stand with the part, or around the whole of it.
            let part = expression::scaled(part, times, Number::whole(100))?;
            let (part, whole) = (row(part.alone()?)?, row(whole.alone()?)?);
            (part != whole).then(|| format!("share = [{}, {}]\n", quoted(part), quoted(whole)))
        }
        Value::Linear(_) => None,
    }
}

/// A sum as our rules write it; none where a name is unknown.
fn spoken(sum: &Linear, cell: impl Fn(&str) -> Option<String>) -> Option<String> {
    let mut out = String::new();
    let negative = |n: Number| n < Number::ZERO;
    let mut add = |factor: Number, name: Option<String>| {
        let size = if negative(factor) { factor.times(Number::whole(-1)) } else { factor };
        out.push_str(match (out.is_empty(), negative(factor)) {
            (true, false) => "",
            (true, true) => "0 - ",
            (false, false) => " + ",
            (false, true) => " - ",
        });
        match name {
            Some(name) if size == Number::whole(1) => out.push_str(&name),
            Some(name) => out.push_str(&format!("{} * {name}", size.to_plain())),
            None => out.push_str(&size.to_plain()),
        }
    };
    // What is added first, so that no sum begins with a minus where it need not.
    let mut terms: Vec<(&String, &Number)> = sum.terms.iter().collect();
    terms.sort_by_key(|(_, factor)| negative(**factor));
    for (name, factor) in terms {
        add(*factor, Some(cell(name)?));
    }
    if sum.constant != Number::ZERO || sum.terms.is_empty() {
        add(sum.constant, None);
    }
    Some(out)
}

fn write_table(out: &mut String, table: &Table) {
    // Writing to a string cannot fail.
    let _ =
        write!(out, "\n[[table]]\nid = {}\ntitle = {}\n", quoted(&table.id), quoted(&table.title));
    let what = if table.repeats {
        let _ = writeln!(out, "repeat = {REPEAT}");
        "column"
    } else {
        let _ = write!(out, "\n[[table.column]]\nid = \"{VALUE}\"\ntitle = \"Giá trị\"\n");
        "row"
    };
    for line in &table.lines {
        let (id, title) = (quoted(&line.id), quoted(&line.asked.label));
        let _ = write!(out, "\n[[table.{what}]]\nid = {id}\ntitle = {title}\n");
        match &line.holds {
            Holds::Plain(kind) => {
                let _ = writeln!(out, "kind = \"{}\"", kind.word());
            }
            Holds::Chosen(options) => {
                let pair = |(code, label): &(String, String)| {
                    format!("[{}, {}]", quoted(code), quoted(label))
                };
                let all: Vec<String> = options.all.iter().map(pair).collect();
                let kind = CellKind::Text.word();
                let _ = writeln!(out, "kind = \"{kind}\"\noptions = [{}]", all.join(", "));
                if options.multiple {
                    out.push_str("multiple = true\n");
                }
            }
            Holds::Computed => out.push_str(&follows(table, line).unwrap_or_default()),
        }
        if !table.repeats {
            let _ = writeln!(out, "required = {}", line.asked.required);
        }
    }
}

/// The constraints as rules; what our rules cannot say is noted.
fn rules(out: &mut String, sorted: &Sorted, notes: &mut Vec<Note>) {
    let fixed = sorted.tables.iter().filter(|table| !table.repeats);
    let fixed = fixed.flat_map(|table| table.lines.iter().map(move |line| (table, line)));
    // A name that stands there twice names nothing.
    let mut cells: BTreeMap<&str, Option<String>> = BTreeMap::new();
    for (table, line) in fixed.filter(|(_, line)| is_number(line)) {
        let known = cells.contains_key(line.asked.name.as_str());
        cells.insert(&line.asked.name, (!known).then(|| cell_of(table, line)));
    }
    let mut number = 0;
    let lines = sorted.tables.iter().flat_map(|table| table.lines.iter().map(move |l| (table, l)));
    for (table, line) in lines.filter(|(_, line)| !line.asked.constraint.is_empty()) {
        let asked = &line.asked;
        let own = (!table.repeats && is_number(line)).then(|| cell_of(table, line));
        let cell = |name: &str| match name {
            SELF => own.clone(),
            name => cells.get(name).cloned().flatten(),
        };
        let Some(checks) = checks(&asked.constraint, cell) else {
            let about = asked.constraint.clone();
            notes.push(Note { row: asked.row, kind: NoteKind::Constraint, about });
            continue;
        };
        let explain = if asked.message.is_empty() {
            format!("{}: {}", asked.label, asked.constraint)
        } else {
            asked.message.clone()
        };
        for check in checks {
            number += 1;
            // Writing to a string cannot fail.
            let _ = write!(
                out,
                "\n[[rule]]\nid = \"rang-buoc-{number}\"\nexplain = {}\ncheck = {}\n",
                quoted(&explain),
                quoted(&check)
            );
        }
    }
}

fn cell_of(table: &Table, line: &Line) -> String {
    format!("{}.{}.{VALUE}", table.id, line.id)
}

const fn is_number(line: &Line) -> bool {
    match &line.holds {
        Holds::Plain(kind) => kind.is_number(),
        Holds::Chosen(_) => false,
        Holds::Computed => true,
    }
}

/// A constraint as checks of our rules; none where they cannot say all of it.
fn checks(constraint: &str, cell: impl Fn(&str) -> Option<String>) -> Option<Vec<String>> {
    let one = |of: Comparison| {
        let (left, right) = (spoken(&of.left, &cell)?, spoken(&of.right, &cell)?);
        Some(format!("{left} {} {right}", of.sign))
    };
    expression::constraint(constraint)?.into_iter().map(one).collect()
}
