//! Reports follow what happened elsewhere: agencies that were merged, deadlines that were moved.

use casework::{Command, Stamp};
use desk::Desk;
use indicators::Period;
use kernel::{CaseId, Instant};
use store::{Tx, args};

use super::by_itself;
use crate::{Result, model::Report};

/// Open reports go where their cases went when agencies were merged.
pub(super) fn owners(tx: &mut Tx<'_>, desk: &Desk) -> Result<()> {
    tx.exec(
        "update report set
             owner = (select c.decided_by from case_state c
                      where c.tenant = report.tenant and c.id = report.case_id),
             recipient = (select c.received_by from case_state c
                          where c.tenant = report.tenant and c.id = report.case_id)
         where tenant = $1 and case_id in (
             select r.case_id from report r
                 join case_state c on c.tenant = r.tenant and c.id = r.case_id
             where r.tenant = $1 and r.newest
                 and r.state in ('draft', 'returned', 'approving', 'sent')
                 and (c.decided_by <> r.owner or c.received_by <> r.recipient) limit 1000)",
        args!(&desk.front.tenant),
    )?;
    Ok(())
}

/// Clocks of cases go to the deadlines that were moved, each as often as one was, and say why;
/// answers how many were looked at.
pub(super) fn deadlines(tx: &mut Tx<'_>, desk: &Desk, limit: usize) -> Result<usize> {
    let tenant = &desk.front.tenant;
    let waiting: Vec<CaseId> = tx.all(
        "select case_id from report
         where tenant = $1 and newest and state in ('draft', 'returned', 'approving', 'sent')
             and clock_at <> coalesce(moved_to, due_at) limit $2",
        args!(tenant, i64::try_from(limit).unwrap_or(0)),
        |row| row.get(0),
    )?;
    for id in &waiting {
        let report = crate::model::by_case(tx, tenant, *id)?;
        move_clock(tx, desk, &report)?;
        tx.put(
            "update report set clock_at = coalesce(moved_to, due_at)
             where tenant = $1 and case_id = $2",
            args!(tenant, *id),
        )?;
    }
    Ok(waiting.len())
}

/// The clock of one case goes to the deadline of its report. It happened when that was said, a
/// little before, so that nobody is late by how long it took us.
fn move_clock(tx: &mut Tx<'_>, desk: &Desk, report: &Report) -> Result<()> {
    let Some(case) = casework::load(tx, &desk.front.tenant, report.case)? else { return Ok(()) };
    let to = report.moved_to.unwrap_or(report.due_at);
    let moved = newest(tx, desk, (&report.regime, report.period, &report.level))?;
    let Some((reason, said)) = moved.filter(|_| case.due().is_some_and(|due| due < to)) else {
        return Ok(());
    };
    let stamp = by_itself(desk.now());
    let stamp = Stamp { happened_at: said.max(case.last_happened_at), ..stamp };
    let command = Command::SetTerm { to, note: reason.as_str().into() };
    desk::act(tx, desk, case, None, &command, &stamp)?;
    Ok(())
}

/// Why the deadline of a round was last moved, and when that was said.
fn newest(
    tx: &mut Tx<'_>,
    desk: &Desk,
    (regime, period, level): (&str, Period, &str),
) -> Result<Option<(String, Instant)>> {
    Ok(tx.opt(
        "select reason, at from report_deadline
         where tenant = $1 and regime = $2 and period = $3 and level = $4
         order by at desc, id desc limit 1",
        args!(&desk.front.tenant, regime, period.to_string(), level),
        |row| Ok((row.get(0)?, row.get(1)?)),
    )?)
}
