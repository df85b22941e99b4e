//! What this system may answer instead of doing.

use thiserror::Error;

/// What this crate returns.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Why something was not done.
#[derive(Debug, Error)]
pub enum Error {
    /// The desk says no.
    #[error(transparent)]
    Desk(#[from] desk::Error),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] store::Error),
}
