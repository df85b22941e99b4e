//! What several forms say alike: who issues them, about which dossier, whom to ask, who signs.

use kernel::{CaseCode, CitizenId, Instant, PhoneNumber, ProcedureCode, TaxCode};
use serde::{Serialize, Serializer};

use super::write;

/// Who issues a form, and when (Decree 30/2020, annex I, boxes 1 to 4).
#[derive(Debug, Clone, Serialize)]
pub struct Letterhead {
    /// The agency above, if any: UBND tỉnh Thái Nguyên. It is printed in capitals.
    pub superior: Option<String>,
    /// The agency that issues. In the head it is printed in capitals.
    pub agency: String,
    /// Number and notation, where the form is entered in the agency's yearly series.
    pub number: Option<DocumentNumber>,
    /// The place where the agency sits: Thái Nguyên.
    pub place: String,
    /// The day of issue, and the date of the PDF.
    #[serde(rename = "day", serialize_with = "write::long_day")]
    pub issued_at: Instant,
}

/// `05/PYC-TTPVHCC`: number within the year, and notation.
#[derive(Debug, Clone)]
pub struct DocumentNumber {
    /// Counted from 1 each year; below 10 it is written with a 0 in front.
    pub number: u32,
    /// Short form of the kind of document and of the agency.
    pub notation: String,
}

/// What every form about one dossier says of it.
#[derive(Debug, Clone, Serialize)]
pub struct DossierFacts {
    /// Its code, the same on every form.
    pub code: CaseCode,
    /// Name of the administrative procedure.
    pub procedure: String,
    /// Its code in the national database.
    pub procedure_code: ProcedureCode,
    /// What the applicant asks for, in a phrase that begins with a capital.
    pub request: String,
    /// Who applies.
    pub applicant: Applicant,
}

/// Who applies. What is `None` is left out of the form.
#[derive(Debug, Clone, Serialize)]
pub struct Applicant {
    /// Full name of the person or organisation.
    pub name: String,
    /// By what they are known to the state.
    pub identity: Option<Identity>,
    /// Where they live or sit.
    pub address: String,
    /// Telephone.
    #[serde(serialize_with = "write::phone")]
    pub phone: Option<PhoneNumber>,
    /// Electronic mail.
    pub email: Option<String>,
}

/// By what an applicant is known to the state. A citizen's number is printed with its middle
/// covered, since paper is left lying about.
#[derive(Debug, Clone)]
pub enum Identity {
    /// Số định danh cá nhân.
    Citizen(CitizenId),
    /// Mã số thuế.
    Organization(TaxCode),
}

/// Whom to ask.
#[derive(Debug, Clone, Serialize)]
pub struct Contact {
    /// Name, with the post or desk.
    pub name: String,
    /// Telephone.
    #[serde(serialize_with = "write::phone")]
    pub phone: Option<PhoneNumber>,
}

/// A reason, and the rule it stands on.
#[derive(Debug, Clone, Serialize)]
pub struct Reason {
    /// The reason, without a full stop at its end.
    pub text: String,
    /// Article and law.
    pub basis: Option<String>,
}

/// Who signs a document (Decree 30/2020, annex I, boxes 7a to 7c).
#[derive(Debug, Clone, Serialize)]
pub struct Signature {
    /// Authority and post, a line each: KT. GIÁM ĐỐC, PHÓ GIÁM ĐỐC.
    pub titles: Vec<String>,
    /// Name, without academic or honorary titles.
    pub name: String,
}

impl Serialize for DocumentNumber {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(&format_args!("{:02}/{}", self.number, self.notation))
    }
}

impl Serialize for Identity {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct Line {
            label: &'static str,
            number: String,
        }
        match self {
            Self::Citizen(id) => Line { label: "Số định danh cá nhân", number: id.masked() },
            Self::Organization(code) => Line { label: "Mã số thuế", number: code.to_string() },
        }
        .serialize(to)
    }
}
