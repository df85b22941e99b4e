//! The centre: the province at a glance, by lĩnh vực, by commune, by system; on a big screen, and
//! in the pocket.

use std::sync::Arc;

use axum::{
    extract::{Query, State},
    response::{IntoResponse, Response},
};
use maud::{Markup, html};
use serde::Deserialize;
use web::{
    Icon, PageContext, SignedIn, assets,
    components::seg::{Segment, nav},
    http::Problem,
    icon, tr,
};

use super::{CENTRE, OUTLOOK, Outlines, Room, directs, line, parts, say, scope_of, wall};
use crate::{
    Error,
    queries::{self, Glance},
};

/// Seconds after which a browser without the script asks again.
const AGAIN_SECONDS: u32 = 30;

/// What is asked of the page.
#[derive(Debug, Deserialize)]
pub(super) struct Asked {
    /// Which view.
    #[serde(default)]
    xem: String,
    /// Whether it is for a big screen.
    #[serde(default)]
    tuong: String,
}

/// A view.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum View {
    Whole,
    Fields,
    Communes,
    Systems,
}

impl View {
    pub(super) const ALL: [Self; 4] = [Self::Whole, Self::Fields, Self::Communes, Self::Systems];

    fn of(word: &str) -> Self {
        Self::ALL.into_iter().find(|view| view.word() == word).unwrap_or(Self::Whole)
    }

    pub(super) const fn word(self) -> &'static str {
        match self {
            Self::Whole => "tinh",
            Self::Fields => "linh-vuc",
            Self::Communes => "xa",
            Self::Systems => "he-thong",
        }
    }

    pub(super) const fn key(self) -> &'static str {
        match self {
            Self::Whole => "operations-view-whole",
            Self::Fields => "operations-view-fields",
            Self::Communes => "operations-view-communes",
            Self::Systems => "operations-view-systems",
        }
    }
}

/// What a page is made of.
pub(super) struct Seen {
    pub(super) glance: Glance,
    pub(super) outlines: Arc<Outlines>,
}

/// Reads what the page shows. Outlines are only asked for where there is a map.
pub(super) async fn seen(room: &Room, me: &SignedIn) -> Result<Seen, Problem> {
    let (shared, scope) = (room.clone(), scope_of(room, me)?);
    let read = room.front.store.read(move |tx| {
        let glance = queries::glance(tx, &shared, &scope)?;
        let outlines = match parts::has_map(&glance) {
            true => shared.outlines(tx)?,
            false => Arc::default(),
        };
        Ok::<_, Error>(Seen { glance, outlines })
    });
    Ok(read.await?)
}

pub(super) async fn page(
    State(room): State<Room>,
    me: SignedIn,
    Query(asked): Query<Asked>,
) -> Result<Response, Problem> {
    let seen = seen(&room, &me).await?;
    let view = View::of(&asked.xem);
    if !asked.tuong.is_empty() {
        return Ok(wall::page(&room, &me, &seen, view).into_response());
    }
    let mut ctx = desk::context(&room, &me).await?;
    ctx.again = Some((AGAIN_SECONDS, me.path.clone()));
    let title = title(&me, &room, &seen.glance);
    let main = html! {
        (views(&me, view, &seen.glance))
        (body(&me, &room, &seen, view))
        (live(&ctx))
    };
    let beside = html! { (state(&me, &seen.glance)) (ways(&me, &room)) };
    Ok(desk::page(&ctx, &title, beside, main).into_response())
}

/// For the leader's telephone: figures, alerts, who has most of what is late; nothing else.
pub(super) async fn pocket(State(room): State<Room>, me: SignedIn) -> Result<Response, Problem> {
    let seen = seen(&room, &me).await?;
    let mut ctx = desk::context(&room, &me).await?;
    ctx.again = Some((AGAIN_SECONDS, me.path.clone()));
    let title = title(&me, &room, &seen.glance);
    let main = html! {
        (tiles(&me, &room, &seen.glance))
        div.ops {
            (card(&me, "m6", "o6", "operations-alerts", "alerts", parts::alerts(&me.words, &room, &seen.glance.alerts, me.now)))
            (card(&me, "m5", "o5", "operations-ranking", "ranking", parts::ranking(&me.words, &room, &seen.glance)))
        }
        p { a href=(CENTRE) { (tr!(me, "operations-all")) } }
        (live(&ctx))
    };
    Ok(desk::page(&ctx, &title, state(&me, &seen.glance), main).into_response())
}

fn title(me: &SignedIn, room: &Room, glance: &Glance) -> String {
    let of = say::scope(&me.words, &room.front.directory.get(), &glance.scope);
    tr!(me, "operations-title", of = of)
}

/// As of when; the script says here whether the line is open.
pub(super) fn state(me: &SignedIn, glance: &Glance) -> Markup {
    let said = parts::freshness(&me.words, &glance.fresh);
    html! {
        span.live {
            (icon(if glance.fresh.behind { Icon::Silent } else { Icon::Done }))
            span role="status" data-live-state="" data-on=(said) data-off=(tr!(me, "operations-line-broken"))
                data-out=(tr!(me, "operations-line-out")) data-sign-in=(tr!(me, "operations-line-sign-in")) { (said) }
        }
    }
}

fn ways(me: &SignedIn, room: &Room) -> Markup {
    html! {
        span.row.push.noprint {
            a.btn.sm href={ (CENTRE) "?tuong=1" } { (tr!(me, "operations-wall")) }
            a.btn.sm href="/dieu-hanh/bo-tui" { (tr!(me, "operations-pocket")) }
            a.btn.sm href=(OUTLOOK) { (tr!(me, "operations-what-if")) }
            @if directs(room, me).is_ok() {
                a.btn.sm href="/dieu-hanh/o" { (tr!(me, "operations-arrange")) }
            }
        }
    }
}

fn views(me: &SignedIn, view: View, glance: &Glance) -> Markup {
    let segments = View::ALL.into_iter().filter(|v| *v != View::Communes || parts::has_map(glance));
    let segment = |of: View| Segment {
        icon: None,
        label: me.words.t(of.key()),
        count: None,
        href: format!("{CENTRE}?xem={}", of.word()),
        current: of == view,
    };
    let segments: Vec<Segment> = segments.map(segment).collect();
    html! { div.gap.noprint { (nav(&me.words, &tr!(me, "operations-views"), &segments)) } }
}

fn body(me: &SignedIn, room: &Room, seen: &Seen, view: View) -> Markup {
    let (words, glance) = (&me.words, &seen.glance);
    match view {
        View::Whole => html! {
            (tiles(me, room, glance))
            div.ops {
                @if parts::has_map(glance) { (map(me, room, seen)) }
                (card(me, "m2", "o2", "operations-line", "line", line::line(words, room, glance)))
                (card(me, "m3", "o3", "operations-fields", "", parts::fields(words, room, glance)))
                (card(me, "m4", "o4", "operations-load", "", parts::load(words, room, glance)))
                (card(me, "m5", "o5", "operations-ranking", "ranking", parts::ranking(words, room, glance)))
                (card(me, "m6", "o6", "operations-alerts", "alerts", parts::alerts(words, room, &glance.alerts, me.now)))
            }
        },
        View::Fields => html! {
            div.ops { (card(me, "m3", "o7", "operations-fields", "", parts::fields(words, room, glance))) }
        },
        View::Communes => html! {
            div.ops { @if parts::has_map(glance) { (map(me, room, seen)) } div.o2 { (parts::communes(words, room, glance)) } }
        },
        View::Systems => {
            html! { div data-live-part="systems" { (parts::systems(words, room, glance)) } }
        }
    }
}

pub(super) fn tiles(me: &SignedIn, room: &Room, glance: &Glance) -> Markup {
    let view = |now| parts::tile_view(&me.words, room, glance, now);
    html! {
        section.tiles aria-label=(tr!(me, "operations-tiles")) {
            h2.vh { (tr!(me, "operations-tiles")) }
            @for now in &glance.tiles {
                div data-live-part=(parts::tile_name(now)) {
                    (web::components::tile::tile(&me.words, &view(now)))
                }
            }
        }
    }
}

pub(super) fn map(me: &SignedIn, room: &Room, seen: &Seen) -> Markup {
    let (words, glance) = (&me.words, &seen.glance);
    let title = tr!(me, "operations-map", n = glance.places.len());
    html! {
        section.card.o1 aria-labelledby="m1" {
            h2 #m1 { (title) small { (tr!(me, "operations-map-of")) } }
            (parts::map(words, room, glance, &seen.outlines))
        }
    }
}

/// A card; `part` is the name under which what is in it is sent, where it moves.
pub(super) fn card(
    me: &SignedIn,
    id: &str,
    place: &str,
    title: &str,
    part: &str,
    body: Markup,
) -> Markup {
    let part = (!part.is_empty()).then_some(part);
    html! {
        section class={ "card " (place) } aria-labelledby=(id) {
            h2 id=(id) { (me.words.t(title)) }
            div.flow data-live-part=[part] { (body) }
        }
    }
}

/// Where the script listens.
pub(super) fn live(_: &PageContext) -> Markup {
    html! {
        div data-live-events="/dieu-hanh/dong" {}
        script type="module" src=(assets::live_script()) {}
    }
}
