//! The scorecards that come with the program, and which version is in force when.

use jiff::civil::Date;

use crate::{Fault, Scorecard, load};

const FILES: [(&str, &str); 3] = [
    ("dti-922.toml", include_str!("../scorecards/dti-922.toml")),
    ("766.toml", include_str!("../scorecards/766.toml")),
    ("agency-9.toml", include_str!("../scorecards/agency-9.toml")),
];

/// All versions of all scorecards that come with the program.
///
/// # Errors
/// The faults of their files; a test holds that there are none.
pub fn shipped() -> Result<Vec<Scorecard>, Vec<Fault>> {
    FILES.iter().map(|(file, text)| load(file, text)).collect()
}

/// The version of a scorecard that is in force on a day; of several the newest.
#[must_use]
pub fn in_force<'s>(scorecards: &'s [Scorecard], id: &str, on: Date) -> Option<&'s Scorecard> {
    let fits = |card: &&Scorecard| card.id() == id && card.is_in_force(on);
    scorecards.iter().filter(fits).max_by_key(|card| (card.valid_from(), card.version()))
}

/// The newest version of a scorecard, in force or not: what a table of an earlier year is
/// computed by.
#[must_use]
pub fn newest<'s>(scorecards: &'s [Scorecard], id: &str) -> Option<&'s Scorecard> {
    let versions = scorecards.iter().filter(|card| card.id() == id);
    versions.max_by_key(|card| (card.valid_from(), card.version()))
}
