//! Paying, as payers, gateways and the accountant meet it: through its addresses, on both
//! stores, with a gateway that the tests start.
#![expect(clippy::unwrap_used, reason = "a test may panic")]

mod house;

mod books;
mod due;
mod payer;
mod trouble;
