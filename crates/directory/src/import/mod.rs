//! Agencies, seats and people from the files that an office keeps.
//!
//! A file ([`read`]) says how things should stand; [`compare`] finds what has to change for it,
//! or every fault with its line, and [`carry_out`] changes it. What a file does not name stays
//! as it is, and nothing is deleted: a new name or holder begins on the day of the file, and what
//! was before keeps its time. So the same file again changes nothing. [`export`] writes the
//! directory as such a file.

mod carry;
mod compare;
mod export;
mod fault;
mod file;
mod seats;
mod step;
mod table;
#[cfg(test)]
mod tests;

pub use carry::carry_out;
pub use compare::{Changes, compare};
pub use export::export;
pub use fault::{Fault, FaultKind};
pub use file::{Form, Import, read};
pub use step::Step;
