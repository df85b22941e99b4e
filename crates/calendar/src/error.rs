//! What can be refused.

use thiserror::Error;

/// Why something about time was refused. The edge turns it into a sentence for people.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum Error {
    /// Not a session of a working day.
    #[error("a working session is written 07:30-12:00 and begins before it ends")]
    Session,
    /// Not a working week.
    #[error("a working week is written mon-fri 07:30-12:00 13:00-16:30; sat 07:30-11:30")]
    Week,
    /// A week in which nobody works, or a day with overlapping or too many sessions.
    #[error("a working week has work, in at most four sessions a day that do not overlap")]
    Hours,
    /// Not an allowance.
    #[error("an allowance is a number and a unit, as in 3 working_days")]
    Allowance,
    /// The number of an allowance is nought, too large, or not a whole number of minutes.
    #[error("an allowance is more than nought, at most 10000 units, and in whole minutes")]
    Amount,
    /// The clock is held already.
    #[error("the clock is paused already")]
    Paused,
    /// The clock is not held.
    #[error("the clock is not paused")]
    NotPaused,
    /// The clock has stopped for good.
    #[error("the clock has been stopped")]
    Finished,
    /// The instant lies before what already happened.
    #[error("the instant lies before something that already happened to this clock")]
    Backwards,
    /// An extension must give more time.
    #[error("an extension ends later than the present due time")]
    NotLater,
    /// More pauses than a clock keeps.
    #[error("a clock keeps at most 64 pauses")]
    TooManyPauses,
}

/// The result of what can be refused.
pub type Result<T> = std::result::Result<T, Error>;
