//! What is wrong with the text of a scorecard, and where.

use thiserror::Error;

use crate::{ExpressionFault, Number};

/// A fault of a scorecard's file.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{file}:{line}: {kind}")]
pub struct Fault {
    /// The file, as it was named to [`crate::load`].
    pub file: String,
    /// The line, from 1.
    pub line: usize,
    /// What is wrong.
    pub kind: FaultKind,
}

/// What is wrong.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum FaultKind {
    /// Longer than any scorecard.
    #[error("longer than {} bytes", crate::TEXT_BYTES_MAX)]
    TooLong,
    /// Not TOML, an unknown key, a missing key or a value of the wrong kind.
    #[error("{0}")]
    Shape(String),
    /// Two things with one name.
    #[error("{0} is there twice")]
    Duplicate(String),
    /// A name of other than small letters, digits, dots, hyphens and underscores.
    #[error("{0:?} is no name: small letters, digits, and . - _ between them")]
    BadName(String),
    /// A name that the crate uses itself.
    #[error("{0} is a reserved name")]
    Reserved(String),
    /// An expression that is none.
    #[error("{text:?}: {fault}")]
    Expression {
        /// The text.
        text: String,
        /// What is wrong with it.
        fault: ExpressionFault,
    },
    /// A numerator and a denominator of different kinds.
    #[error("the numerator and a denominator are of different kinds")]
    DifferentKinds,
    /// A part without denominator whose figure is not a share.
    #[error("without a denominator, the numerator has to be a share")]
    NotAShare,
    /// A denominator that may be zero, and nothing said of that.
    #[error("the denominator may be zero: at_zero has to say what then (none, zero or full)")]
    AtZeroMissing,
    /// Something said of a denominator that cannot be zero.
    #[error("at_zero is for a denominator that may be zero")]
    AtZeroNeedless,
    /// A denominator that is the number zero.
    #[error("the denominator is zero")]
    ZeroDenominator,
    /// A number outside its bounds.
    #[error("{what} has to be {bounds}")]
    OutOfBounds {
        /// Which number.
        what: &'static str,
        /// The bounds in words.
        bounds: &'static str,
    },
    /// Both a share for full points and steps.
    #[error("a rule has full_at or steps, not both")]
    TwoRules,
    /// Steps that do not rise, or pass the maximum.
    #[error("steps rise in share and points, from 0 to at most 1 and the maximum")]
    Steps,
    /// An index over a part that is not there.
    #[error("there is no part {0}")]
    UnknownPart(String),
    /// A maximum that its parts do not make.
    #[error("the maximum is {said}, but the parts make {sum}")]
    Maximum {
        /// What the file says.
        said: Number,
        /// What the parts make together.
        sum: Number,
    },
    /// An input that no part looks at.
    #[error("no part looks at {0}")]
    Unused(String),
    /// A grade without its most, or a most without a grade.
    #[error("a grade, and nothing else, says its most")]
    Most,
    /// A validity that ends before it begins.
    #[error("valid_to is before valid_from")]
    Reversed,
    /// Something that is no day.
    #[error("not a day")]
    NotADay,
    /// Bands that are not listed from the highest down.
    #[error("bands are listed from the highest down, each with its own bound")]
    Bands,
    /// Sums that are rounded, and do not hold every part once.
    #[error("every part stands in just one of rounded_sums")]
    Sums,
    /// No part at all.
    #[error("there is no part")]
    NoParts,
}
