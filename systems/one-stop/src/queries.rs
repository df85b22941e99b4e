//! What can be asked of the desk; each list has a bound.

mod scope;

mod answers;
mod dossier;
mod figures;
mod heads;
mod irregularities;
mod levels;
pub(crate) mod list;
mod procedure_text;
mod queue;
mod register;
mod tracking;
pub(crate) mod waiting;
pub mod work;

pub use answers::{Answers, answers};
pub use dossier::{AttachedFile, Dossier, dossier, dossier_id, files_of};
pub use figures::{Counted, Figures, Place, Shelf, Wanted, counted, figures, list as figures_list};
pub use heads::{Overview, SeatLoad, overview};
pub use irregularities::{STORIES_MAX, stories};
pub(crate) use levels::levels;
pub use procedure_text::procedure_text;
pub use queue::{Arrived, Hall, ONLINE_MAX, arrived, before, hall, to_accept};
pub use register::{CodePart, Cursor, Entry, Filter, Late, Role, Sought, Walk, sought};
pub use scope::Scope;
pub use tracking::{Tracked, track};
