//! A remark beside the matter of the page.

use maud::{Markup, html};

use crate::{Icon, icon};

/// How pressing a remark is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Tone {
    /// Good to know.
    #[default]
    Plain,
    /// Soon.
    Soon,
    /// Too late, or wrong.
    Late,
}

/// A remark; may hold links.
#[must_use]
pub fn note(tone: Tone, text: Markup) -> Markup {
    html! { div.note.soon[tone == Tone::Soon].late[tone == Tone::Late] { (text) } }
}

/// A remark with an icon, and the label and address of what to do about it.
#[must_use]
pub fn call(tone: Tone, text: Markup, action: Option<(&str, &str)>) -> Markup {
    let drawing = match tone {
        Tone::Plain => Icon::Bell,
        Tone::Soon => Icon::Soon,
        Tone::Late => Icon::Late,
    };
    html! {
        div.note.nagbox.soon[tone == Tone::Soon].late[tone == Tone::Late] {
            (icon(drawing)) p { (text) }
            @if let Some((label, href)) = action { a.btn.sm.push href=(href) { (label) } }
        }
    }
}
