//! What can go wrong with notices.

use thiserror::Error;

/// What this crate returns.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Why something was not done.
#[derive(Debug, Error)]
pub enum Error {
    /// The case could not be read.
    #[error(transparent)]
    Case(#[from] casework::Error),
    /// The journal refused.
    #[error(transparent)]
    Journal(#[from] journal::Error),
    /// An address could not be sealed or opened.
    #[error(transparent)]
    Identity(#[from] identity::Error),
    /// What was stored cannot be read: a bug, or a hand in the database.
    #[error("what was stored cannot be read: {0}")]
    Stored(#[from] serde_json::Error),
    /// A word in the store is none that this program knows.
    #[error("a stored word is unknown: {0}")]
    Word(String),
    /// Somebody has as many addresses as they may have.
    #[error("at most {max} addresses")]
    TooMany {
        /// The limit.
        max: usize,
    },
    /// The store failed.
    #[error(transparent)]
    Store(#[from] store::Error),
}

/// Why a text is no address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum AddressFault {
    /// Not an address of e-mail.
    #[error("not an e-mail address")]
    Email,
    /// Not a telephone number.
    #[error("not a telephone number")]
    Phone,
    /// Not what a browser gives when it subscribes.
    #[error("not a subscription")]
    Subscription,
    /// A push service that is not known here.
    #[error("not a push service that is known here")]
    Service,
}
