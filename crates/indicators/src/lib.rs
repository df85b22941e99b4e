//! Indicators: what is counted of the journal, and the figures that are made of it.

mod error;

mod exact;
mod unit;

mod day;
mod period;

mod catalogue;
mod fact;

mod count;

mod expression;

mod definition;

mod scope;

mod cube;

mod tree;

mod read;

pub use catalogue::{Catalogue, ProcedureNumber, Traits};
pub use count::{
    CaseState, Cell, Channels, Clock, Counted, Ground, Move, Plane, Told, Trace, What, count,
};
pub use cube::{AsOf, Cube, Followed, READ_AT_ONCE, Rebuilt, WRITE_AFTER, pack_slab};
pub use day::{Day, Month};
pub use definition::{
    Definitions, Dimension, Direction, FaultKind, Finding, Grade, Indicator, SourceFile,
};
pub use error::{Error, Result};
pub use exact::{Exact, NoNumber};
pub use expression::{Filter, Formula, Reference, Value, When, Why};
pub use fact::{Fact, Kept, Kind};
pub use period::{NoPeriod, Part, Period};
pub use read::{Behind, Figure, Grid, LateMove, Opening, Page, Place, Question, Revised};
pub use scope::{NoScope, Of, Roll, Scope, Slice};
pub use tree::{Before, Span, Tree};
pub use unit::{Thing, Unit};

/// The tables of this crate.
pub const MIGRATIONS: &[store::Migration] = &[store::Migration::new(
    "indicators",
    1,
    "cube, frozen figures",
    include_str!("../migrations/0001_cube.sql"),
)];
