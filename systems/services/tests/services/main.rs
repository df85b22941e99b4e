//! Stories of citizens, told on both stores.
#![expect(clippy::unwrap_used, reason = "a test may panic")]

mod common;
mod fees;
mod story;
mod uploads;
