//! The keys of a page: a line below the list, and all of them behind `?`.

use maud::{Markup, html};

use crate::{Words, tr};

/// The line, with the full list that `?` opens.
#[must_use]
pub fn keys(words: &Words) -> Markup {
    let all = [
        (&["/"][..], tr!(words, "keys-search")),
        (&["J", "K"], tr!(words, "keys-move")),
        (&["X"], tr!(words, "keys-select")),
        (&["Enter"], tr!(words, "keys-open")),
        (&["Ctrl Enter"], tr!(words, "keys-send")),
        (&["Alt 1", "Alt 4"], tr!(words, "keys-section")),
        (&["?"], tr!(words, "keys-all")),
    ];
    html! {
        p.muted.small.keys {
            (tr!(words, "keys-lead")) " "
            @for (i, (keys, what)) in all.iter().skip(1).take(3).enumerate() {
                @if i > 0 { ", " }
                @for key in *keys { kbd { (key) } " " }
                (what)
            }
            ", " kbd { "?" } " " (tr!(words, "keys-all")) "."
        }
        dialog.card #keys aria-labelledby="keys-title" {
            h2 #keys-title { (tr!(words, "keys-title")) }
            dl.kv {
                @for (keys, what) in &all {
                    dt { @for key in *keys { kbd { (key) } " " } }
                    dd { (what) }
                }
            }
            form method="dialog" { button.btn { (tr!(words, "keys-close")) } }
        }
    }
}
