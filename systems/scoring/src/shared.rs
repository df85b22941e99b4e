//! What the handlers of this system share: the desk, the scorecards, and where their figures come
//! from.

use std::{collections::BTreeMap, sync::Arc};

use desk::{Desk, Furnished, Room};
use indicators::Period;
use kernel::AgencyId;
use scorecards::Scorecard;
use web::SignedIn;

use crate::{Error, Result, mapping::Mapping, model::Published};

/// Scorecards; cheap to clone.
pub type Scoring = Room<Parts>;

/// The parts.
pub struct Parts {
    desk: Desk,
    pub(crate) cards: Vec<Scorecard>,
    pub(crate) mappings: BTreeMap<String, Mapping>,
    pub(crate) published: Vec<Published>,
    /// One search for the breakthrough at a time, so that nobody takes all processors.
    pub(crate) finding: Arc<tokio::sync::Semaphore>,
}

/// Searches for the breakthrough that run at once.
const FINDING_MAX: usize = 2;

impl Furnished for Parts {
    type Error = Error;

    fn desk(&self) -> &Desk {
        &self.desk
    }

    fn was_overtaken(error: &Error) -> bool {
        error.was_overtaken()
    }
}

/// Opens the system on a desk.
///
/// # Panics
/// Never: what ships is held against its readers in the tests.
#[must_use]
pub(crate) fn open(desk: Desk) -> Scoring {
    let cards = scorecards::shipped().expect("the shipped scorecards are sound");
    let mappings = crate::mapping::shipped(&cards).expect("the shipped mappings are sound");
    let published = crate::mapping::published().expect("what was published can be read");
    let finding = Arc::new(tokio::sync::Semaphore::new(FINDING_MAX));
    Room::new(Parts { desk, cards, mappings, published, finding })
}

impl Parts {
    /// The scorecard of that name for a period: the version in force on its last day, or else the
    /// newest.
    pub(crate) fn card(&self, name: &str, period: Period) -> Result<&Scorecard> {
        let on = period.last().date();
        let found = scorecards::in_force(&self.cards, name, on);
        found.or_else(|| scorecards::newest(&self.cards, name)).ok_or(Error::NoSuch)
    }

    /// Where its figures come from.
    pub(crate) fn mapping(&self, name: &str) -> Result<&Mapping> {
        self.mappings.get(name).ok_or(Error::NoSuch)
    }

    /// The topmost agency of whoever asks: the province.
    pub(crate) fn province(me: &SignedIn) -> AgencyId {
        me.directory.ancestors(me.agency).last().copied().unwrap_or(me.agency)
    }
}
