//! The counter, the queue and the list of online filings, as people use them.
#![expect(clippy::unwrap_used, reason = "a test may panic")]

mod common;

mod filing;
mod known;
mod twice;

mod hall;
mod online;
