//! Numbers that are computed from evidence, and open down to the dossiers behind them.
//!
//! Everything here is pure: rows in, numbers out. Where the rows come from is in
//! [`crate::queries`].

mod period;

mod own_count;
mod timeliness;

mod irregular;

pub use irregular::{
    Fact, FactKind, Finding, IrregularityKind, Rules, Story, find as find_irregularities,
};
pub use own_count::{OwnCount, Standing, standing};
pub use period::Period;
pub use timeliness::{Evidence, IndexCount, Judged, Verdict, Why, judge};
