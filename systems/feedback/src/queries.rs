//! What can be asked of reports. Lists read the row beside a case and never the case itself.

mod lists;
mod material;
mod near;
mod one;
mod statistics;

pub use lists::{
    Asked, Cursor, Waiting, count_waiting, found, late, map_points, mine, newest, updates_between,
    waiting,
};
pub use material::{is_due, newest_model, pairs, past};
pub use near::{Near, What, near};
pub use one::{
    ABOUT, Looked, Photo, PublicUpdate, Whole, answer_to_all, joined, keep_words, looked,
    photo_shown, photos, updates_of, whole,
};
pub use statistics::{AgencyFigures, figures};
