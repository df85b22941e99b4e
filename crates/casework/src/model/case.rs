//! The state of one case: all that a decision needs, and nothing that can be computed.

use std::collections::BTreeMap;

use calendar::CaseClock;
use kernel::{Actor, AgencyId, CaseCode, CaseId, Instant, PartyId, PostId, ProcedureCode};
use procedure::{End, Marking, StepId};
use serde::{Deserialize, Serialize};

use super::{Channel, Status, SupplementReason};

/// Which text of a procedure a case runs under; it keeps it to its end.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct ProcedureRef {
    /// Code in the national database.
    pub code: ProcedureCode,
    /// Version of its text.
    pub version: u32,
}

/// One matter on its way through a procedure.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Case {
    /// Its identifier.
    pub id: CaseId,
    /// How many events made it what it is.
    pub version: u32,
    /// The code that stays with it through every channel and merger.
    pub code: CaseCode,
    /// The text it runs under.
    pub procedure: ProcedureRef,
    /// Whose matter it is.
    pub applicant: PartyId,
    /// How it came in.
    pub channel: Channel,
    /// Where it was filed, and where the result is returned.
    pub received_by: AgencyId,
    /// Who decides it.
    pub decided_by: AgencyId,
    /// Where it stands.
    pub status: Status,
    /// When it was filed.
    pub submitted_at: Instant,
    /// Until when it must be taken on or declined: eight working hours (Decree 118/2025).
    pub accept_by: Instant,
    /// When it was taken on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub accepted_at: Option<Instant>,
    /// Who took it on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub accepted_by: Option<Actor>,
    /// Its clock, from acceptance on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub clock: Option<CaseClock>,
    /// When work on it ended, whichever way: the end that the 766 index counts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ended_at: Option<Instant>,
    /// When the applicant had the result.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub returned_at: Option<Instant>,
    /// How the workflow ended.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub end: Option<End>,
    /// Answers of the form that say nothing about a person; conditions read them.
    #[serde(default, skip_serializing_if = "serde_json::Map::is_empty")]
    pub facts: serde_json::Map<String, serde_json::Value>,
    /// The papers that came with it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub components: Vec<Component>,
    /// Which steps are open, which branches have arrived at a join.
    #[serde(default)]
    pub marking: Marking,
    /// Who holds each open step.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub holdings: BTreeMap<StepId, Holding>,
    /// Requests for papers, in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub supplements: Vec<Supplement>,
    /// The head's leave for a second request, until it is used.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub second_supplement: Option<Approval>,
    /// What the applicant has to pay.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub obligations: Vec<Obligation>,
    /// The newest date that was promised instead: of a dossier the one extension that the law
    /// allows, of what has a term the last time that it was set anew.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub extension: Option<Extension>,
    /// The case that this one reopens.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reopens: Option<CaseId>,
    /// Until when it must be done, where that is set from outside.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub term: Option<Instant>,
    /// When the newest event is said to have happened; nothing may have happened before it.
    pub last_happened_at: Instant,
}

/// A paper that came with a case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Component {
    /// Which of the procedure's components it is; none for a further paper.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// How many copies.
    pub copies: u32,
    /// SHA-256 of the file in hexadecimal; none where it was only shown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub file: Option<String>,
    /// Where it comes from: `paper`, `scan`, `online`, `known`.
    pub source: String,
}

/// A step in somebody's hands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Holding {
    /// The seat that holds it.
    pub post: PostId,
    /// The agency of that seat.
    pub agency: AgencyId,
    /// Since when.
    pub since: Instant,
    /// Until when the step should be done.
    pub due: Instant,
}

/// A request for papers, and its answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Supplement {
    /// Why.
    pub reason: SupplementReason,
    /// When it was asked for.
    pub requested_at: Instant,
    /// When it came.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub received_at: Option<Instant>,
}

/// Leave given by a head.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Approval {
    /// By whom.
    pub by: Actor,
    /// When.
    pub at: Instant,
}

/// Something to be paid.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Obligation {
    /// Number within the case, from 1.
    pub number: u32,
    /// Name of the fee.
    pub name: String,
    /// In đồng.
    pub amount: u64,
    /// Whether what comes next waits for it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub waits: bool,
    /// Whether the law frees the applicant of it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub waived: bool,
    /// How it was paid.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub payment: Option<Payment>,
}

impl Obligation {
    /// Whether it is still to be paid.
    #[must_use]
    pub const fn is_owed(&self) -> bool {
        self.payment.is_none() && !self.waived && self.amount > 0
    }
}

/// A payment that arrived.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Payment {
    /// When.
    pub at: Instant,
    /// Whether online (the 766 index counts these).
    pub online: bool,
    /// Number of the receipt or of the bank's transaction.
    pub reference: String,
}

/// A new date: of a dossier with an apology (form 04).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Extension {
    /// What was promised before.
    pub from: Instant,
    /// What is promised now.
    pub to: Instant,
    /// When that was said.
    pub at: Instant,
}

impl Case {
    /// What is still to be paid, in đồng.
    #[must_use]
    pub fn unpaid(&self) -> u64 {
        self.obligations.iter().filter(|o| o.is_owed()).map(|o| o.amount).sum()
    }

    /// The promised instant, once there is one.
    #[must_use]
    pub fn due(&self) -> Option<Instant> {
        self.clock.as_ref().map(CaseClock::due)
    }

    /// The promise that had passed when its term was set anew: late by that, whatever it is due by
    /// now.
    #[must_use]
    pub fn missed(&self) -> Option<Instant> {
        self.clock.as_ref().and_then(CaseClock::missed)
    }

    /// Whether that seat holds a step of it.
    #[must_use]
    pub fn holds(&self, post: PostId) -> bool {
        self.holdings.values().any(|holding| holding.post == post)
    }
}
