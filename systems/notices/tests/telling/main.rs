//! Notices, as citizens, operators, and those who deliver meet them: through addresses, on both
//! stores, with a mail server, a push service and gateways that the tests start.
#![expect(clippy::unwrap_used, reason = "a test may panic")]

mod endpoints;
mod house;
mod postman;

mod choosing;
mod gateways;
mod late;
mod mails;
mod officers;
mod pushes;
mod queue;
mod reports;
