//! My papers: what the province signed for me and what it holds of me from earlier dossiers, to be
//! used again.

use axum::{Router, extract::State, routing::get};
use desk::Moment;
use maud::{Markup, html};
use web::{
    Citizen, Icon,
    components::{
        documents::{self, Filed},
        empty,
    },
    http::Problem,
    icon, page, tr,
};

use super::{CATALOGUE, DOSSIERS, ME, PAPERS, RESULTS, speak};
use crate::{
    Services,
    papers::{self, Held, Origin},
};

pub(super) fn routes() -> Router<Services> {
    Router::new().route(PAPERS, get(show))
}

async fn show(State(services): State<Services>, me: Citizen) -> Result<Markup, Problem> {
    let (shared, party) = (services.desk.clone(), me.party);
    let read = services.desk.front.store.read(move |tx| {
        Ok::<_, desk::Error>((
            papers::issued(tx, &shared, party)?,
            papers::filed(tx, &shared, party)?,
        ))
    });
    let (issued, filed) = read.await?;
    let moment = services.desk.moment();
    let ctx = me.page();
    let rows =
        |held: &[Held]| -> Vec<Filed> { held.iter().map(|h| row(&me, &moment, h)).collect() };
    let main = html! {
        a.bk href=(ME) { (icon(Icon::Back)) (tr!(me, "mine-title")) }
        h1 { (tr!(me, "mine-papers")) }
        p.muted { (tr!(me, "papers-lead")) }
        @if issued.is_empty() && filed.is_empty() {
            div.after { (empty::empty(&tr!(me, "papers-none"), Some((&tr!(me, "mine-find"), CATALOGUE)))) }
        }
        @if !issued.is_empty() {
            h2 { (tr!(me, "papers-issued")) }
            (documents::filed(&me.words, &rows(&issued)))
            p.after { a href=(RESULTS) { (tr!(me, "papers-all-results")) } }
        }
        @if !filed.is_empty() {
            h2 { (tr!(me, "papers-handed")) }
            (documents::filed(&me.words, &rows(&filed)))
        }
    };
    Ok(page::citizen(&ctx, &tr!(me, "mine-papers"), main))
}

/// A paper, with where it is from.
fn row(me: &Citizen, moment: &Moment, held: &Held) -> Filed {
    let day = me.words.date(kernel::today(held.recorded_at));
    let (href, note) = match &held.origin {
        Origin::Filed { procedure, .. } => {
            let procedure = moment.shelf.version(procedure);
            let name = procedure.map_or("", |p| speak::name(&me.words, p));
            let href = format!("{DOSSIERS}/{}/tep/{}", held.case, held.hash);
            (href, tr!(me, "papers-from", name = name, day = day))
        }
        Origin::Issued { serial, agency } => {
            let agency = moment.directory.agency(*agency);
            let agency = agency.map_or("", |agency| agency.name.as_str());
            let href = format!("{RESULTS}/{}/{serial}", held.case);
            (href, tr!(me, "papers-signed", agency = agency, day = day))
        }
    };
    Filed {
        title: held.title(moment),
        href: Some(href),
        note,
        kind: format!("{}, {}", held.kind.to_uppercase(), me.words.file_size(held.size)),
        hash: Some(held.hash.clone()),
    }
}
