//! What this system may answer instead of doing.

use thiserror::Error;
use web::http::Problem;

/// What this crate returns.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Why something was not done.
#[derive(Debug, Error)]
pub enum Error {
    /// The desk says no.
    #[error(transparent)]
    Desk(#[from] desk::Error),
    /// A figure cannot be read.
    #[error(transparent)]
    Figures(#[from] indicators::Error),
    /// A scorecard does not take that figure, or the question.
    #[error(transparent)]
    Score(#[from] scorecards::Error),
    /// The journal could not be written.
    #[error(transparent)]
    Journal(#[from] journal::Error),
    /// There is no such scorecard, input, assessment or plan.
    #[error("there is no such thing")]
    NoSuch,
    /// What the platform counts is not typed.
    #[error("{0} is counted by the platform")]
    Counted(String),
    /// Who assessed does not review.
    #[error("who assessed does not review")]
    SamePerson,
    /// A closed assessment is revised with a reason only.
    #[error("a closed assessment is revised with a reason only")]
    NoReason,
    /// It is closed already.
    #[error("it is closed already")]
    Closed,
    /// So many of something are kept already.
    #[error("at most {0} are kept")]
    TooMany(u32),
    /// The mapping that ships, or a scorecard, is not sound.
    #[error("{0}")]
    Unsound(String),
    /// What was stored cannot be read: a bug, or a hand in the database.
    #[error("what was stored cannot be read: {0}")]
    Stored(#[from] serde_json::Error),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] store::Error),
}

impl Error {
    /// Whether somebody else was faster, so that it may go well a second time.
    pub(crate) fn was_overtaken(&self) -> bool {
        use store::Error::{Conflict, Unique};
        let (Self::Store(error) | Self::Journal(journal::Error::Store(error))) = self else {
            return false;
        };
        matches!(error, Conflict | Unique(_))
    }
}

impl From<Error> for Problem {
    fn from(error: Error) -> Self {
        match error {
            Error::Desk(error) => error.into(),
            Error::NoSuch => Self::not_found(),
            Error::Counted(_) | Error::SamePerson | Error::Closed | Error::TooMany(_) => {
                Self::conflict()
            }
            Error::NoReason | Error::Score(_) => Self::invalid(),
            Error::Store(error) | Error::Journal(journal::Error::Store(error)) => {
                Self::of_store(&error)
            }
            error => Self::internal(&error),
        }
    }
}
