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
    /// The model cannot be made, or does not know what is asked.
    #[error(transparent)]
    Forecast(#[from] forecast::Error),
    /// This person asked for as much as one may for now.
    #[error("too much is asked for at once")]
    TooMuch,
    /// What was stored cannot be read: a bug, or a hand in the database.
    #[error("what was stored cannot be read: {0}")]
    Stored(#[from] serde_json::Error),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] store::Error),
}

impl From<Error> for Problem {
    fn from(error: Error) -> Self {
        match error {
            Error::Desk(error) => error.into(),
            Error::Store(error) => Self::of_store(&error),
            Error::TooMuch => Self::of_status(axum::http::StatusCode::TOO_MANY_REQUESTS),
            error => Self::internal(&error),
        }
    }
}
