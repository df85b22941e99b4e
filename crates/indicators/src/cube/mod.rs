//! The cube in the store: it follows the journal, and can be computed from it anew.

mod digest;
mod fold;
mod follow;
mod rebuild;
mod shelf;
mod slab;
pub(crate) mod source;
mod trace;
pub(crate) mod write;

pub use follow::{AsOf, Cube, Followed};
pub use rebuild::{Rebuilt, Steps};
pub use slab::pack as pack_slab;

pub(crate) use slab::read as read_slab;
pub(crate) use trace::{List, Mask, TraceRow};
