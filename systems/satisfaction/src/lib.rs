//! How satisfied people are: one question after each dossier and each report, by a link or at
//! the tablet of a counter, and what came of it, published by agency with the number of answers
//! beside every percentage.
//!
//! For whoever brought the matter, the officer at the counter, and everybody who wants to know.
//! The answers stand in [`desk`], which other systems count and ask by as well; they never say
//! whose they are.

mod commands;
mod model;
mod pages;
mod queries;
#[cfg(feature = "testing")]
pub mod testing;

pub use model::Period;
pub use pages::{QUESTION, RAIL, RESULTS, TABLET, WORDS, router};
pub use queries::{Line, Published, published};

use web::Lang;

/// The texts of this system, to be handed to [`web::Texts::new`].
pub const TEXTS: &[(Lang, &str)] = &[
    (Lang::Vi, include_str!("../texts/satisfaction.vi.ftl")),
    (Lang::En, include_str!("../texts/satisfaction.en.ftl")),
];
