//! The seven forms of the one-stop shop (Circular 03/2025/TT-VPCP, annex I), as the desk fills
//! them in, and as PDF laid out to Decree 30/2020/NĐ-CP.
//!
//! A form is filled with typed values; how a date, a number or a hash is written is decided
//! here, once. The words of a form are Vietnamese by law and stand in its template, forms/.

mod common;
mod control;
mod letters;
mod receipt;
mod register;
mod slips;
mod words;
mod write;

use std::sync::LazyLock;

use files::{Pdf, Template};
use serde::Serialize;

pub use self::{
    common::{
        Applicant, Contact, DocumentNumber, DossierFacts, Identity, Letterhead, Reason, Signature,
    },
    control::{ControlSlip, ControlSlips, Handover, Holder, Timeliness},
    letters::{Apology, Discontinuation},
    receipt::{BookEntry, Component, ComponentForm, Fee, Receipt, Tracking},
    register::{Register, RegisterRow},
    slips::{Refusal, SupplementItem, SupplementRequest},
    words::SlipWords,
};

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
