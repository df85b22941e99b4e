//! The register as a file: exactly the lines that the filters hold, however many.
//!
//! A thread walks the register a few thousand lines at a time and hands bytes to the answer
//! through a bounded channel, so that a million lines need no more memory than a page.

use std::io::{Read, Seek, SeekFrom};

use axum::{
    Router,
    body::{Body, Bytes},
    extract::{Query, State},
    http::header,
    response::{IntoResponse, Response},
    routing::get,
};
use desk::Line;
use identity::access::Action;
use jiff::civil::Date;
use kernel::{Instant, local, today};
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook, Worksheet};
use tokio::sync::{Semaphore, mpsc};
use web::{SignedIn, Words, http::Problem, tr};

use super::{Asked, REGISTER};
use crate::{
    Desk, Error, Moment, forms,
    pages::asked,
    queries::register::{Filter, Walk},
};

/// Lines that are read at once.
const BATCH: usize = 2000;
/// Lines of one sheet, its head included; more no spreadsheet opens.
const SHEET_ROWS: u32 = 1_048_576;
/// Lines of form 07 as a document.
const FORM_ROWS: usize = 500;
/// Exports at the same time; more wait for their turn.
static AT_ONCE: Semaphore = Semaphore::const_new(4);

type Chunks = mpsc::Sender<Result<Bytes, std::io::Error>>;

pub(super) fn routes() -> Router<Desk> {
    Router::new()
        .route(&format!("{REGISTER}.csv"), get(csv))
        .route(&format!("{REGISTER}.xlsx"), get(xlsx))
        .route(&format!("{REGISTER}.pdf"), get(pdf))
}

async fn csv(
    State(desk): State<Desk>,
    me: SignedIn,
    Query(asked): Query<Asked>,
) -> Result<Response, Problem> {
    let source = Source::of(&desk, &me, &asked).await?;
    Ok(streamed("text/csv; charset=utf-8", "so-theo-doi.csv", source, write_csv).await)
}

async fn xlsx(
    State(desk): State<Desk>,
    me: SignedIn,
    Query(asked): Query<Asked>,
) -> Result<Response, Problem> {
    let source = Source::of(&desk, &me, &asked).await?;
    let kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    Ok(streamed(kind, "so-theo-doi.xlsx", source, write_xlsx).await)
}

/// Where the lines come from.
struct Source {
    desk: Desk,
    words: Words,
    filter: Filter,
}

impl Source {
    async fn of(desk: &Desk, me: &SignedIn, asked: &Asked) -> Result<Self, Problem> {
        let scope = asked::scope(desk, me, Action::ExportRegister, &asked.don_vi).await?;
        let filter = asked.filter(scope, me.now);
        Ok(Self { desk: desk.clone(), words: me.words.clone(), filter })
    }

    /// Hands every line to `visit`, a batch at a time.
    fn each(
        &self,
        mut visit: impl FnMut(&[Line], &Moment) -> Result<(), Stop>,
    ) -> Result<(), Stop> {
        let (desk, filter) = (self.desk.clone(), self.filter.clone());
        let store = &self.desk.front.store;
        let begun = store.read(move |tx| Walk::whole(tx, &desk, filter.clone(), BATCH));
        let mut walk = begun.wait()?;
        let moment = self.desk.moment();
        loop {
            let (desk, before) = (self.desk.clone(), walk);
            let taken = store.read(move |tx| {
                let mut walk = before.clone();
                let rows = walk.take(tx, &desk, BATCH)?;
                Ok::<_, Error>((walk, rows))
            });
            let (next, rows) = taken.wait()?;
            visit(&rows, &moment)?;
            if rows.len() < BATCH {
                return Ok(());
            }
            walk = next;
        }
    }
}

/// Why an export ends before its end.
#[derive(Debug, thiserror::Error)]
enum Stop {
    #[error("the reader went away")]
    Gone,
    #[error(transparent)]
    Desk(#[from] Error),
    #[error(transparent)]
    File(#[from] std::io::Error),
    #[error(transparent)]
    Sheet(#[from] rust_xlsxwriter::XlsxError),
    #[error(transparent)]
    Csv(#[from] csv::Error),
}

async fn streamed(
    kind: &'static str,
    name: &'static str,
    source: Source,
    write: fn(&Source, &Chunks) -> Result<(), Stop>,
) -> Response {
    let (sender, receiver) = mpsc::channel(4);
    let permit = AT_ONCE.acquire().await;
    tokio::task::spawn_blocking(move || {
        let _permit = permit;
        match write(&source, &sender) {
            Ok(()) | Err(Stop::Gone) => {}
            Err(error) => {
                tracing::error!(%error, "an export broke off");
                // The body ends with an error, so that nobody takes half a register for the whole.
                let _ = sender.blocking_send(Err(std::io::Error::other("broken off")));
            }
        }
    });
    let stream = futures_util::stream::unfold(receiver, async |mut receiver| {
        receiver.recv().await.map(|chunk| (chunk, receiver))
    });
    let headers = [
        (header::CONTENT_TYPE, kind.to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")),
    ];
    (headers, Body::from_stream(stream)).into_response()
}

fn send(chunks: &Chunks, bytes: Vec<u8>) -> Result<(), Stop> {
    chunks.blocking_send(Ok(Bytes::from(bytes))).map_err(|_| Stop::Gone)
}

/// A cell: words, or an instant.
enum Cell {
    Text(String),
    At(Option<Instant>),
}

fn heads(words: &Words) -> Vec<String> {
    let keys = [
        "code",
        "procedure",
        "procedure-code",
        "applicant",
        "channel",
        "received-by",
        "decided-by",
        "filed",
        "accepted",
        "due",
        "ended",
        "returned",
        "status",
    ];
    keys.into_iter().map(|key| words.t(&format!("register-col-{key}"))).collect()
}

fn cells(words: &Words, moment: &Moment, line: &Line) -> Vec<Cell> {
    let procedure = moment.shelf.version(&line.procedure).map(|p| p.name.clone());
    let agency = |id| moment.directory.agency(id).map_or_else(String::new, |a| a.name.clone());
    vec![
        Cell::Text(line.code.to_string()),
        Cell::Text(procedure.unwrap_or_default()),
        Cell::Text(line.procedure.code.to_string()),
        Cell::Text(line.applicant.clone().unwrap_or_default()),
        Cell::Text(words.t(&format!("channel-{}", line.channel.word()))),
        Cell::Text(agency(line.received_by)),
        Cell::Text(agency(line.decided_by)),
        Cell::At(Some(line.submitted_at)),
        Cell::At(line.accepted_at),
        Cell::At(line.due_at),
        Cell::At(line.ended_at),
        Cell::At(line.returned_at),
        Cell::Text(words.t(&format!("status-{}", line.status.word()))),
    ]
}

/// A text that no spreadsheet takes for a formula.
pub(in crate::pages) fn guarded(text: &str) -> String {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        format!("'{text}")
    } else {
        text.to_owned()
    }
}

fn write_csv(source: &Source, chunks: &Chunks) -> Result<(), Stop> {
    let words = &source.words;
    let mut head = Vec::from("\u{feff}");
    csv::Writer::from_writer(&mut head).write_record(heads(words))?;
    send(chunks, head)?;
    source.each(|rows, moment| {
        let mut bytes = Vec::with_capacity(rows.len() * 256);
        let mut writer = csv::Writer::from_writer(&mut bytes);
        for line in rows {
            let cells = cells(words, moment, line).into_iter().map(|cell| match cell {
                Cell::Text(text) => guarded(&text),
                Cell::At(at) => at.map(written).unwrap_or_default(),
            });
            writer.write_record(cells)?;
        }
        writer.flush()?;
        drop(writer);
        send(chunks, bytes)
    })
}

/// 2026-11-23 09:15, which every spreadsheet reads as a moment.
fn written(at: Instant) -> String {
    local(at).strftime("%Y-%m-%d %H:%M").to_string()
}

fn write_xlsx(source: &Source, chunks: &Chunks) -> Result<(), Stop> {
    let words = &source.words;
    let mut book = Workbook::new();
    let moment_format = Format::new().set_num_format("dd/mm/yyyy hh:mm");
    let head_format = Format::new().set_bold();
    let heads = heads(words);
    let mut row = 0;
    source.each(|rows, moment| {
        for line in rows {
            if row == 0 || row == SHEET_ROWS {
                let sheet = book.add_worksheet_with_constant_memory()?;
                begin_sheet(sheet, &heads, &head_format)?;
                row = 1;
            }
            let last = book.worksheets().len() - 1;
            let sheet = book.worksheet_from_index(last)?;
            for (column, cell) in (0_u16..).zip(cells(words, moment, line)) {
                match cell {
                    Cell::Text(text) => sheet.write_string(row, column, text)?,
                    Cell::At(None) => continue,
                    Cell::At(Some(at)) => {
                        sheet.write_datetime_with_format(row, column, excel(at)?, &moment_format)?
                    }
                };
            }
            row += 1;
        }
        // Somebody may have gone away while nothing was sent yet.
        if chunks.is_closed() { Err(Stop::Gone) } else { Ok(()) }
    })?;
    if row == 0 {
        begin_sheet(book.add_worksheet_with_constant_memory()?, &heads, &head_format)?;
    }
    let mut file = tempfile::tempfile()?;
    book.save_to_writer(&mut file)?;
    file.seek(SeekFrom::Start(0))?;
    loop {
        let mut bytes = Vec::with_capacity(64 * 1024);
        if file.by_ref().take(64 * 1024).read_to_end(&mut bytes)? == 0 {
            return Ok(());
        }
        send(chunks, bytes)?;
    }
}

fn begin_sheet(sheet: &mut Worksheet, heads: &[String], format: &Format) -> Result<(), Stop> {
    let widths = [22, 40, 12, 26, 12, 32, 32, 16, 16, 16, 16, 16, 22];
    for (column, (head, width)) in (0_u16..).zip(heads.iter().zip(widths)) {
        sheet.set_column_width(column, width)?;
        sheet.write_string_with_format(0, column, head, format)?;
    }
    sheet.set_freeze_panes(1, 0)?;
    Ok(())
}

fn excel(at: Instant) -> Result<ExcelDateTime, rust_xlsxwriter::XlsxError> {
    let at = local(at);
    let (year, month) = (at.year().unsigned_abs(), at.month().unsigned_abs());
    let day = ExcelDateTime::from_ymd(year, month, at.day().unsigned_abs())?;
    day.and_hms(u16::from(at.hour().unsigned_abs()), at.minute().unsigned_abs(), 0)
}

async fn pdf(
    State(desk): State<Desk>,
    me: SignedIn,
    Query(asked): Query<Asked>,
) -> Result<Response, Problem> {
    let source = Source::of(&desk, &me, &asked).await?;
    let (shared, filter) = (desk.clone(), source.filter.clone());
    let rows = desk.front.store.read(move |tx| {
        let mut walk = Walk::whole(tx, &shared, filter.clone(), FORM_ROWS + 1)?;
        walk.take(tx, &shared, FORM_ROWS + 1)
    });
    let rows = rows.await.map_err(|error: Error| Problem::from(error))?;
    if rows.is_empty() || rows.len() > FORM_ROWS {
        let key = if rows.is_empty() { "register-empty" } else { "register-pdf-long" };
        let back = asked.address(REGISTER, "");
        let problem = Problem::invalid().title(tr!(me, "register-pdf-no"));
        return Err(problem.detail(me.words.t(key)).way_out(tr!(me, "register-back"), back));
    }
    let form = forms::Form::Register(Box::new(form_07(&desk, &me, &source, &rows)));
    let rendered = tokio::task::spawn_blocking(move || forms::render_form(&form)).await;
    let rendered = rendered.map_err(|error| Problem::internal(&error))?;
    let pdf = rendered.map_err(|error| Problem::from(Error::from(error)))?;
    let headers = [
        (header::CONTENT_TYPE, "application/pdf"),
        (header::CONTENT_DISPOSITION, "inline; filename=\"so-theo-doi.pdf\""),
    ];
    Ok((headers, pdf.bytes().to_vec()).into_response())
}

fn form_07(desk: &Desk, me: &SignedIn, source: &Source, rows: &[Line]) -> forms::Register {
    let moment = desk.moment();
    let agency = moment.directory.agency(source.filter.scope.top);
    let above = agency.and_then(|agency| moment.directory.agency(agency.parent?));
    let place = &desk.front.place.name;
    let place = ["Tỉnh ", "Thành phố "].iter().find_map(|kind| place.strip_prefix(kind));
    let name = |id| moment.directory.agency(id).map_or_else(String::new, |a| a.name.clone());
    let day = |line: Option<&Line>| line.map_or(today(me.now), |line| today(line.submitted_at));
    let covered = source.filter.from.zip(source.filter.until);
    let period: (Date, Date) = match covered {
        Some((from, until)) => (today(from), today(until - jiff::SignedDuration::from_secs(1))),
        None => (day(rows.last()), day(rows.first())),
    };
    forms::Register {
        head: forms::Letterhead {
            superior: above.map(|agency| agency.name.clone()),
            agency: agency.map_or_else(String::new, |agency| agency.name.clone()),
            number: None,
            place: place.unwrap_or(&desk.front.place.name).to_owned(),
            issued_at: me.now,
        },
        period,
        rows: rows
            .iter()
            .map(|line| forms::RegisterRow {
                code: line.code.clone(),
                procedure: moment
                    .shelf
                    .version(&line.procedure)
                    .map_or_else(String::new, |p| p.name.clone()),
                sets: 1,
                applicant: line.applicant.clone().unwrap_or_default(),
                reach: String::new(),
                agency: name(line.decided_by),
                received_at: line.accepted_at.or(Some(line.submitted_at)),
                due_at: line.due_at,
                returned_at: line.returned_at,
                returned_by: String::new(),
                signed: String::new(),
                note: source.words.t(&format!("status-{}", line.status.word())),
            })
            .collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_is_never_a_formula() {
        assert_eq!(guarded("=1+1"), "'=1+1");
        assert_eq!(guarded("@x"), "'@x");
        assert_eq!(guarded("Nguyễn Văn A"), "Nguyễn Văn A");
    }
}
