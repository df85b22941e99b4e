//! To the next and the previous page of a long list, by cursor: a list is never counted through.

use maud::{Markup, html};

use crate::{Icon, Words, icon, tr};

/// Links to the neighbours that there are; nothing where there is only one page.
#[must_use]
pub fn pager(words: &Words, previous: Option<&str>, next: Option<&str>) -> Markup {
    html! {
        @if previous.is_some() || next.is_some() {
            nav.pager aria-label=(tr!(words, "pager-label")) {
                @if let Some(href) = previous {
                    a.btn.sm rel="prev" href=(href) { (icon(Icon::Back)) (tr!(words, "pager-previous")) }
                }
                @if let Some(href) = next {
                    a.btn.sm.push rel="next" href=(href) { (tr!(words, "pager-next")) (icon(Icon::Next)) }
                }
            }
        }
    }
}
