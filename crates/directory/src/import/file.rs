//! The file as somebody writes it: TOML with a section for each agency, seat and person, or a
//! table with a row for each seat.

use serde::Deserialize;
use toml::{Spanned, value::Datetime};

use super::{Fault, FaultKind, table};

/// A file longer than this holds no directory of a province.
const BYTES_MAX: usize = 16 << 20;

/// How a file is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// Sections, as `docs/directory-format.md` says.
    Toml,
    /// A row for each seat, parted by commas, semicolons or tabs.
    Table,
}

/// What a file says, as it stands there.
#[derive(Debug)]
pub struct Import {
    pub(super) text: String,
    pub(super) file: File,
}

impl Import {
    pub(super) fn line<T>(&self, at: &Spanned<T>) -> usize {
        line_at(&self.text, at.span().start)
    }
}

/// Reads a file; never panics, whatever it holds.
///
/// # Errors
/// The faults of its form, each with its line. What is wrong with the matter [`super::compare`]
/// finds.
pub fn read(text: &str, form: Form) -> Result<Import, Vec<Fault>> {
    if text.len() > BYTES_MAX {
        return Err(vec![Fault { line: 1, kind: FaultKind::TooLong(BYTES_MAX) }]);
    }
    let text = text.strip_prefix('\u{feff}').unwrap_or(text).to_owned();
    let file = match form {
        Form::Table => table::read(&text)?,
        Form::Toml => toml::from_str(&text).map_err(|error| {
            let line = error.span().map_or(1, |span| line_at(&text, span.start));
            vec![Fault { line, kind: FaultKind::Syntax(error.message().to_owned()) }]
        })?,
    };
    if file.agency.is_empty() && file.post.is_empty() && file.person.is_empty() {
        return Err(vec![Fault { line: 1, kind: FaultKind::Nothing }]);
    }
    Ok(Import { text, file })
}

/// The line, from 1, on which the byte at `offset` stands.
pub(super) fn line_at(text: &str, offset: usize) -> usize {
    1 + text.bytes().take(offset).filter(|byte| *byte == b'\n').count()
}

/// The whole file. A key that is left out says nothing; an empty text takes away.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct File {
    /// The day since which it holds; now, where none is named.
    pub(super) effective: Option<Spanned<Datetime>>,
    #[serde(default)]
    pub(super) agency: Vec<AgencyRow>,
    #[serde(default)]
    pub(super) post: Vec<PostRow>,
    #[serde(default)]
    pub(super) person: Vec<PersonRow>,
}

/// An agency.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct AgencyRow {
    pub(super) code: Spanned<String>,
    pub(super) name: Option<Spanned<String>>,
    pub(super) short_name: Option<Spanned<String>>,
    pub(super) level: Option<Spanned<String>>,
    pub(super) parent: Option<Spanned<String>>,
    pub(super) place: Option<Spanned<String>>,
    pub(super) hours: Option<Spanned<String>>,
}

/// A seat.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PostRow {
    pub(super) agency: Spanned<String>,
    pub(super) code: Spanned<String>,
    pub(super) title: Option<Spanned<String>>,
    pub(super) role: Option<Spanned<String>>,
    pub(super) fields: Option<Vec<String>>,
    pub(super) head: Option<bool>,
    pub(super) holder: Option<Spanned<String>>,
}

/// A person.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PersonRow {
    pub(super) code: Spanned<String>,
    pub(super) name: Option<Spanned<String>>,
    pub(super) note: Option<Spanned<String>>,
}
