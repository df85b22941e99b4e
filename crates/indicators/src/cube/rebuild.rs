//! The whole cube from nothing, beside the one that is read, which it then replaces.

use std::collections::VecDeque;

use store::{Pending, Store, Tx, args};

use super::{
    Cube,
    fold::{Batch, Fold},
    source::{self, Found, Missing},
    write::{self, Rows},
};
use crate::{Error, Result, count::Told, day::Month};

/// Reads that are under way while a batch is folded: fewer than the embedded store has readers, so
/// that one is free for what has to be looked up.
const READS_AHEAD: usize = 2;
/// Events that are folded in memory before they are written, at most.
const EVENTS_MAX: u64 = 1_000_000;
/// Rows of an old build that are deleted in one transaction.
const DELETE_AT_ONCE: i64 = 20_000;

/// How much a rebuild does at a time; the cube is the same in the end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Steps {
    /// Events that are read in one go.
    pub events: u64,
    /// Months of agencies that are written in one go, each of which is some twenty rows: nobody
    /// else writes meanwhile. The first ones are fewer, so that the writer does not wait long for
    /// something to do.
    pub months: usize,
}

impl Default for Steps {
    fn default() -> Self {
        Self { events: 8_192, months: 4_096 }
    }
}

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
    pub fn rebuild(&self, store: &Store, progress: impl FnMut(u64, u64)) -> Result<Rebuilt> {
        self.rebuild_by(store, Steps::default(), progress)
    }

    /// As [`Cube::rebuild`], in other steps.
    ///
    /// # Errors
    /// As [`Cube::rebuild`].
    pub fn rebuild_by(
        &self,
        store: &Store,
        steps: Steps,
        mut progress: impl FnMut(u64, u64),
    ) -> Result<Rebuilt> {
        let build = self.begin_build(store)?;
        let mut fold = Fold::default();
        let mut counted = 0;
        loop {
            let cube = self.clone();
            let end = store.read(move |tx: &mut Tx<'_>| source::end(tx, &cube.tenant)).wait()?;
            if counted < end {
                let writer = Writer::new(self, store, build, (counted, steps));
                self.count_until(writer, &mut fold, (counted, end), &mut progress)?;
                counted = end;
            }
            if self.switch(store, build, counted)? {
                return Ok(Rebuilt { build, events: counted });
            }
        }
    }

    /// Counts the events of the positions `from .. end`: while some are folded, the next ones are
    /// read, and those before them are written.
    fn count_until(
        &self,
        mut writer: Writer<'_>,
        fold: &mut Fold,
        (from, end): (u64, u64),
        progress: &mut impl FnMut(u64, u64),
    ) -> Result<()> {
        let (store, build) = (writer.store, writer.build);
        let mut reads: VecDeque<(u64, Pending<Vec<Told>, Error>)> = VecDeque::new();
        let mut next = from;
        loop {
            while next < end && reads.len() < READS_AHEAD {
                let (cube, at, to) =
                    (self.clone(), next, end.min(next + writer.steps.events.max(1)));
                let read =
                    store.read(move |tx: &mut Tx<'_>| source::events(tx, &cube.tenant, at, to));
                reads.push_back((to, read));
                next = to;
            }
            let Some((to, read)) = reads.pop_front() else { return Ok(()) };
            let told = read.wait()?;
            self.look_up(store, build, &told, fold)?;
            for one in &told {
                fold.add(one, &self.catalogue);
            }
            fold.forget();
            if to == end {
                writer.begin(fold.batch(true))?;
                writer.end()?;
            } else if fold.events >= EVENTS_MAX || fold.shelves() >= writer.room.max(1) {
                // Whoever counts from nothing needs no rows of cases before the end.
                writer.begin(fold.batch(false))?;
            }
            progress(to, end);
        }
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

/// Writes one batch while the next one is folded.
struct Writer<'s> {
    cube: &'s Cube,
    store: &'s Store,
    build: i64,
    steps: Steps,
    lists_until: Option<Month>,
    /// How many months of agencies the next batch should have.
    room: usize,
    writing: Option<Pending<(), Error>>,
}

impl<'s> Writer<'s> {
    /// For a build that has counted `counted` events.
    fn new(cube: &'s Cube, store: &'s Store, build: i64, (counted, steps): (u64, Steps)) -> Self {
        // A build that counted nothing has no lists at all.
        let lists_until = if counted == 0 { Some(Month::FIRST) } else { None };
        let room = steps.months / 4;
        Self { cube, store, build, steps, lists_until, room, writing: None }
    }

    /// Begins to write a batch, after the one before it.
    fn begin(&mut self, batch: Batch) -> Result<()> {
        self.end()?;
        self.room = self.steps.months.min(self.room * 2);
        let (cube, build, lists_until) = (self.cube.clone(), self.build, self.lists_until);
        let last = batch.traces.iter().map(|one| one.key.month).max();
        self.lists_until = lists_until.map(|until| last.map_or(until, |last| last.max(until)));
        let write = move |tx: &mut Tx<'_>| -> Result<()> {
            write::write(tx, Rows { tenant: &cube.tenant, build, lists_until }, &batch)
        };
        self.writing = Some(self.store.write(write));
        Ok(())
    }

    /// Waits until everything is written.
    fn end(&mut self) -> Result<()> {
        self.writing.take().map_or(Ok(()), Pending::wait)
    }
}
