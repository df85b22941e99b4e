//! The one-stop desk (một cửa): receives an application, hands it from post to post, and
//! returns a result by a promised date.
//!
//! For the clerk at the counter, the expert, the head and the applicant who tracks a dossier.
//! A dossier is a case of [`casework`] on a procedure of the [`book::Book`]; what this system
//! adds is the desk itself: who files for whom, papers and files, legal forms, registers,
//! tracking, and numbers that open down to the dossiers behind them.

mod error;
pub mod forms;

pub mod book;
pub mod confirmation;
mod throttle;
mod vault;
mod world;

mod desk;

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
pub use desk::{Desk, Parts};
pub use directory_events::record_directory;
pub use error::{Error, Result};
pub use routes::{operations, router};
pub use succession::{Mover, succession_in_words};
pub use world::{Calendars, Moment};

use web::Lang;

/// The texts of this system, to be handed to [`web::Texts::new`].
pub const TEXTS: &[(Lang, &str)] = &[
    (Lang::Vi, include_str!("../texts/shared.vi.ftl")),
    (Lang::En, include_str!("../texts/shared.en.ftl")),
    (Lang::Vi, include_str!("../texts/refusal.vi.ftl")),
    (Lang::En, include_str!("../texts/refusal.en.ftl")),
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

/// The tables of this system.
pub const MIGRATIONS: &[store::Migration] = &[
    store::Migration::new("one-stop", 1, "desk", include_str!("../migrations/0001_desk.sql")),
    store::Migration::new("one-stop", 2, "queue", include_str!("../migrations/0002_queue.sql")),
    store::Migration::new(
        "one-stop",
        3,
        "register",
        include_str!("../migrations/0003_register.sql"),
    ),
    store::Migration::new(
        "one-stop",
        4,
        "idempotency",
        include_str!("../migrations/0004_idempotency.sql"),
    ),
    store::Migration::new("one-stop", 5, "demo", include_str!("../migrations/0005_demo.sql")),
    store::Migration::new("one-stop", 6, "numbers", include_str!("../migrations/0006_numbers.sql")),
    store::Migration::new("one-stop", 7, "lists", include_str!("../migrations/0007_lists.sql")),
    store::Migration::new(
        "one-stop",
        8,
        "confirmed limits",
        include_str!("../migrations/0008_operator.sql"),
    ),
    store::Migration::new("one-stop", 9, "counter", include_str!("../migrations/0009_counter.sql")),
];
