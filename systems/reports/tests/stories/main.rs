//! Reports as a domain expert would tell of them, on both stores.
#![expect(clippy::unwrap_used, reason = "a test may panic")]

mod choosing;
mod deadlines;
mod demonstration;
mod dhis2;
mod formats;
mod merging;
mod office;
mod regimes;
mod revising;
mod rolling_up;
mod writing;
