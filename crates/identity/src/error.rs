//! What can go wrong when people sign in and data is sealed.

use kernel::Instant;
use thiserror::Error;

use crate::Weakness;

/// Why a function of this crate did not do what it was asked.
#[derive(Debug, Error)]
pub enum Error {
    /// The store failed.
    #[error(transparent)]
    Store(#[from] store::Error),
    /// The login is in use.
    #[error("the login is in use")]
    LoginTaken,
    /// There is no such account.
    #[error("there is no such account")]
    NoAccount,
    /// The new password is too easy to guess.
    #[error(transparent)]
    Weak(#[from] Weakness),
    /// What the store holds as a password hash is none.
    #[error("the stored password hash is damaged")]
    DamagedHash,
    /// The party has no key yet.
    #[error("the party has no key")]
    NoKey,
    /// The key of the party was destroyed; its data can be read by nobody.
    #[error("the personal data was destroyed at {at}")]
    KeyDestroyed {
        /// When.
        at: Instant,
    },
    /// Sealed data, or a wrapped key, that was altered or belongs elsewhere.
    #[error("the sealed data does not open")]
    Unopenable,
    /// The data of this store was sealed under another master key.
    #[error("this is not the master key under which the data was sealed")]
    WrongMasterKey,
    /// The journal refused the event.
    #[error(transparent)]
    Journal(journal::Error),
}

impl From<journal::Error> for Error {
    fn from(error: journal::Error) -> Self {
        match error {
            journal::Error::Store(error) => Self::Store(error),
            other => Self::Journal(other),
        }
    }
}

/// What this crate returns.
pub type Result<T, E = Error> = std::result::Result<T, E>;
