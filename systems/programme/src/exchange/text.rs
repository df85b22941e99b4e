//! A programme as TOML text.

use std::fmt::Write as _;

use directory::Directory;
use kernel::{AgencyId, PostId, today};
use toml::de::{DeTable, DeValue};

use super::raw::{At, Finding, GOAL, Item, PROGRAMME, Raw, TARGET, TASK, What};
use crate::{
    commands::better_word,
    measures::Standing,
    model::{Measure, Programme, Target, Task},
};

/// Reads the text.
///
/// # Errors
/// Where it is not TOML, and every field that is not known.
pub fn read_toml(text: &str) -> Result<Raw, Vec<Finding>> {
    let table = DeTable::parse(text).map_err(|error| {
        let at = error.span().map_or(1, |span| line(text, span.start));
        vec![Finding::at(at, What::Syntax(error.message().to_owned()))]
    })?;
    let (mut raw, mut findings) = (Raw::default(), Vec::new());
    raw.programme.at.line = 1;
    for (key, value) in table.get_ref() {
        let (name, at) = (key.get_ref().as_ref(), line(text, key.span().start));
        let lists = match name {
            "goal" => Some((&mut raw.goals, GOAL)),
            "target" => Some((&mut raw.targets, TARGET)),
            "task" => Some((&mut raw.tasks, TASK)),
            _ => None,
        };
        match (lists, value.get_ref()) {
            (Some((list, fields)), DeValue::Array(items)) => {
                for one in items.iter() {
                    let begins = line(text, one.span().start);
                    match one.get_ref() {
                        DeValue::Table(table) => {
                            list.push(item(text, begins, table, fields, &mut findings));
                        }
                        _ => {
                            findings.push(Finding::at(begins, What::UnknownField(name.to_owned())))
                        }
                    }
                }
            }
            (None, value) if PROGRAMME.iter().any(|(known, _)| *known == name) => {
                raw.programme.fields.insert(name.to_owned(), (at, plain(value)));
            }
            _ => findings.push(Finding::at(at, What::UnknownField(name.to_owned()))),
        }
    }
    if findings.is_empty() { Ok(raw) } else { Err(findings) }
}

fn item(
    text: &str,
    begins: u32,
    table: &DeTable<'_>,
    known: &[(&str, &str)],
    findings: &mut Vec<Finding>,
) -> Item {
    let mut item = Item { at: At { sheet: None, line: begins }, ..Item::default() };
    for (key, value) in table {
        let (name, at) = (key.get_ref().as_ref(), line(text, key.span().start));
        if known.iter().any(|(known, _)| *known == name) {
            item.fields.insert(name.to_owned(), (at, plain(value.get_ref())));
        } else {
            findings.push(Finding::at(at, What::UnknownField(name.to_owned())));
        }
    }
    item
}

/// A value as text; a list parted by semicolons.
fn plain(value: &DeValue<'_>) -> String {
    match value {
        DeValue::String(text) => text.to_string(),
        DeValue::Integer(number) => number.as_str().replace('_', ""),
        DeValue::Float(number) => number.as_str().replace('_', ""),
        DeValue::Boolean(truth) => truth.to_string(),
        DeValue::Datetime(at) => at.to_string(),
        DeValue::Array(items) => {
            let items: Vec<String> = items.iter().map(|one| plain(one.get_ref())).collect();
            items.join("; ")
        }
        DeValue::Table(_) => String::new(),
    }
}

/// The line of a place in a text, from 1.
fn line(text: &str, at: usize) -> u32 {
    let before = text.as_bytes().get(..at).unwrap_or_default();
    let lines = before.iter().filter(|byte| **byte == b'\n').count();
    u32::try_from(lines).unwrap_or(u32::MAX - 1) + 1
}

/// The programme as text that [`read_toml`] reads.
#[must_use]
pub fn toml(
    directory: &Directory,
    programme: &Programme,
    standings: &[Standing],
    tasks: &[Task],
) -> String {
    let mut out = String::new();
    let put = |out: &mut String, item: &Item, known: &[(&str, &str)]| {
        for (name, _) in known {
            let Some(value) = item.get(name) else { continue };
            // Writing to a string cannot fail.
            let _ = if matches!(*name, "steps" | "supporters") {
                let parts: Vec<String> = value.split(';').map(|part| quoted(part.trim())).collect();
                writeln!(out, "{name} = [{}]", parts.join(", "))
            } else if matches!(*name, "goal" | "places" | "budget" | "invented") {
                writeln!(out, "{name} = {value}")
            } else {
                writeln!(out, "{name} = {}", quoted(value))
            };
        }
    };
    let raw = raw_of(directory, programme, standings, tasks);
    put(&mut out, &raw.programme, PROGRAMME);
    let lists =
        [("goal", &raw.goals, GOAL), ("target", &raw.targets, TARGET), ("task", &raw.tasks, TASK)];
    for (name, items, known) in lists {
        for item in items {
            let _ = writeln!(out, "\n[[{name}]]");
            put(&mut out, item, known);
        }
    }
    out
}

/// The text in quotes, as TOML reads it.
fn quoted(text: &str) -> String {
    toml::Value::String(text.to_owned()).to_string()
}

/// A programme as the fields of a file.
pub(super) fn raw_of(
    directory: &Directory,
    programme: &Programme,
    standings: &[Standing],
    tasks: &[Task],
) -> Raw {
    let mut of = Item::default();
    let mut put = |name: &str, value: String| of.fields.insert(name.to_owned(), (0, value));
    put("code", programme.code.to_string());
    put("number", programme.number.clone());
    put("name", programme.name.clone());
    put("agency", agency(directory, programme.agency));
    put("signed_on", programme.signed_on.to_string());
    put("from", programme.from.to_string());
    put("to", programme.to.to_string());
    if programme.invented {
        put("invented", "true".to_owned());
    }
    let goal = |name: &String| fields([("name", name.clone())]);
    Raw {
        programme: of,
        goals: programme.goals.iter().map(goal).collect(),
        targets: standings.iter().map(|one| of_target(directory, &one.target)).collect(),
        tasks: tasks.iter().map(|task| of_task(directory, task)).collect(),
    }
}

fn fields<const N: usize>(pairs: [(&str, String); N]) -> Item {
    let fields = pairs.into_iter().map(|(name, value)| (name.to_owned(), (0, value)));
    Item { at: At::default(), fields: fields.collect() }
}

pub(crate) fn of_target(directory: &Directory, target: &Target) -> Item {
    let way = &target.way;
    let steps: Vec<String> =
        way.steps.iter().map(|(month, value)| format!("{month} {value}")).collect();
    let shape = match (way.steps.is_empty(), way.is_by_hand()) {
        (true, _) => "linear",
        (_, true) => "hand",
        _ => "steps",
    };
    let (indicator, scope, span, unit, places) = match &target.measure {
        Measure::Indicator { code, scope, span } => {
            let scope = match &scope.of {
                indicators::Of::Agency(id) => agency(directory, *id),
                _ => scope.to_string(),
            };
            (code.clone(), scope, span.word().to_owned(), String::new(), String::new())
        }
        Measure::Declared { unit, places } => {
            (String::new(), String::new(), String::new(), unit.clone(), places.to_string())
        }
    };
    fields([
        ("code", target.code.to_string()),
        ("goal", target.goal.to_string()),
        ("name", target.name.clone()),
        ("indicator", indicator),
        ("scope", scope),
        ("span", span),
        ("unit", unit),
        ("places", places),
        ("better", better_word(way.better).to_owned()),
        ("from", way.from.to_string()),
        ("start", way.start.to_string()),
        ("to", way.to.to_string()),
        ("target", way.target.to_string()),
        ("shape", shape.to_owned()),
        ("steps", steps.join("; ")),
        ("head", head(directory, target.head)),
    ])
}

pub(crate) fn of_task(directory: &Directory, task: &Task) -> Item {
    let supporters: Vec<String> = task.supporters.iter().map(|id| agency(directory, *id)).collect();
    fields([
        ("code", task.code.to_string()),
        ("goal", task.goal.to_string()),
        ("target", task.target.as_ref().map(ToString::to_string).unwrap_or_default()),
        ("name", task.name.clone()),
        ("head", head(directory, task.head)),
        ("assigner", head(directory, task.assigner)),
        ("supporters", supporters.join("; ")),
        ("budget", task.budget.to_string()),
        ("term", today(task.term).to_string()),
    ])
}

/// The code of an agency.
fn agency(directory: &Directory, id: AgencyId) -> String {
    directory.agency(id).map_or_else(String::new, |agency| agency.code.to_string())
}

/// A head, by the code of the agency that it answers for today.
fn head(directory: &Directory, post: PostId) -> String {
    let today = crate::queries::seat_today(directory, post);
    directory.post(today).map_or_else(String::new, |post| agency(directory, post.agency))
}
