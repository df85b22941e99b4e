//! What a head answers for now: read from what is open, never from what is over.

use std::collections::BTreeMap;

use casework::Status;
use kernel::{AgencyId, CaseCode, Instant, PostId};
use store::{Arg, Tx, args};

use super::Scope;
use crate::{Desk, Result};

/// The state of an agency, with all below it.
#[derive(Debug, Clone, Default)]
pub struct Overview {
    /// In hand, at the applicant's, or waiting to be taken on.
    pub open: u64,
    /// In hand, past the promised instant.
    pub late: u64,
    /// In hand, and little time is left.
    pub soon: u64,
    /// The clock stands.
    pub paused: u64,
    /// The one whose clock stands longest, and since when.
    pub paused_longest: Option<(CaseCode, Instant)>,
    /// Filed here, and not yet taken on.
    pub to_accept: u64,
    /// Of these, past the eight working hours.
    pub to_accept_late: u64,
    /// Results that wait to be handed over here.
    pub to_return: u64,
    /// What each post holds, the most first.
    pub seats: Vec<SeatLoad>,
    /// Late dossiers by agency, the most first; only where there are several agencies.
    pub late_by_agency: Vec<(AgencyId, u64)>,
}

/// What a post holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SeatLoad {
    /// Which post.
    pub post: PostId,
    /// In which agency.
    pub agency: AgencyId,
    /// How many dossiers.
    pub held: u64,
    /// Of these, past the time of the step, with the clock running.
    pub step_late: u64,
    /// Of these, with the clock standing.
    pub paused: u64,
}

/// The state of an agency now.
///
/// # Errors
/// Those of the store.
pub fn overview(tx: &mut Tx<'_>, desk: &Desk, scope: &Scope, now: Instant) -> Result<Overview> {
    let mut overview = Overview::default();
    read_running(tx, desk, scope, now, &mut overview)?;
    read_desk(tx, desk, scope, now, &mut overview)?;
    overview.seats = seats(tx, desk, scope, now)?;
    Ok(overview)
}

fn read_running(
    tx: &mut Tx<'_>,
    desk: &Desk,
    scope: &Scope,
    now: Instant,
    overview: &mut Overview,
) -> Result<()> {
    let mut args: Vec<Arg<'_>> = vec![(&desk.front.tenant).into(), now.into()];
    let agencies = scope.condition_if_any("c.decided_by", &mut args);
    let sql = format!(
        "select c.decided_by, c.status, count(*),
             cast(sum(case when c.due_at < $2 then 1 else 0 end) as bigint),
             cast(sum(case when c.due_at >= $2 and c.soon_at <= $2 then 1 else 0 end) as bigint),
             min(c.paused_at)
         from case_state c
         where c.tenant = $1{agencies} and c.ended_at is null and c.matter = 'dossier'
             and c.status <> 'submitted'
         group by c.decided_by, c.status"
    );
    let mut late = BTreeMap::<AgencyId, u64>::new();
    let mut longest: Option<(Instant, AgencyId, String)> = None;
    tx.each(&sql, &args, |row| {
        let (agency, status): (AgencyId, String) = (row.get(0)?, row.get(1)?);
        let count: u64 = row.get(2)?;
        overview.open += count;
        if status == Status::InProgress.word() {
            let over: u64 = row.get(3)?;
            overview.late += over;
            overview.soon += row.get::<u64>(4)?;
            if over > 0 {
                *late.entry(agency).or_default() += over;
            }
            return Ok(());
        }
        overview.paused += count;
        let since: Option<Instant> = row.get(5)?;
        let held = since.map(|since| (since, agency, status));
        longest = longest.take().into_iter().chain(held).min();
        Ok(())
    })?;
    overview.late_by_agency = late.into_iter().collect();
    overview.late_by_agency.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    if let Some((since, agency, status)) = longest {
        overview.paused_longest = tx.opt(
            "select code from case_state
             where tenant = $1 and decided_by = $2 and status = $3 and paused_at = $4
                 and ended_at is null and matter = 'dossier' limit 1",
            args!(&desk.front.tenant, agency, &status, since),
            |row| Ok((row.get(0)?, since)),
        )?;
    }
    Ok(())
}

fn read_desk(
    tx: &mut Tx<'_>,
    desk: &Desk,
    scope: &Scope,
    now: Instant,
    overview: &mut Overview,
) -> Result<()> {
    let mut args: Vec<Arg<'_>> = vec![(&desk.front.tenant).into(), now.into()];
    let agencies = scope.condition("w.agency_id", &mut args);
    let sql = format!(
        "select w.step, count(*), cast(sum(case when w.due_at < $2 then 1 else 0 end) as bigint)
         from work_item w where w.tenant = $1{agencies} and w.post_id is null
             and w.step in ('accept', 'return') and w.waits = 0
         group by w.step"
    );
    let rows = tx.all(&sql, &args, |row| {
        Ok((row.get::<String>(0)?, row.get::<u64>(1)?, row.get::<u64>(2)?))
    })?;
    for (step, count, late) in rows {
        match step.as_str() {
            casework::ACCEPT => (overview.to_accept, overview.to_accept_late) = (count, late),
            casework::RETURN => overview.to_return = count,
            _ => {}
        }
    }
    Ok(())
}

fn seats(tx: &mut Tx<'_>, desk: &Desk, scope: &Scope, now: Instant) -> Result<Vec<SeatLoad>> {
    let mut args: Vec<Arg<'_>> = vec![(&desk.front.tenant).into(), now.into()];
    let agencies = scope.condition("w.agency_id", &mut args);
    let sql = format!(
        "select w.post_id, w.agency_id, count(*),
             cast(sum(case when w.step_due_at < $2 and w.waits = 0 then 1 else 0 end) as bigint),
             cast(sum(case when w.waits > 0 then 1 else 0 end) as bigint)
         from work_item w where w.tenant = $1{agencies} and w.post_id is not null
         group by w.post_id, w.agency_id order by 3 desc, 4 desc, 1 limit 50"
    );
    let seats = tx.all(&sql, &args, |row| {
        Ok(SeatLoad {
            post: row.get(0)?,
            agency: row.get(1)?,
            held: row.get(2)?,
            step_late: row.get(3)?,
            paused: row.get(4)?,
        })
    })?;
    Ok(seats)
}
