//! Names that a procedure gives to its parts, each right by construction.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};
use thiserror::Error;

/// Why a text is not such a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum SlugError {
    /// Not small letters, digits and hyphens.
    #[error(
        "a name here has 1 to 40 small letters, digits and hyphens, and begins with a letter or digit"
    )]
    Slug,
    /// Not small letters, digits and underscores.
    #[error(
        "a field is named by 1 to 40 small letters, digits and underscores, and begins with a letter"
    )]
    Field,
    /// A word of the condition language.
    #[error("this word means something in conditions, so that a field cannot have it as its name")]
    Reserved,
}

/// A string type with a checked form: private field, parsing, text and JSON.
macro_rules! slug {
    ($(#[$doc:meta])* $name:ident, $check:path) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(String);

        impl $name {
            /// The name as it is written.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }
        impl FromStr for $name {
            type Err = SlugError;

            fn from_str(text: &str) -> Result<Self, SlugError> {
                $check(text).map(|()| Self(text.to_owned()))
            }
        }
        impl TryFrom<String> for $name {
            type Error = SlugError;

            fn try_from(text: String) -> Result<Self, SlugError> {
                text.parse()
            }
        }
        impl From<$name> for String {
            fn from(name: $name) -> Self {
                name.0
            }
        }
        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}

slug! {
    /// Names a step of a workflow: `tham-tra`.
    StepId, hyphened
}
slug! {
    /// Names an outcome of a step, the button that its holder presses: `dat`.
    OutcomeId, hyphened
}
slug! {
    /// Names a part that an applicant hands in: `to-khai`.
    ComponentId, hyphened
}
slug! {
    /// A role in an agency that holds steps: `receiver`, `expert`, `head`, `clerk`, `returner`.
    Role, hyphened
}
slug! {
    /// Names a field of the form, with underscores, since a hyphen subtracts in a condition.
    FieldId, underscored
}

const LENGTH_MAX: usize = 40;

fn hyphened(text: &str) -> Result<(), SlugError> {
    let letters = text.bytes().all(|b| matches!(b, b'a'..=b'z' | b'0'..=b'9' | b'-'));
    let fits = (1..=LENGTH_MAX).contains(&text.len()) && !text.starts_with('-') && letters;
    if fits { Ok(()) } else { Err(SlugError::Slug) }
}

/// Words of the FEEL grammar; as a name each would change how a condition is read.
const RESERVED: [&str; 24] = [
    "and",
    "or",
    "not",
    "in",
    "between",
    "if",
    "then",
    "else",
    "for",
    "return",
    "some",
    "every",
    "satisfies",
    "function",
    "external",
    "instance",
    "of",
    "true",
    "false",
    "null",
    "date",
    "time",
    "list",
    "context",
];

fn underscored(text: &str) -> Result<(), SlugError> {
    let letters = text.bytes().all(|b| matches!(b, b'a'..=b'z' | b'0'..=b'9' | b'_'));
    let begins = text.starts_with(|c: char| c.is_ascii_lowercase());
    if text.len() > LENGTH_MAX || !begins || !letters {
        return Err(SlugError::Field);
    }
    if RESERVED.contains(&text) { Err(SlugError::Reserved) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_plain_enough_for_files_links_and_conditions() {
        assert!("tham-dinh-2".parse::<StepId>().is_ok());
        for bad in ["", "-a", "Thẩm", "a b", "a_b", &"x".repeat(41)] {
            assert_eq!(bad.parse::<StepId>(), Err(SlugError::Slug), "{bad}");
        }
        assert!("so_tang".parse::<FieldId>().is_ok());
        assert_eq!("so-tang".parse::<FieldId>(), Err(SlugError::Field));
        assert_eq!("1a".parse::<FieldId>(), Err(SlugError::Field));
        assert_eq!("date".parse::<FieldId>(), Err(SlugError::Reserved));
    }
}
