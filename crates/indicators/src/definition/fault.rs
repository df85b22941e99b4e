//! What can be wrong with definitions, and where.

use thiserror::Error;

use super::Dimension;
use crate::{fact::Fact, unit::Unit};

/// One thing that is wrong, and where.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{file}:{line}: {kind}")]
pub struct Finding {
    /// The name of the file.
    pub file: String,
    /// Its line, from 1.
    pub line: usize,
    /// What it is.
    pub kind: FaultKind,
}

/// What is wrong.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum FaultKind {
    /// Not TOML, an unknown or missing key, a value of another shape; in the words of its reader.
    #[error("{0}")]
    Syntax(String),
    /// Not the code of an indicator.
    #[error("a code is small letters, digits, _ and -, in groups parted by dots: {0}")]
    Code(String),
    /// Two indicators have one code.
    #[error("another indicator has the code {0}")]
    Duplicate(String),
    /// Not a word that can stand there.
    #[error("{key} is one of {}, not {word}", .known.join(", "))]
    Word {
        /// For which key.
        key: &'static str,
        /// The word.
        word: String,
        /// Those that can.
        known: &'static [&'static str],
    },
    /// Something that has to be said is empty.
    #[error("{0} is empty")]
    Empty(&'static str),
    /// More places than anybody publishes.
    #[error("at most 6 places stand behind the point")]
    Places,
    /// It would end before it begins.
    #[error("valid_to lies before valid_from")]
    Reversed,
    /// Longer or deeper than anybody reads, with the indicators that it refers to.
    #[error("the formula is too long")]
    FormulaTooLong,
    /// Something else should stand there in the formula.
    #[error("the formula needs {0} here")]
    Formula(&'static str),
    /// No such function.
    #[error("there is no function {0}; there are percent, points, hours, days, min, max")]
    UnknownFunction(String),
    /// No such fact.
    #[error("nothing is counted as {0}")]
    UnknownFact(String),
    /// No such indicator.
    #[error("there is no indicator {0}")]
    UnknownIndicator(String),
    /// No such filter.
    #[error("there is no filter {0}; there are channel, matter, procedure, field")]
    UnknownFilter(String),
    /// A filter has no such value.
    #[error("the filter has no value {0}")]
    UnknownValue(String),
    /// A fact whose events do not say it cannot be filtered.
    #[error("the events of {} do not tell that: it takes no such filter", .0.word())]
    FilterOnWhole(Fact),
    /// A stock without saying when.
    #[error("{} is a stock: say begin(…) or end(…)", .0.word())]
    StockWithoutEnd(Fact),
    /// A flow at an end of a period.
    #[error("{} is counted over the whole period: write it alone", .0.word())]
    FlowAtEnd(Fact),
    /// Units that do not go together.
    #[error("{0} and {1} do not go together")]
    Units(Unit, Unit),
    /// The formula has another unit than the definition says.
    #[error("the definition says {said}, the formula gives {found}")]
    WrongUnit {
        /// What is said.
        said: String,
        /// What it is.
        found: Unit,
    },
    /// A division does not say what it is where there is nothing to divide by.
    #[error("say what it is where there is nothing to divide by: `else none`, or a number")]
    DivisionWithoutElse,
    /// A division by nothing.
    #[error("nothing can be divided by zero")]
    DivisionByZero,
    /// Indicators that are made of each other.
    #[error("the indicators are made of each other: {}", .0.join(" → "))]
    Cycle(Vec<String>),
    /// A dimension that a fact of the formula does not have.
    #[error("the events of {} do not tell by {}", .fact.word(), .by.word())]
    Dimension {
        /// Which fact.
        fact: Fact,
        /// Which dimension.
        by: Dimension,
    },
}
