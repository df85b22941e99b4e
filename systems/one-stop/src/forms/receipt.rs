//! Form 01: the receipt, with the promise and the way to follow the dossier.

use files::{Qr, Sha256Hash};
use kernel::Instant;
use serde::{Serialize, Serializer};

use super::{DossierFacts, Letterhead, write};

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
