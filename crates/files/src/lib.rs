//! Files as the house keeps and makes them: what people hand in, and what the law wants printed.
//!
//! A file that is kept is named by the SHA-256 of its content, and by nothing else: two people
//! who hand in the same scan share one copy, a name with tricks in it never meets the disk, and
//! whoever alters a byte is found out when it is next read. A form is a Typst template; data
//! reaches it as JSON, never as source text, and the same data always gives the same bytes.
//!
//! This crate knows no case, no person and no store: it turns bytes into a hash and data into
//! bytes. Who may see a file is asked elsewhere.

mod blob;
mod error;
mod hash;
mod kind;
mod pdf;
pub mod photo;
mod qr;
pub mod sign;
mod world;

#[cfg(test)]
mod testing;

pub use blob::{Blobs, Stored, UPLOAD_BYTES_MAX};
pub use error::Error;
pub use hash::Sha256Hash;
pub use kind::Kind;
pub use pdf::{Pdf, Template};
pub use qr::Qr;

/// What this crate answers with.
pub type Result<T, E = Error> = std::result::Result<T, E>;
