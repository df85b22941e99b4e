//! What the desk may answer instead of doing.

use identity::access::Denial;
use thiserror::Error;

/// What this crate returns.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Why something was not done.
#[derive(Debug, Error)]
pub enum Error {
    /// The rules, or the state of the case, say no.
    #[error(transparent)]
    Case(#[from] casework::Error),
    /// This person may not; it was logged.
    #[error(transparent)]
    Denied(#[from] Box<Denial>),
    /// There is no such procedure in force.
    #[error("there is no procedure {0} in force")]
    NoProcedure(String),
    /// There is no such agency.
    #[error("there is no agency {0}")]
    NoAgency(kernel::AgencyId),
    /// Personal data could not be read or written.
    #[error(transparent)]
    Identity(#[from] identity::Error),
    /// A figure cannot be read.
    #[error(transparent)]
    Figures(#[from] indicators::Error),
    /// A file was refused.
    #[error(transparent)]
    File(#[from] files::Error),
    /// The directory could not be read.
    #[error(transparent)]
    Directory(#[from] directory::Error),
    /// The journal could not be read.
    #[error(transparent)]
    Journal(#[from] journal::Error),
    /// A history is generated into an empty store only.
    #[error("there are dossiers already; a history is generated into an empty store only")]
    HasHistory,
    /// An earlier run did not come to its end.
    #[error("an earlier run left half a history; delete the data folder and begin anew")]
    HalfHistory,
    /// A time limit cannot be confirmed so.
    #[error(transparent)]
    Confirm(#[from] procedure::ConfirmError),
    /// The text of a procedure has faults.
    #[error("the text of a procedure has {} faults", .0.len())]
    Faults(Vec<procedure::Fault>),
    /// What was stored cannot be read: a bug, or a hand in the database.
    #[error("what was stored cannot be read: {0}")]
    Stored(#[from] serde_json::Error),
    /// A key of a request that must run once came again with another request.
    #[error("the idempotency key was used for another request")]
    KeyReused,
    /// A request with the same key was just being run.
    #[error("a request with the same idempotency key is being run")]
    KeyTaken,
    /// A text is no cursor of a list.
    #[error("that is no cursor")]
    Cursor,
    /// A dossier has as many files as it may have.
    #[error("a dossier has at most {max} files")]
    TooManyFiles {
        /// The limit.
        max: usize,
    },
    /// The store failed.
    #[error(transparent)]
    Store(#[from] store::Error),
}

impl Error {
    /// Whether somebody else was faster, so that it may go well a second time.
    pub(crate) fn was_overtaken(&self) -> bool {
        use store::Error::{Conflict, Unique};
        let store = match self {
            Self::KeyTaken => return true,
            Self::Store(error)
            | Self::Case(
                casework::Error::Store(error)
                | casework::Error::Journal(journal::Error::Store(error)),
            )
            | Self::Identity(identity::Error::Store(error)) => error,
            _ => return false,
        };
        matches!(store, Conflict | Unique(_))
    }
}
