//! Reports that agencies owe each other (chế độ báo cáo, Decree 09/2019/NĐ-CP).
//!
//! For the expert who must send it by Thursday, the head who signs it, the office that adds
//! everybody's up, and programs that read and write figures. A regime says who reports what to
//! whom until when, a form what stands in it; both are text. When a period closes, everybody who
//! owes a report has a case with a clock, and nobody kept a list. A cell that an indicator can
//! fill is filled; whoever knows better says why. The rules of a form, the adding up and the
//! periods are pure; other systems know this one by its addresses alone.

mod error;

pub mod cut_off;
pub mod finding;
pub mod form;
pub mod number;
pub mod regime;
pub mod roll_up;
pub mod sheet;
pub mod validation;

pub mod library;
pub mod model;

pub mod commands;
pub mod fill;
pub mod obligations;
pub mod queries;

mod document;
pub mod export;
mod import;

mod demo;
pub mod dhis2;
pub mod pages;

#[cfg(feature = "testing")]
pub mod testing;

pub use demo::demo;
pub use error::{Error, Result};
pub use pages::{RAIL, router};

use std::time::Duration;

use desk::Job;
use store::Migration;
use web::Lang;

/// The texts of this system, to be handed to [`web::Texts::new`].
pub const TEXTS: &[(Lang, &str)] = &[
    (Lang::Vi, include_str!("../texts/reports.vi.ftl")),
    (Lang::En, include_str!("../texts/reports.en.ftl")),
];

/// The tables of this system.
pub const MIGRATIONS: &[Migration] =
    &[Migration::new("reports", 1, "reports", include_str!("../migrations/0001_reports.sql"))];

/// The procedures that ship.
pub const PROCEDURES: &[&str] = include!(concat!(env!("OUT_DIR"), "/procedures.rs"));

/// What this system does by itself.
pub const JOBS: &[Job] = &[Job {
    name: "report obligations",
    every: Duration::from_secs(60),
    run: |desk| Ok(obligations::run(desk)?),
}];
