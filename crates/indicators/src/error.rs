//! What can go wrong with figures.

use thiserror::Error;

/// Result of everything in this crate.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// What went wrong.
#[derive(Debug, Error)]
pub enum Error {
    /// The store refused.
    #[error(transparent)]
    Store(#[from] store::Error),
    /// An event is not what its kind says: a bug, or a hand in the database. Nothing is counted
    /// beyond it until it is looked into.
    #[error("the event at position {pos} is no {kind}")]
    Event {
        /// Its position.
        pos: u64,
        /// The kind that it says it is of.
        kind: String,
    },
    /// The state of a case cannot be read or written.
    #[error("the state of a case cannot be read: {0}")]
    State(serde_json::Error),
    /// A row of the cube is not what was written; a rebuild mends it.
    #[error("a row of {0} cannot be read; rebuild the cube")]
    Damaged(&'static str),
    /// Nothing was counted yet, so that there is nothing to read.
    #[error("nothing was counted yet")]
    Nothing,
    /// There is no indicator of that code.
    #[error("there is no indicator {0}")]
    UnknownIndicator(String),
    /// A figure that was frozen already is only revised for a reason.
    #[error("this figure was published already; a revision needs a reason in words")]
    Frozen,
    /// The place in a list is none of that list.
    #[error("this is no place in a list of what is behind a figure")]
    Cursor,
}
