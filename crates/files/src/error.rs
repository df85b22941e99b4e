//! Why a file was not kept, not found or not made.

use std::io;

use thiserror::Error;

use crate::{Kind, Sha256Hash};

/// What was refused, and why. The edge makes the sentence for people of it.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum Error {
    /// The file has no content.
    #[error("the file is empty")]
    Empty,
    /// The file is over the limit; nothing of it was kept.
    #[error("the file is larger than {limit} bytes")]
    TooLarge {
        /// The limit, in bytes.
        limit: u64,
    },
    /// A name without an extension of a kind that is accepted.
    #[error("files of this extension are not accepted")]
    Extension,
    /// Content that is none of the accepted kinds.
    #[error("the content is no PDF, JPEG, PNG, XLSX or DOCX")]
    UnknownContent,
    /// The name says one kind, the content is another.
    #[error("the name says {claimed}, the content is {found}")]
    OtherKind {
        /// What the name says.
        claimed: Kind,
        /// What the content is.
        found: Kind,
    },
    /// The content begins well and does not end: an upload or a scan that was cut off.
    #[error("the {kind} is cut off")]
    CutOff {
        /// What the content would have been.
        kind: Kind,
    },
    /// An office document that carries a program (macros).
    #[error("the {kind} carries macros")]
    Macros {
        /// The kind of document.
        kind: Kind,
    },
    /// A picture of more pixels than any camera of a phone has.
    #[error("a picture has at most {most} pixels")]
    TooManyPixels {
        /// The limit.
        most: u64,
    },
    /// A picture that cannot be decoded.
    #[error("the picture cannot be read: {0}")]
    Picture(String),
    /// No file of this content is kept.
    #[error("no file {0} is kept")]
    NotFound(Sha256Hash),
    /// The file that is kept under a hash no longer has this hash.
    #[error("the file kept as {kept} now has the content {found}")]
    Altered {
        /// The name, which is the hash that the file had when it was kept.
        kept: Sha256Hash,
        /// The hash of what is there now.
        found: Sha256Hash,
    },
    /// Text that is not 64 hexadecimal digits.
    #[error("a SHA-256 has 64 hexadecimal digits")]
    NotAHash,
    /// There is no room left to keep the file; nothing of it was kept.
    #[error("the disk is full")]
    DiskFull(#[source] io::Error),
    /// Reading or writing failed; nothing was kept.
    #[error("reading or writing a file failed")]
    Io(#[source] io::Error),
    /// A template or its data is at fault.
    #[error("the form {template} cannot be made: {message}")]
    Template {
        /// The template.
        template: &'static str,
        /// File, line and fault, for the engineer.
        message: String,
    },
    /// Data that is not JSON, such as a map whose keys are not text.
    #[error("the data of a form is not JSON")]
    Data(#[source] serde_json::Error),
    /// More text than a QR code holds.
    #[error("the text is too long for a QR code")]
    QrTooLong,
}

impl From<io::Error> for Error {
    fn from(error: io::Error) -> Self {
        use io::ErrorKind::{FileTooLarge, QuotaExceeded, StorageFull};
        match error.kind() {
            StorageFull | QuotaExceeded | FileTooLarge => Self::DiskFull(error),
            _ => Self::Io(error),
        }
    }
}
