//! Figures, as those who answer for them see them, on both stores.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

mod common;
mod oracle;

mod counting;
mod definitions;
mod formulas;
mod properties;

mod following;
mod mergers;
mod opening;
mod publishing;
