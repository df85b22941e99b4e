//! What the house does by itself: the head is told of what is late.

use casework::{Change, Stamp};
use kernel::{Actor, CaseId, Instant};
use store::{Tx, args};

use super::{keep::SELF, sync::tell};
use crate::{Feedback, Result};

/// So many are told of at once.
pub const ESCALATED_MAX: u32 = 100;

/// Tells the head of each agency what is late, once for whoever should have passed it on and once
/// for whoever should have answered: an event of the case, and a mark that the lists of the head
/// show. Of a late answer the reporter is told too. Answers how many heads were told.
///
/// # Errors
/// Those of the store.
pub fn escalate(tx: &mut Tx<'_>, feedback: &Feedback, now: Instant) -> Result<usize> {
    let (front, directory) = (&feedback.front, feedback.front.directory.get());
    let late: Vec<CaseId> = tx.all(
        "select case_id from feedback
         where tenant = $1 and is_open = true and due_at < $2 and escalated_at is null
           and state <> 'asked'
         order by due_at limit $3",
        args!(&front.tenant, now, ESCALATED_MAX),
        |row| row.get(0),
    )?;
    let mut told = 0;
    for id in late {
        let Some(case) = casework::load(tx, &front.tenant, id)? else { continue };
        // Until it is taken on, whoever received it is late.
        let in_hand = case.accepted_at.is_some();
        let agency = if in_hand { case.decided_by } else { case.received_by };
        let actor = Actor::System(SELF.into());
        let stamp = Stamp { actor, happened_at: now, recorded_at: now };
        if let Some(post) = directory.head_of(agency, now) {
            let change = Change::Escalated { post };
            casework::apply(tx, &front.tenant, &front.mint, case, &change, &stamp)?;
            told += 1;
        }
        tx.put(
            "update feedback set escalated_at = $3 where tenant = $1 and case_id = $2",
            args!(&front.tenant, id, now),
        )?;
        if in_hand {
            tell(tx, feedback, id, "late", None, &stamp)?;
        }
    }
    Ok(told)
}
