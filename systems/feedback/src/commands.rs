//! What can happen to a report, each a function inside a transaction: checks, then events.

mod after;
mod keep;
mod officer;
mod reporter;
mod sync;

pub use after::{ESCALATED_MAX, escalate};
pub use keep::{NewReport, Sent, TakeError, keep_upload, report, take_uploads};
pub use officer::{
    Approval, Sorting, answer, approve, ask, merge, publish, refuse, reroute, send_back, sort,
};
pub(crate) use officer::{answered, approved, published, sorted};
pub use reporter::{rate, reopen, supply, support};
pub(crate) use sync::{act, tell};
