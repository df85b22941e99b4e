//! Reading figures: for any units, periods and indicators at once, from their cells alone.

mod columns;
mod figure;
mod grid;
mod open;
mod plan;
mod series;
mod slabs;
mod two;

pub use figure::{Figure, LateMove, Revised};
pub use grid::{Grid, Question};
pub use open::{Behind, Opening, Page, Place};
