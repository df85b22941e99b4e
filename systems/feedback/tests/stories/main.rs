//! Reports as citizens and officers meet them: through their addresses, on both stores.
#![expect(clippy::unwrap_used, reason = "a test may panic")]

mod town;

mod citizens;
mod demonstration;
mod feeds;
mod judging;
mod lives;
mod maps;
mod merging;
mod models;
mod photos;
mod quiet;
mod times;
