//! What happened to a case: the content of its events in the journal.

use calendar::{CaseClock, Timeliness};
use kernel::{AgencyId, CaseCode, Instant, PostId};
use procedure::{End, Marking, OutcomeId, StepId};
use serde::{Deserialize, Serialize};

use super::{
    Component, Correction, DeclineReason, DiscontinueGround, Submit, SupplementReason,
    SuspensionGround,
};

/// A step that opened, with whom.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Opened {
    /// Which step.
    pub step: StepId,
    /// The seat that holds it.
    pub post: PostId,
    /// The agency of that seat.
    pub agency: AgencyId,
    /// Until when it should be done.
    pub due: Instant,
}

/// What happened. Nothing in here names a person in clear. Whatever moves the clock carries it
/// as it stands after, so that a case can be rebuilt without any calendar.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Change {
    /// It was filed.
    Submitted {
        /// The code that it got.
        code: CaseCode,
        /// Until when it must be taken on.
        accept_by: Instant,
        /// What was filed.
        #[serde(flatten)]
        filing: Submit,
    },
    /// It was taken on.
    Accepted {
        /// The clock that starts.
        clock: CaseClock,
        /// The time limit behind the promise, as `3 working_days`.
        limit: String,
        /// The steps that opened.
        opened: Vec<Opened>,
    },
    /// It was not taken on.
    Declined {
        /// Why.
        reason: DeclineReason,
    },
    /// A step went to another seat.
    Assigned {
        /// Who holds it now, until when.
        opened: Opened,
    },
    /// It went to another agency, which decides it from now on.
    Forwarded {
        /// The agency that decides now.
        decided_by: AgencyId,
        /// Who holds the open steps of the deciding agency now.
        opened: Vec<Opened>,
    },
    /// It is late, and the head of the deciding agency was told.
    Escalated {
        /// The seat of the head.
        post: PostId,
    },
    /// A step was completed.
    Completed {
        /// Which.
        step: StepId,
        /// With which outcome.
        outcome: OutcomeId,
        /// The steps that opened.
        opened: Vec<Opened>,
        /// Where the workflow stands now.
        marking: Marking,
    },
    /// The case went back to an earlier step.
    SentBack {
        /// From which step.
        step: StepId,
        /// The step that opened again.
        opened: Opened,
        /// Where the workflow stands now.
        marking: Marking,
    },
    /// Papers were asked for.
    SupplementRequested {
        /// Why.
        reason: SupplementReason,
        /// The how-manieth request.
        number: u32,
        /// The clock that stands now; none where the case was not taken on yet.
        clock: Option<CaseClock>,
    },
    /// The head allowed a second request.
    SecondSupplementApproved,
    /// Answers were put right; conditions read the new ones from now on.
    Corrected(Correction),
    /// The papers came.
    SupplementReceived {
        /// What came.
        components: Vec<Component>,
        /// The clock that goes on; none where the case was not taken on yet.
        clock: Option<CaseClock>,
        /// Until when it must be taken on, where it was not yet.
        accept_by: Option<Instant>,
    },
    /// Something is to be paid.
    ObligationSet {
        /// Number within the case.
        number: u32,
        /// Name of the fee.
        name: String,
        /// In đồng.
        amount: u64,
        /// Whether what comes next waits for it.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        waits: bool,
        /// The clock that stands for it, where work waits.
        clock: Option<CaseClock>,
    },
    /// A payment arrived.
    Paid {
        /// Of which obligation.
        number: u32,
        /// Whether online.
        online: bool,
        /// Number of the receipt or transaction.
        reference: String,
        /// The clock that goes on, where it had stood for this.
        clock: Option<CaseClock>,
        /// Until when it must be taken on, where that had waited for this.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        accept_by: Option<Instant>,
    },
    /// The applicant was freed of an obligation.
    Waived {
        /// Of which.
        number: u32,
        /// The clock that goes on, where it had stood for this.
        clock: Option<CaseClock>,
        /// Until when it must be taken on, where that had waited for this.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        accept_by: Option<Instant>,
    },
    /// The clock was stopped on a legal ground.
    Suspended {
        /// Which.
        ground: SuspensionGround,
        /// The clock that stands now.
        clock: CaseClock,
    },
    /// The clock goes on.
    Resumed {
        /// The clock that goes on.
        clock: CaseClock,
    },
    /// A new date was promised, or a new term was set.
    Extended {
        /// The old date.
        from: Instant,
        /// The clock with the new one, and with the one that was missed.
        clock: CaseClock,
    },
    /// The agency stopped it.
    Discontinued {
        /// On which ground.
        ground: DiscontinueGround,
        /// The clock that stopped.
        clock: CaseClock,
    },
    /// The applicant took it back.
    Withdrawn {
        /// The clock that stopped, where one ran.
        clock: Option<CaseClock>,
    },
    /// The work is done.
    Finished {
        /// How it ended.
        end: End,
        /// The clock that stopped.
        clock: CaseClock,
        /// How timely that was.
        timeliness: Timeliness,
    },
    /// The applicant has the result.
    Returned,
    /// An open case went to the successor of its agency.
    Moved {
        /// The agency that decides now.
        decided_by: AgencyId,
        /// The agency that returns now.
        received_by: AgencyId,
        /// Who holds the open steps now.
        opened: Vec<Opened>,
    },
}

impl Change {
    /// The kind of the event, as the journal has it.
    #[must_use]
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::Submitted { .. } => "submitted",
            Self::Accepted { .. } => "accepted",
            Self::Declined { .. } => "declined",
            Self::Assigned { .. } => "assigned",
            Self::Forwarded { .. } => "forwarded",
            Self::Escalated { .. } => "escalated",
            Self::Completed { .. } => "completed",
            Self::SentBack { .. } => "sent_back",
            Self::SupplementRequested { .. } => "supplement_requested",
            Self::SecondSupplementApproved => "second_supplement_approved",
            Self::Corrected(_) => "corrected",
            Self::SupplementReceived { .. } => "supplement_received",
            Self::ObligationSet { .. } => "obligation_set",
            Self::Paid { .. } => "paid",
            Self::Waived { .. } => "waived",
            Self::Suspended { .. } => "suspended",
            Self::Resumed { .. } => "resumed",
            Self::Extended { .. } => "extended",
            Self::Discontinued { .. } => "discontinued",
            Self::Withdrawn { .. } => "withdrawn",
            Self::Finished { .. } => "finished",
            Self::Returned => "returned",
            Self::Moved { .. } => "moved",
        }
    }
}
