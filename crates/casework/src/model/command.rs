//! What may be asked of a case.

use kernel::{AgencyId, CaseId, Instant, PartyId, PostId};
use procedure::{OutcomeId, StepId};
use serde::{Deserialize, Serialize};

use super::{
    Channel, Component, DeclineReason, DiscontinueGround, ProcedureRef, SupplementReason,
    SuspensionGround,
};

/// What somebody wrote in their own words. It is kept beside the journal, which only holds its
/// hash, since it may name people.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Note(pub String);

impl From<&str> for Note {
    fn from(words: &str) -> Self {
        Self(words.to_owned())
    }
}

/// A filing.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Submit {
    /// The procedure and the version in force.
    pub procedure: ProcedureRef,
    /// Whose matter it is.
    pub applicant: PartyId,
    /// How it came in.
    pub channel: Channel,
    /// Where it is filed.
    pub received_by: AgencyId,
    /// Who decides it.
    pub decided_by: AgencyId,
    /// Answers that say nothing about a person, by field.
    #[serde(default)]
    pub facts: serde_json::Map<String, serde_json::Value>,
    /// The papers.
    #[serde(default)]
    pub components: Vec<Component>,
    /// SHA-256 of the whole form as it was filled, in hexadecimal.
    #[serde(default)]
    pub form_hash: Option<String>,
    /// The case that this one reopens.
    #[serde(default)]
    pub reopens: Option<CaseId>,
    /// Until when it must be done, where that is set from outside and not by the procedure's time
    /// limit: the day on which a report is due, the term of a task.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub term: Option<Instant>,
}

/// Answers that were put right.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Correction {
    /// Which fields; what some of them say may be about a person, and is not here.
    pub fields: Vec<String>,
    /// The new answers that say nothing about a person, by field.
    #[serde(default, skip_serializing_if = "serde_json::Map::is_empty")]
    pub facts: serde_json::Map<String, serde_json::Value>,
    /// SHA-256 of the whole form as it is now, in hexadecimal.
    pub form_hash: String,
}

/// What may be asked of a case, each by whoever the policies let.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "command", rename_all = "snake_case")]
pub enum Command {
    /// File it.
    Submit(Submit),
    /// Take it on: the clock starts, the first step opens.
    Accept {
        /// Leave where required papers are missing from the list, for `why`.
        #[serde(default)]
        note: Note,
    },
    /// Not take it on (form 03).
    Decline {
        /// Why.
        reason: DeclineReason,
        /// In words; compulsory.
        note: Note,
    },
    /// Give an open step to another seat.
    Assign {
        /// Which step.
        step: StepId,
        /// To whom.
        post: PostId,
        /// Why.
        #[serde(default)]
        note: Note,
    },
    /// Give the whole case to another agency, which decides it from now on; the clock goes on as
    /// it was.
    Forward {
        /// To which agency.
        to: AgencyId,
        /// Why; compulsory once it was taken on.
        #[serde(default)]
        note: Note,
    },
    /// Complete an open step.
    Complete {
        /// Which step.
        step: StepId,
        /// With which outcome.
        outcome: OutcomeId,
        /// Anything to add.
        #[serde(default)]
        note: Note,
    },
    /// Send the case back to an earlier step.
    SendBack {
        /// From which open step.
        step: StepId,
        /// To which.
        to: StepId,
        /// Why; compulsory.
        note: Note,
    },
    /// Ask the applicant for papers (form 02); the clock stands.
    RequestSupplement {
        /// Why.
        reason: SupplementReason,
        /// What exactly; compulsory.
        note: Note,
    },
    /// The head allows a second request, which counts as late.
    ApproveSecondSupplement {
        /// Why; compulsory.
        note: Note,
    },
    /// The applicant puts answers right while something is asked of them.
    Correct(Correction),
    /// The papers came; the clock goes on.
    ReceiveSupplement {
        /// What came.
        components: Vec<Component>,
    },
    /// Say what the applicant has to pay.
    SetObligation {
        /// Name of the fee.
        name: String,
        /// In đồng; nothing is waived from the first.
        amount: u64,
        /// Whether what comes next waits for it: work, whose clock stands; before, taking it on.
        pauses: bool,
    },
    /// The law frees the applicant of it.
    WaiveObligation {
        /// Which obligation.
        number: u32,
        /// On what ground; compulsory.
        note: Note,
    },
    /// A payment arrived.
    RecordPayment {
        /// Of which obligation.
        number: u32,
        /// In đồng; must be what is owed.
        amount: u64,
        /// Whether online.
        online: bool,
        /// Number of the receipt or transaction.
        reference: String,
    },
    /// Stop the clock on a legal ground.
    Suspend {
        /// Which.
        ground: SuspensionGround,
        /// In words; compulsory.
        note: Note,
    },
    /// Let the clock go on.
    Resume,
    /// Apologise and promise a new date (form 04): once, and before the old one.
    Extend {
        /// The new date.
        to: Instant,
        /// Why; compulsory.
        note: Note,
    },
    /// Set a later term, where the term was set from outside: as often as whoever set it says so,
    /// and also after it has passed, which leaves the case late.
    SetTerm {
        /// The new term.
        to: Instant,
        /// Why; compulsory.
        note: Note,
    },
    /// Stop the case (form 05).
    Discontinue {
        /// On which ground.
        ground: DiscontinueGround,
        /// In words; compulsory.
        note: Note,
    },
    /// The applicant takes it back.
    Withdraw {
        /// Why, if they say.
        #[serde(default)]
        note: Note,
    },
    /// Hand over the result.
    ReturnResult {
        /// Anything to add, such as who fetched it.
        #[serde(default)]
        note: Note,
    },
}

impl Command {
    /// Name of the command, as in the address of its API.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Submit(_) => "submit",
            Self::Accept { .. } => "accept",
            Self::Decline { .. } => "decline",
            Self::Assign { .. } => "assign",
            Self::Forward { .. } => "forward",
            Self::Complete { .. } => "complete",
            Self::SendBack { .. } => "send_back",
            Self::RequestSupplement { .. } => "request_supplement",
            Self::ApproveSecondSupplement { .. } => "approve_second_supplement",
            Self::Correct(_) => "correct",
            Self::ReceiveSupplement { .. } => "receive_supplement",
            Self::SetObligation { .. } => "set_obligation",
            Self::WaiveObligation { .. } => "waive_obligation",
            Self::RecordPayment { .. } => "record_payment",
            Self::Suspend { .. } => "suspend",
            Self::Resume => "resume",
            Self::Extend { .. } => "extend",
            Self::SetTerm { .. } => "set_term",
            Self::Discontinue { .. } => "discontinue",
            Self::Withdraw { .. } => "withdraw",
            Self::ReturnResult { .. } => "return_result",
        }
    }

    /// What was written in words, if the command has such.
    #[must_use]
    pub const fn note(&self) -> Option<&Note> {
        match self {
            Self::Accept { note }
            | Self::Decline { note, .. }
            | Self::Assign { note, .. }
            | Self::Forward { note, .. }
            | Self::Complete { note, .. }
            | Self::SendBack { note, .. }
            | Self::RequestSupplement { note, .. }
            | Self::ApproveSecondSupplement { note }
            | Self::WaiveObligation { note, .. }
            | Self::Suspend { note, .. }
            | Self::Extend { note, .. }
            | Self::SetTerm { note, .. }
            | Self::Discontinue { note, .. }
            | Self::Withdraw { note }
            | Self::ReturnResult { note } => Some(note),
            Self::Submit(_)
            | Self::Correct(_)
            | Self::ReceiveSupplement { .. }
            | Self::SetObligation { .. }
            | Self::RecordPayment { .. }
            | Self::Resume => None,
        }
    }
}
