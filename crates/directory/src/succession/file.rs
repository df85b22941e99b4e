//! The plan as somebody writes it.

use serde::Deserialize;
use toml::{Spanned, value::Datetime};

use super::{Fault, FaultKind};

/// The whole file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct File {
    /// Under which name progress is kept.
    pub(super) name: Spanned<String>,
    /// The day on which it takes effect.
    pub(super) effective: Spanned<Datetime>,
    /// The resolution that orders it.
    pub(super) basis: String,
    #[serde(default)]
    pub(super) open: Vec<Open>,
    #[serde(default)]
    pub(super) merge: Vec<Merge>,
    #[serde(default)]
    pub(super) split: Vec<Split>,
    #[serde(default)]
    pub(super) rename: Vec<Rename>,
    #[serde(default)]
    pub(super) post: Vec<PostRule>,
    #[serde(default)]
    pub(super) place: Vec<PlaceForm>,
    #[serde(default)]
    pub(super) place_merge: Vec<Merge>,
    #[serde(default)]
    pub(super) place_split: Vec<Split>,
}

/// An agency that comes into being.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Open {
    pub(super) code: Spanned<String>,
    pub(super) name: String,
    pub(super) short_name: Option<String>,
    pub(super) level: Spanned<String>,
    pub(super) parent: Option<Spanned<String>>,
    pub(super) place: Option<Spanned<String>>,
}

/// Several become one, which may be one of them.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Merge {
    pub(super) from: Vec<Spanned<String>>,
    pub(super) into: Spanned<String>,
    pub(super) posts: Option<Posts>,
}

/// One becomes several; the first takes what no rule names.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Split {
    pub(super) from: Spanned<String>,
    pub(super) into: Vec<Spanned<String>>,
    pub(super) posts: Option<Posts>,
}

/// What becomes of the seats of an agency that ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Posts {
    /// A seat with the same role in the agency that takes over succeeds.
    Map,
    /// The seat is made anew there, and its holder moves with it.
    Carry,
}

/// Another name for an agency.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Rename {
    pub(super) agency: Spanned<String>,
    pub(super) name: String,
    pub(super) short_name: Option<String>,
}

/// Which post succeeds to which, where the role alone does not say it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PostRule {
    pub(super) agency: Spanned<String>,
    pub(super) role: Spanned<String>,
    /// Only the posts with this title.
    pub(super) title: Option<String>,
    /// The agency that takes over; the first one of the merge or split by default.
    pub(super) to: Option<Spanned<String>>,
    pub(super) to_role: Option<String>,
    pub(super) to_title: Option<String>,
    /// The seat is made anew there.
    #[serde(default)]
    pub(super) carry: bool,
}

/// A new place, or another name or kind for one.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PlaceForm {
    pub(super) code: Spanned<String>,
    pub(super) name: Spanned<String>,
    pub(super) parent: Option<Spanned<String>>,
}

/// Reads the file; a fault of its form stands on its line.
pub(super) fn read(text: &str) -> Result<File, Fault> {
    toml::from_str(text).map_err(|error| {
        let line = error.span().map_or(1, |span| line_at(text, span.start));
        Fault { line, kind: FaultKind::Syntax(error.message().to_owned()) }
    })
}

/// The line, from 1, on which the byte at `offset` stands.
pub(super) fn line_at(text: &str, offset: usize) -> usize {
    1 + text.bytes().take(offset).filter(|byte| *byte == b'\n').count()
}
