//! What the directory refuses.

use kernel::{AgencyCode, DelegationId, Instant, PersonId, PlaceCode, PostId};
use thiserror::Error;

use crate::succession::Fault;

/// Result of everything in this crate.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// What was refused, and why.
#[derive(Debug, Clone, Error)]
pub enum Error {
    /// The store did not do it.
    #[error(transparent)]
    Store(#[from] store::Error),
    /// A row of the store cannot be read as what it should be.
    #[error("the directory holds something unreadable: {0}")]
    Stored(String),
    /// Another agency that is open has this code.
    #[error("the code {0} belongs to another agency")]
    CodeTaken(AgencyCode),
    /// No agency that is open has this code.
    #[error("no agency has the code {0}")]
    NoAgency(AgencyCode),
    /// No such post, or it is closed.
    #[error("there is no open post {0}")]
    NoPost(PostId),
    /// No such period of acting for another, or it is over.
    #[error("there is no delegation {0} in force")]
    NoDelegation(DelegationId),
    /// No place has this code.
    #[error("no place has the code {0}")]
    NoPlace(PlaceCode),
    /// Somebody else sits there; two people never hold one post.
    #[error("the post {post} is held by {holder}")]
    PostHeld {
        /// Which seat.
        post: PostId,
        /// By whom.
        holder: PersonId,
    },
    /// A post cannot act for itself, nor hand on what was delegated to it
    /// (Law 72/2025/QH15 on local government: who is delegated to does not delegate further).
    #[error("the post {0} cannot be delegated to so")]
    Delegation(PostId),
    /// An end that is not after the beginning.
    #[error("the end is not after the beginning")]
    Period,
    /// A role is small letters, digits and hyphens.
    #[error("a role is small letters, digits and hyphens, as in deputy-head")]
    Role,
    /// A code of a seat or a person has other letters.
    #[error("a code has 1 to 60 letters without marks, digits, `-`, `.`, `_` and `/`")]
    Handle,
    /// The file of a directory has faults, each with its line.
    #[error("the file has {} faults", .0.len())]
    Import(Vec<crate::import::Fault>),
    /// The plan of a reorganisation has faults, each with its line.
    #[error("the plan has {} faults", .0.len())]
    Plan(Vec<Fault>),
    /// The reorganisation is not in force yet.
    #[error("the plan takes effect at {0}")]
    TooEarly(Instant),
    /// Another plan was begun under the same name.
    #[error("another plan was begun under the name {0}")]
    OtherPlan(String),
    /// The room that keeps the cases could not move them.
    #[error("open work was not moved: {0}")]
    Mover(String),
    /// The demonstration data is not as it should be; a fault of the program.
    #[error("demonstration data: {0}")]
    Demo(String),
}
