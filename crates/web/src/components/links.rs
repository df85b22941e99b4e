//! Ways on for citizens: events of life as cards, frequent errands as a list.

use maud::{Markup, html};

use crate::{Icon, icon};

/// A way on.
#[derive(Debug, Clone)]
pub struct Way {
    /// Drawn first.
    pub icon: Icon,
    /// "Có con nhỏ".
    pub title: String,
    /// "khai sinh, bảo hiểm, cư trú".
    pub note: String,
    /// Where it leads.
    pub href: String,
}

/// Events of life, two or three side by side.
#[must_use]
pub fn life(ways: &[Way]) -> Markup {
    html! {
        ul.life.l { @for way in ways { li {
            a href=(way.href) { (icon(way.icon)) b { (way.title) } small { (way.note) } }
        } } }
    }
}

/// Errands, one below the other.
#[must_use]
pub fn list(ways: &[Way]) -> Markup {
    html! {
        ul.link.l { @for way in ways { li {
            a href=(way.href) {
                (icon(way.icon)) span { b { (way.title) } small { (way.note) } } (icon(Icon::Next))
            }
        } } }
    }
}
