//! What somebody has to do now, computed from the state of a case. The rows of the table
//! `work_item` are exactly these, so that "my work" never looks at a closed case.

use kernel::{AgencyId, Instant, PostId};

use crate::{Case, Status};

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
    /// Whether the clock stands.
    pub paused: bool,
}

/// Everything that has to be done on a case now.
#[must_use]
pub fn items(case: &Case) -> Vec<WorkItem> {
    let paused = case.status.is_paused();
    let due = case.due().unwrap_or(case.accept_by);
    let at_desk = |step: &str, since: Instant| WorkItem {
        step: step.to_owned(),
        agency: case.received_by,
        post: None,
        since,
        due,
        step_due: due,
        paused,
    };
    match case.status {
        Status::Finished => vec![at_desk(RETURN, case.ended_at.unwrap_or(case.submitted_at))],
        status if status == Status::Submitted || (paused && case.clock.is_none()) => {
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
                paused,
            });
            held.collect()
        }
        _ => Vec::new(),
    }
}
