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
    /// There is no such report, or this person may not know of it.
    #[error("there is no such report")]
    NoReport,
    /// There is no such regime or form.
    #[error("there is no regime or form {0}")]
    NoText(String),
    /// Where the report stands, this is not done.
    #[error("where the report stands, this is not done")]
    NotNow,
    /// Somebody else saved it meanwhile.
    #[error("somebody else saved it meanwhile")]
    Overtaken,
    /// What the rules of its form say keeps it from being sent.
    #[error("{0} remarks keep it from being sent")]
    Remarks(usize),
    /// Something must be said in words.
    #[error("a reason is missing")]
    Reason,
    /// A deadline is moved to a later day only.
    #[error("a deadline is moved to a later day only")]
    Earlier,
    /// The text of a regime or a form has faults.
    #[error("the text has {} faults", .0.len())]
    Findings(Vec<crate::finding::Finding>),
    /// A spreadsheet cannot be read or written.
    #[error("a spreadsheet: {0}")]
    Sheet(String),
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
    indicators::Error,
    serde_json::Error,
    Box<identity::access::Denial>
);

impl From<rust_xlsxwriter::XlsxError> for Error {
    fn from(error: rust_xlsxwriter::XlsxError) -> Self {
        Self::Sheet(error.to_string())
    }
}

impl From<Error> for Problem {
    fn from(error: Error) -> Self {
        match error {
            Error::Desk(error) => error.into(),
            Error::NoReport | Error::NoText(_) => Self::not_found(),
            Error::NotNow | Error::Overtaken => Self::conflict(),
            Error::Remarks(_) | Error::Reason | Error::Earlier | Error::Findings(_) => {
                Self::invalid()
            }
            Error::Sheet(_) => Self::internal(&error),
        }
    }
}
