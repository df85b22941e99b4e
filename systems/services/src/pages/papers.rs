//! My papers: what the province holds of me from earlier dossiers, to be used again.

use axum::{Router, extract::State, routing::get};
use maud::{Markup, html};
use web::{
    Citizen, Icon,
    components::{
        documents::{Filed, filed},
        empty,
    },
    http::Problem,
    icon, page, tr,
};

use super::{CATALOGUE, DOSSIERS, ME, PAPERS, speak};
use crate::{Services, queries};

pub(super) fn routes() -> Router<Services> {
    Router::new().route(PAPERS, get(show))
}

async fn show(State(services): State<Services>, me: Citizen) -> Result<Markup, Problem> {
    let (shared, party) = (services.desk.clone(), me.party);
    let read = services.desk.front.store.read(move |tx| queries::papers(tx, &shared, party));
    let held = read.await?;
    let moment = services.desk.moment();
    let ctx = me.page();
    let papers: Vec<Filed> = held
        .iter()
        .map(|held| {
            let procedure = moment.shelf.version(&held.procedure);
            let id = held.component.as_deref().unwrap_or_default();
            let component =
                procedure.and_then(|p| p.components.iter().find(|c| c.id.as_str() == id));
            let name = procedure.map_or("", |p| speak::name(&me.words, p));
            let day = me.words.date(kernel::today(held.recorded_at));
            Filed {
                title: component.map_or_else(|| held.name.clone(), |c| c.name.clone()),
                href: Some(format!("{DOSSIERS}/{}/tep/{}", held.case, held.hash)),
                note: tr!(me, "papers-from", name = name, day = day),
                kind: format!("{}, {}", held.kind.to_uppercase(), me.words.file_size(held.size)),
                hash: Some(held.hash.clone()),
            }
        })
        .collect();
    let main = html! {
        a.bk href=(ME) { (icon(Icon::Back)) (tr!(me, "mine-title")) }
        h1 { (tr!(me, "mine-papers")) }
        p.muted { (tr!(me, "papers-lead")) }
        @if papers.is_empty() {
            (empty::empty(&tr!(me, "papers-none"), Some((&tr!(me, "mine-find"), CATALOGUE))))
        } @else { (filed(&me.words, &papers)) }
    };
    Ok(page::citizen(&ctx, &tr!(me, "mine-papers"), main))
}
