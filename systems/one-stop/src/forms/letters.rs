//! Forms 04 and 05: what the head of the agency writes to the applicant.

use kernel::Instant;
use serde::Serialize;

use super::{Contact, DossierFacts, Letterhead, Reason, Signature, write};

/// Form 04. Asked for before the due time it extends; afterwards it is owed all the same.
#[derive(Debug, Clone, Serialize)]
pub struct Apology {
    /// Who issues it.
    pub head: Letterhead,
    /// What it is about.
    pub dossier: DossierFacts,
    /// When the dossier was received.
    #[serde(rename = "received", serialize_with = "write::moment")]
    pub received_at: Instant,
    /// What was promised.
    #[serde(rename = "due", serialize_with = "write::long_moment")]
    pub due_at: Instant,
    /// Whether the promise is broken already, or going to be.
    pub overdue: bool,
    /// Why, as a sentence.
    pub reason: String,
    /// The new promise.
    #[serde(rename = "new_due", serialize_with = "write::promise")]
    pub new_due_at: Instant,
    /// Whom to ask.
    pub contact: Contact,
    /// Who signs.
    pub signed: Signature,
    /// Who gets a copy.
    pub recipients: Vec<String>,
}

/// Form 05.
#[derive(Debug, Clone, Serialize)]
pub struct Discontinuation {
    /// Who issues it.
    pub head: Letterhead,
    /// What it is about.
    pub dossier: DossierFacts,
    /// When the dossier was received.
    #[serde(rename = "received", serialize_with = "write::moment")]
    pub received_at: Instant,
    /// From when it is no longer dealt with.
    #[serde(rename = "stopped", serialize_with = "write::moment_inside")]
    pub stopped_at: Instant,
    /// Why; at least one reason.
    pub reasons: Vec<Reason>,
    /// Papers that the applicant gets back.
    pub returned: Vec<String>,
    /// What becomes of what was paid, as a phrase: được hoàn trả 50.000 đồng.
    pub fee: Option<String>,
    /// Whom to ask.
    pub contact: Contact,
    /// Who signs.
    pub signed: Signature,
    /// Who gets a copy.
    pub recipients: Vec<String>,
}
