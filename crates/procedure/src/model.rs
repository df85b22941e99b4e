//! What a procedure says to the people it is for.

use jiff::civil::{Date, Time};
use kernel::{ProcedureCode, words};
use serde::Serialize;

use crate::{AcceptLimit, ComponentId, ConfirmedLimit, Fee, FieldId, Form, TimeLimit, Workflow};

/// One version of an administrative procedure, whole and checked.
///
/// Made by [`crate::load`]; the parts are open to read. A running case keeps the version that
/// it was received under.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Procedure {
    /// What kind of matter its cases are.
    pub matter: Matter,
    /// Code in the national database: `1.001193`.
    pub code: ProcedureCode,
    /// Name in Vietnamese.
    pub name: String,
    /// Name in English, where somebody wrote one.
    pub name_en: Option<String>,
    /// Version of this text, from 1.
    pub version: u32,
    /// Lĩnh vực: "Hộ tịch".
    pub sector: String,
    /// At which levels it is decided.
    pub levels: Vec<Level>,
    /// Who is competent to decide, in words.
    pub decider: String,
    /// Whom it serves.
    pub audience: Vec<Audience>,
    /// The laws and decrees it rests on.
    pub legal_basis: Vec<String>,
    /// First day in force.
    pub valid_from: Date,
    /// Last day in force; none while it is open.
    pub valid_to: Option<Date>,
    /// How much of it can be done online (Decree 42/2022/NĐ-CP).
    pub online_level: OnlineLevel,
    /// Within what time a filing is taken on or declined; eight working hours where nothing is
    /// said (Decree 118/2025).
    pub accept_within: Option<AcceptLimit>,
    /// Open only to those who work on a case and to their head.
    pub confidential: bool,
    /// For results given on the same day: received after this time, the next working day.
    pub same_day_cutoff: Option<Time>,
    /// Guidance for the applicant; paragraphs parted by empty lines.
    pub guidance: String,
    /// Ways to file, each at most once, and the time each takes.
    pub channels: Vec<Channel>,
    /// What is to be paid; empty when it is free.
    pub fees: Vec<Fee>,
    /// What is to be handed in.
    pub components: Vec<Component>,
    /// What is to be filled in.
    pub fields: Vec<Field>,
    /// The same as a JSON Schema document, which answers are checked by.
    #[serde(skip)]
    pub form: Form,
    /// What the applicant gets.
    pub results: Vec<ResultDocument>,
    /// The steps inside the authority.
    pub workflow: Workflow,
}

impl Procedure {
    /// Whether the procedure is in force on a day.
    #[must_use]
    pub fn in_force(&self, day: Date) -> bool {
        self.valid_from <= day && self.valid_to.is_none_or(|last| day <= last)
    }

    /// The channel of a kind, if one can file that way.
    #[must_use]
    pub fn channel(&self, kind: ChannelKind) -> Option<&Channel> {
        self.channels.iter().find(|channel| channel.kind == kind)
    }

    /// What is to be paid by who files through a channel.
    pub fn fees_for(&self, kind: ChannelKind) -> impl Iterator<Item = &Fee> {
        self.fees.iter().filter(move |fee| fee.is_for(kind))
    }
}

words! {
    /// What kind of matter a case is: which system works on it, and among what it is counted.
    Matter {
        /// An application for an administrative procedure, at the one-stop desk.
        Dossier = "dossier",
        /// What a citizen reports or proposes (phản ánh, kiến nghị).
        Feedback = "feedback",
        /// A report that one agency owes another (chế độ báo cáo, Decree 09/2019).
        Report = "report",
        /// A task of a programme, with one head who answers for it.
        Task = "task",
        /// Something that went wrong, or is about to, and that somebody has to see to.
        Incident = "incident",
    }
}

words! {
    /// Level of authority.
    Level {
        /// Cấp bộ.
        Ministry = "ministry",
        /// Cấp tỉnh.
        Province = "province",
        /// Cấp xã.
        Commune = "commune",
        /// Another body (a court, a notary, an office abroad).
        Other = "other",
    }
}
words! {
    /// Whom a procedure serves.
    Audience {
        /// Cá nhân.
        Citizen = "citizen",
        /// Tổ chức, doanh nghiệp.
        Organization = "organization",
    }
}
words! {
    /// How much of a procedure can be done online (Decree 42/2022/NĐ-CP).
    OnlineLevel {
        /// Toàn trình.
        Full = "full",
        /// Một phần.
        Partial = "partial",
        /// Not at all.
        None = "none",
    }
}
words! {
    /// A way to file.
    ChannelKind {
        /// Trực tiếp.
        Counter = "counter",
        /// Trực tuyến.
        Online = "online",
        /// Bưu chính.
        Postal = "postal",
    }
}
words! {
    /// In which form a component is handed in.
    ComponentKind {
        /// Bản chính.
        Original = "original",
        /// Bản sao có chứng thực.
        CertifiedCopy = "certified_copy",
        /// Bản chụp.
        Copy = "copy",
        /// Tờ khai theo mẫu.
        Form = "form",
        /// Xuất trình: shown, not handed in.
        Presented = "presented",
    }
}
words! {
    /// What a field of the form takes.
    FieldKind {
        /// A line of text.
        Text = "text",
        /// Several lines.
        LongText = "long_text",
        /// A day.
        Date = "date",
        /// A whole number.
        Integer = "integer",
        /// One of the field's choices.
        Choice = "choice",
        /// A personal identity number of 12 digits.
        CitizenId = "citizen_id",
        /// A telephone number.
        Phone = "phone",
        /// A commune, by its code.
        Commune = "commune",
    }
}

words! {
    /// Where an answer is known from, so that nobody is asked for it twice.
    KnownFrom {
        /// Name of the applicant.
        Name = "name",
        /// Identity number of the applicant.
        Number = "number",
        /// Day of birth of the applicant.
        Born = "born",
        /// Telephone of the applicant.
        Phone = "phone",
        /// Address of the applicant.
        Address = "address",
        /// The field of the same name and kind in an earlier dossier of the applicant.
        Earlier = "earlier",
    }
}

impl KnownFrom {
    /// Whether a field of that kind can take it.
    #[must_use]
    pub const fn fits(self, kind: FieldKind) -> bool {
        match self {
            Self::Name => matches!(kind, FieldKind::Text),
            Self::Number => matches!(kind, FieldKind::CitizenId),
            Self::Born => matches!(kind, FieldKind::Date),
            Self::Phone => matches!(kind, FieldKind::Phone),
            Self::Address => matches!(kind, FieldKind::Text | FieldKind::LongText),
            Self::Earlier => true,
        }
    }
}

/// A way to file, and the time that it gives the authority.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Channel {
    /// Which way.
    pub kind: ChannelKind,
    /// In what time the result is due.
    pub limit: ChannelLimit,
    /// What the source says about the limit.
    pub note: Option<String>,
}

/// The time limit of a channel, as far as it can be relied on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ChannelLimit {
    /// Good for a promise.
    Confirmed(ConfirmedLimit),
    /// What the source states, in its words; nobody has confirmed it. None where it states
    /// nothing at all.
    ToConfirm(Option<String>),
}

impl Channel {
    /// The limit that a date may be promised by; none while it waits to be confirmed.
    #[must_use]
    pub fn promise(&self) -> Option<ConfirmedLimit> {
        match self.limit {
            ChannelLimit::Confirmed(limit) => Some(limit),
            ChannelLimit::ToConfirm(_) => None,
        }
    }

    /// Somebody who answers for it says what the limit is.
    pub fn confirm(&mut self, limit: TimeLimit) {
        self.limit = ChannelLimit::Confirmed(ConfirmedLimit::new(limit));
    }
}

/// Something to be handed in or shown (thành phần hồ sơ).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Component {
    /// Its name inside this procedure.
    pub id: ComponentId,
    /// What it is.
    pub name: String,
    /// In which form.
    pub kind: ComponentKind,
    /// How many.
    pub copies: u32,
    /// Whether the dossier is incomplete without it.
    pub required: bool,
}

/// Something to be filled in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Field {
    /// Its name inside this procedure, and in conditions.
    pub id: FieldId,
    /// Label in Vietnamese.
    pub label: String,
    /// Label in English.
    pub label_en: Option<String>,
    /// The question as a page of its own asks it: "Bé sinh ngày nào?"; the label where there is
    /// none.
    pub question: Option<String>,
    /// The question in English.
    pub question_en: Option<String>,
    /// Where the answer is found, or an example.
    pub hint: Option<String>,
    /// The hint in English.
    pub hint_en: Option<String>,
    /// What it takes.
    pub kind: FieldKind,
    /// Whether the form is incomplete without it.
    pub required: bool,
    /// What can be chosen; empty unless the kind is a choice.
    pub choices: Vec<Choice>,
    /// Whether the answer says something about a person (Law 91/2025/QH15).
    pub personal: bool,
    /// Where the answer is known from, once the applicant is; none where it is about this matter
    /// alone. Only the author of the procedure can say that, since the same words mean the
    /// applicant in one procedure and the deceased in another.
    pub known: Option<KnownFrom>,
}

/// One of the answers to a choice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Choice {
    /// The value, as it is kept and as conditions compare it.
    pub id: FieldId,
    /// Label in Vietnamese.
    pub label: String,
    /// Label in English.
    pub label_en: Option<String>,
}

/// A result of the procedure (kết quả thực hiện).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ResultDocument {
    /// What the applicant gets.
    pub name: String,
    /// Its code in the catalogue of results: `KQ.G15.000031`.
    pub code: Option<String>,
}
