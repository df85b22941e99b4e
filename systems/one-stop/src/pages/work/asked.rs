//! What the address of my work asks for: a part, what narrows it, and from where it goes on.

use serde::Deserialize;
use web::{Icon, SignedIn, tr};

use crate::{
    pages::{WORK, asked},
    queries::work::{Mark, Narrow, Part},
};

/// The address of a list.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    pub(super) q: String,
    phan: String,
    pub(super) thu_tuc: String,
    pub(super) kenh: String,
    sau: String,
}

impl Asked {
    pub(super) fn narrow(&self) -> Narrow {
        Narrow {
            part: self.part(),
            typed: self.q.trim().to_owned(),
            procedure: self.thu_tuc.clone(),
            channel: self.kenh.clone(),
        }
    }

    pub(super) fn part(&self) -> Part {
        PARTS.iter().find(|(_, of, _)| *of == self.phan).map_or(Part::All, |(part, ..)| *part)
    }

    /// After which place; none at the beginning, and where the address has been tampered with.
    pub(super) fn after(&self) -> Option<Mark> {
        self.sau.parse().ok()
    }

    pub(super) fn is_narrowed(&self) -> bool {
        [&self.q, &self.phan, &self.thu_tuc, &self.kenh].iter().any(|text| !text.is_empty())
    }

    /// What a form of the list keeps besides its own fields.
    pub(super) fn kept(&self) -> Vec<(String, String)> {
        let part = (!self.phan.is_empty()).then(|| ("phan".to_owned(), self.phan.clone()));
        part.into_iter().collect()
    }

    /// The address of another part of the same list.
    pub(super) fn at(&self, part: &str) -> String {
        self.address(part, "")
    }

    /// The address of what follows a place.
    pub(super) fn next(&self, after: &Mark) -> String {
        self.address(&self.phan, &after.to_string())
    }

    fn address(&self, part: &str, after: &str) -> String {
        let pairs = [
            ("q", self.q.as_str()),
            ("phan", part),
            ("thu_tuc", &self.thu_tuc),
            ("kenh", &self.kenh),
            ("sau", after),
        ];
        asked::address(WORK, &pairs)
    }
}

/// The parts, with their word in addresses and their icon.
pub(super) const PARTS: [(Part, &str, Option<Icon>); 7] = [
    (Part::All, "", None),
    (Part::Late, "qua-han", Some(Icon::Late)),
    (Part::Today, "hom-nay", Some(Icon::Soon)),
    (Part::Week, "tuan-nay", Some(Icon::Ok)),
    (Part::Later, "sau-do", Some(Icon::Ok)),
    (Part::Others, "cho-nguoi-khac", None),
    (Part::Paused, "tam-dung", Some(Icon::Hold)),
];

pub(super) fn part_name(me: &SignedIn, part: Part) -> String {
    match part {
        Part::All => tr!(me, "work-all"),
        Part::Late => tr!(me, "work-late"),
        Part::Today => tr!(me, "work-today"),
        Part::Week => tr!(me, "work-week"),
        Part::Later => tr!(me, "work-later"),
        Part::Others => tr!(me, "work-others"),
        Part::Paused => tr!(me, "work-paused"),
    }
}

/// How many are in a part, and what that means for them.
pub(super) fn part_note(me: &SignedIn, part: Part, n: u64) -> String {
    match part {
        Part::Others => tr!(me, "work-count-others", n = n),
        Part::Paused => tr!(me, "work-count-paused", n = n),
        _ => tr!(me, "work-count", n = n),
    }
}
