//! The whole cube from nothing, beside the one that is read, which it then replaces.

use std::collections::VecDeque;

use store::{Pending, Store, Tx, args};

use super::{
    Cube,
    fold::Fold,
    source::{self, Found, Missing},
    write::{self, Rows},
};
use crate::{Error, Result, count::Told};

/// Events that are read in one go.
pub const READ_AT_ONCE: u64 = 16_384;
/// Events that are folded in memory before anything is written.
pub const WRITE_AFTER: u64 = 1_000_000;
/// Reads that are under way while a batch is folded.
const READS_AHEAD: usize = 3;
/// Rows of an old build that are deleted in one transaction.
const DELETE_AT_ONCE: i64 = 20_000;

/// What a rebuild did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rebuilt {
    /// The number of the new build.
    pub build: i64,
    /// Events that were counted.
    pub events: u64,
}

impl Cube {
    /// Computes the cube from the journal anew and puts it in the place of the one that is read.
    /// Meanwhile that one goes on following; what is sealed while the last events are counted,
    /// the next [`Cube::follow`] counts. `progress` is told how many events are counted, of how
    /// many.
    ///
    /// A run that was interrupted leaves an unfinished build that nobody reads; the next run
    /// takes it away.
    ///
    /// # Errors
    /// As [`Cube::follow`]; [`store::Error::Conflict`] where another run began meanwhile, which
    /// goes on alone.
    pub fn rebuild(&self, store: &Store, mut progress: impl FnMut(u64, u64)) -> Result<Rebuilt> {
        let build = self.begin_build(store)?;
        let mut fold = Fold::default();
        let mut counted = 0;
        loop {
            let cube = self.clone();
            let end = store.read(move |tx: &mut Tx<'_>| source::end(tx, &cube.tenant)).wait()?;
            if counted < end {
                fold = self.count_until(store, build, fold, (counted, end), &mut progress)?;
                counted = end;
            }
            if self.switch(store, build, counted)? {
                return Ok(Rebuilt { build, events: counted });
            }
        }
    }

    /// Counts the events of the positions `from .. end`, reading ahead while it folds.
    fn count_until(
        &self,
        store: &Store,
        build: i64,
        mut fold: Fold,
        (from, end): (u64, u64),
        progress: &mut impl FnMut(u64, u64),
    ) -> Result<Fold> {
        let mut reads: VecDeque<(u64, Pending<Vec<Told>, Error>)> = VecDeque::new();
        let mut next = from;
        let mut unwritten = 0;
        loop {
            while next < end && reads.len() < READS_AHEAD {
                let (cube, at, to) = (self.clone(), next, end.min(next + READ_AT_ONCE));
                let read =
                    store.read(move |tx: &mut Tx<'_>| source::events(tx, &cube.tenant, at, to));
                reads.push_back((to, read));
                next = to;
            }
            let Some((to, read)) = reads.pop_front() else { break };
            let told = read.wait()?;
            self.look_up(store, build, &told, &mut fold)?;
            for one in &told {
                fold.add(one, &self.catalogue);
            }
            unwritten += told.len() as u64;
            if unwritten >= WRITE_AFTER || to == end {
                fold = self.write_out(store, build, fold)?;
                unwritten = 0;
            }
            progress(to, end);
        }
        Ok(fold)
    }

    fn look_up(&self, store: &Store, build: i64, told: &[Told], fold: &mut Fold) -> Result<()> {
        let missing = Missing::of(told, fold);
        let Some(first) = told.first().filter(|_| !missing.is_empty()) else { return Ok(()) };
        let (cube, before) = (self.clone(), first.pos);
        let find = move |tx: &mut Tx<'_>| -> Result<Found> {
            source::find(tx, (&cube.tenant, build), &cube.catalogue, &missing, before)
        };
        store.read(find).wait()?.give(fold);
        Ok(())
    }

    /// The closure may run twice on PostgreSQL, so it works on a copy where it has to.
    fn write_out(&self, store: &Store, build: i64, fold: Fold) -> Result<Fold> {
        let cube = self.clone();
        let again = store.engine() == store::Engine::Postgres;
        let mut fold = Some(fold);
        let write = move |tx: &mut Tx<'_>| -> Result<Fold> {
            let mut work = match again {
                true => fold.clone(),
                false => fold.take(),
            }
            .ok_or(Error::Damaged("a batch that was written already"))?;
            write::write(tx, Rows { tenant: &cube.tenant, build }, &mut work)?;
            Ok(work)
        };
        store.write(write).wait()
    }

    /// A new build; unfinished ones of earlier runs are taken away.
    fn begin_build(&self, store: &Store) -> Result<i64> {
        let cube = self.clone();
        // A build without a position is nobody's any more, however far its run is.
        let begin = move |tx: &mut Tx<'_>| -> Result<(i64, Vec<i64>)> {
            let current = cube.current(tx)?;
            let all: Vec<i64> = tx.all(
                "select build from cube_place where tenant = $1 order by build",
                args!(&cube.tenant),
                |row| row.get(0),
            )?;
            let unfinished = all.iter().copied().filter(|build| Some(*build) != current);
            let unfinished: Vec<i64> = unfinished.collect();
            for build in &unfinished {
                tx.put(
                    "update cube_place set pos = -1 where tenant = $1 and build = $2",
                    args!(&cube.tenant, *build),
                )?;
            }
            // The first number is that of whoever follows before anything was ever rebuilt.
            let build = all.last().copied().max(current).unwrap_or(1).max(1) + 1;
            tx.put(
                "insert into cube_place (tenant, build, pos, recorded_at) values ($1, $2, 0, 0)",
                args!(&cube.tenant, build),
            )?;
            Ok((build, unfinished))
        };
        let (build, unfinished) = store.write(begin).wait()?;
        for old in unfinished {
            self.clear(store, old)?;
        }
        Ok(build)
    }

    /// Puts a build that has counted `counted` events in the place of the one that is read, and
    /// takes that one away; not where that one has counted further meanwhile.
    fn switch(&self, store: &Store, build: i64, counted: u64) -> Result<bool> {
        let cube = self.clone();
        let switch = move |tx: &mut Tx<'_>| -> Result<(bool, Option<i64>)> {
            // Waits for whoever follows the journal now.
            let old: Option<i64> = tx.opt(
                "update cube_current set build = build where tenant = $1 returning build",
                args!(&cube.tenant),
                |row| row.get(0),
            )?;
            let reached = match old {
                Some(old) => cube.place(tx, old)?.map_or(0, |(pos, _)| pos),
                None => 0,
            };
            if reached > counted {
                return Ok((false, None));
            }
            // Another run has not taken this build away.
            tx.put(
                "update cube_place set pos = pos where tenant = $1 and build = $2 and pos = $3",
                args!(&cube.tenant, build, source::bigint(counted)),
            )?;
            tx.put(
                "insert into cube_current (tenant, build) values ($1, $2)
                 on conflict (tenant) do update set build = excluded.build",
                args!(&cube.tenant, build),
            )?;
            Ok((true, old))
        };
        let (switched, old) = store.write(switch).wait()?;
        if let Some(old) = old.filter(|old| *old != build) {
            self.clear(store, old)?;
        }
        Ok(switched)
    }

    /// Takes the rows of a build away, some at a time.
    fn clear(&self, store: &Store, build: i64) -> Result<()> {
        for (table, key) in [
            ("cube_slab", "plane, span, agency"),
            ("cube_trace", "agency, plane, list, month, part"),
            ("cube_open", "plane, agency, fact, since, case_id"),
            ("cube_case", "case_id"),
            ("cube_tree", "pos"),
            ("cube_revision", "agency, month, pos, seq"),
            ("cube_place", "build"),
        ] {
            let sql = format!(
                "delete from {table} where tenant = $1 and build = $2 and ({key}) in (
                     select {key} from {table} where tenant = $1 and build = $2 limit $3)"
            );
            loop {
                let (tenant, sql) = (self.tenant.clone(), sql.clone());
                let delete = move |tx: &mut Tx<'_>| -> Result<u64> {
                    Ok(tx.exec(&sql, args!(&tenant, build, DELETE_AT_ONCE))?)
                };
                if store.write(delete).wait()? == 0 {
                    break;
                }
            }
        }
        Ok(())
    }
}
