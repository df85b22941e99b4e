//! Paying (nộp phí, lệ phí): what a dossier owes, as a code that a banking app reads, an account
//! in words, and a way to a payment gateway; and for the accountant, statements held against
//! what came.
//!
//! For the applicant with a phone, who must see at once that the money arrived; and for the
//! accountant, who must find every đồng that did not fit. What money means to a case is for
//! [`payments`]; this room carries messages and says things in words.

mod cashier;
mod error;

mod asking;
mod calls;
mod reading;

mod pages;
mod routes;

pub mod demo;
#[cfg(feature = "testing")]
pub mod testing;

pub use asking::ask;
pub use cashier::{Cashier, Parts};
pub use error::{Error, Result};
pub use pages::RAIL;
pub use reading::{Read, read_statement};
pub use routes::router;

use web::Lang;

/// The texts of this system, to be handed to [`web::Texts::new`].
pub const TEXTS: &[(Lang, &str)] =
    &[(Lang::Vi, include_str!("../texts/vi.ftl")), (Lang::En, include_str!("../texts/en.ftl"))];
