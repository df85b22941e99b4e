//! The register of dossiers: newest first, searched and filtered, walked without ever counting
//! it through. The page, its files and the API ask here alike.
//!
//! A list over many agencies and states is a merge of lanes. Each lane is one walk down one
//! index, so that the first page costs the same in the first month and after ten years. What no
//! index answers is looked for in so many lines and no more; then the page is short, and says
//! from where it goes on.

mod lane;
mod walk;

use std::{fmt, str::FromStr};

use casework::{Channel, Status};
use desk::{Line, line};
use kernel::{CaseId, Instant, ProcedureCode, from_micros, micros};
use store::Tx;

use super::{Scope, Sought};
use crate::{Desk, Error, Result};

pub use walk::Walk;

/// Which agency of a dossier is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Role {
    /// The one that decides.
    #[default]
    Decides,
    /// The one where it was filed, and where the result is returned.
    Receives,
}

/// Against the clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Late {
    /// In hand with the clock running, past the promised instant.
    Now,
    /// In hand with the clock running, and little time is left.
    Soon,
    /// In hand or done, past the promised instant.
    Ever,
}

/// What the list holds.
#[derive(Debug, Clone)]
pub struct Filter {
    /// Whose dossiers.
    pub scope: Scope,
    /// In which role.
    pub role: Role,
    /// In which states; all where empty.
    pub statuses: Vec<Status>,
    /// On which procedure.
    pub procedure: Option<ProcedureCode>,
    /// How they came.
    pub channel: Option<Channel>,
    /// Filed from here on.
    pub from: Option<Instant>,
    /// Filed before.
    pub until: Option<Instant>,
    /// Against the clock, as it is now.
    pub late: Option<Late>,
    /// When now is.
    pub now: Instant,
    /// What was typed into the search.
    pub sought: Option<Sought>,
}

impl Filter {
    /// Every dossier of some agencies.
    #[must_use]
    pub fn of(scope: Scope, now: Instant) -> Self {
        Self {
            scope,
            role: Role::Decides,
            statuses: Vec::new(),
            procedure: None,
            channel: None,
            from: None,
            until: None,
            late: None,
            now,
            sought: None,
        }
    }
}

/// Place in the list: when a dossier was filed, and which it was.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Cursor {
    /// When it was filed.
    pub at: Instant,
    /// Which.
    pub id: CaseId,
}

/// A part of the list.
#[derive(Debug, Clone, Default)]
pub struct Page {
    /// The lines, newest first.
    pub lines: Vec<Line>,
    /// After which place the list goes on; none at its end.
    pub next: Option<Cursor>,
    /// Whether the page is short because enough was looked at, not because there are no more.
    pub cut: bool,
}

/// At most `rows` dossiers after a place.
///
/// # Errors
/// Those of the store.
pub fn page(
    tx: &mut Tx<'_>,
    desk: &Desk,
    filter: &Filter,
    after: Option<Cursor>,
    rows: usize,
) -> Result<Page> {
    let mut walk = Walk::page(tx, desk, filter.clone(), after, rows)?;
    let mut found = walk.places(tx, rows + 1)?;
    let more = found.len() > rows;
    found.truncate(rows);
    let cut = walk.cut().filter(|_| !more);
    let ids: Vec<CaseId> = found.iter().map(|place| place.id).collect();
    let lines = line::lines(tx, &desk.front.tenant, &ids)?;
    let next = found.last().copied().filter(|_| more).or(cut);
    Ok(Page { lines, next, cut: cut.is_some() })
}

/// The text of a place, as it stands in addresses: opaque to whoever gets it.
impl fmt::Display for Cursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:016x}{}", micros(self.at), self.id.uuid().simple())
    }
}
impl FromStr for Cursor {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        let parts = text.split_at_checked(16).and_then(|(at, id)| {
            let at = from_micros(i64::from_str_radix(at, 16).ok()?);
            Some(Self { at, id: CaseId::from_uuid(uuid::Uuid::try_parse(id).ok()?) })
        });
        parts.ok_or(Error::Cursor)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_read_back_and_anything_else_refused() {
        let id = CaseId::from_uuid(uuid::Uuid::from_u128(7));
        let cursor = Cursor { at: from_micros(1_795_400_000_000_001), id };
        assert_eq!(cursor.to_string().parse::<Cursor>().unwrap(), cursor);
        for odd in ["", "0", "ả00000000000000000", &"f".repeat(48), &"0".repeat(40)] {
            assert!(odd.parse::<Cursor>().is_err(), "{odd}");
        }
    }
}
