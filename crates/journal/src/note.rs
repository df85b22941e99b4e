//! Signed notes and their keys, as C2SP signed-note describes them (and Go's `sumdb/note`).
//!
//! A note is a text, a blank line, and signature lines `— NAME BASE64`, where the bytes are a
//! key's four-byte hash and its Ed25519 signature of the text.

use std::{fmt, str::FromStr};

use base64::{Engine as _, engine::general_purpose::STANDARD};
use ed25519_dalek::{Signature, Signer as _, SigningKey, VerifyingKey};
use kernel::{Mint, Tenant};
use sha2::{Digest, Sha256};

use crate::Error;

/// The algorithm byte of Ed25519.
const ED25519: u8 = 1;
/// No note of ours comes near; a longer one is not read.
const NOTE_BYTES_MAX: usize = 64 * 1024;

/// The name of a journal and of the key that signs for it: a URL without its scheme, such as
/// `dichvucong.example.vn/journal`. It has neither white space nor a plus sign.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Origin(String);

impl Origin {
    /// The name of a tenant's journal where the configuration gives none: `tinhso/H55`.
    #[must_use]
    pub fn of(tenant: &Tenant) -> Self {
        Self(format!("tinhso/{tenant}"))
    }

    /// The name as it is written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}
impl FromStr for Origin {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        let fits = |c: char| !c.is_whitespace() && !c.is_control() && c != '+';
        let fits = !text.is_empty() && text.len() <= 255 && text.chars().all(fits);
        if fits { Ok(Self(text.to_owned())) } else { Err(Error::Origin) }
    }
}
impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The secret key that signs a journal's checkpoints.
#[derive(Clone)]
pub struct LogKey {
    key: SigningKey,
    verifier: VerifierKey,
}

impl LogKey {
    /// A fresh key with the name `origin`.
    #[must_use]
    pub fn generate(mint: &Mint, origin: Origin) -> Self {
        Self::from_seed(mint.bytes(), origin)
    }

    /// What others need to check this key's signatures.
    #[must_use]
    pub fn verifier(&self) -> &VerifierKey {
        &self.verifier
    }

    /// Signs `text`, which ends with a line break, and answers the whole note.
    pub(crate) fn sign(&self, text: &str) -> String {
        let mut bytes = self.verifier.hash.to_be_bytes().to_vec();
        bytes.extend(self.key.sign(text.as_bytes()).to_bytes());
        format!("{text}\n— {} {}\n", self.verifier.origin, STANDARD.encode(bytes))
    }

    /// The text form that is kept in a file: `PRIVATE+KEY+NAME+HASH+BASE64`. It is a secret.
    #[must_use]
    pub fn secret_text(&self) -> String {
        let mut bytes = vec![ED25519];
        bytes.extend(self.key.to_bytes());
        let VerifierKey { origin, hash, .. } = &self.verifier;
        format!("PRIVATE+KEY+{origin}+{hash:08x}+{}", STANDARD.encode(bytes))
    }

    fn from_seed(seed: [u8; 32], origin: Origin) -> Self {
        let key = SigningKey::from_bytes(&seed);
        let verifier = VerifierKey::new(origin, key.verifying_key());
        Self { key, verifier }
    }
}
impl FromStr for LogKey {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        let rest = text.trim_end().strip_prefix("PRIVATE+KEY+").ok_or(Error::Key)?;
        let (origin, hash, seed) = key_parts(rest)?;
        let key = Self::from_seed(seed, origin);
        if key.verifier.hash == hash { Ok(key) } else { Err(Error::Key) }
    }
}
impl fmt::Debug for LogKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "LogKey({})", self.verifier)
    }
}

/// The public key of a journal. Its text form, `NAME+HASH+BASE64`, is what is published.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VerifierKey {
    origin: Origin,
    hash: u32,
    key: VerifyingKey,
}

impl VerifierKey {
    /// Whose key it is.
    #[must_use]
    pub fn origin(&self) -> &Origin {
        &self.origin
    }

    fn new(origin: Origin, key: VerifyingKey) -> Self {
        let mut hasher = Sha256::new();
        hasher.update(origin.as_str());
        hasher.update([b'\n', ED25519]);
        hasher.update(key.as_bytes());
        let digest: [u8; 32] = hasher.finalize().into();
        let hash = u32::from_be_bytes([digest[0], digest[1], digest[2], digest[3]]);
        Self { origin, hash, key }
    }
}
impl FromStr for VerifierKey {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        let (origin, hash, bytes) = key_parts(text.trim_end())?;
        let key = VerifyingKey::from_bytes(&bytes).map_err(|_| Error::Key)?;
        let key = Self::new(origin, key);
        if key.hash == hash { Ok(key) } else { Err(Error::Key) }
    }
}
impl fmt::Display for VerifierKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut bytes = vec![ED25519];
        bytes.extend(self.key.as_bytes());
        write!(f, "{}+{:08x}+{}", self.origin, self.hash, STANDARD.encode(bytes))
    }
}

/// `NAME+HASH+BASE64`; the base64 may itself hold plus signs, the name cannot.
fn key_parts(text: &str) -> Result<(Origin, u32, [u8; 32]), Error> {
    let mut parts = text.splitn(3, '+');
    let mut part = || parts.next().ok_or(Error::Key);
    let origin = part()?.parse()?;
    let hash = u32::from_str_radix(part()?, 16).map_err(|_| Error::Key)?;
    let bytes = STANDARD.decode(part()?).map_err(|_| Error::Key)?;
    match bytes.split_first() {
        Some((&ED25519, key)) => Ok((origin, hash, key.try_into().map_err(|_| Error::Key)?)),
        _ => Err(Error::Key),
    }
}

/// The text of `note`, once one of the known keys is found to have signed it. Signatures by
/// unknown keys (of witnesses) are passed over; one that claims a known key and is wrong is not.
///
/// # Errors
/// [`Error::Note`] where it is no note, [`Error::Unsigned`] where no known key signed it,
/// [`Error::Forged`] where a signature does not fit.
pub(crate) fn open<'n>(note: &'n str, keys: &[VerifierKey]) -> Result<&'n str, Error> {
    let control = |c: char| c.is_control() && c != '\n';
    if note.len() > NOTE_BYTES_MAX || note.contains(control) || !note.ends_with('\n') {
        return Err(Error::Note);
    }
    let end = note.rfind("\n\n").ok_or(Error::Note)?;
    let (text, signatures) = (&note[..=end], &note[end + 2..]);
    let mut signed = false;
    for line in signatures.lines() {
        let line = line.strip_prefix("— ").ok_or(Error::Note)?;
        let (name, bytes) = line.split_once(' ').ok_or(Error::Note)?;
        let bytes = STANDARD.decode(bytes).map_err(|_| Error::Note)?;
        let (hash, signature) = bytes.split_first_chunk::<4>().ok_or(Error::Note)?;
        let hash = u32::from_be_bytes(*hash);
        let mut known = keys.iter().filter(|key| key.origin.as_str() == name && key.hash == hash);
        if let Some(key) = known.next() {
            let signature = Signature::from_slice(signature).map_err(|_| Error::Forged)?;
            key.key.verify_strict(text.as_bytes(), &signature).map_err(|_| Error::Forged)?;
            signed = true;
        }
    }
    if signed { Ok(text) } else { Err(Error::Unsigned) }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The example of the documentation of Go's `sumdb/note`.
    const SECRET: &str =
        "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz";
    const PUBLIC: &str = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
    const TEXT: &str = "If you think cryptography is the answer to your problem,\n\
                        then you don't know what your problem is.\n";
    const SIGNED: &str = "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n";

    #[test]
    fn keys_and_notes_are_those_of_the_standard() {
        let key: LogKey = SECRET.parse().unwrap();
        assert_eq!(key.secret_text(), SECRET);
        assert_eq!(key.verifier().to_string(), PUBLIC);
        assert_eq!(PUBLIC.parse::<VerifierKey>().unwrap(), *key.verifier());
        assert_eq!(key.sign(TEXT), format!("{TEXT}\n{SIGNED}"));
        assert!(!format!("{key:?}").contains("AYEKFALVFGyN"), "a secret is not for logs");
    }

    #[test]
    fn a_note_is_taken_only_with_the_right_signature() {
        let (note, keys) = (format!("{TEXT}\n{SIGNED}"), [PUBLIC.parse().unwrap()]);
        assert_eq!(open(&note, &keys).unwrap(), TEXT);
        assert!(matches!(open(&note, &[]), Err(Error::Unsigned)));
        let forged = note.replacen("answer", "ANSWER", 1);
        assert!(matches!(open(&forged, &keys), Err(Error::Forged)));
        let witnessed = format!("{note}— witness.example/w {}\n", STANDARD.encode([7; 68]));
        assert_eq!(open(&witnessed, &keys).unwrap(), TEXT);
        assert!(matches!(open(TEXT, &keys), Err(Error::Note)));
        assert!(matches!(open(&format!("{note}no signature\n"), &keys), Err(Error::Note)));
    }

    #[test]
    fn a_key_whose_hash_does_not_fit_is_refused() {
        assert!(PUBLIC.replace("c74f20a3", "c74f20a4").parse::<VerifierKey>().is_err());
        assert!(SECRET.replace("PeterNeumann", "PeterNeumanm").parse::<LogKey>().is_err());
        assert!("a name".parse::<Origin>().is_err() && "a+b".parse::<Origin>().is_err());
    }
}
