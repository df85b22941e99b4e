//! Form 06: from hand to hand.

use kernel::Instant;
use serde::Serialize;

use super::{DossierFacts, Letterhead, write};

/// Form 06.
#[derive(Debug, Clone, Serialize)]
pub struct ControlSlip {
    /// Who issues it.
    pub head: Letterhead,
    /// What it is about.
    pub dossier: DossierFacts,
    /// The agency that decides.
    pub agency: String,
    /// Agencies that take part.
    pub partners: Vec<String>,
    /// When the dossier was received.
    #[serde(rename = "received", serialize_with = "write::long_moment")]
    pub received_at: Instant,
    /// What was promised.
    #[serde(rename = "due", serialize_with = "write::long_moment")]
    pub due_at: Instant,
    /// From hand to hand, in order.
    pub handovers: Vec<Handover>,
    /// Why it is late, if it is.
    pub late_reason: Option<String>,
}

/// Forms 06 of several dossiers.
#[derive(Debug, Clone, Serialize)]
pub struct ControlSlips {
    /// Of the first one.
    pub head: Letterhead,
    /// One for each dossier.
    pub slips: Vec<ControlSlip>,
}

/// The dossier goes from one post to another.
#[derive(Debug, Clone, Serialize)]
pub struct Handover {
    /// Who gave it away.
    pub from: Holder,
    /// Who took it.
    pub to: Holder,
    /// When.
    #[serde(serialize_with = "write::handover_moment")]
    pub at: Instant,
    /// How the one who gave it away stood to the time of the step.
    #[serde(rename = "result", serialize_with = "write::timeliness")]
    pub timeliness: Timeliness,
    /// A remark, or nothing.
    pub note: String,
}

/// A person in a post.
#[derive(Debug, Clone, Serialize)]
pub struct Holder {
    /// The person.
    pub name: String,
    /// The post, with its agency where it is another one.
    pub post: String,
}

/// Before, on or after time, by the rule in force.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Timeliness {
    /// Trước hạn.
    Early,
    /// Đúng hạn.
    OnTime,
    /// Quá hạn.
    Overdue,
}
