//! The authority whose data this is.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

use crate::CodeError;

/// A province or a ministry, by the top group of its official code (`H55`); the first column
/// of every key, so that a distributed PostgreSQL can place each authority on its own.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Tenant(String);

impl Tenant {
    /// The code.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for Tenant {
    type Err = CodeError;

    fn from_str(text: &str) -> Result<Self, CodeError> {
        let mut bytes = text.bytes();
        let letter = bytes.next().is_some_and(|b| b.is_ascii_uppercase());
        let digits = text.len() <= 8 && bytes.all(|b| b.is_ascii_digit());
        if letter && digits { Ok(Self(text.to_owned())) } else { Err(CodeError::Tenant) }
    }
}
impl TryFrom<String> for Tenant {
    type Error = CodeError;

    fn try_from(text: String) -> Result<Self, CodeError> {
        text.parse()
    }
}
impl From<Tenant> for String {
    fn from(tenant: Tenant) -> Self {
        tenant.0
    }
}
impl fmt::Display for Tenant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
