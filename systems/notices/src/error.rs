//! What may go wrong here.

use thiserror::Error;
use web::http::Problem;

/// What this crate returns.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Why something was not done.
#[derive(Debug, Error)]
pub enum Error {
    /// Notices could not be read or kept.
    #[error(transparent)]
    Notices(#[from] notices::Error),
    /// The person could not be read.
    #[error(transparent)]
    Identity(#[from] identity::Error),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] store::Error),
}

impl From<Error> for Problem {
    fn from(error: Error) -> Self {
        match &error {
            Error::Store(store)
            | Error::Notices(notices::Error::Store(store))
            | Error::Identity(identity::Error::Store(store)) => Self::of_store(store),
            _ => Self::internal(&error),
        }
    }
}

/// Why the room cannot be opened.
#[derive(Debug, Error)]
pub enum OpenFault {
    /// The mail server, or the address that mail comes from.
    #[error("mail: {0}")]
    Mail(String),
}
