//! A scorecard as a file: for a spreadsheet, and as the figures that `tinhso scorecard compute`
//! reads, so that anybody computes the same score from them.

use axum::{
    http::header,
    response::{IntoResponse, Response},
};
use rust_xlsxwriter::{Format, Workbook, XlsxError};
use scorecards::{Number, Scorecard, Sureness, report};
use serde_json::{Map, Value, json};
use web::{Words, http::Problem, tr};

use crate::{model::Grade, standing::Standing};

const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// The file of a kind: `xlsx`, `csv`, `json`.
pub(crate) fn file(
    words: &Words,
    card: &Scorecard,
    standing: &Standing,
    kind: &str,
    (code, period): (&str, &str),
) -> Result<Response, Problem> {
    let (media, bytes) = match kind {
        "json" => ("application/json", figures(card, standing, code).into_bytes()),
        "csv" => ("text/csv; charset=utf-8", csv(words, card, standing).into_bytes()),
        "xlsx" => (XLSX, sheet(words, card, standing).map_err(|e| Problem::internal(&e))?),
        _ => return Err(Problem::not_found()),
    };
    let name = format!("attachment; filename=\"{}-{code}-{period}.{kind}\"", card.id());
    let headers = [(header::CONTENT_TYPE, media.to_owned()), (header::CONTENT_DISPOSITION, name)];
    Ok((headers, bytes).into_response())
}

/// The figures as `tinhso scorecard compute` reads them.
pub(crate) fn figures(card: &Scorecard, standing: &Standing, code: &str) -> String {
    let exact = |number: &Number| -> Value {
        let text = number.rounded(12).to_string();
        text.parse::<serde_json::Number>().map_or(Value::String(text), Value::Number)
    };
    let mut all = Map::new();
    all.insert("name".into(), code.into());
    all.insert("period".into(), json!(standing.inputs.period()));
    for (place, input) in card.inputs().iter().enumerate() {
        let Some(given) = standing.inputs.get(place) else { continue };
        let sure = if given.sure == Sureness::Verified { "verified" } else { "self-assessed" };
        let mut one = Map::new();
        one.insert("value".into(), exact(&given.value));
        for (key, value) in [("worst", &given.worst), ("best", &given.best)] {
            if let Some(value) = value {
                one.insert(key.into(), exact(value));
            }
        }
        one.insert("sure".into(), sure.into());
        all.insert(input.name.clone(), one.into());
    }
    format!("{:#}\n", Value::Object(all))
}

/// Rows of both tables: heads, then cells.
fn rows(words: &Words, card: &Scorecard, standing: &Standing) -> Vec<[String; 6]> {
    let mut rows = vec![["key", "value", "maximum", "sure", "low", "high"].map(str::to_owned)];
    for line in report(&standing.scored) {
        // `key value maximum sure low high exact`, as the command prints it.
        let text = line.to_string();
        let mut cells = text.split(' ').map(str::to_owned);
        rows.push(std::array::from_fn(|_| cells.next().unwrap_or_default()));
    }
    rows.push(std::array::from_fn(|_| String::new()));
    let heads = ["scoring-input", "scoring-value", "scoring-grade", "scoring-source"];
    let mut head: [String; 6] = std::array::from_fn(|_| String::new());
    for (cell, key) in head.iter_mut().zip(heads) {
        *cell = words.t(key);
    }
    rows.push(head);
    for (input, line) in card.inputs().iter().zip(&standing.lines) {
        let value = line.given.as_ref().map(|given| given.value.rounded(12).to_string());
        let grade = match line.grade {
            Grade::A => "A".to_owned(),
            Grade::B => "B".to_owned(),
            Grade::C => "C".to_owned(),
            Grade::Missing => tr!(words, "scoring-missing"),
        };
        let source = match (&line.counted, &line.said) {
            (Some((code, ..)), _) => code.clone(),
            (None, Some(said)) => said.note.clone(),
            (None, None) => String::new(),
        };
        let (value, label) = (value.unwrap_or_default(), crate::pages::label(words, input));
        rows.push([input.name.clone(), value, grade, source, label, String::new()]);
    }
    rows
}

fn csv(words: &Words, card: &Scorecard, standing: &Standing) -> String {
    let mut text = String::from("\u{feff}");
    for row in rows(words, card, standing) {
        let cells: Vec<String> = row.iter().map(|cell| quoted(cell)).collect();
        text.push_str(&cells.join(","));
        text.push_str("\r\n");
    }
    text
}

/// A cell as RFC 4180 has it. What a spreadsheet would take for a formula is a text.
fn quoted(cell: &str) -> String {
    let guard = cell.starts_with(['=', '+', '-', '@']) && cell.parse::<f64>().is_err();
    let cell = if guard { format!("'{cell}") } else { cell.to_owned() };
    if cell.contains(['"', ',', '\n', '\r']) {
        format!("\"{}\"", cell.replace('"', "\"\""))
    } else {
        cell
    }
}

fn sheet(words: &Words, card: &Scorecard, standing: &Standing) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    let bold = Format::new().set_bold();
    let sheet = book.add_worksheet();
    sheet.set_name(card.id())?;
    for (row, cells) in (0_u32..).zip(rows(words, card, standing)) {
        for (column, cell) in (0_u16..).zip(cells) {
            match cell.parse::<f64>() {
                Ok(number) if column > 0 => sheet.write_number(row, column, number)?,
                _ if row == 0 => sheet.write_string_with_format(row, column, cell, &bold)?,
                _ => sheet.write_string(row, column, cell)?,
            };
        }
    }
    sheet.set_column_width(0, 30)?;
    book.save_to_buffer()
}
