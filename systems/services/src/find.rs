//! Finding: from everyday words to a procedure.
//!
//! People write "làm giấy khai sinh cho con", without marks, misspelt, or with the words run
//! together; the catalogue says "Đăng ký khai sinh". What joins them are the everyday names that
//! a province keeps in a text file ([`Everyday`]), an index in memory of the folded words of all
//! names, and an edit distance with a bound.
//!
//! Why no search engine: a province has a few thousand procedures, whose names together have
//! fewer different syllables (about two thousand) than the language has. Looking every syllable
//! of a question up among them, near ones too, takes well under a millisecond, the ranking can
//! weigh what it knows of names (order, coverage, marks), and nothing has to be kept on a disk.
//! The index is made anew when the book changes.

mod everyday;
mod index;
mod near;

pub use everyday::{Everyday, LIFE, LifeEvent, NAMES, WordsFault};
pub use index::{Hit, Index};
