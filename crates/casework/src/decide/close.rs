//! A new date, and the ends that are not a result.

use calendar::{CaseClock, Timeliness};
use kernel::Instant;

use super::{Context, require, require_reason, wrong_status};
use crate::{
    Case, Change, Command, Refusal, Status,
    model::{DiscontinueGround, Note},
};

/// The apology comes before the promised date or not at all, and once.
pub(super) fn extend(
    ctx: &Context<'_>,
    case: &Case,
    command: &Command,
    to: Instant,
    note: &Note,
) -> Result<Vec<Change>, Refusal> {
    require(case, command, |status| status == Status::InProgress)?;
    require_reason(note)?;
    let mut clock = case.clock.clone().ok_or_else(|| wrong_status(case, command))?;
    let due = clock.due();
    if let Some(extension) = &case.extension {
        return Err(Refusal::ExtendedBefore { to: extension.to });
    }
    // What counts is when the system learnt it: a date cannot be moved after it passed.
    if ctx.stamp.recorded_at > due {
        return Err(Refusal::ExtensionTooLate { due });
    }
    clock.extend(to)?;
    Ok(vec![Change::Extended { from: due, clock }])
}

/// Whoever set a term from outside may set a later one, as often as they answer for it. It is
/// judged by when that was said: one decision may move thousands of clocks, a little later.
pub(super) fn set_term(
    ctx: &Context<'_>,
    case: &Case,
    command: &Command,
    to: Instant,
    note: &Note,
) -> Result<Vec<Change>, Refusal> {
    require(case, command, Status::is_running)?;
    require_reason(note)?;
    case.term.ok_or(Refusal::NoTerm)?;
    let mut clock = case.clock.clone().ok_or_else(|| wrong_status(case, command))?;
    let from = clock.due();
    clock.set_term(ctx.stamp.happened_at, to)?;
    Ok(vec![Change::Extended { from, clock }])
}

pub(super) fn discontinue(
    ctx: &Context<'_>,
    case: &Case,
    command: &Command,
    ground: DiscontinueGround,
    note: &Note,
) -> Result<Vec<Change>, Refusal> {
    require(case, command, Status::is_running)?;
    require_reason(note)?;
    let (clock, _) = stopped(ctx, case)?.ok_or_else(|| wrong_status(case, command))?;
    Ok(vec![Change::Discontinued { ground, clock }])
}

pub(super) fn withdraw(
    ctx: &Context<'_>,
    case: &Case,
    command: &Command,
) -> Result<Vec<Change>, Refusal> {
    require(case, command, |s| s == Status::Submitted || s.is_running())?;
    let clock = stopped(ctx, case)?.map(|(clock, _)| clock);
    Ok(vec![Change::Withdrawn { clock }])
}

/// The clock as it stops now, and how timely that is; none where none runs yet.
pub(super) fn stopped(
    ctx: &Context<'_>,
    case: &Case,
) -> Result<Option<(CaseClock, Timeliness)>, Refusal> {
    let Some(mut clock) = case.clock.clone() else { return Ok(None) };
    let calendar = ctx.world.calendar(case.decided_by);
    let timeliness = clock.finish(ctx.stamp.happened_at, calendar)?;
    Ok(Some((clock, timeliness)))
}
