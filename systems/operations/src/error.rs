//! What this system may answer instead of doing.

use thiserror::Error;
use web::http::Problem;

use crate::model::TextError;

/// What this crate returns.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Why something was not done.
#[derive(Debug, Error)]
pub enum Error {
    /// What every system of cases answers.
    #[error(transparent)]
    Desk(#[from] desk::Error),
    /// There is no such incident, or this person may not know of it.
    #[error("there is no such incident")]
    NoSuchIncident,
    /// There is no such rule, or no such tile.
    #[error("there is nothing of that name")]
    NoSuchName,
    /// Where the incident stands, this is not done.
    #[error("where the incident stands, this is not done")]
    NotNow,
    /// Somebody stored another version meanwhile.
    #[error("somebody stored another version meanwhile")]
    Changed,
    /// The text is no set of rules or tiles.
    #[error("the text is not taken: {0}")]
    Text(#[from] TextError),
}

macro_rules! through_the_desk {
    ($($error:ty),*) => {
        $(impl From<$error> for Error {
            fn from(error: $error) -> Self {
                Self::Desk(error.into())
            }
        })*
    };
}
through_the_desk!(
    casework::Error,
    identity::Error,
    indicators::Error,
    store::Error,
    journal::Error,
    serde_json::Error,
    Box<identity::access::Denial>
);

impl From<notices::Error> for Error {
    fn from(error: notices::Error) -> Self {
        match error {
            notices::Error::Store(error) => error.into(),
            other => store::Error::Damaged(other.to_string()).into(),
        }
    }
}

impl From<Error> for Problem {
    fn from(error: Error) -> Self {
        match error {
            Error::Desk(error) => error.into(),
            Error::NoSuchIncident | Error::NoSuchName => Self::not_found(),
            Error::NotNow | Error::Changed => Self::conflict(),
            Error::Text(_) => Self::invalid(),
        }
    }
}
