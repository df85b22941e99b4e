//! The papers of a dossier: what is needed and here already, what has been filed.

use maud::{Markup, html};

use super::fields::field_id;
use crate::{Words, i18n::hash_ends, tr};

/// A paper that a procedure asks for, at the counter.
#[derive(Debug, Clone, Default)]
pub struct Needed {
    /// What the form sends it as, with the value `1`.
    pub name: String,
    /// "Giấy chứng sinh".
    pub title: String,
    /// Where it comes from: "Có sẵn: bản điện tử do bệnh viện ký số".
    pub source: String,
    /// SHA-256 in hexadecimal; `None` where no copy is kept.
    pub hash: Option<String>,
    /// Whether it is here.
    pub here: bool,
}

/// The papers with a tick each.
#[must_use]
pub fn checklist(words: &Words, needed: &[Needed]) -> Markup {
    html! {
        table.comp {
            caption.vh { (tr!(words, "papers-needed")) }
            thead { tr {
                th scope="col" { span.vh { (tr!(words, "papers-here")) } }
                th scope="col" { (tr!(words, "papers-paper")) }
                th scope="col" { (tr!(words, "papers-source")) }
                th scope="col" { (tr!(words, "papers-hash")) }
            } }
            tbody { @for paper in needed { tr {
                td {
                    input type="checkbox" id=(field_id(&paper.name)) name=(paper.name) value="1"
                        checked[paper.here] aria-label=(tr!(words, "papers-here-one", paper = &paper.title));
                }
                td { label for=(field_id(&paper.name)) { b { (paper.title) } } }
                td { (paper.source) }
                td { (hash(words, paper.hash.as_deref())) }
            } } }
        }
    }
}

/// A paper that has been filed.
#[derive(Debug, Clone, Default)]
pub struct Filed {
    /// "Bản vẽ thiết kế, bản 2".
    pub title: String,
    /// Where it opens.
    pub href: Option<String>,
    /// "Công dân nộp 20/11".
    pub note: String,
    /// "PDF, 4,8 MB".
    pub kind: String,
    /// SHA-256 in hexadecimal.
    pub hash: Option<String>,
}

/// The papers that have been filed.
#[must_use]
pub fn filed(words: &Words, papers: &[Filed]) -> Markup {
    html! {
        table.docs {
            caption.vh { (tr!(words, "papers-filed")) }
            thead.vh { tr {
                th scope="col" { (tr!(words, "papers-paper")) }
                th scope="col" { (tr!(words, "papers-file")) }
                th scope="col" { (tr!(words, "papers-hash")) }
            } }
            tbody { @for paper in papers { tr {
                td {
                    @if let Some(href) = &paper.href { a href=(href) { (paper.title) } }
                    @else { (paper.title) }
                    br; span.small.muted { (paper.note) }
                }
                td.o { (paper.kind) }
                td.o { (hash(words, paper.hash.as_deref())) }
            } } }
        }
    }
}

fn hash(words: &Words, hash: Option<&str>) -> Markup {
    html! {
        @match hash {
            Some(hash) => code title=(hash) { (hash_ends(hash)) },
            None => span.muted { (tr!(words, "papers-not-kept")) },
        }
    }
}
