//! What can happen at the desk. Each checks in plain sight who may, then runs the command of
//! casework, in one transaction; a refusal of the policies is logged.

mod act;
mod attach;
mod confirm;
mod counter;
mod file;
mod queue;

pub(crate) use act::act_in;
pub use act::{Act, act, action_of};
pub(crate) use attach::{attach, attachable};
pub(crate) use confirm::confirm_in;
pub use confirm::{ConfirmLimit, confirm_limit, may_confirm};
pub(crate) use counter::file_then;
pub(crate) use file::file;
pub use file::{CounterFiling, file_at_counter};
pub use queue::{LANES, TICKETS_MAX, Ticket, call_next, mark_absent, take_ticket};
