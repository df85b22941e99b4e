//! A word in a box.

use maud::{Markup, html};

use crate::{Icon, icon};

/// A plain tag: a code, a channel.
#[must_use]
pub fn tag(text: &str) -> Markup {
    html! { span.tag { (text) } }
}

/// A tag of figures: a procedure's code.
#[must_use]
pub fn code(text: &str) -> Markup {
    html! { span.tag.num { (text) } }
}

/// A tag that says that something has been proven: "nhật ký khớp".
#[must_use]
pub fn proven(text: &str) -> Markup {
    html! { span.tag.ok { (icon(Icon::Seal)) (text) } }
}
