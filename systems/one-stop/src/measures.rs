//! Numbers that are computed from evidence, and open down to the dossiers behind them.
//!
//! Everything here is pure: rows in, numbers out. Where the rows come from is in
//! [`crate::queries`].

mod month;
mod period;

mod own_count;
mod timeliness;

mod ending;

mod irregular;

pub use ending::{Ending, Reason};
pub use irregular::{
    Fact, FactKind, Finding, IrregularityKind, Rules, Story, find as find_irregularities,
};
pub use month::Month;
pub use own_count::{OwnCount, Standing, standing};
pub use period::Period;
pub use timeliness::{Evidence, IndexCount, Judged, Verdict, Why, judge};
