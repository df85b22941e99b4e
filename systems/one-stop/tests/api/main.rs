//! The desk for programs: its stories on both stores, and what holds for every operation.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

mod client;

mod conditions;
mod coverage;
mod documents;
mod refusals;
mod stories;
