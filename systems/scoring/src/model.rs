//! Assessments, what was said in them, and what could be done.

use indicators::Period;
use kernel::{AgencyId, Instant, PersonId, PostId};
use scorecards::{Given, Number, Sureness};
use serde::{Deserialize, Serialize};

kernel::ids! {
    /// An assessment.
    AssessmentId = AssessmentKind, "assessment";
    /// Something that could be done.
    ActionId = ActionKind, "action";
    /// A plan that was kept.
    PlanId = PlanKind, "plan";
}

/// Most letters of a note, or of a reason.
pub(crate) const NOTE_LETTERS_MAX: u16 = 1000;
/// Most actions that are written down for one agency and scorecard.
pub(crate) const ACTIONS_MAX: u32 = 40;
/// Most plans that a page shows.
pub(crate) const PLANS_MAX: u32 = 20;

/// An assessment: one scorecard, one agency, one period.
#[derive(Debug, Clone)]
pub(crate) struct Assessment {
    pub(crate) id: AssessmentId,
    /// When it was closed, and by whom; none while it is open.
    pub(crate) closed: Option<(Instant, PersonId)>,
}

/// What was said of an input.
#[derive(Debug, Clone)]
pub(crate) struct Said {
    pub(crate) input: String,
    pub(crate) value: Number,
    pub(crate) worst: Option<Number>,
    pub(crate) best: Option<Number>,
    pub(crate) note: String,
    pub(crate) file: Option<Evidence>,
    pub(crate) by: PersonId,
    pub(crate) at: Instant,
    pub(crate) review: Option<Review>,
}

/// A file that is evidence.
#[derive(Debug, Clone)]
pub(crate) struct Evidence {
    /// SHA-256 of it, in hexadecimal.
    pub(crate) hash: String,
    /// Its name as it came.
    pub(crate) name: String,
    /// Its extension by content.
    pub(crate) kind: String,
}

/// What a second person found.
#[derive(Debug, Clone)]
pub(crate) struct Review {
    pub(crate) by: PersonId,
    pub(crate) at: Instant,
    pub(crate) note: String,
    /// Accepted, or given back.
    pub(crate) accepted: bool,
}

impl Said {
    /// Whether a second person accepted it.
    pub(crate) fn is_verified(&self) -> bool {
        self.review.as_ref().is_some_and(|review| review.accepted)
    }

    /// The figure for the scorecard. What was accepted is as it is stated.
    pub(crate) fn given(&self) -> Given {
        match self.is_verified() {
            true => Given::verified(self.value.clone()),
            false => Given {
                worst: self.worst.clone(),
                best: self.best.clone(),
                ..Given::self_assessed(self.value.clone())
            },
        }
    }
}

/// One input of a closed assessment.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Frozen {
    pub(crate) input: String,
    pub(crate) value: Option<Number>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) worst: Option<Number>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) best: Option<Number>,
    pub(crate) grade: Grade,
    /// The indicator that it was counted by, where it was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) indicator: Option<String>,
    /// As which revision of its figure it was published.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) published: Option<u32>,
}

impl Frozen {
    /// The figure for the scorecard.
    pub(crate) fn given(&self) -> Option<Given> {
        let value = self.value.clone()?;
        let sure = match self.grade {
            Grade::A | Grade::B => Sureness::Verified,
            Grade::C => Sureness::SelfAssessed,
            Grade::Missing => return None,
        };
        Some(Given { value, worst: self.worst.clone(), best: self.best.clone(), sure })
    }
}

/// A revision of a closed assessment.
#[derive(Debug, Clone)]
pub(crate) struct Revision {
    pub(crate) number: u32,
    pub(crate) lines: Vec<Frozen>,
    pub(crate) reason: String,
    pub(crate) by: PersonId,
    pub(crate) at: Instant,
    /// The position in the journal up to which was counted.
    pub(crate) pos: u64,
}

/// What stands behind a figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(crate) enum Grade {
    /// Computed from the journal.
    A,
    /// Checked by a second person.
    B,
    /// Self-assessed.
    C,
    /// Not there.
    Missing,
}

/// What is known of a part beside its rule.
#[derive(Debug, Clone, Default)]
pub(crate) struct PartSettings {
    /// The seat that answers for it.
    pub(crate) post: Option<PostId>,
    /// How many cases a day of work makes good.
    pub(crate) a_day: Option<Number>,
}

/// Something that could be done, as somebody wrote it down.
#[derive(Debug, Clone)]
pub(crate) struct OwnAction {
    pub(crate) id: ActionId,
    pub(crate) name: String,
    pub(crate) input: String,
    pub(crate) by: Number,
    pub(crate) worst: Option<Number>,
    pub(crate) best: Option<Number>,
    /// In days of work.
    pub(crate) effort: u32,
    pub(crate) post: Option<PostId>,
}

/// A plan that was kept.
#[derive(Debug, Clone)]
pub(crate) struct KeptPlan {
    pub(crate) id: PlanId,
    pub(crate) scorecard: String,
    pub(crate) agency: AgencyId,
    /// The file that is handed on.
    pub(crate) text: String,
    pub(crate) summary: String,
    pub(crate) by: PersonId,
    pub(crate) at: Instant,
}

/// A score of another as it was published.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Published {
    /// The scorecard.
    pub scorecard: String,
    /// Whose.
    pub name: String,
    /// How much.
    pub value: Number,
    /// When, as it was told.
    pub at: String,
    /// By whom.
    pub source: String,
}

/// The kind of a period for the scorecard.
pub(crate) fn kind_of(period: Period) -> scorecards::Period {
    let text = period.to_string();
    match text.len() {
        4 => scorecards::Period::Year,
        _ if text.contains('q') => scorecards::Period::Quarter,
        _ => scorecards::Period::Month,
    }
}
