//! What can be asked of the desk; each list has a bound.

mod dossier;

pub use dossier::{AttachedFile, Dossier, dossier, dossier_id};
