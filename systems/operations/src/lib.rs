//! The operations centre: what the province is doing now, what is unusual in it, and who does
//! something about that.
//!
//! For the head on the telephone and for those who watch the big screen. Tiles, charts and the
//! map are figures of [`indicators`], read of the cube and never of cases; each says as of when it
//! is, goes grey where its source is silent, and opens to what is behind it. *Rules* watch
//! figures and clocks; one that is raised opens an *incident*, a case on a procedure with an owner
//! and a term. Alerts leave as messages of CAP 1.2. What stands on the page and what is watched is
//! text that a head may change ([`model`]).
//!
//! It computes no figure of its own, foresees nothing (that is another system's), and decides
//! nothing about a case but who is told of it.

mod error;

pub mod cap;
pub mod model;

pub mod commands;
pub mod queries;

pub mod live;

pub mod demo;
pub mod measures;
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
    (Lang::Vi, include_str!("../texts/operations.vi.ftl")),
    (Lang::En, include_str!("../texts/operations.en.ftl")),
];

/// The tables of this system.
pub const MIGRATIONS: &[Migration] = &[Migration::new(
    "operations",
    1,
    "tiles, rules, alerts",
    include_str!("../migrations/0001_operations.sql"),
)];

/// The procedures that ship.
pub const PROCEDURES: &[&str] = include!(concat!(env!("OUT_DIR"), "/procedures.rs"));

/// How often rules are held against figures and clocks.
const WATCH_EVERY: Duration = Duration::from_secs(15);

/// What this system does by itself.
pub const JOBS: &[Job] = &[Job {
    name: "alerts",
    every: WATCH_EVERY,
    run: |desk| {
        commands::evaluate(desk)?;
        commands::escalate(desk)?;
        Ok(false)
    },
}];
