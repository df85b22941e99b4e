//! What can be refused.

use jiff::civil::Date;
use kernel::AgencyId;
use thiserror::Error;

use crate::StepName;

/// Why a forecast was refused. The edge turns it into a sentence for people.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum Error {
    /// Not a name of a step.
    #[error("a step has a name of at most 64 bytes")]
    Step,
    /// Work lies in an agency of which no hours are given.
    #[error("no working hours are given for agency {0}")]
    Hours(AgencyId),
    /// A step is served by two teams.
    #[error("two teams serve step {1} of agency {0}")]
    TwoTeams(AgencyId, StepName),
    /// The number of days is nought or too large.
    #[error("a forecast covers 1 to {max} days")]
    Days {
        /// The most days.
        max: u16,
    },
    /// The number of runs is nought or too large.
    #[error("a forecast has 1 to {max} runs")]
    Runs {
        /// The most runs.
        max: u32,
    },
    /// A change speaks of an agency and step that no open or coming work passes.
    #[error("no work passes step {1} of agency {0}")]
    Nowhere(AgencyId, StepName),
    /// A change would take away more officers than there are.
    #[error("step {1} of agency {0} has fewer officers than would go")]
    Officers(AgencyId, StepName),
    /// Officers are lent within an agency, from one team to another.
    #[error("officers are lent from one team of an agency to another")]
    Lend,
    /// Overtime is at most half of the normal hours of a day (Labour Code 45/2019, article 107).
    #[error("overtime is 1 to 240 minutes a day")]
    Overtime,
    /// A change of so many hundredths is out of bounds.
    #[error("a change is at most tenfold and takes away at most everything")]
    Percent,
    /// A day lies outside the forecast.
    #[error("{0} lies outside the days of the forecast")]
    Outside(Date),
    /// The share to be reached is not above 0 and at most 1.
    #[error("a share to be reached lies above 0 and is at most 1")]
    Share,
    /// There is no history before, or none after, the day at which it was to be split.
    #[error("a history is split at a day that has history before and after it")]
    Split,
}

/// The result of what can be refused.
pub type Result<T> = std::result::Result<T, Error>;
