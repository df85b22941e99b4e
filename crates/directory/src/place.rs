//! A province or a commune, as the law names it for a time.

use std::{borrow::Cow, fmt, str::FromStr};

use jiff::civil::Date;
use kernel::PlaceCode;
use serde::{Deserialize, Serialize};

use crate::Error;

/// What a place is called before its name (Law 72/2025/QH15 on local government, article 1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PlaceKind {
    /// tỉnh
    Province,
    /// thành phố (centrally run)
    City,
    /// xã
    RuralCommune,
    /// phường
    Ward,
    /// đặc khu
    SpecialZone,
}

/// The words that official names begin with.
const KINDS: [(PlaceKind, &str); 5] = [
    (PlaceKind::Province, "Tỉnh"),
    (PlaceKind::City, "Thành phố"),
    (PlaceKind::RuralCommune, "Xã"),
    (PlaceKind::Ward, "Phường"),
    (PlaceKind::SpecialZone, "Đặc khu"),
];

impl PlaceKind {
    /// The word as it stands before a name: "Phường".
    #[must_use]
    pub fn word(self) -> &'static str {
        KINDS.iter().find(|(kind, _)| *kind == self).map_or("", |(_, word)| word)
    }

    /// Whether this is a place of the upper of the two levels.
    #[must_use]
    pub fn is_province(self) -> bool {
        matches!(self, Self::Province | Self::City)
    }

    /// The kind that a full official name begins with, and the name without it.
    #[must_use]
    pub fn of(full_name: &str) -> Option<(Self, &str)> {
        let is = |word| full_name.strip_prefix(word).and_then(|rest: &str| rest.strip_prefix(' '));
        KINDS.iter().find_map(|(kind, word)| is(*word).map(|bare| (*kind, bare)))
    }
}

impl fmt::Display for PlaceKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

impl FromStr for PlaceKind {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        let found = KINDS.iter().find(|(_, word)| *word == text);
        found.map(|(kind, _)| *kind).ok_or_else(|| Error::Stored(format!("place kind {text}")))
    }
}

/// A place in one of its forms. The code stays when a xã becomes a phường; each form is one
/// `Place` with its own days.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// Official code (Decision 19/2025/QĐ-TTg).
    pub code: PlaceCode,
    /// Full official name: "Phường Phan Đình Phùng".
    pub name: Cow<'static, str>,
    /// What it is.
    pub kind: PlaceKind,
    /// The province of a commune.
    pub parent: Option<PlaceCode>,
    /// How it came about, with number and day of the resolution; may be empty.
    pub note: Cow<'static, str>,
    /// The first day of this form.
    pub valid_from: Date,
    /// The first day on which this form no longer holds.
    pub valid_to: Option<Date>,
    /// The places that took over when this one ended, the usual one first; empty while it
    /// lasts, and for a form that gave way to another form of the same code.
    pub successors: Vec<PlaceCode>,
}

impl Place {
    /// The name without its kind: "Phan Đình Phùng".
    #[must_use]
    pub fn bare_name(&self) -> &str {
        PlaceKind::of(&self.name).map_or(&*self.name, |(_, bare)| bare)
    }

    /// Whether this form held on `day`.
    #[must_use]
    pub fn holds_on(&self, day: Date) -> bool {
        self.valid_from <= day && self.valid_to.is_none_or(|to| day < to)
    }
}
