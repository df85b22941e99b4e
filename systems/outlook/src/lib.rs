//! What will be late, what would change it, and how well that was foreseen before.
//!
//! For the head who must act before something is late. The journal of the last months is read into
//! [`forecast`], which runs the offices' next days many times; everything that is asked is a *run*
//! in a queue, computed one at a time behind the pages and kept with the position in the journal
//! that it rests on. The first page is always the newest forecast; a what-if, a plan and a
//! back-test are asked for and read when they are done.
//!
//! It changes no case, and promises nobody a date.

mod error;

mod model;

mod ground;
mod life;
mod reader;

mod compute;
mod told;

mod commands;
mod queries;
mod work;

pub mod pages;

mod demo;
#[cfg(feature = "testing")]
pub mod testing;

pub use demo::demo;
pub use error::{Error, Result};
pub use pages::{OUTLOOK, RAIL, router};
pub use queries::{Expected, expected};

use std::time::Duration;

use desk::Job;
use store::Migration;
use web::Lang;

/// The texts of this system, to be handed to [`web::Texts::new`].
pub const TEXTS: &[(Lang, &str)] = &[
    (Lang::Vi, include_str!("../texts/outlook.vi.ftl")),
    (Lang::En, include_str!("../texts/outlook.en.ftl")),
];

/// The tables of this system.
pub const MIGRATIONS: &[Migration] =
    &[Migration::new("outlook", 1, "runs", include_str!("../migrations/0001_outlook.sql"))];

/// The procedures that ship.
pub const PROCEDURES: &[&str] = &[];

/// How often it is looked whether something is asked for.
const LOOK_EVERY: Duration = Duration::from_secs(2);

/// What this system does by itself: computes what is asked for, and a forecast now and then.
pub const JOBS: &[Job] =
    &[Job { name: "outlook", every: LOOK_EVERY, run: |desk| work::next(desk).map_err(Into::into) }];
