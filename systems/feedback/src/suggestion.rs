//! Suggestions from the text of a report: its category, and reports that are perhaps the same.
//! A person decides; what is suggested says how sure it is.

mod alike;
mod model;
mod training;

pub use alike::{Alike, Candidate, Likeness};
pub use model::{Learnt, Model, SHIPPED_COUNT, Suggestion, shipped_examples};
pub use training::{Figures, Pair, Past, Trial, is_held, train};
