//! A page: who reads it, where they stand, and the frame around what it says.
//!
//! [`desk`] is for officers (dense, side navigation), [`citizen`] for those who come once (large,
//! one column), [`hall`] for the screen of a waiting room. The frame is the same HTML at every width; the stylesheet does the rest.

mod citizen;
mod context;
mod desk;
mod frame;
mod hall;

pub use citizen::citizen;
pub use context::{
    Address, FeedLink, NavGroup, NavItem, OtherRole, PageContext, PlaceName, UserBadge,
};
pub use desk::{desk, desk_with};
pub use frame::{csrf_field, language_switch};
pub use hall::{hall, wall};
