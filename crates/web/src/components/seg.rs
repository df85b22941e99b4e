//! A row of views to choose from, each with its count.

use maud::{Markup, html};

use crate::{Icon, Words, icon};

/// One view.
#[derive(Debug, Clone, Default)]
pub struct Segment {
    /// Drawn before the word.
    pub icon: Option<Icon>,
    /// "Quá hạn".
    pub label: String,
    /// How many there are.
    pub count: Option<u64>,
    /// Its address.
    pub href: String,
    /// Whether it is shown now.
    pub current: bool,
}

/// The row of views; `name` is for screen readers.
#[must_use]
pub fn nav(words: &Words, name: &str, segments: &[Segment]) -> Markup {
    html! {
        nav.seg aria-label=(name) {
            @for it in segments {
                a href=(it.href) aria-current=[it.current.then_some("true")] {
                    @if let Some(drawing) = it.icon { (icon(drawing)) }
                    (it.label)
                    @if let Some(count) = it.count { " " span.num { (words.number(count)) } }
                }
            }
        }
    }
}
