//! What a number counts, so that apples are not added to oranges.

use std::fmt;

use kernel::words;

words! {
    /// What a count is a count of.
    Thing {
        /// A matter: a dossier, or a report of a citizen.
        Case = "case",
        /// A paper that came with a case.
        Paper = "paper",
        /// A step of a workflow.
        Step = "step",
        /// A request to the applicant.
        Request = "request",
        /// A time in which a clock stood.
        Pause = "pause",
        /// Something that is to be paid.
        Obligation = "obligation",
        /// Money that came.
        Payment = "payment",
        /// A signed result.
        Result = "result",
        /// An answer to the question how satisfied somebody is.
        Answer = "answer",
        /// An entry of the journal.
        Event = "event",
        /// Leave to use a person's data.
        Consent = "consent",
        /// A person's wish that their data be corrected.
        Correction = "correction",
        /// A notice to somebody.
        Notice = "notice",
        /// An offer to pay.
        Order = "order",
        /// A holding of statements against what came.
        Reconciliation = "reconciliation",
    }
}

/// The unit of a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// So many of something.
    Count(Thing),
    /// Việt Nam đồng.
    Dong,
    /// Seconds on the wall clock.
    Seconds,
    /// Hours on the wall clock, with a fraction.
    Hours,
    /// Days of 24 hours, with a fraction.
    Days,
    /// A plain number, such as a quotient of two counts.
    Ratio,
    /// Hundredths: 88.42 is 88.42 %.
    Percent,
    /// Points of a scorecard.
    Points,
}

impl Unit {
    /// The words of definitions.
    pub const WORDS: &[&str] =
        &["count", "dong", "seconds", "hours", "days", "ratio", "percent", "points"];

    /// Its word in a definition; every count is `count`.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Count(_) => "count",
            Self::Dong => "dong",
            Self::Seconds => "seconds",
            Self::Hours => "hours",
            Self::Days => "days",
            Self::Ratio => "ratio",
            Self::Percent => "percent",
            Self::Points => "points",
        }
    }
}

impl fmt::Display for Unit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Count(thing) => write!(f, "count of {}", thing.word()),
            other => f.write_str(other.word()),
        }
    }
}
