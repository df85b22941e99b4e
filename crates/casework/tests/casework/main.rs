//! Cases, from the outside: their stories, their laws, and what becomes of them when the ground
//! under the program gives way.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

mod common;

mod dossiers;
mod properties;

mod crash;
mod faults;
mod load;
