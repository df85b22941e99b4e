//! Every figure of the house: what it means, what it is, how well it is proved, and the cases behind it.

mod error;

pub mod pages;

pub use error::{Error, Result};
pub use pages::{RAIL, router};

use desk::Job;
use store::Migration;
use web::Lang;

/// The texts of this system, to be handed to [`web::Texts::new`].
pub const TEXTS: &[(Lang, &str)] = &[
    (Lang::Vi, include_str!("../texts/figures.vi.ftl")),
    (Lang::En, include_str!("../texts/figures.en.ftl")),
];

/// The tables of this system.
pub const MIGRATIONS: &[Migration] = &[];

/// The procedures that ship.
pub const PROCEDURES: &[&str] = &[];

/// What this system does by itself.
pub const JOBS: &[Job] = &[];
