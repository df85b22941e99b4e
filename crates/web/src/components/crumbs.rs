//! The way back up.

use maud::{Markup, html};

use crate::{Words, tr};

/// Places above this one, each with its address, and this one.
#[must_use]
pub fn crumbs(words: &Words, above: &[(&str, &str)], here: &str) -> Markup {
    html! {
        nav.crumb aria-label=(tr!(words, "crumbs-label")) {
            @for (label, href) in above { a href=(href) { (label) } " / " }
            span aria-current="page" { (here) }
        }
    }
}
