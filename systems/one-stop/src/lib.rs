//! Under construction.

pub mod forms;
