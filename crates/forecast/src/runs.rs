//! All runs of all islands.

use std::num::NonZeroUsize;

use crate::{
    Error, Model, Result, draw,
    model::Pool,
    sim::{self, Cases, Scratch, Tally},
    threads,
};

/// The most runs.
const RUNS_MAX: u32 = 10_000;
/// Runs that one thread takes at once.
const RUNS_AT_ONCE: u32 = 10;

/// How often, from which seed, and on how many threads a forecast is run. The threads change
/// nothing but how long it takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Runs {
    count: u32,
    seed: u64,
    threads: NonZeroUsize,
}

impl Runs {
    /// So many runs from a seed, on one thread.
    ///
    /// # Errors
    /// [`Error::Runs`].
    pub fn new(count: u32, seed: u64) -> Result<Self> {
        let fits = (1..=RUNS_MAX).contains(&count);
        let threads = NonZeroUsize::MIN;
        if fits { Ok(Self { count, seed, threads }) } else { Err(Error::Runs { max: RUNS_MAX }) }
    }

    /// The same on so many threads.
    #[must_use]
    pub const fn on(self, threads: NonZeroUsize) -> Self {
        Self { threads, ..self }
    }

    /// How many.
    #[must_use]
    pub const fn count(self) -> u32 {
        self.count
    }

    /// From which seed.
    #[must_use]
    pub const fn seed(self) -> u64 {
        self.seed
    }

    pub(crate) const fn threads(self) -> NonZeroUsize {
        self.threads
    }

    /// What a run's random numbers are mixed with.
    pub(crate) const fn key(self, run: u32) -> u64 {
        draw::of(self.seed, run as u64)
    }
}

/// All runs of one island.
pub(crate) struct Told {
    /// One of each run.
    pub(crate) tallies: Vec<Tally>,
    /// Of each class of the island, how often it was entered in all runs.
    pub(crate) visits: Vec<u64>,
    /// Of each open case of the island, in how many runs it became late.
    pub(crate) risk: Vec<u32>,
}

/// Runs every island as often as asked.
pub(crate) fn all(model: &Model, runs: Runs) -> Vec<Told> {
    let parts: Vec<(usize, u32)> = (0..model.islands.len())
        .flat_map(|island| (0..runs.count.div_ceil(RUNS_AT_ONCE)).map(move |n| (island, n)))
        .collect();
    let told = threads::map(runs.threads, parts.len(), |part| {
        let (island, n) = parts[part];
        let until = ((n + 1) * RUNS_AT_ONCE).min(runs.count);
        some(model, &model.pools, island, runs, n * RUNS_AT_ONCE..until)
    });
    let mut islands: Vec<Told> = Vec::with_capacity(model.islands.len());
    for ((_, n), part) in parts.into_iter().zip(told) {
        match islands.last_mut().filter(|_| n > 0) {
            None => islands.push(part),
            Some(island) => {
                island.tallies.extend(part.tallies);
                island.visits.iter_mut().zip(part.visits).for_each(|(sum, n)| *sum += n);
                island.risk.iter_mut().zip(part.risk).for_each(|(sum, n)| *sum += n);
            }
        }
    }
    islands
}

/// Some runs of one island, with these pools in place of the model's.
pub(crate) fn some(
    model: &Model,
    pools: &[Pool],
    island: usize,
    runs: Runs,
    which: std::ops::Range<u32>,
) -> Told {
    let island = &model.islands[island];
    let mut scratch = Scratch::default();
    let mut told = Told {
        tallies: Vec::with_capacity(which.len()),
        visits: vec![0; island.classes.len()],
        risk: vec![0; island.cases.len()],
    };
    for run in which {
        let mut tally = sim::run(model, pools, island, runs.key(run), &mut scratch);
        for (sum, visits) in told.visits.iter_mut().zip(std::mem::take(&mut tally.visits)) {
            *sum += u64::from(visits);
        }
        for (sum, late) in told.risk.iter_mut().zip(std::mem::take(&mut tally.risk)) {
            *sum += u32::from(late);
        }
        told.tallies.push(tally);
    }
    told
}

/// Where the cases of all islands went in one run.
pub(crate) fn cases(told: &[Told], run: usize) -> Cases {
    told.iter().map(|island| island.tallies[run].cases).fold(Cases::default(), |a, b| Cases {
        open: a.open + b.open,
        came: a.came + b.came,
        ended: a.ended + b.ended,
        left: a.left + b.left,
        cut: a.cut + b.cut,
    })
}
