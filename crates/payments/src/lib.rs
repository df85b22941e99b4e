//! Payments: what a case owes becomes an order; money that comes for it, by whichever way and
//! however often it is told, becomes one payment of the case, and nothing is lost.
//!
//! - [`vietqr`] writes the code that a banking app reads; [`Gateway`] speaks with a payment
//!   gateway in signed fields.
//! - [`open`] opens the order of a case; [`receive`] takes the word that money came, in one
//!   transaction with the payment of the case.
//! - [`statement`] reads the files of banks, [`reconcile`] holds them against what came.
//!
//! The boundary: what a case owes, and when it may be paid, is for [`casework`] to decide.
//! Nothing here speaks HTTP; the room above carries the messages and makes sentences.

mod error;
mod model;

pub mod gateway;
mod settings;
pub mod signature;
pub mod vietqr;

mod arrivals;
mod orders;

pub mod reconcile;
pub mod statement;

pub use arrivals::{Received, assign, of, open_count, open_problems, receive, settle};
pub use error::{ConfigFault, Error, Result};
pub use gateway::{Gateway, GatewaySettings};
pub use model::{
    Arrival, ArrivalId, Item, Kept, Order, OrderId, OrderState, Problem, RunId, reference,
};
pub use orders::{
    ORDERS_PER_CASE_MAX, by_reference, failed, handed_over, newest, offered, open, owed, to_ask,
};
pub use settings::{AccountSettings, Settings};
pub use statement::StatementSettings;

pub(crate) use settings::check_name;

/// The tables of this crate.
pub const MIGRATIONS: &[store::Migration] = &[store::Migration::new(
    "payments",
    1,
    "payments",
    include_str!("../migrations/0001_payments.sql"),
)];

/// SHA-256 in hexadecimal.
fn sha256(bytes: &[u8]) -> String {
    use sha2::Digest;
    kernel::hex(&sha2::Sha256::digest(bytes))
}
