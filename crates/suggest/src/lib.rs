//! A small model of short texts in Vietnamese: which label a text should have, and how alike two
//! texts are. It suggests; whoever is asked decides.
//!
//! Texts are folded first, so that writing without marks is the same as writing with them, and
//! cut into words, pairs of words and pieces of three and four letters, so that a slip of the
//! keyboard costs little. The pieces are weighed by how rare they are (TF-IDF), and a linear
//! classifier is trained on them by gradient descent. The same texts in the same order make the
//! same model on every machine. No network, no file, no randomness.

mod features;
mod kept;
mod linear;
mod score;

pub use features::{Sparse, TEXT_LETTERS_MAX, Weights, similarity};
pub use linear::{Classifier, Guess};
pub use score::{LabelScore, Scores, majority};
