//! Form 07: the register.

use jiff::civil::Date;
use kernel::{CaseCode, Instant};
use serde::Serialize;

use super::{Letterhead, write};

/// Form 07.
#[derive(Debug, Clone, Serialize)]
pub struct Register {
    /// Who keeps it.
    pub head: Letterhead,
    /// First and last day that it covers.
    #[serde(serialize_with = "write::period")]
    pub period: (Date, Date),
    /// One dossier a row.
    pub rows: Vec<RegisterRow>,
}

/// One dossier in the register.
#[derive(Debug, Clone, Serialize)]
pub struct RegisterRow {
    /// Its code.
    pub code: CaseCode,
    /// Name of the procedure.
    pub procedure: String,
    /// How many sets were handed in.
    pub sets: u32,
    /// Who applied.
    pub applicant: String,
    /// Address and telephone.
    pub reach: String,
    /// The agency that decides.
    pub agency: String,
    /// When it was received.
    #[serde(rename = "received", serialize_with = "write::cell")]
    pub received_at: Option<Instant>,
    /// When the result was promised.
    #[serde(rename = "due", serialize_with = "write::cell")]
    pub due_at: Option<Instant>,
    /// When the result was returned.
    #[serde(rename = "returned", serialize_with = "write::cell")]
    pub returned_at: Option<Instant>,
    /// How the result is returned: tại quầy, bưu chính, trực tuyến.
    pub returned_by: String,
    /// Who signed for it, where it was not by hand on paper.
    pub signed: String,
    /// A remark, or nothing.
    pub note: String,
}
