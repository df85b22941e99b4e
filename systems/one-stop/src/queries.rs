//! What can be asked of the desk; each list has a bound.

mod scope;

mod dossier;
mod earlier;
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

pub use dossier::{AttachedFile, Dossier, dossier, dossier_id, files_of};
pub use earlier::{Earlier, asks_the_same, earlier};
pub use figures::{Counted, Figures, Reason, Shelf, counted, figures, list as figures_list};
pub use heads::{Overview, SeatLoad, overview};
pub use irregularities::{STORIES_MAX, stories};
pub(crate) use levels::levels;
pub use procedure_text::procedure_text;
pub use queue::{
    Arrived, BOARD_MAX, Board, CalledTicket, Hall, NEXT_MAX, ONLINE_MAX, arrived, before, board,
    hall, serving, to_accept,
};
pub use register::{CodePart, Cursor, Entry, Filter, Late, Role, Sought, Walk, sought};
pub use scope::Scope;
pub use tracking::{Tracked, track};
