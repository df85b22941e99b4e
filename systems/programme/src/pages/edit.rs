//! What is set by hand: a programme, its targets and tasks, and the day on which it is issued. A
//! form has the fields of a file and is read by the same reader; what is wrong stands beside its
//! field.

mod form;
mod programme;
mod things;

pub(super) use programme::{create, form, issue, issue_form, new, save};
pub(super) use things::{add_target, add_task, new_target, new_task, save_target, target_form};
