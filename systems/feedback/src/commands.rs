//! What can happen to a report, each a function inside a transaction: checks, then events.

mod after;
mod answer;
mod keep;
mod merge;
mod officer;
mod reporter;
mod sync;
mod train;

pub use after::{ESCALATED_MAX, escalate};
pub use answer::{Approval, answer, approve, ask, publish, send_back};
pub(crate) use answer::{answered, approved, published};
pub use keep::{NewReport, Sent, TakeError, keep_upload, report, take_uploads};
pub use merge::merge;
pub(crate) use officer::sorted;
pub use officer::{Sorting, refuse, reroute, sort};
pub use reporter::{rate, reopen, supply, support};
pub(crate) use sync::{act, tell};
pub use train::{FRESH_MIN, train};
