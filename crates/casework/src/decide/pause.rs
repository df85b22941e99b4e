//! When the clock stands: papers asked for, legal grounds.

use calendar::{CaseClock, Ground};

use super::{COMPONENTS_MAX, Context, desk, flow, require, require_reason, wrong_status};
use crate::{
    Case, Change, Command, Refusal, Status,
    model::{Component, Note, SupplementReason, SuspensionGround},
};

/// Papers are asked for once; a second time only with the head's leave, and that case counts as
/// late in the 766 index (item 2.1); never a third time.
pub(super) fn request_supplement(
    ctx: &Context<'_>,
    case: &Case,
    command: &Command,
    reason: SupplementReason,
    note: &Note,
) -> Result<Vec<Change>, Refusal> {
    // Before it is taken on, papers may be missing beside a fee.
    let fee_too = case.status == Status::AwaitingPayment && case.accepted_at.is_none();
    require(case, command, |s| fee_too || matches!(s, Status::Submitted | Status::InProgress))?;
    require_reason(note)?;
    match case.supplements.as_slice() {
        [] => {}
        [_] if case.second_supplement.is_some() => {}
        [first] => {
            let first = first.requested_at;
            return Err(Refusal::SecondSupplementNeedsApproval { first });
        }
        _ => return Err(Refusal::NoThirdSupplement),
    }
    let number = u32::try_from(case.supplements.len()).unwrap_or(u32::MAX).saturating_add(1);
    let clock = held(ctx, case, Ground::Supplement)?;
    Ok(vec![Change::SupplementRequested { reason, number, clock }])
}

pub(super) fn approve_second_supplement(
    case: &Case,
    command: &Command,
    note: &Note,
) -> Result<Vec<Change>, Refusal> {
    require(case, command, |s| matches!(s, Status::Submitted | Status::InProgress))?;
    require_reason(note)?;
    if case.supplements.len() != 1 || case.second_supplement.is_some() {
        return Err(Refusal::ApprovalNotNeeded);
    }
    Ok(vec![Change::SecondSupplementApproved])
}

pub(super) fn receive_supplement(
    ctx: &Context<'_>,
    case: &Case,
    command: &Command,
    components: &[Component],
) -> Result<Vec<Change>, Refusal> {
    require(case, command, |status| status == Status::AwaitingSupplement)?;
    if case.components.len() + components.len() > COMPONENTS_MAX {
        return Err(Refusal::TooMany { max: COMPONENTS_MAX });
    }
    let clock = resumed(ctx, case)?;
    let accept_by = match &clock {
        None => Some(desk::accept_by(ctx, flow::procedure(ctx, case)?, case.received_by)),
        Some(_) => None,
    };
    let components = components.to_vec();
    Ok(vec![Change::SupplementReceived { components, clock, accept_by }])
}

pub(super) fn suspend(
    ctx: &Context<'_>,
    case: &Case,
    command: &Command,
    ground: SuspensionGround,
    note: &Note,
) -> Result<Vec<Change>, Refusal> {
    require(case, command, |status| status == Status::InProgress)?;
    require_reason(note)?;
    let clock = held(ctx, case, Ground::Suspension)?;
    let clock = clock.ok_or_else(|| wrong_status(case, command))?;
    Ok(vec![Change::Suspended { ground, clock }])
}

pub(super) fn resume(
    ctx: &Context<'_>,
    case: &Case,
    command: &Command,
) -> Result<Vec<Change>, Refusal> {
    if case.status != Status::Suspended {
        return Err(wrong_status(case, command));
    }
    let clock = resumed(ctx, case)?.ok_or_else(|| wrong_status(case, command))?;
    Ok(vec![Change::Resumed { clock }])
}

/// The clock as it stands from now on; none where none runs yet.
pub(super) fn held(
    ctx: &Context<'_>,
    case: &Case,
    ground: Ground,
) -> Result<Option<CaseClock>, Refusal> {
    let mut clock = case.clock.clone();
    if let Some(clock) = &mut clock {
        clock.pause(ctx.stamp.happened_at, ground)?;
    }
    Ok(clock)
}

/// The clock as it goes on from now; none where none runs yet.
pub(super) fn resumed(ctx: &Context<'_>, case: &Case) -> Result<Option<CaseClock>, Refusal> {
    let mut clock = case.clock.clone();
    if let Some(clock) = &mut clock {
        clock.resume(ctx.stamp.happened_at, ctx.world.calendar(case.decided_by))?;
    }
    Ok(clock)
}
