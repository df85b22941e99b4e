//! The hashes of the tree, as RFC 9162 §2.1 makes them.

use std::{fmt, str::FromStr};

use base64::{Engine as _, engine::general_purpose::STANDARD};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::Error;

/// SHA-256 of a leaf, of a node, or of the empty tree. Its text form is base64.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct TreeHash([u8; 32]);

impl TreeHash {
    /// Bytes of a hash.
    pub const LEN: usize = 32;

    /// The hash of a leaf: `SHA-256(0x00 ‖ bytes)`.
    #[must_use]
    pub fn leaf(bytes: &[u8]) -> Self {
        let mut hasher = Sha256::new_with_prefix([0x00]);
        hasher.update(bytes);
        Self(hasher.finalize().into())
    }

    /// The hash of an inner node: `SHA-256(0x01 ‖ left ‖ right)`.
    #[must_use]
    pub fn node(left: &Self, right: &Self) -> Self {
        let mut preimage = [0x01; 1 + 2 * Self::LEN];
        preimage[1..=Self::LEN].copy_from_slice(&left.0);
        preimage[1 + Self::LEN..].copy_from_slice(&right.0);
        Self(Sha256::digest(preimage).into())
    }

    /// The root of the tree without leaves: `SHA-256()`.
    #[must_use]
    pub fn of_nothing() -> Self {
        Self(Sha256::digest([]).into())
    }

    /// The bytes.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8; Self::LEN] {
        &self.0
    }
}

impl TryFrom<&[u8]> for TreeHash {
    type Error = Error;

    fn try_from(bytes: &[u8]) -> Result<Self, Error> {
        bytes.try_into().map(Self).map_err(|_| Error::Hash)
    }
}
impl fmt::Display for TreeHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&STANDARD.encode(self.0))
    }
}
impl fmt::Debug for TreeHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}
impl FromStr for TreeHash {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        let bytes = STANDARD.decode(text).map_err(|_| Error::Hash)?;
        bytes.as_slice().try_into()
    }
}
impl TryFrom<String> for TreeHash {
    type Error = Error;

    fn try_from(text: String) -> Result<Self, Error> {
        text.parse()
    }
}
impl From<TreeHash> for String {
    fn from(hash: TreeHash) -> Self {
        hash.to_string()
    }
}
