//! The seven forms of the one-stop shop (Circular 03/2025/TT-VPCP, annex I), as the desk fills
//! them in, and as PDF laid out to Decree 30/2020/NĐ-CP.
//!
//! A form is filled with typed values; how a date, a number or a hash is written is decided
//! here, once. The words of a form are Vietnamese by law and stand in its template, forms/.

mod write;

use std::sync::LazyLock;

use files::{Pdf, Qr, Sha256Hash, Template};
use jiff::civil::Date;
use kernel::{CaseCode, CitizenId, Instant, PhoneNumber, ProcedureCode, TaxCode};
use serde::{Serialize, Serializer};

/// A form, filled in.
#[derive(Debug, Clone, Serialize)]
#[serde(untagged)]
pub enum Form {
    /// 01, giấy tiếp nhận hồ sơ và hẹn trả kết quả.
    Receipt(Box<Receipt>),
    /// 02, phiếu yêu cầu bổ sung, hoàn thiện hồ sơ.
    SupplementRequest(Box<SupplementRequest>),
    /// 03, phiếu từ chối tiếp nhận giải quyết hồ sơ.
    Refusal(Box<Refusal>),
    /// 04, văn bản xin lỗi và đề nghị gia hạn thời gian giải quyết.
    Apology(Box<Apology>),
    /// 05, thông báo dừng giải quyết hồ sơ.
    Discontinuation(Box<Discontinuation>),
    /// 06, phiếu kiểm soát quá trình giải quyết hồ sơ.
    ControlSlip(Box<ControlSlip>),
    /// 06, of several dossiers, each on a page of its own.
    ControlSlips(Box<ControlSlips>),
    /// 07, sổ theo dõi hồ sơ.
    Register(Box<Register>),
}

/// The form as PDF; the same form always gives the same bytes.
///
/// # Errors
/// Of [`Template::render`]; a form that is filled in by these types does not cause any.
pub fn render_form(form: &Form) -> files::Result<Pdf> {
    let (template, head) = match form {
        Form::Receipt(form) => (&TEMPLATES[0], &form.head),
        Form::SupplementRequest(form) => (&TEMPLATES[1], &form.head),
        Form::Refusal(form) => (&TEMPLATES[2], &form.head),
        Form::Apology(form) => (&TEMPLATES[3], &form.head),
        Form::Discontinuation(form) => (&TEMPLATES[4], &form.head),
        Form::ControlSlip(form) => (&TEMPLATES[5], &form.head),
        Form::ControlSlips(form) => (&TEMPLATES[5], &form.head),
        Form::Register(form) => (&TEMPLATES[6], &form.head),
    };
    template.render(form, head.issued_at)
}

static TEMPLATES: LazyLock<[Template; 7]> = LazyLock::new(|| {
    [
        Template::new("01-receipt.typ", include_str!("../forms/01-receipt.typ")),
        Template::new("02-supplement.typ", include_str!("../forms/02-supplement.typ")),
        Template::new("03-refusal.typ", include_str!("../forms/03-refusal.typ")),
        Template::new("04-apology.typ", include_str!("../forms/04-apology.typ")),
        Template::new("05-discontinuation.typ", include_str!("../forms/05-discontinuation.typ")),
        Template::new("06-control-slip.typ", include_str!("../forms/06-control-slip.typ")),
        Template::new("07-register.typ", include_str!("../forms/07-register.typ")),
    ]
});

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

/// How a dossier is followed without signing in: an address behind a QR code, and a secret.
#[derive(Debug, Clone, Serialize)]
pub struct Tracking {
    secret: String,
    qr: String,
}

impl Tracking {
    /// The QR code shows `address`, which need not carry the secret.
    ///
    /// # Errors
    /// [`files::Error::QrTooLong`].
    pub fn new(address: &str, secret: &str) -> files::Result<Self> {
        Ok(Self { secret: secret.to_owned(), qr: Qr::new(address)?.svg() })
    }
}

/// Form 01.
#[derive(Debug, Clone, Serialize)]
pub struct Receipt {
    /// Who issues it.
    pub head: Letterhead,
    /// What it is about.
    pub dossier: DossierFacts,
    /// How to follow it.
    pub tracking: Tracking,
    /// The desk that received it.
    pub desk: String,
    /// What was handed in.
    pub components: Vec<Component>,
    /// How many sets of it.
    pub sets: u32,
    /// When it was received.
    #[serde(rename = "received", serialize_with = "write::long_moment")]
    pub received_at: Instant,
    /// The time limit of the procedure, in its own words: 03 ngày làm việc.
    pub time_limit: String,
    /// When the result is promised.
    #[serde(rename = "due", serialize_with = "write::promise")]
    pub due_at: Instant,
    /// What is to be paid or was paid.
    pub fee: Fee,
    /// Where the applicant wants the result.
    pub result_at: String,
    /// Volume and entry of the register, where a register on paper is kept too.
    pub book: Option<BookEntry>,
    /// Who handed it in.
    pub submitted_by: String,
    /// The officer who received it.
    pub received_by: String,
}

/// A paper or file that was handed in.
#[derive(Debug, Clone, Serialize)]
pub struct Component {
    /// Its name in the procedure.
    pub name: String,
    /// In which form it came.
    pub form: ComponentForm,
    /// How many copies.
    pub copies: u32,
    /// Hash of the file that is kept, if one is kept.
    #[serde(serialize_with = "write::short_hash")]
    pub hash: Option<Sha256Hash>,
}

/// In which form a component came.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum ComponentForm {
    /// The original, kept by the authority.
    #[serde(rename = "Bản chính")]
    Original,
    /// A certified copy.
    #[serde(rename = "Bản sao")]
    Copy,
    /// A file.
    #[serde(rename = "Bản điện tử")]
    Electronic,
    /// Shown and compared, not kept.
    #[serde(rename = "Xuất trình")]
    Shown,
}

/// What a dossier costs the applicant, in đồng.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fee {
    /// Nothing is charged.
    None,
    /// To be paid later.
    Due(u64),
    /// Paid with the application.
    Paid(u64),
}

/// Where a dossier stands in a register on paper.
#[derive(Debug, Clone, Serialize)]
pub struct BookEntry {
    /// Volume, as the desk names it: 01/2026.
    pub volume: String,
    /// Running number in the volume.
    pub entry: u32,
}

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

/// Whom to ask.
#[derive(Debug, Clone, Serialize)]
pub struct Contact {
    /// Name, with the post or desk.
    pub name: String,
    /// Telephone.
    #[serde(serialize_with = "write::phone")]
    pub phone: Option<PhoneNumber>,
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
    /// Who handed the dossier in.
    pub submitted_by: String,
    /// The officer who refuses.
    pub received_by: String,
}

/// A reason, and the rule it stands on.
#[derive(Debug, Clone, Serialize)]
pub struct Reason {
    /// The reason, without a full stop at its end.
    pub text: String,
    /// Article and law.
    pub basis: Option<String>,
}

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

/// Who signs a document (Decree 30/2020, annex I, boxes 7a to 7c).
#[derive(Debug, Clone, Serialize)]
pub struct Signature {
    /// Authority and post, a line each: KT. GIÁM ĐỐC, PHÓ GIÁM ĐỐC.
    pub titles: Vec<String>,
    /// Name, without academic or honorary titles.
    pub name: String,
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

impl Serialize for Fee {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::None => to.serialize_str("không thu"),
            Self::Due(dong) => {
                to.collect_str(&format_args!("{} đồng, chưa nộp", write::grouped(*dong)))
            }
            Self::Paid(dong) => {
                to.collect_str(&format_args!("{} đồng, đã nộp", write::grouped(*dong)))
            }
        }
    }
}
