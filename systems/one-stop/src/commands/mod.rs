//! What can happen at the desk. Each checks in plain sight who may, then runs the command of
//! casework, in one transaction; a refusal of the policies is logged.

mod act;
mod file;

pub(crate) use act::log_denial;
pub use act::{Act, act, action_of};
pub use file::{Answers, CounterFiling, Filed, Paper, file_at_counter};
