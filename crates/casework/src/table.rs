//! Writing the rows of a case.

use kernel::{CaseId, Tenant};
use store::{Tx, args};

use crate::{Case, commands::Error, work::WorkItem};

/// Writes a case that has no row yet.
///
/// # Errors
/// Those of the store.
pub fn insert_case(tx: &mut Tx<'_>, tenant: &Tenant, case: &Case) -> Result<(), Error> {
    tx.put(
        "insert into case_state (tenant, id, version, code, procedure_code, procedure_version,
             applicant, channel, received_by, decided_by, status, submitted_at, accepted_at,
             due_at, ended_at, returned_at, supplements, paused_seconds, reopens, state)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18,
             $19, $20)",
        args!(
            tenant,
            case.id,
            case.version,
            &case.code,
            &case.procedure.code,
            case.procedure.version,
            case.applicant,
            case.channel.word(),
            case.received_by,
            case.decided_by,
            case.status.word(),
            case.submitted_at,
            case.accepted_at,
            case.due(),
            case.ended_at,
            case.returned_at,
            case.supplements.len() as i64,
            paused_seconds(case),
            case.reopens,
            serde_json::to_string(case)?
        ),
    )?;
    Ok(())
}

/// Writes the new state of a case over the version that was seen.
///
/// # Errors
/// [`store::Error::Conflict`] where somebody was faster.
pub fn update_case(tx: &mut Tx<'_>, tenant: &Tenant, case: &Case, seen: u32) -> Result<(), Error> {
    tx.put(
        "update case_state set version = $4, received_by = $5, decided_by = $6, status = $7,
             accepted_at = $8, due_at = $9, ended_at = $10, returned_at = $11, supplements = $12,
             paused_seconds = $13, state = $14
         where tenant = $1 and id = $2 and version = $3",
        args!(
            tenant,
            case.id,
            seen,
            case.version,
            case.received_by,
            case.decided_by,
            case.status.word(),
            case.accepted_at,
            case.due(),
            case.ended_at,
            case.returned_at,
            case.supplements.len() as i64,
            paused_seconds(case),
            serde_json::to_string(case)?
        ),
    )?;
    Ok(())
}

/// Seconds for which the clock stood, as far as it goes on again.
fn paused_seconds(case: &Case) -> i64 {
    let pauses = case.clock.iter().flat_map(|clock| clock.pauses());
    pauses.filter_map(|pause| Some(pause.to?.as_second() - pause.from.as_second())).sum()
}

/// Brings the rows of `work_item` from what they were to what they are.
///
/// # Errors
/// Those of the store.
pub fn sync_work(
    tx: &mut Tx<'_>,
    tenant: &Tenant,
    case: CaseId,
    before: &[WorkItem],
    after: &[WorkItem],
) -> Result<(), Error> {
    for old in before.iter().filter(|old| !after.iter().any(|new| new.step == old.step)) {
        tx.put(
            "delete from work_item where tenant = $1 and case_id = $2 and step = $3",
            args!(tenant, case, &old.step),
        )?;
    }
    for new in after.iter().filter(|new| !before.contains(new)) {
        tx.put(
            "insert into work_item (tenant, case_id, step, agency_id, post_id, since_at, due_at,
                 step_due_at, paused)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
             on conflict (tenant, case_id, step) do update set agency_id = excluded.agency_id,
                 post_id = excluded.post_id, since_at = excluded.since_at,
                 due_at = excluded.due_at, step_due_at = excluded.step_due_at,
                 paused = excluded.paused",
            args!(
                tenant,
                case,
                &new.step,
                new.agency,
                new.post,
                new.since,
                new.due,
                new.step_due,
                new.paused
            ),
        )?;
    }
    Ok(())
}
