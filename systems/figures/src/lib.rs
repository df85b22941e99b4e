//! Every figure of the house: what it means, what it is, how well it is proved, and the cases
//! behind it.
//!
//! For the head who is asked about a number, whoever doubts one, and the engineer who defines
//! one. Other systems show figures and lead here (`desk::figure_page`); this one alone knows how
//! to take a figure apart. It computes nothing: formulas and cells are those of [`indicators`].

mod error;

mod asked;
pub mod queries;

pub mod api;
pub mod pages;

#[cfg(feature = "testing")]
pub mod testing;

pub use error::{Error, Result};
pub use pages::{RAIL, router};

use desk::Job;
use store::Migration;
use web::Lang;

/// The texts of this system, to be handed to [`web::Texts::new`].
pub const TEXTS: &[(Lang, &str)] = &[
    (Lang::Vi, include_str!("../texts/figures.vi.ftl")),
    (Lang::En, include_str!("../texts/figures.en.ftl")),
    (Lang::Vi, include_str!("../texts/facts.vi.ftl")),
    (Lang::En, include_str!("../texts/facts.en.ftl")),
];

/// It has no tables: definitions are text, and the cube is that of [`indicators`].
pub const MIGRATIONS: &[Migration] = &[];

/// It has no procedures.
pub const PROCEDURES: &[&str] = &[];

/// It does nothing by itself: the cube follows the journal by a job of the program.
pub const JOBS: &[Job] = &[];
