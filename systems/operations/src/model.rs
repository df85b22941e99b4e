//! What is shown and what is watched, as text that a head may change; and the rules that are pure.

mod layout;
mod reading;
mod rule;
mod watch;

pub(crate) use layout::one_day;
pub use layout::{
    Compare, FieldsOf, Layout, LineOf, LoadOf, MapOf, RankingOf, SHIPPED_TILES, Span, SystemOf,
    TILES_MAX, Tile,
};
pub use reading::{Usual, is_behind, quiet_days, unlike};
pub use rule::{Band, Owner, Rule, RuleScope, Rules, SHIPPED_RULES, Severity, Source, What};
pub use watch::{Reading, SPACING, Sample, Verdict, Watch};

use thiserror::Error;

/// Longer texts are no rules, in bytes. What a field of a page takes can be no more than 65,535.
pub const TEXT_MAX: usize = 60_000;

/// Why a text is not taken.
#[derive(Debug, Error, Clone, PartialEq, Eq)]
pub enum TextError {
    /// It is not TOML, or has other keys; the message has line and column.
    #[error("{0}")]
    Form(String),
    /// Something is named twice.
    #[error("{0}")]
    Twice(String),
    /// An indicator is named that is not measured.
    #[error("{0}")]
    Indicator(String),
    /// A level at which an alert ends lies beyond the one at which it begins.
    #[error("{0}")]
    Band(String),
    /// A code is none of an agency.
    #[error("{0}")]
    Agency(String),
    /// More than fits, or nothing at all.
    #[error("{0}")]
    Count(usize),
    /// There is no rule in it: nothing would be watched, and nobody would be told of anything.
    #[error("no rule")]
    NoRule,
    /// There is no tile in it: the page would be empty.
    #[error("no tile")]
    NoTile,
    /// Longer than any such text.
    #[error("at most {TEXT_MAX} bytes")]
    TooLong,
}
