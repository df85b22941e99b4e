//! Invented reports to train on while a province has none of its own.
//!
//! **Nobody wrote these reports.** They are put together from the phrases in `corpus/`, with and
//! without marks, misspelt and shortened as people write on phones. Phrases and patterns are
//! divided before anything is put together: what the model is measured on is made of phrases
//! that it was never shown.

mod dice;
mod noise;
mod phrases;
mod sentences;

pub use dice::Dice;
pub use phrases::{Part, Phrases};
pub use sentences::{Invented, by_hand, invent};
