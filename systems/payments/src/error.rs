//! What may go wrong here, and what people are told of it.

use thiserror::Error;
use web::http::Problem;

/// What this crate returns.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Why something was not done.
#[derive(Debug, Error)]
pub enum Error {
    /// The money could not be taken, or read.
    #[error(transparent)]
    Payments(#[from] payments::Error),
    /// The desk could not.
    #[error(transparent)]
    Desk(#[from] desk::Error),
    /// The case could not be read.
    #[error(transparent)]
    Case(#[from] casework::Error),
    /// The file is refused.
    #[error(transparent)]
    Statement(#[from] payments::statement::StatementFault),
    /// There are no settings for statements of that source.
    #[error("no statements of {0} are described in the configuration")]
    NoSource(String),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] store::Error),
}

impl From<Error> for Problem {
    fn from(error: Error) -> Self {
        match error {
            Error::Store(error) | Error::Payments(payments::Error::Store(error)) => {
                Self::of_store(&error)
            }
            Error::Desk(error) => error.into(),
            Error::Case(error) | Error::Payments(payments::Error::Case(error)) => {
                desk::Error::from(error).into()
            }
            Error::NoSource(_) => Self::not_found(),
            other => Self::internal(&other),
        }
    }
}
