//! Electronic identity, as citizens meet it: what the province holds about them, who looked at it
//! and why, what they agree to, and how something wrong is put right.
//!
//! For the citizen who asks "who looked at my number?", for the officer who answers when it was
//! wrong, and for the operator who has to destroy what was known of somebody. Signing in itself is
//! the front door's ([`web::front::eid`]); the tables of accounts, keys and looks are
//! [`identity`]'s. What happens here stands in the journal as the story of the subject
//! `party NUMBER`, without a word of what is known.

pub mod model;

pub mod commands;
pub mod queries;

mod export;
mod pages;

pub use desk::{Error, Result};
pub use pages::{RAIL, router};

use store::Migration;
use web::Lang;

/// The texts of this system, to be handed to [`web::Texts::new`].
pub const TEXTS: &[(Lang, &str)] = &[
    (Lang::Vi, include_str!("../texts/eid.vi.ftl")),
    (Lang::En, include_str!("../texts/eid.en.ftl")),
];

/// The tables of this system.
pub const MIGRATIONS: &[Migration] =
    &[Migration::new("eid", 1, "correction", include_str!("../migrations/0001_correction.sql"))];
