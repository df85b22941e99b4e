//! What can be asked.

mod corrections;
mod dossiers;

pub use corrections::{correction, of_party, open, open_count};
pub use dossiers::{DOSSIERS_MAX, Mine, code_of, dossiers};
