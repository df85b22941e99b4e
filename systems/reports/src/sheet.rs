//! What stands in a report: each cell with where its value comes from, and the prose.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{form::Form, number::Number};

kernel::words! {
    /// Where a value comes from.
    From {
        /// Whoever writes typed it.
        Typed = "typed",
        /// An indicator.
        Figure = "figure",
        /// An indicator says otherwise, and whoever writes says why.
        Contested = "contested",
        /// Added up from the reports of others.
        AddedUp = "added_up",
        /// A program sent it.
        Sent = "sent",
    }
}

/// What stands in a cell.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// The number; none where there is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<Number>,
    /// The words, of a cell of words; of a figure without a value the word of why.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub words: String,
    /// Where it comes from.
    pub from: From,
    /// What the indicator says, where it is contested; and of how many reports it was added up.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub computed: Option<Number>,
    /// Why it is contested; or who sent it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reason: String,
}

/// What stands in a report.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sheet {
    /// Its cells, by name; empty ones are not here.
    pub cells: BTreeMap<String, Entry>,
    /// Its prose, by part.
    #[serde(default)]
    pub parts: BTreeMap<String, String>,
    /// The figures that its prose names beside those of its cells, by how they are written there.
    #[serde(default)]
    pub figures: BTreeMap<String, Entry>,
    /// The position in the journal up to which its figures were counted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub as_of: Option<u64>,
}

impl Entry {
    /// A number.
    #[must_use]
    pub const fn number(value: Number, from: From) -> Self {
        Self {
            value: Some(value),
            words: String::new(),
            from,
            computed: None,
            reason: String::new(),
        }
    }

    /// Words.
    #[must_use]
    pub const fn words(words: String, from: From) -> Self {
        Self { value: None, words, from, computed: None, reason: String::new() }
    }

    /// Whether it stands against what an indicator says.
    #[must_use]
    pub const fn is_contested(&self) -> bool {
        matches!(self.from, From::Contested)
    }
}

impl Sheet {
    /// The number of the cell of a place; a share or a sum is computed, and never kept.
    #[must_use]
    pub fn value(&self, form: &Form, at: usize) -> Option<Number> {
        let cell = form.cells.get(at)?;
        if cell.fill.follows() {
            return cell.fill.value(|of| self.value(form, of));
        }
        self.cells.get(&cell.id)?.value
    }

    /// How many repeating rows of a table hold something.
    #[must_use]
    pub fn rows(&self, table: &str) -> u16 {
        let of_table = self.cells.keys().filter_map(|id| {
            let rest = id.strip_prefix(table)?.strip_prefix('.')?;
            rest.split('.').next()?.parse::<u16>().ok()
        });
        of_table.max().unwrap_or(0)
    }

    /// Puts what is computed into a cell that nobody contests; a contested one learns what it is.
    /// `Err` has the word of why there is no number.
    pub fn take(&mut self, id: &str, value: Result<Number, String>, from: From) {
        let contested = self.cells.get_mut(id).filter(|entry| entry.is_contested());
        match (contested, value) {
            (Some(entry), value) => entry.computed = value.ok(),
            (None, value) => {
                let entry = match value {
                    Ok(value) => Entry::number(value, from),
                    Err(why) => Entry::words(why, from),
                };
                self.cells.insert(id.to_owned(), entry);
            }
        }
    }
}
