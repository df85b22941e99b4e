//! Reorganisation: agencies and places merge, divide, and get other names.
//!
//! Somebody writes what the resolution orders into a file ([`plan`] checks it and names the
//! line of every fault), looks at what would move ([`dry_run`]), and applies it ([`apply`]):
//! one transaction for each agency, so that nothing waits long, and resumable, so that a
//! machine that stops half-way does no harm. Nothing is rewritten: what ends keeps its row, its
//! code and its name, with its end and its successor. Only work that is open moves, with its
//! codes and its clocks, by the hand of [`CaseMover`].

mod apply;
mod draft;
mod fault;
mod file;
mod plan;
mod posts;
mod report;
#[cfg(test)]
mod tests;

pub use apply::{Applied, CaseMover, WorkMove, apply, prepare};
pub use fault::{Fault, FaultKind};
pub use plan::{PlaceEnd, Plan, PostMove, Step, plan};
pub use report::{AgencyEnd, Report, SeatEnd, dry_run};
