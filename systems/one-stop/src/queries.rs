//! What can be asked of the desk; each list has a bound.

mod dossier;
pub mod work;

pub use dossier::{AttachedFile, Dossier, dossier, dossier_id};
