//! The words of every day: what people call a procedure, and what happens in a life.

use std::collections::BTreeMap;

use kernel::{ProcedureCode, nfc};
use serde::Deserialize;
use thiserror::Error;

/// The names that come with the program.
pub const NAMES: &str = include_str!("../../data/everyday.toml");
/// The life events that come with the program.
pub const LIFE: &str = include_str!("../../data/life.toml");
/// Largest file that is read, in bytes.
const BYTES_MAX: usize = 1 << 20;

/// Everyday names, words of one meaning, and life events.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Everyday {
    /// Names of each procedure, as people say them.
    pub names: BTreeMap<ProcedureCode, Vec<String>>,
    /// Groups of phrases with one meaning.
    pub same: Vec<Vec<String>>,
    /// Words that do not change what is looked for.
    pub noise: Vec<String>,
    /// What happens in a life, in the order of the page.
    pub events: Vec<LifeEvent>,
}

/// Something that happens in a life, and what then has to be done.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LifeEvent {
    /// Its name in addresses: `co-con`.
    pub id: String,
    /// Name of its icon.
    pub icon: String,
    /// "Có con nhỏ".
    pub name: String,
    /// The name in English.
    pub name_en: String,
    /// What belongs to it, in a few words.
    pub hint: String,
    /// The same in English.
    pub hint_en: String,
    /// Words that mean it.
    #[serde(default)]
    pub words: Vec<String>,
    /// Procedures, in the order in which they are best done.
    pub procedures: Vec<ProcedureCode>,
}

/// What is wrong with a file of words.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum WordsFault {
    /// Too long.
    #[error("a file of words has at most 1 MB")]
    TooLong,
    /// Not what such a file says.
    #[error("line {line}: {why}")]
    Line {
        /// Line, from 1.
        line: usize,
        /// In the words of the parser.
        why: String,
    },
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NamesFile {
    #[serde(default)]
    noise: Vec<String>,
    #[serde(default)]
    same: Vec<Vec<String>>,
    names: BTreeMap<ProcedureCode, Vec<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct LifeFile {
    event: Vec<LifeEvent>,
}

impl Everyday {
    /// The words that come with the program.
    ///
    /// # Panics
    /// Never: the files are tested.
    #[must_use]
    pub fn shipped() -> Self {
        Self::read(NAMES, LIFE).expect("the words of the program are tested")
    }

    /// Reads the names and the life events.
    ///
    /// # Errors
    /// The first fault, with its line.
    pub fn read(names: &str, life: &str) -> Result<Self, WordsFault> {
        let names: NamesFile = parsed(names)?;
        let life: LifeFile = parsed(life)?;
        let clean = |texts: Vec<String>| texts.iter().map(|text| nfc(text)).collect();
        Ok(Self {
            names: names.names.into_iter().map(|(code, names)| (code, clean(names))).collect(),
            same: names.same.into_iter().map(clean).collect(),
            noise: clean(names.noise),
            events: life.event,
        })
    }
}

fn parsed<T: serde::de::DeserializeOwned>(text: &str) -> Result<T, WordsFault> {
    if text.len() > BYTES_MAX {
        return Err(WordsFault::TooLong);
    }
    toml::from_str(text).map_err(|error| {
        let start = error.span().map_or(0, |span| span.start).min(text.len());
        let line = text.as_bytes()[..start].iter().filter(|byte| **byte == b'\n').count() + 1;
        WordsFault::Line { line, why: error.message().to_owned() }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_province_writes_wrong_is_told_with_its_line() {
        let life = "[[event]]\nid = \"a\"\n";
        let fault = Everyday::read("[names]\n\"1.00\" = [\"x\"]\n", "event = []").unwrap_err();
        assert!(matches!(fault, WordsFault::Line { line: 2, .. }), "{fault}");
        assert!(matches!(Everyday::read("[names]", life), Err(WordsFault::Line { line: 1, .. })));
    }
}
