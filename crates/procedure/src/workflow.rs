//! The steps that a case goes through inside the authority.

use std::{collections::BTreeMap, fmt};

use kernel::{AgencyCode, words};
use serde::{Serialize, Serializer};

use crate::{Condition, FaultKind, Field, FieldId, OutcomeId, Role, StepId, check, graph::Graph};

/// More steps than this is no workflow that anyone can follow.
pub const STEPS_MAX: usize = 200;

/// A checked workflow: every step can be reached, has a holder and a way to an end.
#[derive(Debug, Clone, PartialEq)]
pub struct Workflow {
    steps: Vec<Step>,
    index: BTreeMap<StepId, usize>,
    pub(crate) graph: Graph,
}

/// One step: somebody's work on the case, and how it can go on from there.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Step {
    /// Its name inside this workflow.
    pub id: StepId,
    /// What is done.
    pub name: String,
    /// Which role holds it.
    pub role: Role,
    /// In which agency.
    pub agency: AgencySelector,
    /// How long it may take.
    pub hours: WorkingHours,
    /// Whether it waits for every branch that can still lead to it.
    pub join: bool,
    /// What happens when it lies too long.
    pub timer: Option<Timer>,
    /// What comes out of it: a paper, an entry in a register.
    pub output: Option<String>,
    /// How it can be completed, in the order of the file.
    pub outcomes: Vec<Outcome>,
}

/// A way to complete a step. Several with one `id` are routes of the same button, of which the
/// first with a true condition is taken, or else the one without.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Outcome {
    /// Its name inside the step.
    pub id: OutcomeId,
    /// What stands on the button.
    pub name: String,
    /// Under which condition this route is taken.
    pub when: Option<Condition>,
    /// Where it leads.
    #[serde(flatten)]
    pub target: Target,
}

/// Where an outcome leads.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Target {
    /// To a step, or to several as parallel branches.
    To(Vec<StepId>),
    /// To the end.
    End(End),
}

words! {
    /// How a case ends.
    End {
        /// With the result that was asked for. In one of several branches it ends that branch.
        Result = "result",
        /// With a refusal, which ends every branch.
        Refusal = "refusal",
    }
}

/// In which agency a step is held.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum AgencySelector {
    /// The agency that decides the case.
    Deciding,
    /// The agency whose desk received it, which need not decide it.
    Receiving,
    /// Another agency (liên thông).
    Named(AgencyCode),
}

impl fmt::Display for AgencySelector {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Deciding => f.write_str("deciding"),
            Self::Receiving => f.write_str("receiving"),
            Self::Named(code) => code.fmt(f),
        }
    }
}
impl Serialize for AgencySelector {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// Working hours in quarters of an hour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct WorkingHours {
    quarters: u32,
}

impl WorkingHours {
    /// So many quarters of an hour.
    #[must_use]
    pub fn from_quarters(quarters: u32) -> Self {
        Self { quarters }
    }

    /// The hours, when they are whole quarters and more than nothing, up to 8000 (1000 days).
    #[must_use]
    pub fn from_hours(hours: f64) -> Option<Self> {
        let quarters = hours * 4.0;
        let fits = (1.0..=32_000.0).contains(&quarters) && quarters.fract() == 0.0;
        // In range and whole by the line above, so that the conversion is exact.
        fits.then_some(Self { quarters: quarters as u32 })
    }

    /// As a number of hours.
    #[must_use]
    pub fn hours(self) -> f64 {
        f64::from(self.quarters) / 4.0
    }

    /// As quarters of an hour.
    #[must_use]
    pub fn quarters(self) -> u32 {
        self.quarters
    }

    /// As minutes.
    #[must_use]
    pub fn minutes(self) -> u32 {
        self.quarters * 15
    }
}

impl From<WorkingHours> for calendar::WorkingTime {
    fn from(hours: WorkingHours) -> Self {
        Self::minutes(hours.minutes().into())
    }
}
impl fmt::Display for WorkingHours {
    /// `4`, `0.5`, `2.25`
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.hours().fmt(f)
    }
}
impl Serialize for WorkingHours {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_f64(self.hours())
    }
}

/// What happens when a step lies open too long.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Timer {
    /// After so many working hours.
    pub after: WorkingHours,
    /// What then.
    pub action: TimerAction,
}

words! {
    /// What a timer does.
    TimerAction {
        /// Reminds the holder.
        Remind = "remind",
        /// Tells the holder's head.
        Escalate = "escalate",
    }
}

/// Where in a list of steps a fault lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Place {
    /// In a step, by its position.
    Step(usize),
    /// In an outcome of a step, by the positions of both.
    Outcome(usize, usize),
}

impl Workflow {
    /// Makes a workflow of steps, of which the first is opened when a case is accepted.
    /// `fields` are those that conditions may mention.
    ///
    /// # Errors
    /// Every fault of the steps, each with its place.
    pub fn new(steps: Vec<Step>, fields: &[Field]) -> Result<Self, Vec<(Place, FaultKind)>> {
        let faults = check::steps(&steps, fields);
        if !faults.is_empty() {
            return Err(faults);
        }
        let index = steps.iter().enumerate().map(|(at, step)| (step.id.clone(), at)).collect();
        Ok(Self { graph: Graph::new(&steps), index, steps })
    }

    /// The step that opens when a case is accepted.
    #[must_use]
    pub fn first(&self) -> &Step {
        &self.steps[0]
    }

    /// The step of that name.
    #[must_use]
    pub fn step(&self, id: &StepId) -> Option<&Step> {
        self.index.get(id).map(|at| &self.steps[*at])
    }

    /// All steps, in the order of the file.
    #[must_use]
    pub fn steps(&self) -> &[Step] {
        &self.steps
    }

    /// The steps that lead to this one going forward; a route that goes back, as when a draft
    /// is returned for correction, is not counted.
    #[must_use]
    pub fn predecessors(&self, step: &StepId) -> Vec<&Step> {
        let Some(at) = self.position(step) else { return Vec::new() };
        let leads = |from: &usize| self.graph.forward(*from).contains(&at);
        (0..self.steps.len()).filter(leads).map(|from| &self.steps[from]).collect()
    }

    /// The form fields that conditions mention, each once, in alphabetical order: the facts
    /// that [`Workflow::complete`] looks at.
    #[must_use]
    pub fn facts_used(&self) -> Vec<String> {
        let outcomes = self.steps.iter().flat_map(|step| &step.outcomes);
        let conditions = outcomes.filter_map(|outcome| outcome.when.as_ref());
        let names: std::collections::BTreeSet<&FieldId> =
            conditions.flat_map(Condition::fields).collect();
        names.into_iter().map(ToString::to_string).collect()
    }

    pub(crate) fn position(&self, id: &StepId) -> Option<usize> {
        self.index.get(id).copied()
    }
}

impl Serialize for Workflow {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.steps.serialize(serializer)
    }
}

impl Step {
    /// The buttons of the step: each outcome once, however many routes it has.
    #[must_use]
    pub fn choices(&self) -> Vec<(&OutcomeId, &str)> {
        let mut choices: Vec<(&OutcomeId, &str)> = Vec::new();
        for outcome in &self.outcomes {
            if choices.iter().all(|(id, _)| *id != &outcome.id) {
                choices.push((&outcome.id, &outcome.name));
            }
        }
        choices
    }
}
