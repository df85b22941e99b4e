//! What is known already, shown with its source before any field that it spares.

use maud::{Markup, html};

use crate::{Icon, Words, icon, tr};

/// A value that nobody has to type.
#[derive(Debug, Clone, Default)]
pub struct Known {
    /// "Mẹ".
    pub label: String,
    /// "Hoàng Thị Mai Sương".
    pub value: String,
    /// "Cơ sở dữ liệu dân cư".
    pub source: String,
}

/// The values, folded under their count. `wrong_href` is where something wrong is reported.
#[must_use]
pub fn known(words: &Words, values: &[Known], wrong_href: &str, open: bool) -> Markup {
    html! {
        details.card.have open[open] {
            summary {
                (icon(Icon::Seal)) (tr!(words, "known-count", n = values.len())) (icon(Icon::Down))
            }
            dl { @for it in values { dt { (it.label) } dd { (it.value) " " small { (it.source) } } } }
            p.after { a href=(wrong_href) { (tr!(words, "known-wrong")) } }
        }
    }
}

/// A folded proof: a promise in one line, and how to check it.
#[must_use]
pub fn proof(promise: &str, how: Markup) -> Markup {
    html! {
        details.card.proof {
            summary { (icon(Icon::Seal)) (promise) (icon(Icon::Down)) }
            (how)
        }
    }
}
