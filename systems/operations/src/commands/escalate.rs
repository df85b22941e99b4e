//! What nobody acknowledged in time goes one step up: to the head of the agency, and where that
//! was the owner, to the head of the agency above.

use desk::Desk;
use directory::Directory;
use kernel::{AgencyId, CaseId, Instant, PostId};
use store::args;

use super::{
    by_itself,
    incident::assign,
    tell::{Why, tell},
};
use crate::{Error, Result};

/// So many are escalated in one transaction.
const AT_ONCE: u32 = 50;

/// Escalates what is due; answers how many.
///
/// # Errors
/// Those of the store, and where a step cannot be given away.
pub fn escalate(desk: &Desk) -> Result<u32> {
    let shared = desk.clone();
    let written = desk.front.store.write(move |tx| {
        let (tenant, now) = (&shared.front.tenant, shared.now());
        let due: Vec<CaseId> = tx.all(
            "select case_id from alert where tenant = $1 and escalate_at <= $2
                 and acknowledged_at is null and escalated_at is null and closed_at is null
             order by escalate_at limit $3",
            args!(tenant, now, AT_ONCE),
            |row| row.get(0),
        )?;
        let directory = shared.front.directory.get();
        for id in &due {
            let case = casework::load(tx, tenant, *id)?.ok_or(Error::NoSuchIncident)?;
            let held = case.holdings.first_key_value();
            let held = held.map(|(step, holding)| (step.clone(), holding.post));
            if let Some((step, post)) = held
                && let Some(higher) = higher(&directory, case.decided_by, post, now)
            {
                let case = assign(tx, &shared, case, step, higher, &by_itself(now))?;
                tell(tx, &shared, &case.code, (higher, Why::Escalated), &by_itself(now))?;
            }
            // Where nobody stands higher it is marked all the same, and not looked at again.
            tx.put(
                "update alert set escalated_at = $3, updated_at = $3
                 where tenant = $1 and case_id = $2",
                args!(tenant, *id, now),
            )?;
        }
        Ok::<_, Error>(u32::try_from(due.len()).unwrap_or(u32::MAX))
    });
    written.wait()
}

/// The next head above a seat who is not in that seat.
fn higher(directory: &Directory, agency: AgencyId, seat: PostId, now: Instant) -> Option<PostId> {
    let line = std::iter::once(agency).chain(directory.ancestors(agency));
    line.filter_map(|agency| directory.head_of(agency, now))
        .find(|head| *head != seat && directory.holder(*head, now).is_some())
}
