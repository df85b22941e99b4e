//! What the journal refuses.

use std::{io, path::PathBuf};

use thiserror::Error;

/// Why the journal refused.
#[derive(Debug, Error)]
pub enum Error {
    /// The store refused.
    #[error(transparent)]
    Store(#[from] store::Error),
    /// Not the name of a kind of event.
    #[error("an event kind is words in small letters, parted by dots, at most 64 bytes")]
    Kind,
    /// An actor whose name has control characters in it.
    #[error("the name of an actor has no control characters")]
    Actor,
    /// Event data that is no JSON.
    #[error("the data of an event cannot be written as JSON: {0}")]
    Json(#[from] serde_json::Error),
    /// Event data with more than [`crate::Data::BYTES_MAX`] bytes.
    #[error("the data of an event has {0} bytes, which is too much")]
    TooLong(usize),
    /// Not a hash.
    #[error("a hash has 32 bytes")]
    Hash,
    /// Not the name of a journal.
    #[error("the name of a journal has no spaces and no plus sign")]
    Origin,
    /// Not a key, or one whose hash does not fit.
    #[error("this is no key of a journal")]
    Key,
    /// The file of the signing key cannot be read or written.
    #[error("the key file {path}: {source}")]
    KeyFile {
        /// Which file.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// The key file is readable or writable by others.
    #[error("the key file {0} is open to other users; it must have mode 0600")]
    KeyExposed(PathBuf),
    /// The key in the file has another name than asked for.
    #[error("the key file belongs to the journal {0}")]
    KeyOrigin(crate::Origin),
    /// Not a signed checkpoint.
    #[error("this is no signed checkpoint of a journal")]
    Note,
    /// No known key signed the note.
    #[error("no known key signed this checkpoint")]
    Unsigned,
    /// The signature does not fit the text: somebody altered it.
    #[error("the signature of the checkpoint is forged")]
    Forged,
    /// The stored tree contradicts itself; sealing stops until it is looked into.
    #[error("the stored tree is damaged: {0}")]
    Tree(&'static str),
    /// Another process is appending to the tree.
    #[error("another process holds the journal")]
    Held,
    /// The event of the receipt is not in the store.
    #[error("the event of this receipt is not in the journal")]
    ReceiptLost,
    /// The event in the store has another hash than the receipt.
    #[error("the event in the journal is not the one that this receipt was given for")]
    ReceiptDiffers,
    /// The event of the receipt has no place in the tree yet.
    #[error("the event of this receipt is not sealed yet")]
    ReceiptUnsealed,
    /// The proof does not lead to the root of the checkpoint.
    #[error("the proof in this receipt does not lead to the signed root")]
    ReceiptUnproved,
}
