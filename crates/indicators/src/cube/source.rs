//! Reading what a batch needs: events in order, and the cases that they go on with.

use std::collections::{BTreeSet, HashSet};

use foldhash::fast::RandomState;
use kernel::{CaseCode, CaseId, Instant, Tenant};
use store::{Arg, Row, Tx, args};

use super::{
    fold::{Fold, Remembered},
    shelf::HashMap,
};
use crate::{
    Error, Result,
    catalogue::Catalogue,
    count::{CaseState, Told, What, count},
};

/// Keys in one statement.
pub(super) const AT_ONCE: usize = 200;

/// The sealed events of the positions `from .. to`, read; in order.
pub(crate) fn events(tx: &mut Tx<'_>, tenant: &Tenant, from: u64, to: u64) -> Result<Vec<Told>> {
    let mut told = Vec::new();
    let mut broken = None;
    tx.each(
        "select pos, case_id, kind, happened_at, recorded_at, data from event
         where tenant = $1 and pos >= $2 and pos < $3 order by pos",
        args!(tenant, bigint(from), bigint(to)),
        |row| {
            match read(row)? {
                Ok(one) => told.push(one),
                Err(error) => broken = broken.take().or(Some(error)),
            }
            Ok(())
        },
    )?;
    match broken {
        Some(error) => Err(error),
        None => Ok(told),
    }
}

fn read(row: &Row<'_>) -> store::Result<Result<Told>> {
    let times: (Instant, Instant) = (row.get(3)?, row.get(4)?);
    Ok(Told::read(row.get(0)?, row.get(1)?, row.text(2)?, times, row.text(5)?))
}

/// Where the sealed journal ends: one past the last position.
pub(crate) fn end(tx: &mut Tx<'_>, tenant: &Tenant) -> Result<u64> {
    let last: Option<u64> = tx.opt(
        "select pos from event where tenant = $1 and pos is not null order by pos desc limit 1",
        args!(tenant),
        |row| row.get(0),
    )?;
    Ok(last.map_or(0, |last| last + 1))
}

/// Cases that were filed in a batch.
type Begun = HashSet<CaseId, RandomState>;

/// Which cases a batch goes on with that `fold` does not know, and codes that it has to ask for.
#[derive(Debug, Default)]
pub(crate) struct Missing {
    cases: BTreeSet<CaseId>,
    codes: BTreeSet<CaseCode>,
}

impl Missing {
    /// What is missing for these events.
    pub(crate) fn of(told: &[Told], fold: &Fold) -> Self {
        let mut missing = Self::default();
        let mut begun = Begun::default();
        for one in told {
            if matches!(one.what, What::Submitted { .. }) {
                begun.insert(one.case);
            } else if let Some(code) = one.what.result_of() {
                match fold.codes.get(code) {
                    None => drop(missing.codes.insert(code.clone())),
                    Some(case) => missing.need(*case, fold, &begun),
                }
            } else if one.what.is_of_case() {
                missing.need(one.case, fold, &begun);
            }
        }
        missing
    }

    fn need(&mut self, case: CaseId, fold: &Fold, begun: &Begun) {
        if !begun.contains(&case) && !fold.cases.contains_key(&case) {
            self.cases.insert(case);
        }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.cases.is_empty() && self.codes.is_empty()
    }
}

/// What was missing.
#[derive(Debug, Default)]
pub(crate) struct Found {
    cases: HashMap<CaseId, Remembered>,
    codes: HashMap<CaseCode, CaseId>,
}

impl Found {
    /// Gives it to the batch.
    pub(crate) fn give(self, fold: &mut Fold) {
        fold.codes.extend(self.codes);
        for (case, known) in self.cases {
            fold.cases.entry(case).or_insert(known);
        }
    }
}

/// Looks up what is missing, as it was before position `before`.
pub(crate) fn find(
    tx: &mut Tx<'_>,
    (tenant, build): (&Tenant, i64),
    catalogue: &Catalogue,
    missing: &Missing,
    before: u64,
) -> Result<Found> {
    let mut found = Found::default();
    let mut wanted = missing.cases.clone();
    let codes: Vec<&CaseCode> = missing.codes.iter().collect();
    for some in codes.chunks(AT_ONCE) {
        let (places, args) = list(tenant, None, some.iter().map(|code| Arg::from(*code)));
        let sql =
            format!("select code, id from case_state where tenant = $1 and code in ({places})");
        let rows: Vec<(CaseCode, CaseId)> =
            tx.all(&sql, &args, |row| Ok((row.get(0)?, row.get(1)?)))?;
        wanted.extend(rows.iter().map(|(_, case)| *case));
        found.codes.extend(rows);
    }
    let wanted: Vec<CaseId> = wanted.into_iter().collect();
    for some in wanted.chunks(AT_ONCE) {
        let ids = some.iter().map(|id| Arg::from(*id));
        let (places, args) = list(tenant, Some(build), ids);
        let sql = format!(
            "select case_id, state from cube_case
             where tenant = $1 and build = $2 and case_id in ({places})"
        );
        let rows: Vec<(CaseId, String)> =
            tx.all(&sql, &args, |row| Ok((row.get(0)?, row.get(1)?)))?;
        for (case, state) in rows {
            let state: CaseState = serde_json::from_str(&state)?;
            let stored = Some((state.agency, state.held.clone()));
            found.cases.insert(case, Remembered { state, stored, touched: false });
        }
        for case in some {
            if !found.cases.contains_key(case)
                && let Some(state) = from_journal(tx, tenant, catalogue, *case, before)?
            {
                found.cases.insert(*case, Remembered { state, stored: None, touched: false });
            }
        }
    }
    Ok(found)
}

/// The state of a case of which nothing more was expected, computed from its events.
fn from_journal(
    tx: &mut Tx<'_>,
    tenant: &Tenant,
    catalogue: &Catalogue,
    case: CaseId,
    before: u64,
) -> Result<Option<CaseState>> {
    let rows = tx.all(
        "select pos, case_id, kind, happened_at, recorded_at, data from event
         where tenant = $1 and case_id = $2 and pos < $3 order by version",
        args!(tenant, case, bigint(before)),
        read,
    )?;
    let mut state: Option<CaseState> = None;
    for told in rows {
        let counted = count(state.as_ref(), &told?, catalogue);
        state = counted.state.or(state);
    }
    Ok(state)
}

/// Tenant, perhaps build, and `$3, $4, …` for some keys.
pub(super) fn list<'a>(
    tenant: &'a Tenant,
    build: Option<i64>,
    keys: impl Iterator<Item = Arg<'a>>,
) -> (String, Vec<Arg<'a>>) {
    let mut args: Vec<Arg<'_>> = vec![tenant.into()];
    args.extend(build.map(Arg::from));
    let first = args.len() + 1;
    args.extend(keys);
    let places: Vec<String> = (first..=args.len()).map(|n| format!("${n}")).collect();
    (places.join(", "), args)
}

/// A position as the store counts it.
pub(crate) fn bigint(count: u64) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

impl From<serde_json::Error> for Error {
    fn from(error: serde_json::Error) -> Self {
        Self::State(error)
    }
}
