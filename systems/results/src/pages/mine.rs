//! My results: what the province signed for whoever is signed in, to be kept and shown to others.

use axum::{
    Router,
    extract::{Path, State},
    http::header,
    response::{IntoResponse, Response},
    routing::get,
};
use desk::{Desk, Ended, Error, ResultsOf, SignedResult, results_of};
use kernel::{CaseCode, today};
use maud::{Markup, html};
use store::args;
use web::{
    Citizen, Icon,
    components::{
        documents::{Filed, filed},
        empty,
    },
    http::Problem,
    icon, page, tr,
};

use super::{CHECK, MINE};

pub(super) fn routes() -> Router<Desk> {
    Router::new().route(MINE, get(list)).route("/toi/ket-qua/{code}/{serial}", get(file))
}

async fn mine(desk: &Desk, me: &Citizen) -> Result<Vec<(CaseCode, SignedResult)>, Problem> {
    let (shared, party) = (desk.clone(), me.party);
    let read = desk.front.store.read(move |tx| {
        let tenant = &shared.front.tenant;
        let mut mine = Vec::new();
        for result in results_of(tx, &shared, ResultsOf::Party(party))? {
            let code = tx.one(
                "select code from case_state where tenant = $1 and id = $2",
                args!(tenant, result.case),
                |row| row.get(0),
            )?;
            mine.push((code, result));
        }
        Ok::<_, Error>(mine)
    });
    Ok(read.await?)
}

async fn list(State(desk): State<Desk>, me: Citizen) -> Result<Markup, Problem> {
    let mine = mine(&desk, &me).await?;
    let directory = desk.front.directory.get();
    let papers: Vec<Filed> = mine
        .iter()
        .map(|(code, result)| {
            let agency = directory.agency(result.agency).map_or("", |agency| agency.name.as_str());
            let day = me.words.date(today(result.signed_at));
            let key = match result.ended {
                None => "mine-result",
                Some((Ended::Replaced, ..)) => "mine-result-replaced",
                Some((Ended::Revoked, ..)) => "mine-result-revoked",
            };
            let note = me.words.t_with(key, &[("agency", agency.into()), ("day", day.into())]);
            Filed {
                title: result.name.clone(),
                href: Some(format!("{MINE}/{code}/{}", result.serial)),
                note,
                kind: format!("PDF, {}", me.words.file_size(result.size)),
                hash: Some(result.hash.clone()),
            }
        })
        .collect();
    let main = html! {
        a.bk href="/toi" { (icon(Icon::Back)) (tr!(me, "mine-results-back")) }
        h1 { (tr!(me, "mine-results")) }
        p.muted { (tr!(me, "mine-results-lead")) }
        @if papers.is_empty() {
            (empty::empty(&tr!(me, "mine-results-none"), None))
        } @else {
            (filed(&me.words, &papers))
            p.after { a href=(CHECK) { (tr!(me, "mine-results-check")) } }
        }
    };
    Ok(page::citizen(&me.page(), &tr!(me, "mine-results"), main))
}

/// The signed file; somebody else's is none.
async fn file(
    State(desk): State<Desk>,
    me: Citizen,
    Path((code, serial)): Path<(String, u32)>,
) -> Result<Response, Problem> {
    let mine = mine(&desk, &me).await?;
    let found = mine.iter().find(|(of, result)| of.as_str() == code && result.serial == serial);
    let (code, result) = found.ok_or_else(Problem::not_found)?;
    let hash: files::Sha256Hash = result.hash.parse().map_err(|_| Problem::not_found())?;
    let shared = desk.clone();
    // Read by a thread of the store, since a disk would hold up every other request of this one.
    let read = desk.front.store.read(move |_| Ok::<_, Error>(shared.blobs.get(hash)?)).await?;
    let headers = [
        (header::CONTENT_TYPE, "application/pdf".to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{code}-{serial}.pdf\"")),
        (header::CACHE_CONTROL, "private, no-store".to_owned()),
    ];
    Ok((headers, read).into_response())
}
