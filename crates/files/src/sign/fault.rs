//! What keeps a document from being signed.

use std::io;

use kernel::Instant;

/// Why something was not signed, or a key not taken.
#[derive(Debug, thiserror::Error)]
pub enum Fault {
    /// The file is no PDF that can be read without guessing.
    #[error("the PDF cannot be read: {0}")]
    Unreadable(String),
    /// The file opens with a password only.
    #[error("the PDF is locked by a password")]
    Encrypted,
    /// An earlier signature certifies the document and forbids any further one (DocMDP).
    #[error("an earlier signature of the PDF forbids any further one")]
    Locked,
    /// The file has no page.
    #[error("the PDF has no page")]
    NoPage,
    /// The key is none that documents are signed with.
    #[error("the key is neither RSA of 2048 to 4096 bits nor ECDSA on P-256: {0}")]
    KeyUnfit(String),
    /// The certificate cannot be read, or is not of this key.
    #[error("the certificate does not fit: {0}")]
    CertificateUnfit(String),
    /// The certificate is not in force at that time.
    #[error("the certificate is in force from {from} to {until}")]
    NotInForce {
        /// From when it is.
        from: Instant,
        /// Until when it is.
        until: Instant,
    },
    /// The password of the key file is wrong, or the file is none.
    #[error("the key file cannot be opened: {0}")]
    KeyFile(String),
    /// The file of the key is open to others than its owner.
    #[error("{0} can be read by others than its owner")]
    Exposed(std::path::PathBuf),
    /// The stamp could not be set.
    #[error("the stamp cannot be set: {0}")]
    Stamp(#[from] crate::Error),
    /// Structures of the signature could not be written.
    #[error("the signature cannot be written: {0}")]
    Encoding(String),
    /// The disk said no.
    #[error("cannot read or write: {0}")]
    Io(#[from] io::Error),
}

impl From<der::Error> for Fault {
    fn from(error: der::Error) -> Self {
        Self::Encoding(error.to_string())
    }
}
