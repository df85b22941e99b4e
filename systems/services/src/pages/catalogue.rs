//! The catalogue: found by everyday words, by an event of life, or read through by field.

use std::sync::Arc;

use axum::{
    Router,
    extract::{Query, State},
    routing::get,
};
use kernel::{fold, today};
use maud::{Markup, html};
use procedure::{OnlineLevel, Procedure};
use serde::Deserialize;
use web::{
    MaybeCitizen, PageContext,
    components::{empty, links},
    page, tr,
};

use super::{CATALOGUE, home, speak};
use crate::{
    Services,
    find::{Everyday, Hit, LifeEvent},
    offered,
};

/// Most answers to a question.
const FOUND_MAX: usize = 12;
/// An answer this much weaker than the first is rather a guess.
const WEAK: f32 = 0.55;

pub(super) fn routes() -> Router<Services> {
    Router::new().route(CATALOGUE, get(show))
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Asked {
    q: String,
    chuyen: String,
}

async fn show(
    State(services): State<Services>,
    me: MaybeCitizen,
    Query(asked): Query<Asked>,
) -> Markup {
    let ctx = me.page();
    let called = ctx.user.as_ref().map_or("ongba", |user| user.address.selector());
    let typed: String = asked.q.trim().chars().take(200).collect();
    let everyday = services.everyday().await;
    let event = everyday.events.iter().find(|event| event.id == asked.chuyen);
    let hits = match event {
        None if !typed.is_empty() => services.ask(|index| index.find(&typed, FOUND_MAX)).await,
        _ => Vec::new(),
    };
    let title = match event {
        Some(event) => speak::either(&me.words, &event.name, Some(&event.name_en)).to_owned(),
        None => tr!(me, "find-title"),
    };
    let main = match event {
        Some(event) => of_event(&services, &me, &title, event),
        None if typed.is_empty() => html! {
            (home::ask(&ctx, called, ""))
            (by_field(&services, &me))
        },
        None => html! {
            (home::ask(&ctx, called, &typed))
            (found(&services, &ctx, &me, &typed, &everyday, hits))
        },
    };
    page::citizen(&ctx, &title, main)
}

fn of_event(services: &Services, me: &MaybeCitizen, title: &str, event: &LifeEvent) -> Markup {
    let (shelf, day) = (services.desk.book.shelf(), today(me.now));
    let procedures: Vec<Arc<Procedure>> = event
        .procedures
        .iter()
        .filter_map(|code| shelf.in_force(code, day).filter(|p| offered(p)).cloned())
        .collect();
    html! {
        a.bk href="/" { (web::icon(web::Icon::Back)) (tr!(me, "find-home")) }
        h1 { (title) }
        p.muted { (tr!(me, "find-event-lead")) }
        (list(me, procedures.iter().map(|p| (p, None))))
    }
}

fn found(
    services: &Services,
    ctx: &PageContext,
    me: &MaybeCitizen,
    typed: &str,
    everyday: &Everyday,
    hits: Vec<Hit>,
) -> Markup {
    let (shelf, day) = (services.desk.book.shelf(), today(me.now));
    let best = hits.first().map_or(0.0, |hit| hit.score);
    let procedures: Vec<(Arc<Procedure>, String)> = hits
        .into_iter()
        .filter(|hit| hit.score >= best * WEAK)
        .filter_map(|hit| Some((shelf.in_force(&hit.code, day)?.clone(), hit.name)))
        .collect();
    let events = everyday.events.iter().filter(|event| speaks_of(event, typed));
    let events: Vec<_> = events.map(|event| event.id.clone()).collect();
    let ways = home::life(everyday, &me.words);
    let near: Vec<_> = ways
        .into_iter()
        .filter(|way| events.iter().any(|id| way.href.ends_with(&format!("={id}"))))
        .take(3)
        .collect();
    html! {
        @if procedures.is_empty() {
            (empty::empty(&tr!(me, "find-none", asked = typed), Some((&tr!(me, "find-all"), CATALOGUE))))
            @if let Some(line) = &ctx.help_line { p.muted { (tr!(me, "find-call", number = line.as_str())) } }
        } @else {
            p.muted { (tr!(me, "find-count", n = procedures.len())) }
            (list(me, procedures.iter().map(|(p, said)| (p, Some(said.as_str())))))
        }
        @if !near.is_empty() {
            h2 { (tr!(me, "find-near")) }
            (links::life(&near))
        }
        p { a href=(CATALOGUE) { (tr!(me, "find-all")) } }
    }
}

/// Whether a question holds one of the words of an event.
fn speaks_of(event: &LifeEvent, typed: &str) -> bool {
    let typed = format!(" {} ", fold(typed));
    let names = event.words.iter().chain([&event.name, &event.name_en]);
    names.into_iter().any(|word| typed.contains(&format!(" {} ", fold(word))))
}

fn by_field(services: &Services, me: &MaybeCitizen) -> Markup {
    let (shelf, day) = (services.desk.book.shelf(), today(me.now));
    let mut fields: Vec<(String, Vec<Arc<Procedure>>)> = Vec::new();
    for procedure in shelf.all().filter(|p| offered(p) && p.in_force(day)) {
        match fields.last_mut() {
            Some((sector, list)) if *sector == procedure.sector => list.push(procedure.clone()),
            _ => fields.push((procedure.sector.clone(), vec![procedure.clone()])),
        }
    }
    html! {
        h2 { (tr!(me, "find-by-field")) }
        @for (sector, procedures) in &fields {
            details.card {
                summary { b { (sector) } " " span.muted { (tr!(me, "find-count", n = procedures.len())) } }
                (list(me, procedures.iter().map(|p| (p, None))))
            }
        }
    }
}

/// Procedures, each with how long it takes and whether it can be done online; `said` is the
/// everyday name that was found.
fn list<'p>(
    me: &MaybeCitizen,
    procedures: impl Iterator<Item = (&'p Arc<Procedure>, Option<&'p str>)>,
) -> Markup {
    let words = &me.words;
    html! {
        ul.link.l { @for (procedure, said) in procedures { li {
            a href={ (CATALOGUE) "/" (procedure.code) } {
                (web::icon(web::Icon::File))
                span {
                    b { (speak::name(words, procedure)) }
                    @if let Some(said) = said.filter(|said| *said != procedure.name) {
                        small { "“" (said) "”" }
                    }
                    small {
                        (speak::time(words, procedure)) ", "
                        (words.t(level(procedure.online_level)))
                    }
                }
                (web::icon(web::Icon::Next))
            }
        } } }
    }
}

/// The key of the level of an online service.
pub(super) const fn level(level: OnlineLevel) -> &'static str {
    match level {
        OnlineLevel::Full => "find-level-full",
        OnlineLevel::Partial => "find-level-partial",
        OnlineLevel::None => "find-level-none",
    }
}
