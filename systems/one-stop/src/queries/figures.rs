//! The figures of timeliness, by both counts, and the dossiers behind each of them.
//!
//! What is over counts alike in every period: it is read as sums by month, and at the edges of a
//! period that does not begin or end with a month, from narrow rows. What was in hand at the end
//! of the period is judged dossier by dossier, and so is what changed in the last second and was
//! not counted yet. A figure is therefore exact at every moment, and costs as much as there was
//! to do at one time, not as much as was ever done. [`counted`] judges every dossier of a period
//! by itself, and is what the tests hold all this against.

mod fresh;
mod judged;
mod kept;
mod shelf;

use std::collections::{BTreeMap, BTreeSet};

use kernel::{CaseId, Instant, ProcedureCode};
use store::Tx;

use super::Scope;
use crate::{
    Desk, Result,
    measures::{Ending, IndexCount, OwnCount, Period, Reason},
};

pub use self::{
    judged::{Counted, counted},
    shelf::{Place, Shelf},
};

/// What is asked: whose dossiers, on which procedure, in which period, as known when.
#[derive(Debug, Clone)]
pub struct Wanted {
    /// Whose dossiers.
    pub scope: Scope,
    /// On which procedure; on all where none.
    pub procedure: Option<ProcedureCode>,
    /// In which period.
    pub period: Period,
    /// When now is.
    pub now: Instant,
}

/// Both counts, and why they differ.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Figures {
    /// Item 2.1 of the index of Decision 766.
    pub index: IndexCount,
    /// The desk's own count.
    pub own: OwnCount,
    /// How many differ, by reason.
    pub differ: BTreeMap<Reason, u64>,
}

impl Figures {
    /// Counts a dossier.
    pub fn add(&mut self, counted: &Counted) {
        self.index.add(counted.judged.verdict, 1);
        self.own.add(counted.received_in_period, counted.standing);
        if let Some(reason) = counted.differs() {
            *self.differ.entry(reason).or_default() += 1;
        }
    }

    /// Counts what ended in the period, of which so many were carried over.
    fn add_over(&mut self, endings: &BTreeMap<Ending, i64>, carried: i64) {
        let count = |n: i64| u64::try_from(n).unwrap_or(0);
        for (ending, n) in endings.iter().filter(|(_, n)| **n > 0) {
            self.index.add(ending.verdict(), count(*n));
            self.own.stand(ending.standing(), count(*n));
            if let Some(reason) = ending.differs() {
                *self.differ.entry(reason).or_default() += count(*n);
            }
        }
        self.own.carried_over += count(carried);
        self.own.received += count(endings.values().sum::<i64>() - carried);
    }
}

/// Both counts of a period.
///
/// # Errors
/// Those of the store.
pub fn figures(tx: &mut Tx<'_>, desk: &Desk, wanted: &Wanted) -> Result<Figures> {
    let mut figures = Figures::default();
    let Some(fresh) = fresh::read(tx, desk)? else {
        counted(tx, desk, wanted, |counted| figures.add(&counted))?;
        return Ok(figures);
    };
    let (begin, end) = (wanted.period.begin(), wanted.period.end());
    let mut endings = kept::endings(tx, desk, wanted)?;
    let mut carried = kept::open_count(tx, desk, wanted, begin)?;
    for stale in kept::stale(tx, desk, wanted, &fresh)? {
        if begin <= stale.ended && stale.ended < end {
            *endings.entry(stale.ending).or_default() -= 1;
        }
        if stale.accepted < begin && begin <= stale.ended {
            carried -= 1;
        }
    }
    judged::ended_later(tx, desk, wanted, |counted| {
        if !fresh.contains(&counted.id) {
            figures.add(&counted);
            carried -= i64::from(!counted.received_in_period);
        }
    })?;
    judged_now(tx, desk, wanted, &fresh, |counted| figures.add(&counted))?;
    // Who is left of those carried over ended in the period.
    figures.add_over(&endings, carried);
    Ok(figures)
}

/// What is judged by itself since it is in hand now, or was not counted yet.
fn judged_now(
    tx: &mut Tx<'_>,
    desk: &Desk,
    wanted: &Wanted,
    fresh: &BTreeSet<CaseId>,
    mut visit: impl FnMut(Counted),
) -> Result<()> {
    judged::in_hand(tx, desk, wanted, |counted| {
        if !fresh.contains(&counted.id) {
            visit(counted);
        }
    })?;
    judged::these(tx, desk, wanted, fresh, visit)
}

/// The first `limit` dossiers of a shelf after the place given, each with its place: first what
/// is over, by agency, ending and time, then what was in hand at the end of the period.
///
/// # Errors
/// Those of the store.
pub fn list(
    tx: &mut Tx<'_>,
    desk: &Desk,
    wanted: &Wanted,
    shelf: Shelf,
    after: Option<Place>,
    limit: usize,
) -> Result<Vec<(Place, Counted)>> {
    let fresh = fresh::read(tx, desk)?;
    let mut rows = match (&fresh, after) {
        (None, _) | (_, Some(Place::InHand(_))) => Vec::new(),
        (Some(fresh), _) => kept::walk(tx, desk, wanted, shelf, fresh, after, limit)?,
    };
    if rows.len() < limit {
        let after = match after {
            Some(Place::InHand(id)) => Some(id),
            _ => None,
        };
        let mut rest = Vec::new();
        let mut visit = |counted: Counted| {
            if shelf.holds(&counted) && after.is_none_or(|after| after < counted.id) {
                rest.push(counted);
            }
        };
        match &fresh {
            None => counted(tx, desk, wanted, visit)?,
            Some(fresh) => {
                judged::ended_later(tx, desk, wanted, |counted| {
                    if !fresh.contains(&counted.id) {
                        visit(counted);
                    }
                })?;
                judged_now(tx, desk, wanted, fresh, visit)?;
            }
        }
        rest.sort_by_key(|counted| counted.id);
        rest.truncate(limit - rows.len());
        rows.extend(rest.into_iter().map(|counted| (Place::InHand(counted.id), counted)));
    }
    Ok(rows)
}
