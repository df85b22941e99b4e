//! Scorecards: indices (DTI, 766, nine criteria), how a province or an agency stands by them, and
//! where the next point is.
//!
//! For the head who answers for a score, whoever assesses and whoever reviews. What the platform
//! can count comes from the indicators and is never typed ([`mapping`]); the rest is self-assessed
//! with evidence and reviewed by a second person. A closed assessment stays as it was, and is
//! revised with a reason. What could be done next is asked of an exact solver.
//!
//! The arithmetic is [`scorecards`]; here stands where figures come from, who answers, and pages.

mod error;

mod model;

pub mod mapping;
mod shared;

mod commands;
mod queries;
mod rivals;

mod offers;
mod standing;

mod export;
pub mod pages;

mod demo;
#[cfg(feature = "testing")]
pub mod testing;

pub use demo::demo;
pub use error::{Error, Result};
pub use pages::{RAIL, SCORES, router};
pub use shared::Scoring;

use desk::Job;
use store::Migration;
use web::Lang;

/// The texts of this system, to be handed to [`web::Texts::new`].
pub const TEXTS: &[(Lang, &str)] = &[
    (Lang::Vi, include_str!("../texts/scoring.vi.ftl")),
    (Lang::En, include_str!("../texts/scoring.en.ftl")),
];

/// The tables of this system.
pub const MIGRATIONS: &[Migration] = &[Migration::new(
    "scoring",
    1,
    "assessments, plans",
    include_str!("../migrations/0001_scoring.sql"),
)];

/// The procedures that ship.
pub const PROCEDURES: &[&str] = &[];

/// What this system does by itself.
pub const JOBS: &[Job] = &[];
