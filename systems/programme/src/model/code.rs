//! Codes of programmes, targets and tasks, as offices write them: `NQ-15`, `CT-01`.

use std::{fmt, str::FromStr};

/// A code: capital letters without marks, digits and hyphens, at most 30.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Code(String);

/// The text is no code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a code has at most 30 letters without marks, digits and hyphens")]
pub struct NoCode;

/// Letters of a code.
const LETTERS_MAX: usize = 30;
/// Words that are addresses of pages and so no codes.
const KEPT: [&str; 3] = ["MOI", "NHAP", "MAU"];

impl Code {
    /// The code as it is written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for Code {
    type Err = NoCode;

    /// Small letters are read as capitals.
    fn from_str(text: &str) -> Result<Self, NoCode> {
        let code = text.trim().to_ascii_uppercase();
        let sign = |b: u8| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b'-';
        let ends = !code.starts_with('-') && !code.ends_with('-');
        let fits = (1..=LETTERS_MAX).contains(&code.len()) && code.bytes().all(sign) && ends;
        if fits && !KEPT.contains(&code.as_str()) { Ok(Self(code)) } else { Err(NoCode) }
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_read_as_offices_write_it() {
        assert_eq!("nq-15".parse::<Code>().unwrap().to_string(), "NQ-15");
        for text in ["", "-A", "A-", "NGHỊ-QUYẾT", "A B", "moi", "A/B", &"A".repeat(31)] {
            assert_eq!(text.parse::<Code>(), Err(NoCode), "{text}");
        }
    }
}
