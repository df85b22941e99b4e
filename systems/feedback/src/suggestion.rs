//! Suggestions from the text of a report: its category, and reports that are perhaps the same.
//! A person decides; what is suggested says how sure it is.

mod alike;
mod model;

pub use alike::{Candidate, Likeness, alike, likeness};
pub use model::{Learnt, Model, PAST_MIN, SHIPPED_COUNT, Suggestion, shipped_examples};
