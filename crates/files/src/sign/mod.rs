//! Electronic signatures in PDF files: PAdES baseline B (ETSI EN 319 142-1), that is a detached
//! CMS signature (RFC 5652) over the bytes that `ByteRange` names, made with SHA-256 and an RSA
//! key of 2048 bits or more, or an ECDSA key on P-256 (Law 20/2023/QH15 on electronic
//! transactions; Decree 23/2025/NĐ-CP on signatures).
//!
//! A signature is appended: what was there before stays to the byte, and whoever had signed it
//! before has still signed it. The stamp that people see is the face of the signature itself, so
//! that it changes no page either.

mod certificate;
mod check;
mod cms;
mod fault;
mod folder;
mod issue;
mod key;
mod signer;
mod stamp;
mod update;

pub use certificate::Certificate;
pub use check::{Seal, Standing, seals};
pub use fault::Fault;
pub use folder::Certificates;
pub use key::Key;
pub use signer::Signer;
pub use stamp::{Stamp, Statement};
pub use update::sign;
