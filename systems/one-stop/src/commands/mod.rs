//! What can happen at the desk. Each checks in plain sight who may, then runs the command of
//! casework, in one transaction; a refusal of the policies is logged.

mod act;
mod counter;
mod file;
mod queue;

pub(crate) use act::log_denial;
pub use act::{Act, act, action_of};
pub use counter::file_then;
pub use file::{Answers, CounterFiling, Filed, Paper, file_at_counter};
pub use queue::{LANES, TICKETS_MAX, Ticket, call_next, mark_absent, take_ticket};
