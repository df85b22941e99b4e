//! A draft: what a person has answered so far, and which questions are left.

use std::collections::{BTreeMap, BTreeSet};

use casework::ProcedureRef;
pub use desk::mandates::MandateId;
use kernel::{AgencyId, CaseCode, CaseId, Instant, PartyId};
use procedure::{Component, ComponentId, ComponentKind, Field, FieldId, Procedure};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

kernel::ids! {
    /// An application that is being filled in. It is also the key under which it is filed once only.
    DraftId = DraftKind, "draft";
}

/// An application that is being filled in.
#[derive(Debug, Clone)]
pub struct Draft {
    /// Which.
    pub id: DraftId,
    /// Who fills it in.
    pub owner: PartyId,
    /// Whose matter it is.
    pub applicant: PartyId,
    /// By which mandate, where that is another.
    pub mandate: Option<MandateId>,
    /// Which text of which procedure.
    pub procedure: ProcedureRef,
    /// What was answered; empty once it was filed.
    pub sheet: Sheet,
    /// Grows with every change.
    pub version: u32,
    /// When it was last changed.
    pub updated_at: Instant,
    /// The dossier that it became.
    pub filed: Option<CaseId>,
}

/// What was answered.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Sheet {
    /// Where it is filed.
    #[serde(default)]
    pub office: Option<AgencyId>,
    /// Answers, as they are kept.
    #[serde(default)]
    pub answers: Map<String, Value>,
    /// Which of them the state had already, and from where.
    #[serde(default)]
    pub known: BTreeMap<String, Source>,
    /// Files, by paper.
    #[serde(default)]
    pub papers: BTreeMap<String, Vec<Upload>>,
    /// Questions that need no answer and were passed over.
    #[serde(default)]
    pub passed: BTreeSet<String>,
    /// How the result is wanted: one of [`RETURNS`].
    #[serde(default)]
    pub returns: Option<String>,
}

/// Where an answer is known from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Source {
    /// What the identity provider and earlier filings say of the person.
    Person,
    /// An earlier dossier.
    Dossier(CaseCode),
}

/// A file of a paper.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Upload {
    /// Its name, as it was sent.
    pub name: String,
    /// SHA-256 of what is kept.
    pub hash: files::Sha256Hash,
    /// Its size in bytes.
    pub size: u64,
    /// What it is.
    pub kind: files::Kind,
    /// SHA-256 of what was sent, where something else is kept: a photo that became a page.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sent: Option<files::Sha256Hash>,
    /// Whether the photo had to be turned upright.
    #[serde(default)]
    pub turned: bool,
    /// The dossier that it is taken from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<CaseCode>,
    /// Which result of that dossier it is, where the province signed it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub result: Option<u32>,
}

/// How a result can be had; the words that the counter keeps too.
pub const RETURNS: [&str; 3] = ["dien_tu", "quay", "buu_chinh"];
/// The answer under which that is kept, as at the counter.
pub const RETURN_ANSWER: &str = "nhan_ket_qua";
/// Most files of one paper.
pub const FILES_MAX: usize = 10;

/// One question.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Question<'p> {
    /// Where to file.
    Office,
    /// A field of the form.
    Field(&'p Field),
    /// A paper.
    Paper(&'p Component),
    /// How to get the result.
    Returns,
}

impl Question<'_> {
    /// Its name in addresses.
    #[must_use]
    pub fn key(&self) -> String {
        match self {
            Self::Office => "noi-nhan".to_owned(),
            Self::Field(field) => format!("o-{}", field.id),
            Self::Paper(component) => format!("giay-{}", component.id),
            Self::Returns => "tra-ket-qua".to_owned(),
        }
    }

    /// Whether it may be left without an answer.
    #[must_use]
    pub fn optional(&self) -> bool {
        match self {
            Self::Field(field) => !field.required,
            Self::Paper(component) => !component.required,
            Self::Office | Self::Returns => false,
        }
    }

    /// Whether it has been answered, or passed over.
    #[must_use]
    pub fn answered(&self, sheet: &Sheet) -> bool {
        sheet.passed.contains(&self.key())
            || match self {
                Self::Office => sheet.office.is_some(),
                Self::Field(field) => sheet.answers.contains_key(field.id.as_str()),
                Self::Paper(component) => {
                    sheet.papers.get(component.id.as_str()).is_some_and(|files| !files.is_empty())
                }
                Self::Returns => sheet.returns.is_some(),
            }
    }
}

/// Every question of a procedure, in order; `offices` is how many receive it.
#[must_use]
pub fn questions(procedure: &Procedure, offices: usize) -> Vec<Question<'_>> {
    let office = (offices > 1).then_some(Question::Office);
    let fields = procedure.fields.iter().map(Question::Field);
    let papers = procedure.components.iter().filter(|c| is_sent(c)).map(Question::Paper);
    office.into_iter().chain(fields).chain(papers).chain([Question::Returns]).collect()
}

/// Whether a paper is sent when filing online: the form is what the questions make, and what is
/// only shown proves who comes, which signing in has done.
#[must_use]
pub fn is_sent(component: &Component) -> bool {
    !matches!(component.kind, ComponentKind::Form | ComponentKind::Presented)
}

/// The questions that are asked: those whose answer the state does not have.
#[must_use]
pub fn asked<'p>(all: &[Question<'p>], sheet: &Sheet) -> Vec<Question<'p>> {
    let known = |question: &Question<'_>| match question {
        Question::Field(field) => sheet.known.contains_key(field.id.as_str()),
        _ => false,
    };
    all.iter().copied().filter(|question| !known(question)).collect()
}

impl Sheet {
    /// Keeps an answer of the person; it is no longer one that the state had.
    pub fn answer(&mut self, field: &FieldId, value: Option<Value>) {
        let key = Question::key_of_field(field);
        match value {
            Some(value) => {
                self.passed.remove(&key);
                if self.answers.get(field.as_str()) != Some(&value) {
                    self.known.remove(field.as_str());
                }
                self.answers.insert(field.to_string(), value);
            }
            None => {
                self.answers.remove(field.as_str());
                self.known.remove(field.as_str());
                self.passed.insert(key);
            }
        }
    }

    /// Adds a file to a paper; the same content again changes nothing.
    pub fn attach(&mut self, component: &ComponentId, upload: Upload) {
        self.passed.remove(&format!("giay-{component}"));
        let files = self.papers.entry(component.to_string()).or_default();
        if files.len() < FILES_MAX && files.iter().all(|known| known.hash != upload.hash) {
            files.push(upload);
        }
    }
}

impl Question<'_> {
    fn key_of_field(field: &FieldId) -> String {
        format!("o-{field}")
    }
}
