//! The figures that are shown, as a file for a spreadsheet.

use axum::{
    Router,
    extract::{Query, State},
    http::header,
    response::{IntoResponse, Response},
    routing::get,
};
use kernel::local;
use maud::{Markup, html};
use rust_xlsxwriter::{Format, Workbook, XlsxError};
use web::{SignedIn, http::Problem, tr};

use super::{Asked, Question};
use crate::{
    Desk,
    measures::{Reason, Standing, Verdict},
    pages::{FIGURES, asked, register::guarded},
    queries::{Answers, Figures},
};

const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

pub(super) fn routes() -> Router<Desk> {
    Router::new()
        .route(&format!("{FIGURES}.csv"), get(csv))
        .route(&format!("{FIGURES}.xlsx"), get(xlsx))
}

/// The ways to both files.
pub(super) fn links(me: &SignedIn, question: &Question) -> Markup {
    html! {
        span.row.push.noprint {
            @for (label, extension) in [("register-xlsx", "xlsx"), ("register-csv", "csv")] {
                a.btn.sm href=(question.address(me, &format!("{FIGURES}.{extension}"), &[])) download {
                    (me.words.t(label))
                }
            }
        }
    }
}

/// A line of the file: whose, on what, when, as of when; by which count, which figure, how much.
type Line = ([String; 6], f64);

async fn csv(
    State(desk): State<Desk>,
    me: SignedIn,
    Query(asked): Query<Asked>,
) -> Result<Response, Problem> {
    let lines = lines(&desk, &me, &asked).await?;
    let mut bytes = Vec::from("\u{feff}");
    let mut writer = ::csv::Writer::from_writer(&mut bytes);
    let written = writer.write_record(heads(&me)).and_then(|()| {
        for (words, value) in &lines {
            let words = words.iter().map(|text| guarded(text));
            writer.write_record(words.chain([value.to_string()]))?;
        }
        Ok(writer.flush()?)
    });
    written.map_err(|error| Problem::internal(&error))?;
    drop(writer);
    Ok(file("text/csv; charset=utf-8", "so-lieu.csv", bytes))
}

async fn xlsx(
    State(desk): State<Desk>,
    me: SignedIn,
    Query(asked): Query<Asked>,
) -> Result<Response, Problem> {
    let lines = lines(&desk, &me, &asked).await?;
    let bytes = sheet(&heads(&me), &lines).map_err(|error| Problem::internal(&error))?;
    Ok(file(XLSX, "so-lieu.xlsx", bytes))
}

fn file(kind: &'static str, name: &str, bytes: Vec<u8>) -> Response {
    let disposition = format!("attachment; filename=\"{name}\"");
    let headers =
        [(header::CONTENT_TYPE, kind.to_owned()), (header::CONTENT_DISPOSITION, disposition)];
    (headers, bytes).into_response()
}

fn sheet(heads: &[String], lines: &[Line]) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    let bold = Format::new().set_bold();
    for (column, (head, width)) in (0_u16..).zip(heads.iter().zip([36, 40, 22, 18, 32, 36, 12])) {
        sheet.set_column_width(column, width)?;
        sheet.write_string_with_format(0, column, head, &bold)?;
    }
    for (row, (words, value)) in (1_u32..).zip(lines) {
        for (column, text) in (0_u16..).zip(words) {
            sheet.write_string(row, column, text)?;
        }
        sheet.write_number(row, 6, *value)?;
    }
    sheet.set_freeze_panes(1, 0)?;
    book.save_to_buffer()
}

fn heads(me: &SignedIn) -> Vec<String> {
    let keys = [
        "ask-agency",
        "register-procedure",
        "ask-period",
        "figures-col-as-of",
        "figures-col-count",
        "figures-col-figure",
        "figures-col-value",
    ];
    keys.into_iter().map(|key| me.words.t(key)).collect()
}

async fn lines(desk: &Desk, me: &SignedIn, asked: &Asked) -> Result<Vec<Line>, Problem> {
    let question = asked.question(desk, me).await?;
    if !question.days.faults.is_empty() {
        return Err(Problem::not_found());
    }
    let (figures, answers) = question.figures(desk, me).await?;
    let shelf = desk.book.shelf();
    let procedure = question.procedure.as_ref().map(|code| {
        let name = shelf.in_force(code, question.period.last()).map(|p| p.name.clone());
        name.map_or_else(|| code.to_string(), |name| format!("{code} {name}"))
    });
    let about = [
        asked::name_of(&me.directory, &question.scope),
        procedure.unwrap_or_else(|| tr!(me, "register-every-procedure")),
        asked::period_name(me, question.period),
        local(question.period.as_of(me.now)).strftime("%Y-%m-%d %H:%M").to_string(),
    ];
    let line = |(count, figure, value): (String, String, f64)| {
        let [agency, procedure, period, as_of] = about.clone();
        ([agency, procedure, period, as_of, me.words.t(&count), figure], value)
    };
    let index = index(me, &figures).into_iter();
    Ok(index.chain(own(me, &figures)).chain(rest(me, &figures, &answers)).map(line).collect())
}

#[expect(clippy::cast_precision_loss, reason = "no province has 2^52 dossiers")]
fn index(me: &SignedIn, figures: &Figures) -> Vec<(String, String, f64)> {
    let count = &figures.index;
    let of = |figure: String, value: f64| ("figures-index".to_owned(), figure, value);
    let said = |verdict: Verdict| me.words.t(&format!("figures-index-{}", verdict.word()));
    let verdicts = Verdict::ALL.map(|verdict| of(said(verdict), count.of(verdict) as f64));
    let mut lines = Vec::from(verdicts);
    lines.push(of(tr!(me, "figures-index-all"), count.all() as f64));
    let ratio = count.ratio().map(|n| of(tr!(me, "figures-col-ratio"), n as f64 / 100.0));
    let points = count.points().map(|n| of(tr!(me, "figures-col-points"), n as f64 / 100.0));
    lines.extend(ratio.into_iter().chain(points));
    lines
}

#[expect(clippy::cast_precision_loss, reason = "no province has 2^52 dossiers")]
fn own(me: &SignedIn, figures: &Figures) -> Vec<(String, String, f64)> {
    let count = &figures.own;
    let of = |figure: String, value: u64| ("figures-own".to_owned(), figure, value as f64);
    let said = |standing: Standing| me.words.t(&format!("figures-own-{}", standing.word()));
    let received = of(tr!(me, "figures-received"), count.received);
    let carried = of(tr!(me, "figures-carried"), count.carried_over);
    let standings = Standing::ALL.map(|standing| of(said(standing), count.of(standing)));
    [received, carried].into_iter().chain(standings).collect()
}

#[expect(clippy::cast_precision_loss, reason = "no province has 2^52 dossiers")]
fn rest(me: &SignedIn, figures: &Figures, answers: &Answers) -> Vec<(String, String, f64)> {
    let differ = Reason::ALL.map(|reason| {
        let count = figures.differ.get(&reason).copied().unwrap_or(0);
        let said = me.words.t(&format!("figures-differs-{}", reason.word()));
        ("figures-differences".to_owned(), said, count as f64)
    });
    let answered = (1..=3).rev().filter(|_| answers.count() > 0).map(|score| {
        let said = me.words.t(&format!("figures-answers-{score}"));
        ("figures-col-answers".to_owned(), said, answers.of(score) as f64)
    });
    differ.into_iter().chain(answered).collect()
}
