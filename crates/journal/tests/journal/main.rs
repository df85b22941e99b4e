//! The journal as those who use it see it, on both stores.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

mod arbitrary;
mod common;
mod interop;
mod sealing;
mod tampering;
mod vectors;
