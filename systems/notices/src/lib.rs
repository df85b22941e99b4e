//! Telling (thông báo): what happened to somebody's matter reaches them by the ways that they
//! chose, in their language, outside the hours in which they want quiet.
//!
//! For the citizen, who should not have to look every day; and for the operator, who sees what
//! could not be delivered. What is to be said to whom, and when again, is for [`notices`]; this
//! room finds the words and carries them.

mod error;
mod teller;

mod carry;
mod mail;
mod round;
mod words;

mod pages;

pub use error::{Error, Result};
pub use pages::{RAIL, router};
pub use round::{Round, tell};
pub use teller::{Parts, Teller};

use web::Lang;

/// The texts of this system, to be handed to [`web::Texts::new`].
pub const TEXTS: &[(Lang, &str)] =
    &[(Lang::Vi, include_str!("../texts/vi.ftl")), (Lang::En, include_str!("../texts/en.ftl"))];
