//! Scores of other provinces as they were published, and our own last one apart from them: we stand
//! in the table with what we have now, and never compete with what we had before.

use directory::Directory;
use kernel::AgencyId;
use scorecards::Number;

use crate::model::Published;

/// What was published by one scorecard.
#[derive(Debug, Default)]
pub(crate) struct Rivals {
    /// Of other provinces.
    pub(crate) others: Vec<Published>,
    /// Of our own, the last time.
    pub(crate) before: Option<Published>,
}

impl Rivals {
    /// Tells our own apart by the name of the place that the topmost agency governs.
    pub(crate) fn of(directory: &Directory, agency: AgencyId, published: Vec<Published>) -> Self {
        let top = directory.ancestors(agency).last().copied().unwrap_or(agency);
        let place = directory.agency(top).and_then(|agency| agency.place.clone());
        let place = place.and_then(|place| directory.places().get(&place));
        let Some(place) = place else { return Self { others: published, before: None } };
        let (whole, bare) = (place.name.to_lowercase(), place.bare_name().to_lowercase());
        let is_ours = |one: &Published| {
            let name = one.name.to_lowercase();
            name == whole || name == bare
        };
        let (ours, others): (Vec<_>, Vec<_>) = published.into_iter().partition(is_ours);
        Self { others, before: ours.into_iter().next() }
    }

    /// What the others have.
    pub(crate) fn values(&self) -> Vec<Number> {
        self.others.iter().map(|one| one.value.clone()).collect()
    }

    /// Of how many provinces the scores are known, with ours.
    pub(crate) fn known(&self) -> usize {
        self.others.len() + 1
    }
}
