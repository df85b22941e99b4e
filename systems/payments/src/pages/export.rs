//! The lines of a statement with what became of each, to take along.

use axum::{
    Router,
    extract::{Path, State},
    http::header,
    response::{IntoResponse, Response},
    routing::get,
};
use kernel::vn_datetime;
use payments::{RunId, reconcile};
use web::{SignedIn, http::Problem, tr};

use super::{BOOKS, books::admit};
use crate::Cashier;

/// Lines that are read at a time.
const PIECE: u32 = 1_000;

pub(super) fn routes() -> Router<Cashier> {
    Router::new().route(&format!("{BOOKS}/lan/{{id}}/ket-qua.csv"), get(csv))
}

async fn csv(
    State(cashier): State<Cashier>,
    me: SignedIn,
    Path(id): Path<RunId>,
) -> Result<Response, Problem> {
    admit(&cashier, &me).await?;
    // The mark of UTF-8, without which spreadsheets take the text for another alphabet.
    let mut out = csv::Writer::from_writer("\u{feff}".as_bytes().to_vec());
    let failed = |error: csv::Error| Problem::internal(&error);
    let heads =
        ["books-row", "books-when", "books-number", "books-amount", "books-verdict", "books-words"];
    out.write_record(heads.map(|key| me.words.t(key))).map_err(failed)?;
    let mut after = 0;
    loop {
        let read = cashier.read(move |tx, cashier| {
            let moment = cashier.desk.moment();
            Ok(cashier.desk.in_office(&moment, |office| {
                reconcile::lines(tx, office, id, None, after, PIECE)
            })?)
        });
        let lines = read.await?;
        for judged in &lines {
            let line = &judged.line;
            after = line.row;
            let verdict = me.words.t(&format!("books-verdict-{}", judged.verdict.word()));
            out.write_record([
                line.row.to_string(),
                vn_datetime(line.paid_at),
                harmless(&line.number),
                line.amount.to_string(),
                verdict,
                harmless(&line.words),
            ])
            .map_err(failed)?;
        }
        if lines.len() < PIECE as usize {
            break;
        }
    }
    let body = out.into_inner().map_err(|error| Problem::internal(&error.into_error()))?;
    let name = tr!(me, "books-export-name");
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}-{id}.csv\"")),
    ];
    Ok((headers, body).into_response())
}

/// A payer's words that a spreadsheet would take for a formula.
fn harmless(text: &str) -> String {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        format!("'{text}")
    } else {
        text.to_owned()
    }
}
