//! What can happen to a report, each a function inside a transaction: checks, then events.

mod after;
mod answer;
mod keep;
mod officer;
mod reporter;
mod sync;

pub use after::{ESCALATED_MAX, escalate};
pub use answer::{Approval, answer, approve, ask, publish, send_back};
pub(crate) use answer::{answered, approved, published};
pub use keep::{NewReport, Sent, TakeError, keep_upload, report, take_uploads};
pub(crate) use officer::sorted;
pub use officer::{Sorting, merge, refuse, reroute, sort};
pub use reporter::{rate, reopen, supply, support};
pub(crate) use sync::{act, tell};
