//! Who is signed in, what they may do, and how personal data is kept from everybody else.
//!
//! - **Signing in**: an [`account`] with a password, [`sign_in`] in three steps with
//!   throttling, and [`Sessions`] behind an opaque cookie. Citizens are named by an identity
//!   provider ([`citizen`]), and their sessions know how surely ([`Assurance`]).
//! - **Permission**: [`access`] decides by Cedar policies in readable files (`policies/`); every
//!   refusal says why and who could; [`audit`] keeps refusals and looks at personal data, each
//!   with its ground; [`consent`] is what somebody agrees to.
//! - **Personal data**: [`seal`] keeps it under a key of the person whose it is, which can be
//!   destroyed.
//!
//! The boundary: this crate does not know the directory. Who holds which post is given to it as
//! plain facts ([`access::Officer`]), so that a decision is a function of what it is told.
//! Nothing here speaks HTTP or Vietnamese; the edge makes cookies and sentences of it.

pub mod access;
pub mod account;
mod assurance;
pub mod audit;
pub mod citizen;
pub mod consent;
mod error;
pub mod once;
pub mod party;
pub mod passkey;
mod password;
pub mod seal;
mod session;
pub mod sign_in;
mod throttle;
mod token;

pub use account::{Login, LoginFault};
pub use assurance::Assurance;
pub use error::{Error, Result};
pub use password::{NewPassword, PASSWORD_BYTES_MAX, PASSWORD_CHARS_MIN, PasswordHash, Weakness};
pub use session::{
    CITIZEN_SESSIONS_MAX, CitizenSession, CitizenSessions, Entered, SESSIONS_PER_ACCOUNT_MAX,
    Session, SessionLimits, Sessions,
};
pub use token::SessionToken;

/// The tables of this crate.
pub const MIGRATIONS: &[store::Migration] = &[
    store::Migration::new(
        "identity",
        1,
        "identity",
        include_str!("../migrations/0001_identity.sql"),
    ),
    store::Migration::new("identity", 2, "party", include_str!("../migrations/0002_party.sql")),
    store::Migration::new("identity", 3, "names", include_str!("../migrations/0003_names.sql")),
    store::Migration::new("identity", 4, "citizen", include_str!("../migrations/0004_citizen.sql")),
    store::Migration::new("identity", 5, "once", include_str!("../migrations/0005_once.sql")),
    store::Migration::new("identity", 6, "rights", include_str!("../migrations/0006_rights.sql")),
    store::Migration::new("identity", 7, "passkey", include_str!("../migrations/0007_passkey.sql")),
];
