//! How a case moves through a workflow: a pure function from marking to marking.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::{End, Outcome, OutcomeId, Step, StepId, Target, Workflow};

/// Where a case stands: which steps are open, and who has arrived at a join that still waits.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Marking {
    /// Steps that somebody holds.
    pub open: BTreeSet<StepId>,
    /// Joins that wait, each with the steps that have arrived.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub arrived: BTreeMap<StepId, BTreeSet<StepId>>,
}

/// What one completion did.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Move {
    /// The step that was completed or sent back.
    pub closed: StepId,
    /// Steps that opened by it.
    pub opened: Vec<StepId>,
    /// The join at which the branch now waits for others.
    pub waiting: Option<StepId>,
    /// How the case ended, if it did. A refusal also closes what else was open.
    pub end: Option<End>,
}

/// Why a case cannot move so.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum FlowError {
    /// The workflow has no such step.
    #[error("the workflow has no step {0}")]
    NoStep(StepId),
    /// The step is not open.
    #[error("step {0} is not open")]
    NotOpen(StepId),
    /// The step has no such outcome.
    #[error("step {0} has no outcome {1}")]
    NoOutcome(StepId, OutcomeId),
    /// The step does not lie before the one that sends back, or other branches hang on it.
    #[error("step {from} cannot send back to {to}")]
    NotEarlier {
        /// The step that wants to send back.
        from: StepId,
        /// The step that it wants to send back to.
        to: StepId,
    },
}

impl Workflow {
    /// The marking of a case that was just accepted.
    #[must_use]
    pub fn start(&self) -> Marking {
        Marking { open: BTreeSet::from([self.first().id.clone()]), arrived: BTreeMap::new() }
    }

    /// Completes an open step. `facts` is an object of form fields; what it lacks counts as
    /// null, and a condition that is not true is not taken.
    ///
    /// # Errors
    /// When the step is not there or not open, or has no such outcome.
    pub fn complete(
        &self,
        marking: &Marking,
        step: &StepId,
        outcome: &OutcomeId,
        facts: &serde_json::Value,
    ) -> Result<(Marking, Move), FlowError> {
        let from = self.open_step(marking, step)?;
        let route = route(from, outcome, facts)
            .ok_or_else(|| FlowError::NoOutcome(step.clone(), outcome.clone()))?;
        let mut next = marking.clone();
        next.open.remove(step);
        let mut made = Move { closed: step.clone(), opened: vec![], waiting: None, end: None };
        match &route.target {
            Target::End(End::Refusal) => {
                made.end = Some(End::Refusal);
                return Ok((Marking::default(), made));
            }
            Target::End(End::Result) => {}
            Target::To(targets) => {
                for to in targets {
                    if self.step(to).is_some_and(|to| to.join) && !next.open.contains(to) {
                        next.arrived.entry(to.clone()).or_default().insert(step.clone());
                    } else if next.open.insert(to.clone()) {
                        made.opened.push(to.clone());
                    }
                }
            }
        }
        self.open_joins(&mut next, &mut made);
        if let Target::To(targets) = &route.target {
            made.waiting = targets.iter().find(|to| next.arrived.contains_key(*to)).cloned();
        }
        if next.open.is_empty() {
            made.end = Some(End::Result);
        }
        Ok((next, made))
    }

    /// Sends the work of an open step back to an earlier step of the same branch.
    ///
    /// # Errors
    /// When a step is not there, the sending one is not open, the other does not come before
    /// it, or other branches that are under way began after the other.
    pub fn send_back(
        &self,
        marking: &Marking,
        step: &StepId,
        to: &StepId,
    ) -> Result<(Marking, Move), FlowError> {
        self.open_step(marking, step)?;
        if self.step(to).is_none() {
            return Err(FlowError::NoStep(to.clone()));
        }
        if !self.may_send_back(marking, step, to) {
            return Err(FlowError::NotEarlier { from: step.clone(), to: to.clone() });
        }
        let mut next = marking.clone();
        next.open.remove(step);
        next.open.insert(to.clone());
        let opened = vec![to.clone()];
        Ok((next, Move { closed: step.clone(), opened, waiting: None, end: None }))
    }

    /// The steps that an open step can be sent back to, in the order of the file.
    #[must_use]
    pub fn send_back_targets(&self, marking: &Marking, step: &StepId) -> Vec<&Step> {
        let open = marking.open.contains(step);
        let fits = |to: &&Step| open && self.may_send_back(marking, step, &to.id);
        self.steps().iter().filter(fits).collect()
    }

    fn open_step(&self, marking: &Marking, step: &StepId) -> Result<&Step, FlowError> {
        let found = self.step(step).ok_or_else(|| FlowError::NoStep(step.clone()))?;
        if marking.open.contains(step) { Ok(found) } else { Err(FlowError::NotOpen(step.clone())) }
    }

    /// `to` lies before `step`, and nothing else that is under way began after `to`: else the
    /// other branches would be opened a second time.
    fn may_send_back(&self, marking: &Marking, step: &StepId, to: &StepId) -> bool {
        let (Some(from), Some(to)) = (self.position(step), self.position(to)) else { return false };
        if from == to || !self.graph.before(to, from) {
            return false;
        }
        let others = marking.open.iter().filter(|open| *open != step);
        let others = others.chain(marking.arrived.values().flatten());
        // A join gathers its branches, so that what lies behind it is not begun by `to` alone.
        let begun = self.graph.after(to, |node| !self.steps()[node].join);
        others.filter_map(|id| self.position(id)).all(|other| other != to && !begun[other])
    }

    /// Opens every join that no other live branch can still lead to. Routes that return to an
    /// earlier step do not count: through them everything would lead to everything.
    fn open_joins(&self, marking: &mut Marking, made: &mut Move) {
        let position = |id| self.position(id);
        let waiting: Vec<usize> = marking.arrived.keys().filter_map(position).collect();
        let open: Vec<usize> = marking.open.iter().filter_map(position).collect();
        for &join in &waiting {
            // Without returns no two joins lead to one another, so that one of them always opens.
            let live = open.iter().chain(&waiting);
            if live.copied().all(|from| !self.graph.before(from, join)) {
                let id = &self.steps()[join].id;
                marking.arrived.remove(id);
                marking.open.insert(id.clone());
                made.opened.push(id.clone());
            }
        }
    }
}

/// Of the routes of an outcome the first whose condition is true, or else the one without.
fn route<'s>(step: &'s Step, id: &OutcomeId, facts: &serde_json::Value) -> Option<&'s Outcome> {
    let routes = || step.outcomes.iter().filter(|outcome| outcome.id == *id);
    let taken = |outcome: &&Outcome| outcome.when.as_ref().is_some_and(|when| when.holds(facts));
    routes().find(taken).or_else(|| routes().find(|outcome| outcome.when.is_none()))
}
