//! What the rules read: a dossier, and what happened to it.

use calendar::{CaseClock, Ground};
use kernel::{AgencyId, CaseCode, Instant, PartyId, PostId, ProcedureCode};

/// What happened, as far as the rules care.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FactKind {
    /// Filed.
    Submitted,
    /// Taken on.
    Accepted,
    /// The clock was stopped, by a request or on a legal ground.
    Paused,
    /// The clock was stopped until a fee is paid.
    FeeAwaited,
    /// The clock went on.
    Resumed,
    /// The result exists.
    Finished,
    /// Stopped or declined by the agency.
    Stopped,
    /// Taken back by the applicant.
    Withdrawn,
    /// The applicant has the result.
    Returned,
}

impl FactKind {
    /// Events that may move the clock. Whether one does, the clock that it carries says: a fee
    /// that is paid at the counter stops nothing, nor does a question before acceptance.
    pub const OF_THE_CLOCK: [&str; 6] = [
        "supplement_requested",
        "obligation_set",
        "suspended",
        "supplement_received",
        "paid",
        "resumed",
    ];

    /// The fact behind an event of the journal, of which `clock` is the clock that it carries;
    /// none where no rule looks at it.
    #[must_use]
    pub fn of_event(kind: &str, clock: Option<&CaseClock>) -> Option<Self> {
        Some(match kind {
            "submitted" => Self::Submitted,
            "accepted" => Self::Accepted,
            _ if Self::OF_THE_CLOCK.contains(&kind) => match clock?.paused() {
                Some(pause) if pause.ground == Ground::FinancialObligation => Self::FeeAwaited,
                Some(_) => Self::Paused,
                None => Self::Resumed,
            },
            "finished" => Self::Finished,
            "discontinued" | "declined" => Self::Stopped,
            "withdrawn" => Self::Withdrawn,
            "returned" => Self::Returned,
            _ => return None,
        })
    }

    /// Whether the clock stands from then on.
    #[must_use]
    pub const fn pauses(self) -> bool {
        matches!(self, Self::Paused | Self::FeeAwaited)
    }

    /// Its word in texts.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Submitted => "submitted",
            Self::Accepted => "accepted",
            Self::Paused => "paused",
            Self::FeeAwaited => "fee_awaited",
            Self::Resumed => "resumed",
            Self::Finished => "finished",
            Self::Stopped => "stopped",
            Self::Withdrawn => "withdrawn",
            Self::Returned => "returned",
        }
    }
}

/// One event of a dossier.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fact {
    /// What.
    pub kind: FactKind,
    /// By which post; none for the applicant and the program.
    pub post: Option<PostId>,
    /// When it is said to have happened.
    pub happened: Instant,
    /// When it was recorded.
    pub recorded: Instant,
}

/// A dossier with what happened to it, oldest first.
#[derive(Debug, Clone)]
pub struct Story {
    /// Its code.
    pub code: CaseCode,
    /// Who decides it.
    pub agency: AgencyId,
    /// On which procedure.
    pub procedure: ProcedureCode,
    /// Whose it is.
    pub applicant: PartyId,
    /// What happened.
    pub facts: Vec<Fact>,
}

impl Story {
    /// The first fact of that kind.
    pub(super) fn fact(&self, kind: FactKind) -> Option<&Fact> {
        self.facts.iter().find(|fact| fact.kind == kind)
    }
}
