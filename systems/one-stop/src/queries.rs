//! What can be asked of the desk; each list has a bound.

mod dossier;
pub mod work;
mod queue;

pub use dossier::{AttachedFile, Dossier, dossier, dossier_id};
pub use queue::{Arrived, Hall, ONLINE_MAX, arrived, before, hall, to_accept};
mod scope;

mod figures;
mod heads;
mod irregularities;
mod procedure_text;
mod register;
mod tracking;

pub use dossier::{AttachedFile, Dossier, dossier, dossier_id};
pub use figures::{Counted, Figures, Reason, Shelf, counted, figures, list as figures_list};
pub use heads::{Overview, SeatLoad, overview};
pub use irregularities::{STORIES_MAX, stories};
pub use procedure_text::procedure_text;
pub use register::{CodePart, Cursor, Entry, Filter, Late, Role, Sought, Walk, sought};
pub use scope::Scope;
pub use tracking::{Tracked, track};
