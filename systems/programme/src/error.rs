//! What this system may answer instead of doing.

use thiserror::Error;
use web::http::Problem;

/// What this crate returns.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Why something was not done.
#[derive(Debug, Error)]
pub enum Error {
    /// What every system answers.
    #[error(transparent)]
    Desk(#[from] desk::Error),
    /// There is no such programme, target, task or head.
    #[error("there is no such thing")]
    Nothing,
    /// The code stands already.
    #[error("the code {0} is taken")]
    Taken(String),
    /// Where it stands, this is not done: a programme that was issued, a task that is over.
    #[error("where it stands, this is not done")]
    NotNow,
    /// What a programme may have is bounded.
    #[error("a programme has at most {max} of these")]
    TooMany {
        /// The bound.
        max: usize,
    },
    /// Whoever declared a figure does not check it.
    #[error("a figure is checked by a second person")]
    SamePerson,
    /// A row of ours is not what was written.
    #[error("a row of {0} is damaged")]
    Damaged(&'static str),
    /// A spreadsheet could not be written.
    #[error(transparent)]
    Sheet(#[from] rust_xlsxwriter::XlsxError),
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
    files::Error,
    journal::Error,
    serde_json::Error,
    Box<identity::access::Denial>
);

impl From<Error> for Problem {
    fn from(error: Error) -> Self {
        match error {
            Error::Desk(error) => error.into(),
            Error::Nothing => Self::not_found(),
            Error::Taken(_) | Error::NotNow | Error::SamePerson | Error::TooMany { .. } => {
                Self::conflict()
            }
            Error::Damaged(_) | Error::Sheet(_) => Self::internal(&error),
        }
    }
}
