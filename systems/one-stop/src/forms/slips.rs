//! Forms 02 and 03: what the counter gives to who cannot be served yet, or not here.

use jiff::civil::Date;
use serde::Serialize;

use super::{Contact, DossierFacts, Letterhead, Reason, write};

/// Form 02. It pauses the clock.
#[derive(Debug, Clone, Serialize)]
pub struct SupplementRequest {
    /// Who issues it.
    pub head: Letterhead,
    /// What it is about.
    pub dossier: DossierFacts,
    /// What is asked for.
    pub items: Vec<SupplementItem>,
    /// Who approved that it is asked for a second time (a third time is not allowed).
    pub second_approved_by: Option<String>,
    /// Until when an answer is expected, if there is such a day.
    #[serde(serialize_with = "write::day")]
    pub respond_by: Option<Date>,
    /// Whom to ask.
    pub contact: Contact,
    /// Who handed the dossier in.
    pub submitted_by: String,
    /// The officer who explains what is missing.
    pub guided_by: String,
}

/// One thing to supplement.
#[derive(Debug, Clone, Serialize)]
pub struct SupplementItem {
    /// What is to be added or put right.
    pub what: String,
    /// Why, and by which rule.
    pub why: String,
}

/// Form 03.
#[derive(Debug, Clone, Serialize)]
pub struct Refusal {
    /// Who issues it.
    pub head: Letterhead,
    /// What it is about.
    pub dossier: DossierFacts,
    /// The desk that refuses.
    pub desk: String,
    /// Why; at least one reason.
    pub reasons: Vec<Reason>,
    /// What the applicant can do instead, as a phrase with a full stop.
    pub guidance: Option<String>,
    /// Whom to ask.
    pub contact: Contact,
    /// Who handed the dossier in.
    pub submitted_by: String,
    /// The officer who refuses.
    pub received_by: String,
}
