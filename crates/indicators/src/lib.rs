//! Indicators: what is counted of the journal, and the figures that are made of it.
//!
//! A *fact* ([`Fact`]) is moved by events and by nothing else; which, one pure function says
//! ([`count()`]). The *cube* ([`Cube`]) follows the journal: a new event moves the cells that it
//! touches, its position is kept in the same transaction, and computed anew from the first event
//! it is the same to the byte. A *definition* ([`Definitions`]) is text, checked when it is
//! loaded; a *figure* ([`Figure`]) is its formula over cells, of whoever belonged together at
//! that time ([`Tree`]), in any period. It says as of when it is and how well it is proved, opens
//! down to its cases, and stays as it was once it is published.
//!
//! Reading never looks at a case: not even who is late is counted by looking, since a case comes
//! into the stock of the late on the day of its promise, which is known in advance, unless
//! something happens before.
//!
//! It knows no pages and no sentences; whoever shows a figure has its codes and typed reasons.

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
pub use cube::{AsOf, Cube, Followed, Rebuilt, Steps, pack_slab};
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
