//! Writing the rows of a case.

use kernel::{CaseId, Tenant};
use procedure::Matter;
use store::{Arg, Tx, args};

use crate::{
    Case, World,
    commands::Error,
    work::{WorkItem, paused_at, soon_at},
};

/// Writes a case that has no row yet. Columns beside the state are what lists show, filter and
/// sort by; `world` knows from when on little time is left.
///
/// # Errors
/// Those of the store.
pub fn insert_case(
    tx: &mut Tx<'_>,
    tenant: &Tenant,
    world: &dyn World,
    case: &Case,
) -> Result<(), Error> {
    tx.put(
        "insert into case_state (tenant, id, version, code, procedure_code, procedure_version,
             applicant, channel, received_by, decided_by, status, submitted_at, accepted_at,
             due_at, ended_at, returned_at, supplements, paused_seconds, reopens, state,
             accept_by, soon_at, paused_at, outcome, unpaid, matter, missed_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18,
             $19, $20, $21, $22, $23, $24, $25, $26, $27)",
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
            serde_json::to_string(case)?,
            case.accept_by,
            soon_at(case, world),
            paused_at(case),
            outcome(case),
            unpaid(case),
            matter(case, world).word(),
            case.missed()
        ),
    )?;
    Ok(())
}

fn matter(case: &Case, world: &dyn World) -> Matter {
    world.procedure(&case.procedure).map_or(Matter::Dossier, |procedure| procedure.matter)
}

/// Writes the new state of a case over the version that was seen. Without a world its clock did
/// not move.
///
/// # Errors
/// [`store::Error::Conflict`] where somebody was faster.
pub fn update_case(
    tx: &mut Tx<'_>,
    tenant: &Tenant,
    world: Option<&dyn World>,
    case: &Case,
    seen: u32,
) -> Result<(), Error> {
    tx.put(
        "update case_state set version = $4, received_by = $5, decided_by = $6, status = $7,
             accepted_at = $8, due_at = $9, ended_at = $10, returned_at = $11, supplements = $12,
             paused_seconds = $13, state = $14, accept_by = $15,
             soon_at = coalesce($16, soon_at), paused_at = $17, outcome = $18, unpaid = $19,
             missed_at = $20
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
            serde_json::to_string(case)?,
            case.accept_by,
            world.and_then(|world| soon_at(case, world)),
            paused_at(case),
            outcome(case),
            unpaid(case),
            case.missed()
        ),
    )?;
    Ok(())
}

/// Seconds for which the clock stood, as far as it goes on again.
fn paused_seconds(case: &Case) -> i64 {
    let pauses = case.clock.iter().flat_map(|clock| clock.pauses());
    pauses.filter_map(|pause| Some(pause.to?.as_second() - pause.from.as_second())).sum()
}

fn outcome(case: &Case) -> Option<&'static str> {
    case.end.map(procedure::End::word)
}

fn unpaid(case: &Case) -> i64 {
    i64::try_from(case.unpaid()).unwrap_or(i64::MAX)
}

/// Writes the columns beside the state anew for at most `limit` cases after one, in the order of
/// their identifiers; answers the last one, or none where there are no more. For columns that a
/// newer program added, and after the working hours or the thresholds of the province changed.
///
/// # Errors
/// [`Error::State`] where a state cannot be read.
pub fn refresh(
    tx: &mut Tx<'_>,
    tenant: &Tenant,
    world: &dyn World,
    only_open: bool,
    after: Option<CaseId>,
    limit: u32,
) -> Result<Option<CaseId>, Error> {
    let open = if only_open { " and ended_at is null" } else { "" };
    let behind = if after.is_some() { " and id > $3" } else { "" };
    let sql = format!(
        "select id, state from case_state where tenant = $1{open}{behind} order by id limit $2"
    );
    let mut values = vec![Arg::from(tenant), limit.into()];
    values.extend(after.map(Arg::from));
    let rows: Vec<(CaseId, String)> =
        tx.all(&sql, &values, |row| Ok((row.get(0)?, row.get(1)?)))?;
    for (id, state) in &rows {
        let case: Case = serde_json::from_str(state)?;
        tx.put(
            "update case_state set accept_by = $3, soon_at = $4, paused_at = $5, outcome = $6,
                 unpaid = $7
             where tenant = $1 and id = $2",
            args!(
                tenant,
                *id,
                case.accept_by,
                soon_at(&case, world),
                paused_at(&case),
                outcome(&case),
                unpaid(&case)
            ),
        )?;
    }
    Ok(rows.last().filter(|_| rows.len() == limit as usize).map(|(id, _)| *id))
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
                 step_due_at, waits)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
             on conflict (tenant, case_id, step) do update set agency_id = excluded.agency_id,
                 post_id = excluded.post_id, since_at = excluded.since_at,
                 due_at = excluded.due_at, step_due_at = excluded.step_due_at,
                 waits = excluded.waits",
            args!(
                tenant,
                case,
                &new.step,
                new.agency,
                new.post,
                new.since,
                new.due,
                new.step_due,
                new.waits.number()
            ),
        )?;
    }
    Ok(())
}
