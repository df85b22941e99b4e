//! A card with a heading; numbered where the sections of a long form have keys of their own.

use maud::{Markup, html};

use crate::{Icon, icon};

/// A card with a heading. `id` names the heading for screen readers.
#[must_use]
pub fn card(id: &str, title: &str, body: Markup) -> Markup {
    html! { section.card aria-labelledby=(id) { h2 id=(id) { (title) } (body) } }
}

/// A card with something at the right of its heading.
#[must_use]
pub fn card_with(id: &str, title: &str, aside: Markup, body: Markup) -> Markup {
    html! {
        section.card aria-labelledby=(id) {
            div.row.head { h2 id=(id) { (title) } span.push { (aside) } }
            (body)
        }
    }
}

/// What has been reached in a numbered section.
#[derive(Debug, Clone)]
pub enum Reached {
    /// Nothing to say yet.
    Open,
    /// "đủ 4 trên 4".
    Done(String),
    /// "đã đối chiếu dân cư 09:12".
    Proven(String),
    /// "thiếu 1 giấy tờ".
    Missing(String),
}

/// Section `n` of a form for officers; `Alt n` leads there.
#[must_use]
pub fn numbered(n: u8, title: &str, reached: &Reached, body: Markup) -> Markup {
    let id = format!("section-{n}");
    let said = match reached {
        Reached::Open => None,
        Reached::Done(text) => Some((Icon::Done, "ok2", text)),
        Reached::Proven(text) => Some((Icon::Seal, "ok2", text)),
        Reached::Missing(text) => Some((Icon::Warn, "ok2 wait", text)),
    };
    html! {
        section.card.sec aria-labelledby=(id) data-section=(n) {
            h2 id=(id) tabindex="-1" {
                i { (n) } (title)
                @if let Some((drawing, class, text)) = said {
                    " " span class=(class) { (icon(drawing)) (text) }
                }
                kbd aria-hidden="true" { "Alt " (n) }
            }
            div.in { (body) }
        }
    }
}
