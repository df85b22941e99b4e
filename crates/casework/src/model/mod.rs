//! What a case is, what may be asked of it, what happened to it, and why something may not.

mod case;
mod change;
mod command;
mod refusal;
mod status;

pub use case::{
    Approval, Case, Component, Extension, Holding, Obligation, Payment, ProcedureRef, Supplement,
};
pub use change::{Change, Opened};
pub use command::{Command, Correction, Note, Submit};
pub use refusal::Refusal;
pub use status::{
    Channel, DeclineReason, DiscontinueGround, Status, SupplementReason, SuspensionGround,
};
