//! The desk as people meet it: the built program, a real browser.
//!
//! Slow, and so apart from the other tests; `cargo xtask test` runs them last.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

mod accessibility;
mod citizen;
mod driver;
mod keyboard;
mod offline;
mod passkeys;
mod photo;
mod pothole;
mod program;
mod provider;
mod results;
mod story;
