//! Reading figures: for any units, periods and indicators at once, from their cells alone.

mod columns;
mod figure;
mod grid;
mod open;
mod series;

pub use figure::{Figure, LateMove, Revised};
pub use grid::{Grid, Question};
pub use open::{Behind, Opening, Page, Place};
