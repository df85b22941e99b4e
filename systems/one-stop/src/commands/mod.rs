//! What can happen at the desk. Each checks in plain sight who may, then runs the command of
//! casework, in one transaction; a refusal of the policies is logged.

mod act;
mod attach;
mod confirm;
mod counter;
mod file;
mod number;
mod once;
mod queue;
mod refresh;

pub use act::{Act, act, action_of};
pub(crate) use act::{act_in, log_denial};
pub(crate) use attach::{attach, attachable};
pub(crate) use confirm::confirm_in;
pub use confirm::{ConfirmLimit, confirm_limit, may_confirm};
pub(crate) use counter::file_then;
pub use file::{Answers, CounterFiling, Filed, Paper, file_at_counter};
pub(crate) use file::{file, keep_files};
pub use once::purge_answers;
pub(crate) use once::{Kept, Key, kept_under, write_once};
pub use queue::{LANES, TICKETS_MAX, Ticket, call_next, mark_absent, take_ticket};
pub(crate) use refresh::refresh;
