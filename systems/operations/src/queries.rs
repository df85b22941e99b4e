//! What can be asked.

mod alerts;
mod boundaries;
mod glance;
mod samples;
mod texts;

pub use alerts::{
    ALERTS_MAX, ActionTaken, Alert, Silenced, Which, actions, by_code, list, open_count, silences,
};
pub use boundaries::boundaries;
pub use glance::{
    Field, Fresh, Glance, LoadDay, PlaceNow, SystemNow, TileNow, communes, fresh, glance,
};
pub use samples::{Sampled, Unusual, explain, measured, sample};
pub use texts::{Kept, Kind, layout, rules, stored};

pub(crate) use alerts::by_case;
pub(crate) use glance::under;
