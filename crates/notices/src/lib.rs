//! Notices: what happened to a case is told to whoever it belongs to, by the ways that they
//! chose.
//!
//! [`gather`] reads the outbox of casework and decides what is to be said to whom, [`late`] finds
//! the promises that were broken; [`claim`]
//! hands out what is due, to one process at a time; [`out`] makes of it what a mail server, a
//! push service or a telephone gateway understands; [`report`] keeps what became of it, as an
//! event of the journal. At least once: what was claimed and not reported is handed out again,
//! under the same key, so that a careful receiver tells it once.
//!
//! Nothing that is said names a paper, a person or a number: a code and a link. Addresses are
//! sealed under the key of the person; the journal has only their keyed hash.
//!
//! The boundary: nothing here opens a connection, and no sentence stands here; both are for the
//! room above.

mod error;
mod model;
mod settings;

mod occasion;

mod contacts;
mod gather;
mod late;
mod queue;
mod wishes;

pub mod out;

pub use contacts::{CONTACTS_PER_PARTY_MAX, add, confirm, contacts, links, opened, remove, stop};
pub use error::{AddressFault, Error, Result};
pub use gather::{BATCH, announce, gather};
pub use late::late;
pub use model::{
    Address, Channel, Contact, ContactId, ContactState, Fate, Notice, NoticeId, NoticeState,
    Occasion, PushAddress, officer,
};
pub use occasion::occasion;
pub use queue::{
    About, Claimed, Due, Outcome, Told, claim, dead, dead_count, lease, purge, report, revive,
    told, waiting_count,
};
pub use settings::{Hook, MailSettings, Push, Settings, Tls};
pub use wishes::{Quiet, Wishes, keep_wishes, wishes};

/// The tables of this crate.
pub const MIGRATIONS: &[store::Migration] = &[
    store::Migration::new("notices", 1, "notices", include_str!("../migrations/0001_notices.sql")),
    store::Migration::new("notices", 2, "late", include_str!("../migrations/0002_late.sql")),
];
