//! The form of a file of definitions.

use serde::Deserialize;
use toml::{Spanned, value::Datetime};

/// A file: any number of indicators.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct File {
    #[serde(default)]
    pub(super) indicator: Vec<Entry>,
}

/// An indicator, as it is written.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Entry {
    pub(super) code: Spanned<String>,
    pub(super) name: Spanned<String>,
    pub(super) name_en: Spanned<String>,
    pub(super) unit: Spanned<String>,
    #[serde(default)]
    pub(super) places: Option<Spanned<u32>>,
    pub(super) concept: Spanned<String>,
    pub(super) concept_en: Spanned<String>,
    #[serde(default)]
    pub(super) matter: Option<Spanned<String>>,
    pub(super) formula: Spanned<String>,
    pub(super) dimensions: Vec<Spanned<String>>,
    pub(super) direction: Spanned<String>,
    pub(super) source: Spanned<String>,
    pub(super) legal_basis: Spanned<Vec<String>>,
    pub(super) valid_from: Spanned<Datetime>,
    #[serde(default)]
    pub(super) valid_to: Option<Spanned<Datetime>>,
}

/// The line, from 1, of a byte of the text.
pub(super) fn line_at(text: &str, byte: usize) -> usize {
    1 + text.bytes().take(byte).filter(|b| *b == b'\n').count()
}
