//! What a list of steps must be, to be a workflow.

use std::collections::BTreeSet;

use crate::{
    Channel, End, FaultKind, Field, OutcomeId, Place, STEPS_MAX, Step, StepId, Target, What,
    Workflow, graph::Graph,
};

type Found = Vec<(Place, FaultKind)>;

/// Every fault of a list of steps. Conditions were checked as they were read; a condition that
/// mentions a field of another form is found here.
pub(crate) fn steps(steps: &[Step], fields: &[Field]) -> Found {
    if steps.is_empty() {
        return vec![(Place::Step(0), FaultKind::NoSteps)];
    }
    if steps.len() > STEPS_MAX {
        return vec![(Place::Step(STEPS_MAX), FaultKind::TooManySteps)];
    }
    let mut found = targets(steps);
    found.extend(names(steps));
    found.extend(conditions(steps, fields));
    // Where a name stands for two steps, nobody knows which of them a route leads to.
    let twice = |kind: &FaultKind| matches!(kind, FaultKind::Duplicate { what: What::Step, .. });
    if found.iter().any(|(_, kind)| twice(kind)) {
        return found;
    }
    let graph = Graph::new(steps);
    found.extend(unreachable(steps, &graph));
    found.extend(traps(steps, &graph));
    found.extend(branches(steps, &graph));
    found
}

/// Outcomes that lead to steps that are not there, and steps without outcome.
pub(crate) fn targets(steps: &[Step]) -> Found {
    let known: BTreeSet<&StepId> = steps.iter().map(|step| &step.id).collect();
    let mut found = Vec::new();
    for (at, step) in steps.iter().enumerate() {
        if step.outcomes.is_empty() {
            found.push((Place::Step(at), FaultKind::NoOutcome(step.id.clone())));
        }
        for (nth, outcome) in step.outcomes.iter().enumerate() {
            let Target::To(ids) = &outcome.target else { continue };
            for id in ids.iter().filter(|id| !known.contains(id)) {
                found.push((Place::Outcome(at, nth), FaultKind::UnknownStep(id.to_string())));
            }
        }
    }
    found
}

/// Steps of one name, and outcomes whose routes have no default, or two.
fn names(steps: &[Step]) -> Found {
    let mut found = Vec::new();
    let mut seen = BTreeSet::new();
    for (at, step) in steps.iter().enumerate() {
        if !seen.insert(&step.id) {
            let (what, id) = (What::Step, step.id.to_string());
            found.push((Place::Step(at), FaultKind::Duplicate { what, id }));
        }
        let mut defaults: BTreeSet<&OutcomeId> = BTreeSet::new();
        for (nth, outcome) in step.outcomes.iter().enumerate() {
            if outcome.when.is_none() && !defaults.insert(&outcome.id) {
                let (what, id) = (What::Outcome, outcome.id.to_string());
                found.push((Place::Outcome(at, nth), FaultKind::Duplicate { what, id }));
            }
        }
        let mut told: BTreeSet<&OutcomeId> = BTreeSet::new();
        for (nth, outcome) in step.outcomes.iter().enumerate() {
            if !defaults.contains(&outcome.id) && told.insert(&outcome.id) {
                found.push((Place::Outcome(at, nth), FaultKind::NoDefault(outcome.id.clone())));
            }
        }
    }
    found
}

fn conditions(steps: &[Step], fields: &[Field]) -> Found {
    let mut found = Vec::new();
    for (at, step) in steps.iter().enumerate() {
        for (nth, outcome) in step.outcomes.iter().enumerate() {
            let names = outcome.when.iter().flat_map(|when| when.fields());
            let strange = |id: &&crate::FieldId| fields.iter().all(|field| field.id != **id);
            found.extend(names.filter(strange).map(|id| {
                let fault = crate::ConditionFault::UnknownField(id.to_string());
                (Place::Outcome(at, nth), FaultKind::Condition(fault))
            }));
        }
    }
    found
}

fn unreachable(steps: &[Step], graph: &Graph) -> Found {
    let lost = (1..steps.len()).filter(|&at| !graph.reaches(0, at));
    lost.map(|at| (Place::Step(at), FaultKind::Unreachable(steps[at].id.clone()))).collect()
}

/// Loops without exit: sets of steps that lead to one another and from which no end can be
/// reached. Told once for each set, at its first step.
fn traps(steps: &[Step], graph: &Graph) -> Found {
    // A step with a fault of its own counts as an exit, so that one slip is told once.
    let exit = |at: usize| {
        let step: &Step = &steps[at];
        let unknown = |id: &StepId| steps.iter().all(|step| step.id != *id);
        step.outcomes.is_empty()
            || step.outcomes.iter().any(|outcome| match &outcome.target {
                Target::End(_) => true,
                Target::To(ids) => ids.iter().any(unknown),
            })
    };
    let ends: Vec<usize> = (0..graph.len()).filter(|&at| exit(at)).collect();
    let stuck: Vec<usize> = (0..graph.len())
        .filter(|&at| !exit(at) && !ends.iter().any(|&end| graph.reaches(at, end)))
        .filter(|&at| graph.reaches(at, at))
        .collect();
    let mut told = BTreeSet::new();
    let mut found = Vec::new();
    for &at in &stuck {
        if told.contains(&at) {
            continue;
        }
        let together =
            |other: &usize| *other == at || graph.reaches(at, *other) && graph.reaches(*other, at);
        let set: Vec<usize> = stuck.iter().copied().filter(together).collect();
        told.extend(set.iter().copied());
        let ids = set.iter().map(|&at| steps[at].id.clone()).collect();
        found.push((Place::Step(at), FaultKind::Trap(ids)));
    }
    found
}

/// Joins without branches, and branches that meet without a join.
fn branches(steps: &[Step], graph: &Graph) -> Found {
    let mut joined = vec![false; steps.len()];
    let mut met = vec![false; steps.len()];
    for from in 0..steps.len() {
        for outcome in &steps[from].outcomes {
            let Target::To(ids) = &outcome.target else { continue };
            let position = |id: &StepId| steps.iter().position(|step| step.id == *id);
            let starts: Vec<usize> = ids.iter().filter_map(position).collect();
            for (nth, &one) in starts.iter().enumerate() {
                for &other in starts[nth + 1..].iter().filter(|other| **other != one) {
                    meet(steps, graph, (from, one, other), &mut joined, &mut met);
                }
            }
        }
    }
    let mut found = Vec::new();
    for (at, step) in steps.iter().enumerate() {
        if step.join && !joined[at] && (at == 0 || graph.reaches(0, at)) {
            found.push((Place::Step(at), FaultKind::LonelyJoin(step.id.clone())));
        }
        if met[at] {
            found.push((Place::Step(at), FaultKind::MeetWithoutJoin(step.id.clone())));
        }
    }
    found
}

/// Where two branches that open together come together again. A way ends at a join, since one
/// case goes on from there, and does not go back behind the fork.
fn meet(
    steps: &[Step],
    graph: &Graph,
    (fork, one, other): (usize, usize, usize),
    joined: &mut [bool],
    met: &mut [bool],
) {
    let way = |start: usize| {
        let go = |at: usize| !steps[at].join;
        let mut seen = if go(start) { graph.after(start, go) } else { vec![false; steps.len()] };
        seen[start] = true;
        seen
    };
    let (first, second) = (way(one), way(other));
    let mut earliest = None;
    for at in 0..steps.len() {
        if first[at] && second[at] && at != fork {
            if steps[at].join {
                joined[at] = true;
            } else if gives_result(steps, graph, at)
                && earliest.is_none_or(|known| graph.before(at, known))
            {
                // What follows the meeting place is not told again.
                earliest = Some(at);
            }
        }
    }
    if let Some(at) = earliest {
        met[at] = true;
    }
}

/// Whether a result can come of a step. A refusal ends every branch, so that branches which only
/// meet to refuse do no work twice.
fn gives_result(steps: &[Step], graph: &Graph, at: usize) -> bool {
    let gives = |step: &Step| {
        step.outcomes.iter().any(|outcome| outcome.target == Target::End(End::Result))
    };
    let after = graph.after(at, |_| true);
    gives(&steps[at]) || steps.iter().zip(after).any(|(step, after)| after && gives(step))
}

/// Whether the longest way without loops takes longer than the shortest confirmed limit gives.
pub(crate) fn hours(workflow: &Workflow, channels: &[Channel]) -> Option<FaultKind> {
    let limits = channels.iter().filter_map(Channel::promise).map(|limit| limit.time_limit());
    let limit = limits.min_by_key(|limit| limit.working_hours_at_least())?;
    let (quarters, way) = longest(workflow);
    let allowed = limit.working_hours_at_least() * 4;
    let way = || way.iter().map(|&at| workflow.steps()[at].id.clone()).collect();
    (quarters > allowed).then(|| FaultKind::TooSlow { quarters, way: way(), limit })
}

/// Hours of the longest way from the first step, in quarters, and its steps.
fn longest(workflow: &Workflow) -> (u32, Vec<usize>) {
    let steps = workflow.steps();
    // The best from a step on, and what follows it there. Without returns the routes have no
    // loop, so that as many rounds as steps settle it.
    let mut best: Vec<(u32, Option<usize>)> =
        steps.iter().map(|step| (step.hours.quarters(), None)).collect();
    for _ in 0..steps.len() {
        for at in (0..steps.len()).rev() {
            for &to in workflow.graph.forward(at) {
                let quarters = steps[at].hours.quarters() + best[to].0;
                if quarters > best[at].0 {
                    best[at] = (quarters, Some(to));
                }
            }
        }
    }
    let mut way = vec![0];
    while let Some(next) = way.last().and_then(|&at| best[at].1) {
        way.push(next);
    }
    (best[0].0, way)
}
