//! From what happened to what it moves: pure, and the same whoever computes it and when.

mod told;

mod state;
mod stays;

mod cell;
mod flows;
mod moves;

pub use cell::{Cell, Channels, Move, Plane, Trace};
pub(crate) use moves::count_into;
pub use moves::{Counted, count};
pub use state::CaseState;
pub use told::{Clock, Ground, Told, What};
