//! Filing, taking on, not taking on, handing over the result.

use calendar::{CaseClock, WorkingTime};
use jiff::SignedDuration;
use kernel::{AgencyId, CaseCode, Instant};
use procedure::{AcceptLimit, Procedure, TimeLimit};

use super::{COMPONENTS_MAX, Context, require, require_reason, wrong_status};
use crate::{
    Case, Change, Command, Refusal, Status,
    decide::flow,
    model::{DeclineReason, Note, Submit},
};

/// An online filing is taken on or declined within eight working hours (Decree 118/2025).
const ACCEPT_WITHIN: WorkingTime = WorkingTime::hours(8);

pub(super) fn submit(ctx: &Context<'_>, code: CaseCode, filing: Submit) -> Result<Change, Refusal> {
    let unknown = || Refusal::UnknownProcedure(filing.procedure.clone());
    let procedure = ctx.world.procedure(&filing.procedure).ok_or_else(unknown)?;
    if !procedure.in_force(kernel::today(ctx.stamp.happened_at)) {
        return Err(unknown());
    }
    if procedure.channel(filing.channel.kind()).is_none() {
        return Err(Refusal::ChannelNotOffered);
    }
    if filing.components.len() > COMPONENTS_MAX {
        return Err(Refusal::TooMany { max: COMPONENTS_MAX });
    }
    let accept_by = accept_by(ctx, procedure, filing.received_by);
    Ok(Change::Submitted { code, accept_by, filing })
}

/// Until when what is filed, or completed, now must be taken on.
pub(super) fn accept_by(ctx: &Context<'_>, procedure: &Procedure, agency: AgencyId) -> Instant {
    let (calendar, now) = (ctx.world.calendar(agency), ctx.stamp.happened_at);
    match procedure.accept_within {
        None => calendar.add(now, ACCEPT_WITHIN),
        Some(AcceptLimit::Minutes(minutes)) => now + SignedDuration::from_mins(minutes.into()),
        Some(AcceptLimit::Within(limit)) => CaseClock::start(now, limit.into(), calendar).due(),
    }
}

pub(super) fn accept(
    ctx: &Context<'_>,
    case: &Case,
    command: &Command,
) -> Result<Vec<Change>, Refusal> {
    if case.accepted_at.is_none() && case.status == Status::AwaitingPayment {
        return Err(Refusal::UnpaidBefore(case.unpaid()));
    }
    require(case, command, |status| status == Status::Submitted)?;
    let procedure = flow::procedure(ctx, case)?;
    let missing = missing_components(case, procedure);
    if !missing.is_empty() {
        return Err(Refusal::MissingComponents(missing));
    }
    let channel = procedure.channel(case.channel.kind()).ok_or(Refusal::ChannelNotOffered)?;
    let limit = channel.promise().ok_or(Refusal::UnconfirmedTimeLimit)?.time_limit();
    let clock = promise(ctx, case, procedure, limit);
    let steps = procedure.workflow.start().open;
    let opened = flow::open(ctx, case, procedure, steps)?;
    Ok(vec![Change::Accepted { clock, limit: limit.to_string(), opened }])
}

/// The clock that starts: to the term that was set from outside, by the time limit, or the end of the working day for what is done
/// within a day (and filed before the hour after which it is the next day).
fn promise(ctx: &Context<'_>, case: &Case, procedure: &Procedure, limit: TimeLimit) -> CaseClock {
    let calendar = ctx.world.calendar(case.decided_by);
    let start = ctx.stamp.happened_at;
    if let Some(term) = case.term {
        return CaseClock::until(start, term);
    }
    match procedure.same_day_cutoff {
        Some(cutoff) => CaseClock::until(start, calendar.same_day(start, cutoff)),
        None => CaseClock::start(start, limit.into(), calendar),
    }
}

fn missing_components(case: &Case, procedure: &Procedure) -> Vec<String> {
    let has = |id: &str| case.components.iter().any(|c| c.id.as_deref() == Some(id));
    let required = procedure.components.iter().filter(|component| component.required);
    required.filter(|c| !has(c.id.as_str())).map(|c| c.name.clone()).collect()
}

pub(super) fn decline(
    case: &Case,
    command: &Command,
    reason: DeclineReason,
    note: &Note,
) -> Result<Vec<Change>, Refusal> {
    let waits = case.status == Status::Submitted || case.status.is_paused();
    if case.accepted_at.is_some() || !waits {
        return Err(wrong_status(case, command));
    }
    require_reason(note)?;
    Ok(vec![Change::Declined { reason }])
}

pub(super) fn return_result(case: &Case, command: &Command) -> Result<Vec<Change>, Refusal> {
    require(case, command, |status| status == Status::Finished)?;
    match case.unpaid() {
        0 => Ok(vec![Change::Returned]),
        unpaid => Err(Refusal::Unpaid(unpaid)),
    }
}
