//! A report as the decree lays it out (Decree 30/2020/NĐ-CP, annex I), as PDF.

use std::sync::LazyLock;

use desk::Desk;
use files::Template;
use indicators::Exact;
use kernel::{Actor, AgencyId, Instant, today};
use serde::Serialize;
use web::{Lang, Words, tr};

use crate::{
    Result,
    fill::{Said, said, unit_name},
    form::{CellKind, Form, Table},
    number::Number,
    queries::Whole,
    regime::Recipient,
    sheet::{Entry, Sheet},
};

#[derive(Serialize)]
struct Printed {
    head: Head,
    code: String,
    name: String,
    subject: String,
    /// What the paper says of itself where nobody signed it.
    unsigned: Option<String>,
    to: Option<String>,
    version: u32,
    why: Option<String>,
    for_whom: Option<String>,
    parts: Vec<PrintedPart>,
    tables: Vec<PrintedTable>,
    remarks: Vec<String>,
    signed: Signed,
    recipients: Vec<String>,
}

#[derive(Serialize)]
struct Head {
    superior: Option<String>,
    agency: String,
    number: Option<String>,
    place: String,
    day: String,
}

#[derive(Serialize)]
struct PrintedPart {
    title: String,
    text: String,
}

#[derive(Serialize)]
struct PrintedTable {
    title: String,
    head: String,
    columns: Vec<PrintedColumn>,
    rows: Vec<Vec<String>>,
}

#[derive(Serialize)]
struct PrintedColumn {
    title: String,
    text: bool,
}

#[derive(Serialize)]
struct Signed {
    titles: Vec<String>,
    name: String,
}

/// Sets a report as PDF, in Vietnamese, as whoever signs it; without a signer it says that it is
/// not signed, and names the seat that would sign and no person.
///
/// # Errors
/// Those of the typesetter.
pub(crate) fn set(desk: &Desk, whole: &Whole, by: Option<&Actor>, now: Instant) -> Result<Vec<u8>> {
    static TEMPLATE: LazyLock<Template> =
        LazyLock::new(|| Template::new("report.typ", include_str!("../layout/report.typ")));
    let printed = printed(desk, whole, by, now);
    Ok(TEMPLATE.render(&printed, now)?.into_bytes())
}

fn printed(desk: &Desk, whole: &Whole, by: Option<&Actor>, now: Instant) -> Printed {
    let words = Words::new(Lang::Vi, desk.front.texts.clone());
    let directory = desk.front.directory.get();
    let (report, form) = (&whole.report, &whole.form);
    let unit = unit_name(&directory, report.unit, report.period);
    let period = desk::period_text(&words, report.period);
    let level = whole.regime.level(&report.level);
    let to = level.map(|level| match &level.to {
        Recipient::Agency(code) => {
            let agency = directory.agency_by_code(code);
            agency.map_or_else(|| code.to_string(), |agency| agency.name.clone())
        }
        Recipient::Elsewhere(name) => name.clone(),
    });
    let for_whom =
        (report.unit != report.owner).then(|| tr!(words, "reports-for-ended", unit = &unit));
    let parts = form.parts.iter().map(|part| {
        let own = whole.sheet.parts.get(&part.id).map_or("", String::as_str);
        let texts = [part.text.as_str(), own];
        let texts = texts.iter().filter(|text| !text.is_empty());
        let texts = texts.map(|text| {
            let pieces = said(form, &whole.sheet, text, (&unit, &period));
            pieces.iter().map(|piece| plain(desk, &words, whole, piece)).collect::<String>()
        });
        PrintedPart { title: part.title.clone(), text: texts.collect::<Vec<_>>().join("\n") }
    });
    let tables = form.tables.iter().map(|table| printed_table(&words, form, &whole.sheet, table));
    let mut recipients = vec!["Như trên".to_owned()];
    recipients.push("Lưu: VT".to_owned());
    Printed {
        head: head(desk, report.owner, &report.code.to_string(), now),
        code: report.code.to_string(),
        name: form.name.clone(),
        subject: tr!(words, "reports-subject", period = &period),
        unsigned: by.is_none().then(|| {
            let is_draft = report.state.is_open();
            tr!(words, if is_draft { "reports-paper-draft" } else { "reports-paper-copy" })
        }),
        to,
        version: report.version - 1,
        why: report.why.clone().filter(|_| report.version > 1),
        for_whom,
        parts: parts.collect(),
        tables: tables.collect(),
        remarks: contested(&words, form, &whole.sheet),
        signed: by.map_or_else(|| seat(desk, report.owner, now), |by| signed(desk, by)),
        recipients,
    }
}

/// Everything that stands against what an indicator says, so that whoever reads it knows.
fn contested(words: &Words, form: &Form, sheet: &Sheet) -> Vec<String> {
    let contested = sheet.cells.iter().filter(|(_, entry)| entry.is_contested());
    let line = |(id, entry): (&String, &Entry)| {
        let label = form.described(id).map_or_else(|| id.clone(), |(_, label)| label);
        let number = |n: Option<Number>| n.map_or_else(|| "…".to_owned(), |n| n.text(words));
        words.t_with(
            "reports-contested-line",
            &[
                ("cell", label.into()),
                ("value", number(entry.value).into()),
                ("computed", number(entry.computed).into()),
                ("reason", entry.reason.clone().into()),
            ],
        )
    };
    contested.map(line).collect()
}

fn printed_table(words: &Words, form: &Form, sheet: &Sheet, table: &Table) -> PrintedTable {
    let columns = table.columns.iter().map(|column| PrintedColumn {
        title: column.title.clone(),
        text: column.kind == CellKind::Text,
    });
    let row = |row: &str, title: &str| {
        let cells = table.columns.iter().map(|column| {
            let id = format!("{}.{row}.{}", table.id, column.id);
            cell_text(words, form, sheet, &id)
        });
        [title.to_owned()].into_iter().chain(cells).collect::<Vec<_>>()
    };
    let rows = match table.repeat {
        None => table.rows.iter().map(|(id, title)| row(id, title)).collect(),
        Some(_) => (1..=sheet.rows(&table.id))
            .map(|number| row(&number.to_string(), &number.to_string()))
            .collect(),
    };
    PrintedTable {
        title: table.title.clone(),
        head: table.head.clone(),
        columns: columns.collect(),
        rows,
    }
}

/// What stands in a cell, as people read it; a dash where there is nothing.
pub(crate) fn cell_text(words: &Words, form: &Form, sheet: &Sheet, id: &str) -> String {
    let number = match form.place(id) {
        Some(at) => sheet.value(form, at),
        None => sheet.cells.get(id).and_then(|entry| entry.value),
    };
    let kind = form.described(id).map_or(CellKind::Text, |(kind, _)| kind);
    match (number, kind) {
        (Some(number), CellKind::Percent) => format!("{}%", rounded(words, number)),
        (Some(number), _) => number.text(words),
        (None, CellKind::Text) => {
            let words = sheet.cells.get(id).map_or("", |entry| entry.words.as_str());
            form.options(id).map_or_else(|| words.to_owned(), |options| options.text(words))
        }
        (None, _) => "–".to_owned(),
    }
}

/// A share with two places, as figures are published.
pub(crate) fn rounded(words: &Words, number: Number) -> String {
    words.decimal(number.to_f64(), 2)
}

/// A piece of prose as words.
pub(crate) fn plain(desk: &Desk, words: &Words, whole: &Whole, piece: &Said) -> String {
    match piece {
        Said::Words(text) => text.clone(),
        // A dash that stands in a table is no word of a sentence.
        Said::Cell(at) if whole.form.cells[*at].kind.is_number() && is_empty(whole, *at) => {
            tr!(words, "reports-prose-none")
        }
        Said::Cell(at) => cell_text(words, &whole.form, &whole.sheet, &whole.form.cells[*at].id),
        Said::Figure(name) => figure_text(desk, words, &whole.sheet, name),
    }
}

fn is_empty(whole: &Whole, cell: usize) -> bool {
    whole.sheet.value(&whole.form, cell).is_none()
}

/// The figure that prose names, with its unit.
pub(crate) fn figure_text(desk: &Desk, words: &Words, sheet: &Sheet, name: &str) -> String {
    let Some(entry) = sheet.figures.get(name) else { return name.to_owned() };
    let code = name.split('[').next().unwrap_or(name).trim();
    let value = match entry.value.and_then(|value| Exact::ratio(value.parts(), 10_000)) {
        Some(value) => Ok(value),
        None => {
            Err(indicators::Why::from_word(&entry.words).unwrap_or(indicators::Why::NothingCounted))
        }
    };
    match desk.definitions().get(code) {
        Some(indicator) => desk::figure_text(words, indicator, value),
        None => name.to_owned(),
    }
}

fn head(desk: &Desk, agency: AgencyId, number: &str, now: Instant) -> Head {
    let directory = desk.front.directory.get();
    let agency = directory.agency(agency);
    let above = agency.and_then(|a| a.parent).and_then(|above| directory.agency(above));
    let place = agency.and_then(|agency| directory.places().get(agency.place.as_ref()?));
    let day = today(now);
    // Below 10 a day has a 0 in front, and of the months only the first two (annex I, II.4.b).
    let zero = if day.month() <= 2 { "0" } else { "" };
    Head {
        superior: above.map(|above| above.name_at(now).to_owned()),
        agency: agency.map_or_else(String::new, |a| a.name_at(now).to_owned()),
        number: Some(number.to_owned()),
        place: place.map_or_else(String::new, |place| place.bare_name().to_owned()),
        day: format!("ngày {:02} tháng {zero}{} năm {}", day.day(), day.month(), day.year()),
    }
}

/// The seat that signs for an agency, and nobody's name.
fn seat(desk: &Desk, agency: AgencyId, now: Instant) -> Signed {
    let directory = desk.front.directory.get();
    let head = directory.head_of(agency, now).and_then(|post| directory.post(post));
    Signed {
        titles: head.map(|post| post.title.clone()).into_iter().collect(),
        name: String::new(),
    }
}

fn signed(desk: &Desk, by: &Actor) -> Signed {
    let directory = desk.front.directory.get();
    let Actor::Officer { person, post, acting_for } = by else {
        return Signed { titles: Vec::new(), name: String::new() };
    };
    let title = directory.post(acting_for.unwrap_or(*post)).map(|post| post.title.clone());
    let name = directory.person(*person).map(|person| person.name.clone());
    Signed { titles: title.into_iter().collect(), name: name.unwrap_or_default() }
}
