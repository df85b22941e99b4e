//! Names and values, one pair a line.

use maud::{Markup, Render, html};

/// The pairs, the values to the right.
#[must_use]
pub fn kv<K: AsRef<str>, V: Render>(pairs: &[(K, V)]) -> Markup {
    html! {
        dl.kv { @for (name, value) in pairs { dt { (name.as_ref()) } dd.num { (value) } } }
    }
}
