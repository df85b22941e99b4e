//! What is signed here is checked by somebody else's program: pyHanko.
#![expect(clippy::unwrap_used, reason = "a test may panic")]

mod checker;
mod stories;
