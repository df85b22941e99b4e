//! Feedback (phản ánh, kiến nghị): what citizens report and propose, from a phone in under a
//! minute, to a published answer.
//!
//! For whoever sees a hole in the road; for the desk that sorts and forwards; for the agency that
//! answers and its head; for the public that looks on; for programs that speak Open311. A report
//! is a case of [`casework`] on one of the procedures of this system; which procedure, which desk
//! and which agency is told by [`rules`], a text file. What the reporter wrote is sealed; what the
//! public reads is what an officer let it read. The model only suggests.

mod error;

pub mod boundary;
pub mod category;
pub mod corpus;
pub mod geo;
pub mod photo;
pub mod redact;
pub mod rules;
pub mod suggestion;

pub mod model;

mod bounds;
mod shared;

pub mod commands;
pub mod queries;

pub mod demo;
pub mod open311;
pub mod pages;

#[cfg(feature = "testing")]
pub mod testing;

pub use error::{Error, Result};
pub use pages::{RAIL, router};
pub use shared::Feedback;

use store::Migration;
use web::Lang;

/// The procedures that ship.
pub const PROCEDURES: &[&str] = include!(concat!(env!("OUT_DIR"), "/procedures.rs"));

/// The texts of this system, to be handed to [`web::Texts::new`].
pub const TEXTS: &[(Lang, &str)] = &[
    (Lang::Vi, include_str!("../texts/feedback.vi.ftl")),
    (Lang::En, include_str!("../texts/feedback.en.ftl")),
];

/// The tables of this system.
pub const MIGRATIONS: &[Migration] = &[
    Migration::new("feedback", 1, "feedback", include_str!("../migrations/0001_feedback.sql")),
    Migration::new("feedback", 2, "together", include_str!("../migrations/0002_together.sql")),
];
