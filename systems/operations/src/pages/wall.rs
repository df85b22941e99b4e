//! The centre on a big screen: dark, nothing to press, one view after the other.

use maud::{Markup, html};
use web::{Icon, SignedIn, assets, icon, page, tr};

use super::{
    CENTRE, Room,
    centre::{Seen, View, card, map, state, tiles},
    line, parts,
};

/// Seconds that a view stays.
const VIEW_SECONDS: u32 = 30;
/// Tiles that fit beside each other.
const TILES: usize = 6;

/// The page of a view, which leads to the next.
pub(super) fn page(room: &Room, me: &SignedIn, seen: &Seen, view: View) -> Markup {
    let mut ctx = me.page();
    let next =
        format!("{CENTRE}?tuong=1&xem={}", following(view, parts::has_map(&seen.glance)).word());
    ctx.again = Some((VIEW_SECONDS, next.clone()));
    ctx.place.unit = tr!(me, "operations-centre");
    let title = me.words.t(view.key());
    let main = html! {
        div.row.head { h1 { (title) } (state(me, &seen.glance)) }
        (body(room, me, seen, view))
        div data-live-events="/dieu-hanh/dong" data-live-next=(next) data-live-seconds=(VIEW_SECONDS) {}
        script type="module" src=(assets::live_script()) {}
    };
    let now = format!("{}, {}", me.words.time(me.now), me.words.date_long(kernel::today(me.now)));
    page::wall(&ctx, &title, &now, main)
}

fn following(view: View, has_map: bool) -> View {
    let at = View::ALL.iter().position(|of| *of == view).unwrap_or(0);
    let next = View::ALL[(at + 1) % View::ALL.len()];
    if next == View::Communes && !has_map { View::Systems } else { next }
}

fn body(room: &Room, me: &SignedIn, seen: &Seen, view: View) -> Markup {
    let (words, mut glance) = (&me.words, seen.glance.clone());
    glance.tiles.truncate(TILES);
    let glance = &glance;
    match view {
        View::Whole => html! {
            (tiles(me, room, glance))
            div.ops {
                @if parts::has_map(glance) { (map(me, room, seen)) }
                (card(me, "m2", "o2", "operations-line", "line", line::line(words, room, glance)))
                (card(me, "m3", "o3", "operations-fields", "", parts::fields(words, room, glance)))
                (card(me, "m6", "o6", "operations-alerts", "alerts", parts::alerts(words, room, &glance.alerts, me.now)))
                (card(me, "m5", "o5", "operations-ranking", "ranking", parts::ranking(words, room, glance)))
            }
        },
        View::Fields => html! {
            (tiles(me, room, glance))
            div.ops.one { (card(me, "m3", "big", "operations-fields", "", parts::fields(words, room, glance))) }
        },
        View::Communes => html! {
            (tiles(me, room, glance))
            div.ops {
                @if parts::has_map(glance) { (map(me, room, seen)) }
                (card(me, "m4", "o4", "operations-load", "", parts::load(words, room, glance)))
                (card(me, "m2", "o2", "operations-line", "line", line::line(words, room, glance)))
                (card(me, "m6", "o6", "operations-alerts", "alerts", parts::alerts(words, room, &glance.alerts, me.now)))
                (card(me, "m5", "o5", "operations-ranking", "ranking", parts::ranking(words, room, glance)))
            }
        },
        View::Systems => html! {
            p.row { (icon(Icon::Chart)) (tr!(me, "operations-systems-lead")) }
            div.ops.one { div data-live-part="systems" { (parts::systems(words, room, glance)) } }
        },
    }
}
