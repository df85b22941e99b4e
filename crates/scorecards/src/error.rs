//! What is refused when figures are given to a scorecard or a question is asked of it.

use thiserror::Error;

use crate::InputKind;

/// Result with the crate's [`enum@Error`].
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// What is refused, and why.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum Error {
    /// Text that is not JSON.
    #[error("line {line}, column {column}: {why}")]
    Json {
        /// From 1.
        line: usize,
        /// From 1.
        column: usize,
        /// In the words of the JSON reader.
        why: String,
    },
    /// JSON that is not an object of figures.
    #[error("an object of figures was expected")]
    NotAnObject,
    /// Text longer or deeper than any set of figures.
    #[error(
        "longer than {} bytes, or nested deeper than {} objects",
        crate::JSON_BYTES_MAX,
        crate::JSON_DEPTH_MAX
    )]
    TooMuch,
    /// A table without a row.
    #[error(
        "there is no row: an object of figures was expected, as {{\"name\": \"…\", \"{0}\": …}}, \
         or an array of such objects, or {{\"rows\": […]}}"
    )]
    NoRows(String),
    /// Figures of which the scorecard knows none.
    #[error("none of these figures belongs to the scorecard")]
    NothingKnown,
    /// One figure given twice.
    #[error("{0} is given twice")]
    Twice(String),
    /// A value that is no figure.
    #[error("{0} is not a number")]
    NotANumber(String),
    /// A figure that its kind does not allow.
    #[error("{name} is {kind}: not negative, {}", bounds(*kind, *most))]
    OutOfBounds {
        /// The input.
        name: String,
        /// Its kind.
        kind: InputKind,
        /// The most of a grade.
        most: Option<u32>,
    },
    /// A worst that is better than what is stated, or a best that is worse.
    #[error("{0}: what is stated lies between worst and best")]
    Disordered(String),
    /// A word that is none of those known.
    #[error("{key} is one of {known:?}")]
    UnknownWord {
        /// Its key.
        key: &'static str,
        /// The words.
        known: &'static [&'static str],
    },
    /// A numerator and denominator given for a part that is more than that.
    #[error("{0} is not one count over another: give its counts by their names")]
    NotARatio(String),
    /// An input that the scorecard does not have.
    #[error("there is no input {0}")]
    UnknownInput(String),
    /// An index that the scorecard does not have.
    #[error("there is no index {0}")]
    UnknownIndex(String),
    /// A part that the scorecard does not have.
    #[error("there is no part {0}")]
    UnknownPart(String),
    /// Two actions with one name.
    #[error("the action {0} is there twice")]
    ActionTwice(String),
    /// An action with no level, or with levels that cost less though they come later.
    #[error("the levels of {0} have to cost ever more")]
    Levels(String),
    /// More actions, levels or effort than are solved exactly in reasonable time.
    #[error("{what}: at most {most}")]
    TooMany {
        /// Of what.
        what: &'static str,
        /// The bound.
        most: usize,
    },
    /// A trajectory whose end is not after its beginning, or whose steps leave it.
    #[error("a trajectory runs forward, and its steps and seasons lie within it")]
    Trajectory,
    /// Text that is no month.
    #[error("a month is written 2026-11")]
    Month,
}

fn bounds(kind: InputKind, most: Option<u32>) -> String {
    match (kind, most) {
        (InputKind::Share, _) => "at most 1".to_owned(),
        (InputKind::Grade, Some(most)) => format!("whole, at most {most}"),
        _ => "whole".to_owned(),
    }
}
