//! What can be asked of the desk; each list has a bound.

mod dossier;
pub mod work;
mod queue;

pub use dossier::{AttachedFile, Dossier, dossier, dossier_id};
pub use queue::{Arrived, Hall, ONLINE_MAX, arrived, before, hall, to_accept};
