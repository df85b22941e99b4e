//! Moving through the workflow: completing, sending back, giving to another seat.

use kernel::{AgencyId, PostId};
use procedure::{AgencySelector, OutcomeId, Procedure, Step, StepId};

use super::{Context, close, require, require_reason, wrong_status};
use crate::{
    Case, Change, Command, Refusal, Status,
    model::{Note, Opened},
    world,
};

pub(super) fn procedure<'w>(ctx: &Context<'w>, case: &Case) -> Result<&'w Procedure, Refusal> {
    let found = ctx.world.procedure(&case.procedure);
    found.ok_or_else(|| Refusal::UnknownProcedure(case.procedure.clone()))
}

/// Finds a seat for each step that opens, and until when it should be done.
pub(super) fn open(
    ctx: &Context<'_>,
    case: &Case,
    procedure: &Procedure,
    steps: impl IntoIterator<Item = StepId>,
) -> Result<Vec<Opened>, Refusal> {
    steps.into_iter().map(|id| open_one(ctx, case, procedure, &id)).collect()
}

fn open_one(
    ctx: &Context<'_>,
    case: &Case,
    procedure: &Procedure,
    id: &StepId,
) -> Result<Opened, Refusal> {
    let step = procedure.workflow.step(id).ok_or_else(|| Refusal::StepNotOpen(id.clone()))?;
    let agency = match &step.agency {
        AgencySelector::Deciding => Some(case.decided_by),
        AgencySelector::Receiving => Some(case.received_by),
        AgencySelector::Named(code) => ctx.world.agency(code, ctx.stamp.recorded_at),
    };
    open_in(ctx, case, procedure, id, agency)
}

/// A seat of that agency for a step.
fn open_in(
    ctx: &Context<'_>,
    case: &Case,
    procedure: &Procedure,
    id: &StepId,
    agency: Option<AgencyId>,
) -> Result<Opened, Refusal> {
    let step = procedure.workflow.step(id).ok_or_else(|| Refusal::StepNotOpen(id.clone()))?;
    let at = ctx.stamp.recorded_at;
    let nobody = || Refusal::NoHolder { step: id.clone(), role: step.role.clone(), agency };
    let agency = agency.ok_or_else(nobody)?;
    let turn = world::turn(case.id);
    let post = ctx.world.route(agency, &step.role, procedure, turn, at);
    let post = post.ok_or_else(nobody)?;
    Ok(Opened { step: id.clone(), post, agency, due: step_due(ctx, agency, step) })
}

fn step_due(ctx: &Context<'_>, agency: AgencyId, step: &Step) -> kernel::Instant {
    let hours = calendar::WorkingTime::minutes(step.hours.minutes().into());
    ctx.world.calendar(agency).add(ctx.stamp.happened_at, hours)
}

pub(super) fn complete(
    ctx: &Context<'_>,
    case: &Case,
    command: &Command,
    step: &StepId,
    outcome: &OutcomeId,
) -> Result<Vec<Change>, Refusal> {
    require(case, command, |status| status == Status::InProgress)?;
    let procedure = procedure(ctx, case)?;
    let facts = serde_json::Value::Object(case.facts.clone());
    let (marking, moved) = procedure.workflow.complete(&case.marking, step, outcome, &facts)?;
    let opened = open(ctx, case, procedure, moved.opened)?;
    let (step, outcome) = (step.clone(), outcome.clone());
    let mut changes = vec![Change::Completed { step, outcome, opened, marking }];
    if let Some(end) = moved.end {
        let stopped = close::stopped(ctx, case)?;
        let (clock, timeliness) = stopped.ok_or_else(|| wrong_status(case, command))?;
        changes.push(Change::Finished { end, clock, timeliness });
    }
    Ok(changes)
}

pub(super) fn send_back(
    ctx: &Context<'_>,
    case: &Case,
    command: &Command,
    step: &StepId,
    to: &StepId,
    note: &Note,
) -> Result<Vec<Change>, Refusal> {
    require(case, command, |status| status == Status::InProgress)?;
    require_reason(note)?;
    let procedure = procedure(ctx, case)?;
    let (marking, _) = procedure.workflow.send_back(&case.marking, step, to)?;
    let opened = open_one(ctx, case, procedure, to)?;
    Ok(vec![Change::SentBack { step: step.clone(), opened, marking }])
}

/// The open steps of the agency that decided go to seats of the one that decides now. Another
/// agency gets the work, not more time for it.
pub(super) fn forward(
    ctx: &Context<'_>,
    case: &Case,
    command: &Command,
    to: AgencyId,
    note: &Note,
) -> Result<Vec<Change>, Refusal> {
    require(case, command, |status| status == Status::Submitted || status.is_running())?;
    if to == case.decided_by {
        return Err(Refusal::SameHolder);
    }
    if case.accepted_at.is_some() {
        require_reason(note)?;
    }
    let procedure = procedure(ctx, case)?;
    let held = case.holdings.iter().filter(|(_, holding)| holding.agency == case.decided_by);
    let opened = held.map(|(id, holding)| {
        let opened = open_in(ctx, case, procedure, id, Some(to))?;
        Ok::<_, Refusal>(Opened { due: holding.due, ..opened })
    });
    Ok(vec![Change::Forwarded { decided_by: to, opened: opened.collect::<Result<_, Refusal>>()? }])
}

pub(super) fn assign(
    ctx: &Context<'_>,
    case: &Case,
    command: &Command,
    step: &StepId,
    post: PostId,
) -> Result<Vec<Change>, Refusal> {
    require(case, command, Status::is_running)?;
    let holding = case.holdings.get(step).ok_or_else(|| Refusal::StepNotOpen(step.clone()))?;
    if holding.post == post {
        return Err(Refusal::SameHolder);
    }
    let agency = ctx.world.agency_of(post, ctx.stamp.recorded_at);
    if agency != Some(holding.agency) {
        let procedure = procedure(ctx, case)?;
        let held = procedure.workflow.step(step);
        let held = held.ok_or_else(|| Refusal::StepNotOpen(step.clone()))?;
        let (step, role) = (step.clone(), held.role.clone());
        return Err(Refusal::NoHolder { step, role, agency: Some(holding.agency) });
    }
    // Another seat gets the work, not more time for it.
    let opened = Opened { step: step.clone(), post, agency: holding.agency, due: holding.due };
    Ok(vec![Change::Assigned { opened }])
}
