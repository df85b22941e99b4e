//! From the text of a form to a [`Form`], or to every finding with its line.

mod cells;
mod rules;

use jiff::civil::Date;
use serde::Deserialize;
use toml::{Spanned, value::Datetime};

use super::{Column, Form, Part, Table};
use crate::{
    finding::{FaultKind, Finding, Findings, is_id},
    form::{CellKind, Piece, pieces},
    regime,
};

/// A longer text is no form.
const BYTES_MAX: usize = 500_000;
const CELLS_MAX: usize = 5_000;
const REPEAT_MAX: u16 = 500;
/// What prose may name beside cells and indicators: the unit and the period.
pub const SPOKEN: [&str; 2] = ["don-vi", "ky"];

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    code: Spanned<String>,
    version: u32,
    name: Spanned<String>,
    name_en: String,
    legal_basis: Vec<String>,
    #[serde(default)]
    guidance: String,
    valid_from: Spanned<Datetime>,
    #[serde(default)]
    part: Vec<PartFile>,
    #[serde(default)]
    table: Vec<TableFile>,
    #[serde(default)]
    rule: Vec<RuleFile>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PartFile {
    id: Spanned<String>,
    title: String,
    #[serde(default)]
    text: Option<Spanned<String>>,
    ask: Option<String>,
    #[serde(default)]
    required: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TableFile {
    id: Spanned<String>,
    title: String,
    #[serde(default)]
    head: String,
    repeat: Option<Spanned<u16>>,
    column: Vec<LineFile>,
    #[serde(default)]
    row: Vec<LineFile>,
}

/// A column or a row: what both may say of the cells where they meet.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct LineFile {
    id: Spanned<String>,
    title: String,
    kind: Option<Spanned<String>>,
    unit: Option<String>,
    figure: Option<Spanned<String>>,
    filter: Option<Spanned<String>>,
    share: Option<Spanned<[String; 2]>>,
    sum: Option<Spanned<String>>,
    options: Option<Spanned<Vec<[String; 2]>>>,
    #[serde(default)]
    multiple: bool,
    #[serde(default)]
    required: Option<bool>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RuleFile {
    id: Spanned<String>,
    severity: Option<Spanned<String>>,
    explain: String,
    check: Option<Spanned<String>>,
    pair: Option<Spanned<[String; 2]>>,
    change: Option<Spanned<String>>,
    percent: Option<f64>,
    outlier: Option<Spanned<String>>,
    z: Option<f64>,
}

/// Reads the text of a form; `has_indicator` says whether there is an indicator of a code.
///
/// # Errors
/// Every finding, by line.
pub fn load(text: &str, has_indicator: impl Fn(&str) -> bool) -> Result<Form, Vec<Finding>> {
    let mut findings = Findings::of(text);
    if text.len() > BYTES_MAX {
        findings.add(0, FaultKind::Many, BYTES_MAX.to_string());
        return Err(findings.into());
    }
    let file: File = match toml::from_str(text) {
        Ok(file) => file,
        Err(error) => {
            findings.syntax(&error);
            return Err(findings.into());
        }
    };
    if !is_id(file.code.get_ref()) {
        findings.add(file.code.span().start, FaultKind::Id, file.code.get_ref());
    }
    if file.name.get_ref().trim().is_empty() {
        findings.add(file.name.span().start, FaultKind::Empty, "name");
    }
    let valid_from = regime::date(&mut findings, &file.valid_from).unwrap_or(Date::MIN);
    let mut form = Form {
        code: file.code.get_ref().clone(),
        version: file.version,
        name: file.name.get_ref().clone(),
        name_en: file.name_en.clone(),
        legal_basis: file.legal_basis.clone(),
        guidance: file.guidance.clone(),
        valid_from,
        tables: Vec::new(),
        parts: Vec::new(),
        rules: Vec::new(),
        cells: Vec::new(),
        places: std::collections::HashMap::new(),
    };
    for table in &file.table {
        let at = table.id.span().start;
        once(&mut findings, at, table.id.get_ref(), form.tables.iter().map(|t| t.id.as_str()));
        let read = self::table(&mut findings, table);
        cells::add(&mut findings, &mut form, table, &read, &has_indicator);
        form.tables.push(read);
    }
    if form.cells.len() > CELLS_MAX {
        findings.add(0, FaultKind::Many, CELLS_MAX.to_string());
    }
    for part in &file.part {
        let read = self::part(&mut findings, &form, part, &has_indicator);
        form.parts.push(read);
    }
    for rule in &file.rule {
        rules::add(&mut findings, &mut form, rule);
    }
    findings.or(form)
}

fn once<'f>(
    findings: &mut Findings<'_>,
    at: usize,
    id: &str,
    mut known: impl Iterator<Item = &'f str>,
) {
    if !is_id(id) {
        findings.add(at, FaultKind::Id, id);
    }
    if known.any(|known| known == id) {
        findings.add(at, FaultKind::Twice, id);
    }
}

fn table(findings: &mut Findings<'_>, file: &TableFile) -> Table {
    let (at, id) = (file.id.span().start, file.id.get_ref());
    let repeat = file.repeat.as_ref().map(|repeat| *repeat.get_ref());
    let mut table = Table {
        id: id.clone(),
        title: file.title.clone(),
        head: file.head.clone(),
        columns: Vec::new(),
        rows: Vec::new(),
        repeat,
    };
    if file.column.is_empty() || (file.row.is_empty() && repeat.is_none()) {
        findings.add(at, FaultKind::Empty, id);
    }
    if repeat.is_some_and(|rows| !(1..=REPEAT_MAX).contains(&rows)) {
        findings.add(at, FaultKind::Many, REPEAT_MAX.to_string());
    }
    for column in &file.column {
        let at = column.id.span().start;
        once(findings, at, column.id.get_ref(), table.columns.iter().map(|c| c.id.as_str()));
        let computed = column.figure.is_some() || column.share.is_some() || column.sum.is_some();
        if repeat.is_some() && computed {
            findings.add(at, FaultKind::Repeat, column.id.get_ref());
        }
        let kind = column.kind.as_ref();
        let kind = kind.and_then(|kind| regime::word(findings, kind, CellKind::from_word));
        let options = cells::options(findings, column, kind);
        let usual = if options.is_some() { CellKind::Text } else { CellKind::Count };
        table.columns.push(Column {
            id: column.id.get_ref().clone(),
            title: column.title.clone(),
            kind: kind.unwrap_or(usual),
            unit: column.unit.clone().unwrap_or_default(),
            options,
        });
    }
    for row in &file.row {
        let at = row.id.span().start;
        once(findings, at, row.id.get_ref(), table.rows.iter().map(|(id, _)| id.as_str()));
        if repeat.is_some() || row.id.get_ref().bytes().all(|b| b.is_ascii_digit()) {
            findings.add(at, FaultKind::Repeat, row.id.get_ref());
        }
        table.rows.push((row.id.get_ref().clone(), row.title.clone()));
    }
    table
}

fn part(
    findings: &mut Findings<'_>,
    form: &Form,
    file: &PartFile,
    has_indicator: &impl Fn(&str) -> bool,
) -> Part {
    let at = file.id.span().start;
    once(findings, at, file.id.get_ref(), form.parts.iter().map(|part| part.id.as_str()));
    if file.text.is_none() && file.ask.is_none() {
        findings.add(at, FaultKind::Empty, file.id.get_ref());
    }
    if let Some(text) = &file.text {
        for piece in pieces(text.get_ref()) {
            let Piece::Named(name) = piece else { continue };
            if form.place(name).is_none() && !SPOKEN.contains(&name) {
                let _ = cells::binding(findings, text.span().start, name, has_indicator);
            }
        }
    }
    Part {
        id: file.id.get_ref().clone(),
        title: file.title.clone(),
        text: file.text.as_ref().map(|text| text.get_ref().clone()).unwrap_or_default(),
        ask: file.ask.clone(),
        required: file.required,
    }
}
