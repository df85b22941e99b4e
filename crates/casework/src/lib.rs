//! Cases on procedures: commands in, events out, in one transaction.
//!
//! A case moves through a procedure, against a clock, in the hands of a seat, and leaves
//! evidence. The core is pure: [`decide()`] makes changes (or a typed [`Refusal`]) of a state
//! and a command, [`evolve()`] makes the next state of a state and a change, and neither looks
//! anywhere but at what it is given. [`handle`] puts them into a transaction: load, decide,
//! evolve, and write state, events and outbox together, with an optimistic version check.
//!
//! What differs between a dossier, a complaint and a task is the procedure, the data and the
//! pages; those are in the systems above.

mod world;

mod model;

mod decide;
mod evolve;
mod work;

mod commands;
mod queries;
mod table;

pub use commands::{
    Done, Error, Office, Vault, announce, apply, event, file, handle, handle_loaded,
};
pub use decide::{COMPONENTS_MAX, NOTE_LETTERS_MAX, OBLIGATIONS_MAX, decide, submit};
pub use evolve::{begin, evolve};
pub use model::*;
pub use queries::{Told, load, load_by_code, rebuild, story};
pub use table::{insert_case, refresh, sync_work, update_case};
pub use work::{ACCEPT, RETURN, Waits, WorkItem, before_acceptance, items, paused_at, soon_at};
pub use world::{Stamp, World};

/// The tables of this crate.
pub const MIGRATIONS: &[store::Migration] = &[
    store::Migration::new("casework", 1, "cases", include_str!("../migrations/0001_cases.sql")),
    store::Migration::new("casework", 2, "lists", include_str!("../migrations/0002_lists.sql")),
    store::Migration::new("casework", 3, "matter", include_str!("../migrations/0003_matter.sql")),
    store::Migration::new("casework", 4, "due", include_str!("../migrations/0004_due.sql")),
    store::Migration::new("casework", 5, "missed", include_str!("../migrations/0005_missed.sql")),
];
