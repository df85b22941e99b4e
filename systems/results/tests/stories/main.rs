//! A result is signed, checked, replaced, taken back, and fetched by its owner.
#![expect(clippy::unwrap_used, reason = "a test may panic")]

mod checking;
mod common;
mod signing;
