//! Who and where: places, agencies, posts, persons, delegation, succession.
//!
//! Everything here holds from a day or an instant to another, and names its successor: the law
//! reorganises, and history stays. What people ask all day is answered from [`Directory`], an
//! unchanging snapshot in memory that is swapped whole ([`CurrentDirectory`]) when somebody
//! changed a table through [`edit`]; an office enters its own from files ([`import`]). Places of
//! the whole country come with the program ([`Gazetteer`]).
//!
//! It knows nothing of cases. When agencies merge, [`succession`] moves open work through
//! [`succession::CaseMover`], which the room that knows cases implements.

mod change;
mod current;
mod directory;
mod edit;
mod error;
mod gazetteer;
mod handle;
mod load;
mod model;
mod old_unit;
mod place;
mod spot;

pub mod demo;
pub mod import;
pub mod succession;

pub use change::{AgencyFacts, DirectoryChange, PostFacts};
pub use current::CurrentDirectory;
pub use directory::{Directory, Parts, Seat};
pub use edit::{Edit, edit};
pub use error::{Error, Result};
pub use gazetteer::{Conversion, Gazetteer, SEARCH_HITS_MAX};
pub use handle::Handle;
pub use model::{
    Agency, AgencyLevel, Delegation, FormerName, Holding, Person, Post, RoleCode, Validity,
};
pub use old_unit::OldUnit;
pub use place::{Place, PlaceKind};
pub use spot::{Spot, spots};

/// The tables of the directory.
pub const MIGRATIONS: &[store::Migration] = &[
    store::Migration::new(
        "directory",
        1,
        "agencies, posts, persons, succession",
        include_str!("../migrations/0001_directory.sql"),
    ),
    store::Migration::new(
        "directory",
        2,
        "codes of seats and persons",
        include_str!("../migrations/0002_codes.sql"),
    ),
];
