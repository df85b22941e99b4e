//! What can go wrong with payments.

use thiserror::Error;

/// What this crate returns.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Why something was not done.
#[derive(Debug, Error)]
pub enum Error {
    /// The case refused, or could not be read.
    #[error(transparent)]
    Case(#[from] casework::Error),
    /// The journal refused.
    #[error(transparent)]
    Journal(#[from] journal::Error),
    /// What was stored cannot be read: a bug, or a hand in the database.
    #[error("what was stored cannot be read: {0}")]
    Stored(#[from] serde_json::Error),
    /// A word in the store is none that this program knows.
    #[error("a stored word is unknown: {0}")]
    Word(String),
    /// A case has as many orders as it may have.
    #[error("a case has at most {max} orders")]
    TooManyOrders {
        /// The limit.
        max: u32,
    },
    /// There is nothing to settle there: no such money, or it is settled.
    #[error("nothing is open there")]
    NothingOpen,
    /// The case does not owe that amount.
    #[error("the case owes {owed} đồng, {came} came")]
    NotOwed {
        /// What the case owes.
        owed: u64,
        /// What came.
        came: u64,
    },
    /// Settling needs a reason in words.
    #[error("a reason in words is needed")]
    ReasonMissing,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] store::Error),
}

impl Error {
    /// Whether somebody else was faster, so that it may go well a second time.
    #[must_use]
    pub fn was_overtaken(&self) -> bool {
        use store::Error::{Conflict, Unique};
        let store = match self {
            Self::Store(error)
            | Self::Journal(journal::Error::Store(error))
            | Self::Case(
                casework::Error::Store(error)
                | casework::Error::Journal(journal::Error::Store(error)),
            ) => error,
            Self::Case(casework::Error::Stale { .. }) => return true,
            _ => return false,
        };
        matches!(store, Conflict | Unique(_))
    }
}

/// Why a setting of the configuration is refused.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum ConfigFault {
    /// Not the number of a bank.
    #[error("{0:?} is not the six digits of a bank at NAPAS")]
    Bin(String),
    /// Not the number of an account.
    #[error("{0:?} is no account number: at most 19 letters and digits")]
    Account(String),
    /// Not the purpose of a transfer.
    #[error("{0:?} is no purpose of a transfer: at most 25 letters, digits and spaces")]
    Purpose(String),
    /// A name that stands in addresses and in the journal.
    #[error("{0:?} is no name: small letters, digits and hyphens, at most 32")]
    Name(String),
    /// A gateway without a key that is valid.
    #[error("the gateway {0} has no key")]
    NoKey(String),
    /// A key that is too short to sign with.
    #[error("the key {0} has fewer than 16 bytes")]
    ShortKey(String),
}
