//! What can be asked of the desk; each list has a bound.

mod line;
mod scope;
mod sought;
mod values;

mod answers;
mod dossier;
mod earlier;
mod figures;
mod heads;
mod irregularities;
mod levels;
mod procedure_text;
mod queue;
pub mod register;
mod tracking;
pub mod work;

pub use answers::{Answers, answers};
pub use dossier::{AttachedFile, Dossier, dossier, dossier_id, files_of};
pub use earlier::{Earlier, asks_the_same, earlier};
pub use figures::{Counted, Figures, Place, Shelf, Wanted, counted, figures, list as figures_list};
pub use heads::{Overview, SeatLoad, overview};
pub use irregularities::{STORIES_MAX, stories};
pub(crate) use levels::levels;
pub use line::Line;
pub use procedure_text::procedure_text;
pub use queue::{
    BOARD_MAX, Board, CalledTicket, Hall, NEXT_MAX, before, board, hall, serving, to_accept,
};
pub use scope::Scope;
pub use sought::{CodePart, Sought, sought};
pub use tracking::{Tracked, track};
