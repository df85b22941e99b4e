//! What the journal tells, as plain records: what came, what was done, what rested.

use std::{collections::BTreeMap, fmt, str::FromStr, sync::Arc};

use calendar::WorkingTime;
use kernel::{AgencyId, CaseId, Instant, PostId, ProcedureCode};

use crate::{Error, Result};

/// Name of a step: one of a workflow, or of the desk (`accept`, `return`).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct StepName(Arc<str>);

impl StepName {
    /// The name as it is written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for StepName {
    type Err = Error;

    /// # Errors
    /// [`Error::Step`] where it is empty or longer than 64 bytes.
    fn from_str(text: &str) -> Result<Self> {
        let fits = (1..=64).contains(&text.len());
        if fits { Ok(Self(text.into())) } else { Err(Error::Step) }
    }
}
impl fmt::Display for StepName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A step of a procedure in an agency.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct At {
    /// The agency in which the step is done.
    pub agency: AgencyId,
    /// The procedure of the case.
    pub procedure: ProcedureCode,
    /// The step.
    pub step: StepName,
}

/// Where a case goes on.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Next {
    /// The agency.
    pub agency: AgencyId,
    /// The step.
    pub step: StepName,
}

/// A case came and its clock started.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Arrived {
    /// Where it came, with its first step.
    pub at: At,
    /// When its clock started.
    pub when: Instant,
}

/// A step of a case was completed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StepDone {
    /// Of which case.
    pub case: CaseId,
    /// Which step, where.
    pub at: At,
    /// The seat that held it; none where that is not known.
    pub post: Option<PostId>,
    /// When the step opened.
    pub entered: Instant,
    /// When it was completed.
    pub done: Instant,
    /// When the case was due, as its clock stood when the step was completed.
    pub due: Option<Instant>,
    /// Working time between `entered` and `done` in which the clock stood.
    pub held: WorkingTime,
    /// Where its outcome leads, also where the case has to wait there for another branch; none
    /// where the branch ended.
    pub next: Vec<Next>,
}

/// A case whose clock stood went on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Resumed {
    /// Of which procedure.
    pub procedure: ProcedureCode,
    /// When the pause began.
    pub from: Instant,
    /// When it ended.
    pub to: Instant,
}

/// One thing that the journal tells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Record {
    /// A case came.
    Arrived(Arrived),
    /// A step was completed.
    Done(StepDone),
    /// A pause ended.
    Resumed(Resumed),
}

/// Who answers today for what an agency did that is no more: old agency to its successor.
#[derive(Debug, Clone, Default)]
pub struct Successors(BTreeMap<AgencyId, AgencyId>);

impl Successors {
    /// The agency that answers today. A circle ends where it closes.
    #[must_use]
    pub fn of(&self, agency: AgencyId) -> AgencyId {
        let mut now = agency;
        for _ in 0..self.0.len() {
            match self.0.get(&now) {
                Some(next) if *next != agency => now = *next,
                _ => break,
            }
        }
        now
    }
}

impl FromIterator<(AgencyId, AgencyId)> for Successors {
    fn from_iter<I: IntoIterator<Item = (AgencyId, AgencyId)>>(pairs: I) -> Self {
        Self(pairs.into_iter().collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_merged_agency_is_read_as_its_last_successor() {
        let [a, b, c] = [1, 2, 3].map(|n| AgencyId::from_uuid(uuid::Uuid::from_u128(n)));
        let chain: Successors = [(a, b), (b, c)].into_iter().collect();
        assert_eq!((chain.of(a), chain.of(b), chain.of(c)), (c, c, c));
        // A slip in the directory must not hang a forecast.
        let circle: Successors = [(a, b), (b, a)].into_iter().collect();
        assert_eq!((circle.of(a), circle.of(b)), (b, a));
    }

    #[test]
    fn a_step_has_a_name() {
        assert_eq!("".parse::<StepName>(), Err(Error::Step));
        assert_eq!("x".repeat(65).parse::<StepName>(), Err(Error::Step));
        assert_eq!("thẩm-định".parse::<StepName>().unwrap().as_str(), "thẩm-định");
    }
}
