//! What can be asked of the desk; each list has a bound.

mod dossier;
mod levels;
mod list;
mod work;

pub use dossier::{AttachedFile, Dossier, dossier, dossier_id, files_of};
pub(crate) use levels::levels;
pub(crate) use list::{Filter, Listed, Place, Side, list};
pub(crate) use work::{Mark, Scope, waiting};
