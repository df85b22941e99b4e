//! The one-stop desk (một cửa): receives an application, hands it from post to post, and
//! returns a result by a promised date.
//!
//! For the clerk at the counter, the expert, the head and the applicant who tracks a dossier.
//! A dossier is a case of [`casework`] on a procedure of the [`desk::Book`]; what this system adds
//! is the counter and the offices behind it: receiving, work lists, legal forms, registers,
//! tracking, and numbers that open down to the dossiers behind them.

pub mod forms;

pub mod measures;

pub mod commands;
pub mod queries;

mod counting;
mod directory_events;
mod succession;

pub mod demo;

pub mod api;
pub mod pages;
mod routes;
#[cfg(feature = "testing")]
pub mod testing;

pub use counting::{COUNT_MAX, count};
pub use desk::{Desk, Error, Moment, Parts, Result};
pub use directory_events::record_directory;
pub use pages::RAIL;
pub use routes::{operations, router};
pub use succession::{Mover, succession_in_words};

use store::Migration;
use web::Lang;

/// The procedures that ship: real ones, typed in from public facts, with workflows invented for
/// the demonstration.
pub const PROCEDURES: &[&str] = include!(concat!(env!("OUT_DIR"), "/procedures.rs"));

/// The texts of this system, to be handed to [`web::Texts::new`].
pub const TEXTS: &[(Lang, &str)] = &[
    (Lang::Vi, include_str!("../texts/shared.vi.ftl")),
    (Lang::En, include_str!("../texts/shared.en.ftl")),
    (Lang::Vi, include_str!("../texts/work.vi.ftl")),
    (Lang::En, include_str!("../texts/work.en.ftl")),
    (Lang::Vi, include_str!("../texts/dossier.vi.ftl")),
    (Lang::En, include_str!("../texts/dossier.en.ftl")),
    (Lang::Vi, include_str!("../texts/counter.vi.ftl")),
    (Lang::En, include_str!("../texts/counter.en.ftl")),
    (Lang::Vi, include_str!("../texts/track.vi.ftl")),
    (Lang::En, include_str!("../texts/track.en.ftl")),
    (Lang::Vi, include_str!("../texts/register.vi.ftl")),
    (Lang::En, include_str!("../texts/register.en.ftl")),
    (Lang::Vi, include_str!("../texts/figures.vi.ftl")),
    (Lang::En, include_str!("../texts/figures.en.ftl")),
    (Lang::Vi, include_str!("../texts/irregular.vi.ftl")),
    (Lang::En, include_str!("../texts/irregular.en.ftl")),
    (Lang::Vi, include_str!("../texts/catalogue.vi.ftl")),
    (Lang::En, include_str!("../texts/catalogue.en.ftl")),
    (Lang::Vi, include_str!("../texts/limits.vi.ftl")),
    (Lang::En, include_str!("../texts/limits.en.ftl")),
    (Lang::Vi, include_str!("../texts/api.vi.ftl")),
    (Lang::En, include_str!("../texts/api.en.ftl")),
];

/// The tables of this system. The numbers that are missing here are of [`desk::MIGRATIONS`].
pub const MIGRATIONS: &[Migration] = &[
    Migration::new("one-stop", 2, "queue", include_str!("../migrations/0002_queue.sql")),
    Migration::new("one-stop", 3, "register", include_str!("../migrations/0003_register.sql")),
];
