//! The journal: evidence that is only ever appended to, and that anyone can check.
//!
//! An [`Event`] is appended in the same transaction as the change that it tells of. A moment
//! later the [`Sealer`] gives it its dense position, hashes it into the Merkle tree of RFC 9162
//! and signs a checkpoint. From then on nobody who can write to the database, but has not the
//! signing key, can alter, remove or insert an event without [`verify`] naming it; and whoever
//! holds a [`Receipt`] can prove offline that the event was there.
//!
//! The tree lies in C2SP tlog-tiles, checkpoints are C2SP signed notes: other people's tools
//! verify them. The journal knows neither procedures nor people: an event's data is text to it.

mod error;
mod event;
mod hash;
pub mod tile;
pub mod tree;

mod checkpoint;
mod key_file;
mod note;
mod tiles;

mod appender;
mod bulk;
mod lease;
mod receipt;
mod sealer;
mod subject;
mod verify;

pub use bulk::BulkJournal;
pub use checkpoint::{Checkpoint, SignedCheckpoint, newest as newest_checkpoint};
pub use error::Error;
pub use event::{Data, Event, EventKind, Placed, append, leaf_text, read_case, read_from};
pub use hash::TreeHash;
pub use key_file::load_or_create as load_or_create_key;
pub use note::{LogKey, Origin, VerifierKey};
pub use receipt::{Proof, Receipt, Sealing};
pub use sealer::{Sealed, Sealer, waits};
pub use subject::{Happened, record, subject};
pub use tiles::TileReader;
pub use verify::{Audit, Break, Fault, Verdict, verify};

/// The tables of this crate.
pub const MIGRATIONS: &[store::Migration] = &[store::Migration::new(
    "journal",
    1,
    "event, tiles, checkpoints",
    include_str!("../migrations/0001_event.sql"),
)];

/// A position or a size as the store counts it.
fn bigint(count: u64) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}
