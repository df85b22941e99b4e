//! The file of a scorecard as it stands there, before anything is checked.

use serde::Deserialize;
use toml::{Spanned, value::Datetime};

use crate::{AtZero, InputKind, Number};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawScorecard {
    pub(crate) id: Spanned<String>,
    pub(crate) version: u32,
    pub(crate) name: String,
    pub(crate) name_en: String,
    pub(crate) legal_basis: Vec<String>,
    pub(crate) valid_from: Spanned<Datetime>,
    pub(crate) valid_to: Option<Spanned<Datetime>>,
    pub(crate) maximum: Spanned<Number>,
    pub(crate) divide_by: Spanned<Number>,
    pub(crate) decimals: Spanned<u8>,
    pub(crate) part_decimals: Spanned<u8>,
    pub(crate) tolerance: Option<Number>,
    pub(crate) rounded_sums: Option<Spanned<Vec<Vec<String>>>>,
    #[serde(default)]
    pub(crate) band: Vec<Spanned<RawBand>>,
    #[serde(default)]
    pub(crate) index: Vec<Spanned<RawIndex>>,
    #[serde(default)]
    pub(crate) part: Vec<Spanned<RawPart>>,
    #[serde(default)]
    pub(crate) input: Vec<Spanned<RawInput>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawBand {
    pub(crate) from: Number,
    pub(crate) name: String,
    pub(crate) name_en: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawIndex {
    pub(crate) id: Spanned<String>,
    pub(crate) name: String,
    pub(crate) name_en: String,
    pub(crate) parts: Vec<Spanned<String>>,
    pub(crate) maximum: Spanned<Number>,
    pub(crate) divide_by: Spanned<Number>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawPart {
    pub(crate) id: Spanned<String>,
    pub(crate) code: Option<String>,
    pub(crate) name: String,
    pub(crate) name_en: String,
    pub(crate) maximum: Spanned<Number>,
    pub(crate) numerator: Spanned<String>,
    #[serde(default)]
    pub(crate) denominator: Vec<Spanned<String>>,
    pub(crate) at_zero: Option<Spanned<AtZero>>,
    pub(crate) rule: Option<Spanned<RawRule>>,
    #[serde(default)]
    pub(crate) readings: Vec<Spanned<RawRule>>,
    #[serde(default = "yes")]
    pub(crate) confirmed: bool,
    pub(crate) counting: Option<String>,
    pub(crate) components: Option<u32>,
}

fn yes() -> bool {
    true
}

/// Neither key: linear.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawRule {
    pub(crate) full_at: Option<Number>,
    pub(crate) steps: Option<Vec<(Number, Number)>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawInput {
    pub(crate) name: Spanned<String>,
    #[serde(default)]
    pub(crate) also: Vec<String>,
    pub(crate) kind: InputKind,
    pub(crate) most: Option<u32>,
    pub(crate) label: String,
    pub(crate) label_en: String,
}
