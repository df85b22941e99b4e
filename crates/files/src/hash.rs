//! The name of a content.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::Error;

/// SHA-256 of a content (FIPS 180-4): the name under which it is kept, and what the receipt
/// shows for it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Sha256Hash([u8; 32]);

impl Sha256Hash {
    /// The hash of these bytes.
    #[must_use]
    pub fn of(content: &[u8]) -> Self {
        Self(Sha256::digest(content).into())
    }

    /// The 32 bytes, as a database keeps them.
    #[must_use]
    pub const fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// First four and last four digits, for people to compare: `9f2c…7ab1`.
    #[must_use]
    pub fn short(&self) -> String {
        let hex = self.to_string();
        format!("{}…{}", &hex[..4], &hex[60..])
    }
}

impl From<[u8; 32]> for Sha256Hash {
    fn from(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }
}

impl fmt::Display for Sha256Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for Sha256Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}

impl FromStr for Sha256Hash {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        if text.len() != 64 || !text.bytes().all(|b| b.is_ascii_hexdigit()) {
            return Err(Error::NotAHash);
        }
        let mut bytes = [0; 32];
        for (i, byte) in bytes.iter_mut().enumerate() {
            let pair = &text[2 * i..2 * i + 2];
            *byte = u8::from_str_radix(pair, 16).map_err(|_| Error::NotAHash)?;
        }
        Ok(Self(bytes))
    }
}

impl TryFrom<String> for Sha256Hash {
    type Error = Error;

    fn try_from(text: String) -> Result<Self, Error> {
        text.parse()
    }
}

impl From<Sha256Hash> for String {
    fn from(hash: Sha256Hash) -> Self {
        hash.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ABC: &str = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    #[test]
    fn a_hash_is_written_in_hex_and_read_back() {
        let hash = Sha256Hash::of(b"abc");
        assert_eq!(hash.to_string(), ABC, "the published example of FIPS 180-4");
        assert_eq!(ABC.to_uppercase().parse::<Sha256Hash>().unwrap(), hash);
        assert_eq!(hash.short(), "ba78…15ad");
        assert_eq!(serde_json::to_string(&hash).unwrap(), format!("\"{ABC}\""));
    }

    #[test]
    fn what_is_not_64_hexadecimal_digits_is_no_hash() {
        let long = format!("{ABC}0");
        let wide = format!("{}é", &ABC[..62]);
        let signed = format!("+{}", &ABC[1..]);
        for text in ["", &ABC[1..], &long, "../../etc/passwd", &wide, &signed] {
            assert!(matches!(text.parse::<Sha256Hash>(), Err(Error::NotAHash)), "{text}");
        }
    }
}
