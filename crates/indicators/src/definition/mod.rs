//! Definitions of indicators: text that a person without programming can read and change, checked
//! as a whole when it is loaded.

mod fault;
mod file;
mod load;
mod shipped;

use std::{collections::BTreeMap, path::Path};

use jiff::civil::Date;
use kernel::words;
use serde::{Deserialize, Serialize};

pub use fault::{FaultKind, Finding};

use crate::{
    expression::{Formula, Reference},
    fact::Kept,
    unit::Unit,
};

words! {
    /// Which way is better.
    Direction {
        /// More is better.
        Higher = "higher",
        /// Less is better.
        Lower = "lower",
        /// Neither: it says how much there was.
        Neither = "neither",
    }
}

words! {
    /// How well a figure is proved.
    Grade {
        /// Computed from the journal; anybody can compute it again.
        A = "a",
        /// From a signed document that a second person checked.
        B = "b",
        /// As somebody declares it.
        C = "c",
    }
}

words! {
    /// By what a figure may be parted.
    Dimension {
        /// Tỉnh, xã, phường, đặc khu.
        Place = "place",
        /// Cơ quan.
        Agency = "agency",
        /// Thủ tục.
        Procedure = "procedure",
        /// Cách nộp.
        Channel = "channel",
        /// Lĩnh vực.
        Field = "field",
        /// Kỳ.
        Period = "period",
    }
}

/// An indicator, whole and checked.
#[derive(Debug, Clone)]
pub struct Indicator {
    /// Its code: `dossiers.on_time_766`.
    pub code: String,
    /// Its name in Vietnamese.
    pub name: String,
    /// Its name in English.
    pub name_en: String,
    /// What its number counts.
    pub unit: Unit,
    /// Places behind the point, as it is published.
    pub places: u32,
    /// What is meant, in Vietnamese: what counts and what does not.
    pub concept: String,
    /// What is meant, in English.
    pub concept_en: String,
    /// The formula, as it is written.
    pub formula_text: String,
    /// The formula.
    pub formula: Formula,
    /// By what it may be parted.
    pub dimensions: Vec<Dimension>,
    /// Which way is better.
    pub direction: Direction,
    /// Where the numbers come from, in words.
    pub source: String,
    /// The laws and decisions that ask for it.
    pub legal_basis: Vec<String>,
    /// How well its figures are proved.
    pub grade: Grade,
    /// First day in force.
    pub valid_from: Date,
    /// Last day in force; none while it is open.
    pub valid_to: Option<Date>,
}

impl Indicator {
    /// Whether it can be read for a part of the authority, and not only for the whole of it.
    #[must_use]
    pub fn is_kept_by_agency(&self) -> bool {
        self.formula.references().iter().all(|of: &Reference| of.fact.kept() != Kept::Whole)
    }

    /// Whether it is in force on a day.
    #[must_use]
    pub fn in_force(&self, day: Date) -> bool {
        self.valid_from <= day && self.valid_to.is_none_or(|last| day <= last)
    }
}

/// A file of definitions: its name, for findings, and its text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourceFile {
    /// Its name.
    pub name: String,
    /// What stands in it.
    pub text: String,
}

/// All indicators, by code.
#[derive(Debug, Clone, Default)]
pub struct Definitions {
    indicators: BTreeMap<String, Indicator>,
}

impl Definitions {
    /// Those that come with the program.
    ///
    /// # Errors
    /// Every finding; a test holds that there are none.
    pub fn shipped() -> Result<Self, Vec<Finding>> {
        Self::load(&shipped::files())
    }

    /// The definitions of these files, checked together.
    ///
    /// # Errors
    /// Every finding, by file and line.
    pub fn load(files: &[SourceFile]) -> Result<Self, Vec<Finding>> {
        load::load(files).map(|indicators| Self { indicators })
    }

    /// The files that come with the program, to begin a folder of one's own with.
    #[must_use]
    pub fn shipped_files() -> Vec<SourceFile> {
        shipped::files()
    }

    /// The files of a folder that end in `.toml`, by name, to be loaded with those that ship.
    ///
    /// # Errors
    /// What the system says of the folder.
    pub fn files_in(path: &Path) -> std::io::Result<Vec<SourceFile>> {
        let mut files = Vec::new();
        for entry in std::fs::read_dir(path)? {
            let entry = entry?.path();
            if entry.extension().is_some_and(|ending| ending == "toml") {
                let name = entry.file_name().unwrap_or_default().to_string_lossy().into_owned();
                files.push(SourceFile { name, text: std::fs::read_to_string(&entry)? });
            }
        }
        files.sort_by(|a, b| a.name.cmp(&b.name));
        Ok(files)
    }

    /// The indicator of a code.
    #[must_use]
    pub fn get(&self, code: &str) -> Option<&Indicator> {
        self.indicators.get(code)
    }

    /// Every indicator, by code.
    pub fn iter(&self) -> impl Iterator<Item = &Indicator> {
        self.indicators.values()
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.indicators.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.indicators.is_empty()
    }
}
