//! What this system may answer instead of doing.

use thiserror::Error;
use web::http::Problem;

/// What this crate returns.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Why something was not done.
#[derive(Debug, Error)]
pub enum Error {
    /// What every system of cases answers.
    #[error(transparent)]
    Desk(#[from] desk::Error),
    /// There is no such report, or this person may not know of it.
    #[error("there is no such report")]
    NoSuchReport,
    /// Where the report stands, this is not done.
    #[error("where the report stands, this is not done")]
    NotNow,
    /// No agency of the rules exists here.
    #[error("the rules name no agency that exists")]
    NoAgency,
    /// A photo that was named was not sent, or is too old.
    #[error("a photo was not found")]
    NoPhoto,
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
    store::Error,
    files::Error,
    journal::Error,
    serde_json::Error,
    Box<identity::access::Denial>
);

impl From<Error> for Problem {
    fn from(error: Error) -> Self {
        match error {
            Error::Desk(error) => error.into(),
            Error::NoSuchReport | Error::NoPhoto => Self::not_found(),
            Error::NotNow => Self::conflict(),
            Error::NoAgency => Self::internal(&error),
        }
    }
}
