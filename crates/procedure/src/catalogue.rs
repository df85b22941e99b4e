//! Published catalogues of procedures, as dirty as they are.
//!
//! A catalogue is a JSON array or JSON Lines of objects with `code`, `name`, `field`, `levels`,
//! `decision`, `methods` (`channel`, `duration`, `unit`, `note`, `amounts_vnd`), `documents` and
//! `result_codes`. It is read one entry at a time. Every entry is imported, or refused with its
//! code and the reason. A time limit that leaves a doubt is kept in the words of the source, as
//! one that nobody has confirmed, so that no date can be promised by it.

mod entry;
mod report;
mod stream;

use std::{collections::BTreeMap, io::BufRead};

use kernel::ProcedureCode;
use serde::Serialize;

use crate::{Channel, Level};

pub use report::write_report;

/// A catalogue with more entries than this is not one; the national one has about 6,000.
pub const ENTRIES_MAX: usize = 100_000;

/// A line of JSON Lines longer than this holds no procedure.
pub const LINE_BYTES_MAX: usize = 1 << 20;

/// What became of a catalogue.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct CatalogueReport {
    /// The entries that were taken, in their order.
    pub imported: Vec<CatalogueEntry>,
    /// Those that were not.
    pub refused: Vec<Refused>,
}

/// A procedure as a catalogue publishes it: what a typed-in [`crate::Procedure`] begins from.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CatalogueEntry {
    /// Position in the catalogue, from 1 (in JSON Lines: the line).
    pub index: usize,
    /// Code in the national database.
    pub code: ProcedureCode,
    /// Name in Vietnamese.
    pub name: String,
    /// Lĩnh vực; empty where the source has none.
    pub sector: String,
    /// Levels that it is published for.
    pub levels: Vec<Level>,
    /// The decision that published it; empty where the source has none.
    pub decision: String,
    /// Ways to file as published; one kind may stand here several times, for several cases.
    pub methods: Vec<Method>,
    /// The papers, in prose.
    pub documents: Vec<String>,
    /// Codes of results.
    pub result_codes: Vec<String>,
}

/// One way to file, as published.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Method {
    /// Kind, limit and note.
    pub channel: Channel,
    /// Why the limit has to be confirmed; none when it is.
    pub doubt: Option<Doubt>,
    /// Amounts of money that the source names, in đồng.
    pub amounts: Vec<u64>,
}

/// Why a published time limit cannot be relied on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Doubt {
    /// It states no limit.
    NoLimit,
    /// A number without a unit.
    NoUnit,
    /// A unit that is not known.
    StrangeUnit,
    /// Nothing, a fraction that is no whole number of hours, or beyond belief.
    StrangeAmount,
    /// Days in the field, working days in the note, or the other way round.
    NoteDiffers,
    /// Hours that may be of the clock or of work.
    HoursOfWhat,
    /// Other limits are published for the same channel.
    SeveralLimits,
}

/// An entry that was not taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refused {
    /// Position in the catalogue, from 1.
    pub index: usize,
    /// The code, as far as there is one.
    pub code: Option<String>,
    /// Why.
    pub reason: Reason,
}

/// Why an entry was not taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reason {
    /// Not JSON; after this an array cannot be read on.
    Syntax(String),
    /// The source could not be read on.
    Unreadable(String),
    /// Longer than any procedure.
    TooLong,
    /// More entries than any catalogue has.
    TooMany,
    /// JSON, but not an object.
    NotAnObject,
    /// No code.
    NoCode,
    /// A code of another form.
    BadCode,
    /// No name.
    NoName,
    /// The code stood before, at this position.
    Again(usize),
    /// A level that is not known.
    StrangeLevel(String),
    /// A way to file that is not known.
    StrangeChannel(String),
    /// A part that should be a list is something else.
    NotAList(&'static str),
}

/// Reads a catalogue. What can be read is read; what cannot is told, and never panics.
pub fn import(reader: impl BufRead) -> CatalogueReport {
    let mut report = CatalogueReport::default();
    let mut seen: BTreeMap<ProcedureCode, usize> = BTreeMap::new();
    stream::each(reader, |index, item| {
        if index > ENTRIES_MAX {
            report.refused.push(Refused { index, code: None, reason: Reason::TooMany });
            return false;
        }
        let taken = item.map_err(|reason| (None, reason)).and_then(|value| {
            let entry = entry::read(index, &value).map_err(|why| (entry::code(&value), why))?;
            match seen.get(&entry.code) {
                Some(first) => Err((Some(entry.code.to_string()), Reason::Again(*first))),
                None => Ok(entry),
            }
        });
        match taken {
            Ok(entry) => {
                seen.insert(entry.code.clone(), index);
                report.imported.push(entry);
            }
            Err((code, reason)) => report.refused.push(Refused { index, code, reason }),
        }
        true
    });
    report
}

impl CatalogueEntry {
    /// Whether somebody has to confirm a limit before a date can be promised.
    #[must_use]
    pub fn to_confirm(&self) -> bool {
        self.methods.is_empty() || self.methods.iter().any(|method| method.doubt.is_some())
    }
}
