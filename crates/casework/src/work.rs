//! What somebody has to do now, computed from the state of a case. The rows of the table
//! `work_item` are exactly these, so that "my work" never looks at a closed case.

use calendar::{CaseClock, Thresholds};
use kernel::{AgencyId, Instant, PostId};

use crate::{Case, Status, World};

/// Step name of the item "take it on or decline it".
pub const ACCEPT: &str = "accept";
/// Step name of the item "hand over the result".
pub const RETURN: &str = "return";

/// One thing that somebody has to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WorkItem {
    /// [`ACCEPT`], [`RETURN`], or the step of the workflow.
    pub step: String,
    /// The agency that has to do it.
    pub agency: AgencyId,
    /// The seat that has to; none where any receiver of the agency may.
    pub post: Option<PostId>,
    /// Since when it waits.
    pub since: Instant,
    /// Until when the whole case is promised (or must be taken on).
    pub due: Instant,
    /// Until when this step should be done.
    pub step_due: Instant,
    /// Who has to act first.
    pub waits: Waits,
}

/// Who has to act before a thing can be done; lists are in this order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Waits {
    /// Whoever holds it: the clock runs.
    #[default]
    Holder,
    /// The applicant, with papers or a payment; the clock stands.
    Applicant,
    /// Whoever ends the suspension; the clock stands.
    Law,
}

impl Waits {
    /// Every one, in the order of lists.
    pub const ALL: [Self; 3] = [Self::Holder, Self::Applicant, Self::Law];

    /// For whom a case of that status waits.
    #[must_use]
    pub const fn of(status: Status) -> Self {
        match status {
            Status::AwaitingSupplement | Status::AwaitingPayment => Self::Applicant,
            Status::Suspended => Self::Law,
            _ => Self::Holder,
        }
    }

    /// The number that is stored.
    #[must_use]
    pub const fn number(self) -> i64 {
        self as i64
    }

    /// The one of that number.
    #[must_use]
    pub fn of_number(number: i64) -> Option<Self> {
        Self::ALL.into_iter().find(|waits| waits.number() == number)
    }

    /// Whether the clock stands.
    #[must_use]
    pub const fn is_paused(self) -> bool {
        !matches!(self, Self::Holder)
    }
}

/// Everything that has to be done on a case now.
#[must_use]
pub fn items(case: &Case) -> Vec<WorkItem> {
    let waits = Waits::of(case.status);
    let due = case.due().unwrap_or(case.accept_by);
    let at_desk = |step: &str, since: Instant| WorkItem {
        step: step.to_owned(),
        agency: case.received_by,
        post: None,
        since,
        due,
        step_due: due,
        waits,
    };
    match case.status {
        Status::Finished => vec![at_desk(RETURN, case.ended_at.unwrap_or(case.submitted_at))],
        status if status == Status::Submitted || (waits.is_paused() && case.clock.is_none()) => {
            vec![at_desk(ACCEPT, case.submitted_at)]
        }
        status if status.is_running() => {
            let held = case.holdings.iter().map(|(step, holding)| WorkItem {
                step: step.as_str().to_owned(),
                agency: holding.agency,
                post: Some(holding.post),
                since: holding.since,
                due,
                step_due: holding.due,
                waits,
            });
            held.collect()
        }
        _ => Vec::new(),
    }
}

/// From when on little time is left of a case: to be taken on, or to be done. None once it is
/// over, and while its clock stands.
#[must_use]
pub fn soon_at(case: &Case, world: &dyn World) -> Option<Instant> {
    if case.ended_at.is_some() || case.status.is_paused() {
        return None;
    }
    let thresholds: Thresholds = world.thresholds();
    Some(match &case.clock {
        Some(clock) => clock.soon_at(world.calendar(case.decided_by), &thresholds),
        None => CaseClock::until(case.submitted_at, case.accept_by)
            .soon_at(world.calendar(case.received_by), &thresholds),
    })
}

/// Since when a case that was not taken on yet waits for papers, or for a fee that is due with it.
#[must_use]
pub fn before_acceptance(case: &Case) -> Option<Instant> {
    match case.status {
        Status::AwaitingPayment => Some(case.submitted_at),
        _ => case.supplements.last().map(|asked| asked.requested_at),
    }
}

/// Since when the clock of a case stands; before it is taken on, since papers were asked for.
#[must_use]
pub fn paused_at(case: &Case) -> Option<Instant> {
    if !case.status.is_paused() {
        return None;
    }
    let pause = case.clock.as_ref().and_then(|clock| clock.paused()).map(|pause| pause.from);
    pause.or_else(|| before_acceptance(case)).or(Some(case.last_happened_at))
}
