//! Reports as files: what was signed, spreadsheets, SDMX.

use axum::{
    Router,
    extract::{Path, Query, State},
    http::header,
    response::{IntoResponse, Response},
    routing::get,
};
use desk::Desk;
use serde::Deserialize;
use web::{SignedIn, http::Problem};

use super::{may_see, one, period};
use crate::{
    Error, document,
    export::{self, Round},
    library::Library,
    queries::Whole,
};

const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
const CSV: &str = "text/csv; charset=utf-8";

pub(super) fn routes() -> Router<Desk> {
    Router::new().route("/bao-cao/{code}/tep/{name}", get(one_file))
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    che_do: String,
    ky: String,
}

async fn one_file(
    State(desk): State<Desk>,
    me: SignedIn,
    Path((code, name)): Path<(String, String)>,
) -> Result<Response, Problem> {
    let whole = one::open(&desk, &me, &code).await?;
    let file = format!("{code}-{name}");
    match name.as_str() {
        "bao-cao.pdf" => Ok(sent("application/pdf", &file, pdf(&desk, &me, whole).await?)),
        "bao-cao.xlsx" => {
            let bytes = export::one_xlsx(&desk, &me.words, &whole)?;
            Ok(sent(XLSX, &file, bytes))
        }
        "bao-cao.csv" => {
            let Whole { report, regime, form, sheet, .. } = whole;
            let reports = vec![(report.clone(), sheet)];
            let round = Round { regime, form, period: report.period, reports };
            let bytes = export::sdmx(&desk.front.tenant, &me.directory, &round)?;
            Ok(sent(CSV, &file, bytes))
        }
        _ => Err(Problem::not_found()),
    }
}

/// What was signed and kept; of a report that was not sent yet, how it would look.
async fn pdf(desk: &Desk, me: &SignedIn, whole: Whole) -> Result<Vec<u8>, Problem> {
    let (shared, now) = (desk.clone(), me.now);
    let made = tokio::task::spawn_blocking(move || match &whole.report.document {
        Some(hash) => {
            let hash = hash.parse().map_err(Error::from)?;
            Ok::<_, Error>(shared.blobs.get(hash)?)
        }
        None => {
            // Whoever reads it has not signed it.
            document::set(&shared, &whole, None, now)
        }
    });
    Ok(made.await.map_err(|error| Problem::internal(&error))??)
}

pub(super) async fn round_xlsx(
    State(desk): State<Desk>,
    me: SignedIn,
    Query(asked): Query<Asked>,
) -> Result<Response, Problem> {
    let round = round(&desk, &me, asked).await?;
    let bytes = export::round_xlsx(&desk, &me.words, &round)?;
    Ok(sent(XLSX, &format!("{}-{}.xlsx", round.regime.code, round.period), bytes))
}

pub(super) async fn round_sdmx(
    State(desk): State<Desk>,
    me: SignedIn,
    Query(asked): Query<Asked>,
) -> Result<Response, Problem> {
    let round = round(&desk, &me, asked).await?;
    let bytes = export::sdmx(&desk.front.tenant, &me.directory, &round)?;
    Ok(sent(CSV, &format!("{}-{}.csv", round.regime.code, round.period), bytes))
}

/// The round that is asked for, as far as this officer may see it.
async fn round(desk: &Desk, me: &SignedIn, asked: Asked) -> Result<Round, Problem> {
    let (shared, who) = (desk.clone(), me.clone());
    let read = desk.front.store.read(move |tx| {
        let library = Library::read(tx, &shared)?;
        let regime = library.regime(&asked.che_do)?.code.clone();
        let (_, chosen) = period(tx, &shared, &regime, &asked.ky)?;
        let chosen = chosen.ok_or(Error::NoReport)?;
        export::read_round(tx, &shared, (&regime, chosen), |r| may_see(&shared, &who, r))
    });
    Ok(read.await?)
}

fn sent(kind: &'static str, name: &str, bytes: Vec<u8>) -> Response {
    let disposition = format!("attachment; filename=\"{name}\"");
    let headers =
        [(header::CONTENT_TYPE, kind.to_owned()), (header::CONTENT_DISPOSITION, disposition)];
    (headers, bytes).into_response()
}
