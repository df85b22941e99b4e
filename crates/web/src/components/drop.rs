//! A place to drop a file: works as a plain file input. What has been sent shows its hash, which
//! goes on the receipt.

use maud::{Markup, html};

use super::fields::field_id;
use crate::{Icon, Words, i18n::hash_ends, icon, tr};

/// A place for files. The form around it must be sent as `multipart/form-data`.
#[derive(Debug, Clone, Default)]
pub struct Drop {
    /// What the form sends the files as.
    pub name: String,
    /// The kinds in words: "PDF, ảnh".
    pub kinds: String,
    /// The kinds for the browser: `application/pdf,image/*`.
    pub accept: String,
    /// Most bytes of one file.
    pub bytes_max: u64,
    /// Whether several may be sent at once.
    pub several: bool,
    /// Label and key of the scan button, which the page's own form answers as `do=scan`.
    pub scan: Option<(String, &'static str)>,
    /// What has been sent already.
    pub sent: Vec<Sent>,
    /// What is wrong with the last one.
    pub fault: Option<String>,
}

/// A file that has been sent.
#[derive(Debug, Clone, Default)]
pub struct Sent {
    /// "mat-bang-v2.pdf".
    pub name: String,
    /// Its size.
    pub bytes: u64,
    /// SHA-256 in hexadecimal.
    pub hash: String,
}

/// The place, with what has been sent below it.
#[must_use]
pub fn drop(words: &Words, drop: &Drop) -> Markup {
    let id = field_id(&drop.name);
    let limit = words.file_size(drop.bytes_max);
    html! {
        @if let Some(fault) = &drop.fault { span.err { (icon(Icon::Late)) (fault) } }
        div.drop data-drop {
            (icon(Icon::Up))
            label for=(id) { b { (tr!(words, "drop-here")) } " " (tr!(words, "drop-or")) }
            span.muted.small data-chosen { (tr!(words, "drop-limit", kinds = &drop.kinds, size = limit)) }
            input.file id=(id) type="file" name=(drop.name) accept=(drop.accept) multiple[drop.several]
                data-bytes-max=(drop.bytes_max);
            @if let Some((label, key)) = &drop.scan {
                button.btn.sm.push name="do" value="scan" data-key=(key) { (label) " " kbd aria-hidden="true" { (key) } }
            }
        }
        @if !drop.sent.is_empty() {
            ul.sent { @for file in &drop.sent { li {
                (icon(Icon::File)) b { (file.name) } span.num { (words.file_size(file.bytes)) }
                span.muted { (tr!(words, "drop-hash")) " " code title=(file.hash) { (hash_ends(&file.hash)) } }
            } } }
        }
    }
}
