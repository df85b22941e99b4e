//! Programmes (chương trình, đề án, nghị quyết) and the heads who answer for them.
//!
//! For the head: one sheet with what was promised, where it stands, what is late, at risk, and
//! waiting for a decision. For the office that directs: a resolution as goals, targets with a way
//! to them, and tasks with one answerable seat each. A target is bound to an indicator, and then
//! nobody types its figures; what no event tells is declared with a paper, and looks so. A task is
//! a case of [`casework`] in the hands of its head until whoever gave it takes the result. How
//! likely a target is to be met is computed first; a head may say otherwise, in public and with a
//! reason.
//!
//! What is absent: scorecards, forecasts, reports; they have rooms of their own.

mod error;

pub mod model;

pub mod measures;

pub mod head;

pub mod commands;
pub mod queries;

pub mod exchange;

pub mod demo;
pub mod pages;

#[cfg(feature = "testing")]
pub mod testing;

pub use demo::demo;
pub use error::{Error, Result};
pub use pages::{RAIL, router};

use desk::Job;
use store::Migration;
use web::Lang;

/// The texts of this system, to be handed to [`web::Texts::new`].
pub const TEXTS: &[(Lang, &str)] = &[
    (Lang::Vi, include_str!("../texts/programme.vi.ftl")),
    (Lang::En, include_str!("../texts/programme.en.ftl")),
];

/// The tables of this system.
pub const MIGRATIONS: &[Migration] = &[
    Migration::new(
        "programme",
        1,
        "programmes, targets, tasks",
        include_str!("../migrations/0001_programme.sql"),
    ),
    Migration::new("programme", 2, "changes", include_str!("../migrations/0002_changes.sql")),
];

/// The procedures that ship.
pub const PROCEDURES: &[&str] = include!(concat!(env!("OUT_DIR"), "/procedures.rs"));

/// What this system does by itself: nothing; tasks are cases, and figures are computed when they
/// are asked for.
pub const JOBS: &[Job] = &[];
