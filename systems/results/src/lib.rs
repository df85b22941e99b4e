//! Results as signed documents: the officer who ends a dossier signs what the applicant gets,
//! with the key of the agency; and whoever is shown such a document can check it, on any phone.
//!
//! For the officer who signs, the head who takes a result back, and everybody who is handed a
//! document and wonders whether it is real. What was issued stands in [`desk`], since other
//! systems show it to its owner.

mod commands;
mod document;
mod model;
mod pages;
mod queries;
#[cfg(feature = "testing")]
pub mod testing;

pub use commands::{Failure, Signing, sign};
pub use model::{Content, Draft};
pub use pages::{CHECK, MINE, RESULT, router};
pub use queries::{Found, Genuine, by_code, by_file};

use web::Lang;

/// The texts of this system, to be handed to [`web::Texts::new`].
pub const TEXTS: &[(Lang, &str)] = &[
    (Lang::Vi, include_str!("../texts/results.vi.ftl")),
    (Lang::En, include_str!("../texts/results.en.ftl")),
];
