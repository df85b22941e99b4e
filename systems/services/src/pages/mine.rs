//! A person's own pages: what waits, what runs, what was begun.

use axum::{Router, extract::State, routing::get};
use desk::{Line, clock};
use maud::{Markup, html};
use web::{
    Citizen, Icon, PageContext,
    components::{clock as chip, empty, links, links::Way},
    http::Problem,
    icon, page, tr,
};

use super::{CATALOGUE, DATA, DOSSIERS, FILL, MANDATES, ME, NOTICES, PAPERS, app, speak};
use crate::{
    Services,
    drafts::{self, DraftLine},
    queries,
};

pub(super) fn routes() -> Router<Services> {
    Router::new().route(ME, get(show)).route(DOSSIERS, get(show))
}

async fn show(State(services): State<Services>, me: Citizen) -> Result<Markup, Problem> {
    let (shared, party) = (services.desk.clone(), me.party);
    let read = services.desk.front.store.read(move |tx| {
        let dossiers = queries::mine(tx, &shared, party, queries::LIST_MAX)?;
        let drafts = drafts::open_of(tx, &shared.front.tenant, party)?;
        let helped = queries::helped(tx, &shared, party)?;
        Ok::<_, desk::Error>((dossiers, drafts, helped))
    });
    let (dossiers, begun, helped) = read.await?;
    let helped: Vec<&Line> = helped.iter().collect();
    let ctx = me.page();
    let (open, over): (Vec<&Line>, Vec<&Line>) =
        dossiers.iter().partition(|line| line.status.is_open());
    let called = me.address().selector();
    let main = html! {
        h1 { (tr!(me, "mine-heading", called = called)) }
        (app::waits(&me.words))
        @if !begun.is_empty() {
            h2 { (tr!(me, "mine-begun")) }
            (drafts_list(&services, &ctx, &begun))
        }
        h2 { (tr!(me, "mine-open")) }
        @if open.is_empty() {
            (empty::empty(&tr!(me, "mine-none"), Some((&tr!(me, "mine-find"), CATALOGUE))))
        } @else { (lines(&services, &ctx, &me, &open)) }
        @if !over.is_empty() {
            h2 { (tr!(me, "mine-over")) }
            (lines(&services, &ctx, &me, &over))
        }
        @if !helped.is_empty() {
            h2 { (tr!(me, "mine-helped")) }
            (lines(&services, &ctx, &me, &helped))
        }
        h2 { (tr!(me, "mine-more")) }
        (links::list(&ways(&me)))
        (app::script())
    };
    Ok(page::citizen(&ctx, &tr!(me, "mine-title"), main))
}

fn drafts_list(services: &Services, ctx: &PageContext, begun: &[DraftLine]) -> Markup {
    let shelf = services.desk.book.shelf();
    html! {
        ul.link.l { @for draft in begun { li {
            a href={ (FILL) "/" (draft.id) } {
                (icon(Icon::Pen))
                span {
                    b { @match shelf.newest(&draft.procedure.code) {
                        Some(procedure) => (speak::name(&ctx.words, procedure)),
                        None => (draft.procedure.code),
                    } }
                    small { (tr!(ctx, "home-draft-at", at = ctx.words.moment(draft.updated_at))) }
                }
                (icon(Icon::Next))
            }
        } } }
    }
}

/// Dossiers, each with its clock and where it stands.
fn lines(services: &Services, ctx: &PageContext, me: &Citizen, lines: &[&Line]) -> Markup {
    let moment = services.desk.moment();
    html! {
        ul.link.l { @for line in lines { li {
            a href={ (DOSSIERS) "/" (line.code) } {
                (icon(Icon::Folder))
                span {
                    b { @match moment.shelf.version(&line.procedure) {
                        Some(procedure) => (speak::name(&ctx.words, procedure)),
                        None => (line.procedure.code),
                    } }
                    small {
                        (ctx.words.t(&format!("status-{}", line.status.word()))) ", "
                        (line.code)
                    }
                    (chip::chip(&ctx.words, &clock::of_line(&ctx.words, line, me.now, &moment)))
                }
                (icon(Icon::Next))
            }
        } } }
    }
}

fn ways(me: &Citizen) -> Vec<Way> {
    let way = |icon, key: &str, href: &str| Way {
        icon,
        title: me.words.t(key),
        note: me.words.t(&format!("{key}-note")),
        href: href.to_owned(),
    };
    vec![
        way(Icon::File, "mine-papers", PAPERS),
        way(Icon::Users, "mine-mandates", MANDATES),
        way(Icon::Seal, "mine-data", DATA),
        way(Icon::Bell, "mine-notices", NOTICES),
    ]
}
