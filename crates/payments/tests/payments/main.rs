//! Money that comes late, twice, wrong, or for nothing that is known, told on both stores.
#![expect(clippy::unwrap_used, reason = "a test may panic")]

mod authority;

mod arrivals;
mod gateway;
mod orders;
mod picture;
mod reconcile;
