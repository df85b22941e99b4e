//! What is set by hand: a programme, its targets and tasks, and the day on which it is issued. A
//! form has the fields of a file and is read by the same reader; what is wrong stands beside its
//! field.

mod fields;
mod form;
mod programme;
mod targets;
mod tasks;

pub(super) use programme::{create, form, issue, issue_form, new, save};
pub(super) use targets::{add_target, new_target, save_target, target_form};
pub(super) use tasks::{add_task, new_task, save_task, task_form};
