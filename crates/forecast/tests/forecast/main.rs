//! Forecasts of offices that are made up, so that what must come out is known.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

mod common;
mod office;

mod back_test;
mod laws;
mod outcomes;
mod plan;
mod queues;
mod what_if;
