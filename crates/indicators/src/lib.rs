//! Indicators: what is counted of the journal, and the figures that are made of it.

mod error;

mod exact;
mod unit;

mod day;
mod period;

mod catalogue;
mod fact;

mod count;

mod cube;

pub use catalogue::{Catalogue, ProcedureNumber, Traits};
pub use count::{
    CaseState, Cell, Channels, Clock, Counted, Ground, Move, Plane, Told, Trace, What, count,
};
pub use cube::{AsOf, Cube, Followed, READ_AT_ONCE, Rebuilt, WRITE_AFTER};
pub use day::{Day, Month};
pub use error::{Error, Result};
pub use exact::{Exact, NoNumber};
pub use fact::{Fact, Kept, Kind};
pub use period::{NoPeriod, Part, Period};
pub use unit::{Thing, Unit};

/// The tables of this crate.
pub const MIGRATIONS: &[store::Migration] = &[store::Migration::new(
    "indicators",
    1,
    "cube, frozen figures",
    include_str!("../migrations/0001_cube.sql"),
)];
