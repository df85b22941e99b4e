//! Stories of programmes: a resolution is issued, heads work on their tasks, figures come from the
//! journal, and one sheet shows a head all of it.
#![expect(clippy::unwrap_used, reason = "a test may panic")]

mod demonstration;
mod files;
mod heads;
mod targets;
mod tasks;
mod town;
