//! The closed list of moves, and what a part of the province comes to with some of them.

use super::{Move, Wish};
use crate::{
    Model, Runs,
    model::{Island, Pool},
    runs::{self, Told},
};

/// A move by the numbers of its teams.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Act {
    Add(usize),
    Lend(usize, usize),
    Overtime(usize),
    ByDue(usize),
}

/// Officers enough that nothing ever waits.
const NOBODY_WAITS: u16 = u16::MAX;

/// A model in which moves are tried.
pub(super) struct Ground<'a> {
    pub(super) model: Model,
    pub(super) wish: &'a Wish,
    pub(super) runs: Runs,
    /// Of each office, its hours with overtime.
    overtime: Vec<u32>,
}

/// What an island came to with some moves.
#[derive(Debug, Clone)]
pub(super) struct Trial {
    /// In order.
    pub(super) acts: Vec<Act>,
    /// Cases that became late, of each run.
    pub(super) late: Vec<f64>,
    /// Cases that fell due, expected.
    pub(super) due: f64,
    /// How many too many became late, expected: more than the share allows.
    pub(super) excess: f64,
    /// Of each team of the island, whether anything waited in any run.
    waited: Vec<bool>,
    /// Of each team of the island, the share of its time that was taken.
    used: Vec<f64>,
}

/// What no choice of moves undercuts on an island.
pub(super) struct Bound {
    /// How many too many become late.
    pub(super) excess: f64,
    /// Where nothing waits and everybody works overtime: cases that become late even so at each
    /// station that the wish is about, expected; those without any left out.
    pub(super) late: Vec<(usize, f64)>,
}

impl<'a> Ground<'a> {
    pub(super) fn new(model: &Model, wish: &'a Wish, runs: Runs) -> Self {
        let mut model = model.clone();
        let offices = 0..model.offices.len() as u32;
        let overtime = offices.map(|office| model.overtime_table(office, wish.overtime)).collect();
        Self { model, wish, runs, overtime }
    }

    /// Runs an island with some moves.
    pub(super) fn trial(&self, island: usize, acts: Vec<Act>) -> Trial {
        let mut pools = self.model.pools.clone();
        acts.iter().for_each(|act| self.make(&mut pools, *act));
        let all = 0..self.runs.count();
        let told = runs::some(&self.model, &pools, island, self.runs, all);
        self.judge(&self.model.islands[island], &pools, &told, acts)
    }

    /// What an island comes to that was run without any move.
    pub(super) fn without(&self, island: usize, told: &Told) -> Trial {
        self.judge(&self.model.islands[island], &self.model.pools, told, Vec::new())
    }

    /// An excess that no choice of moves can undercut. Where nothing waits and everybody works
    /// overtime, every case takes its own path at its own times and ends as early as it can.
    pub(super) fn bound(&self, island: usize, without: &Trial) -> Bound {
        let stations = self.model.islands[island].stations.clone();
        let meant: Vec<usize> = stations.clone().filter(|station| self.means(*station)).collect();
        if without.late.iter().all(|late| *late == 0.0) || meant.is_empty() {
            return Bound { excess: without.excess, late: Vec::new() };
        }
        let mut pools = self.model.pools.clone();
        for pool in &mut pools[self.model.islands[island].pools.clone()] {
            pool.officers.fill(NOBODY_WAITS);
            if pool.overtime == 0 {
                pool.table = self.overtime[pool.office as usize];
            }
        }
        let told = runs::some(&self.model, &pools, island, self.runs, 0..self.runs.count());
        let late = |station: usize| {
            let of = |tally: &crate::sim::Tally| f64::from(tally.late_at(station - stations.start));
            told.tallies.iter().map(of).sum::<f64>() / f64::from(self.runs.count())
        };
        let all = meant.len() == stations.len();
        let late = meant.into_iter().map(|station| (station, late(station)));
        let late = late.filter(|(_, late)| *late > 0.0).collect();
        let excess = match all {
            true => self.judge(&self.model.islands[island], &pools, &told, Vec::new()).excess,
            // Where a case stands when it becomes late may change with any move, so that of one
            // agency among others nothing better can be said than: none late, out of all.
            false => -(1.0 - self.wish.share) * self.due_anywhere(island),
        };
        Bound { excess, late }
    }

    /// Whether the wish is about a station.
    fn means(&self, station: usize) -> bool {
        self.wish.agency.is_none_or(|agency| agency == self.model.agency_of(station))
    }

    /// Cases that fall due anywhere on an island, expected.
    fn due_anywhere(&self, island: usize) -> f64 {
        let all = 0..self.runs.count();
        let told = runs::some(&self.model, &self.model.pools, island, self.runs, all);
        let of_run = |tally: &crate::sim::Tally| {
            tally.late.iter().sum::<i32>() + tally.on_time.iter().sum::<i32>()
        };
        let sum: i32 = told.tallies.iter().map(of_run).sum();
        f64::from(sum) / f64::from(self.runs.count())
    }

    /// The moves that are offered after some others.
    pub(super) fn offers(&self, island: usize, after: &Trial) -> Vec<Act> {
        let pools = self.model.islands[island].pools.clone();
        let from = pools.start;
        let mut offers = Vec::new();
        for pool in pools.clone() {
            let has = |act: Act| after.acts.contains(&act);
            let now = &self.model.pools[pool];
            if now.overtime == 0 && !has(Act::Overtime(pool)) && after.used[pool - from] > 0.0 {
                offers.push(Act::Overtime(pool));
            }
            if !after.waited[pool - from] {
                continue;
            }
            offers.push(Act::Add(pool));
            if !now.by_due && !has(Act::ByDue(pool)) {
                offers.push(Act::ByDue(pool));
            }
            let lenders = pools.clone().filter(|other| {
                let lent =
                    after.acts.iter().filter(|a| matches!(a, Act::Lend(from, _) if from == other));
                let left = self.fewest(*other).saturating_sub(lent.count());
                *other != pool
                    && self.model.pools[*other].office == now.office
                    && after.used[other - from] < self.wish.slack
                    && left >= 2
            });
            offers.extend(lenders.map(|other| Act::Lend(other, pool)));
        }
        offers
    }

    /// Officers of a team on the day on which it has fewest.
    fn fewest(&self, pool: usize) -> usize {
        self.model.pools[pool].officers.iter().copied().min().map_or(0, usize::from)
    }

    fn make(&self, pools: &mut [Pool], act: Act) {
        match act {
            Act::Add(pool) => more(&mut pools[pool]),
            Act::Lend(from, to) => {
                for there in &mut pools[from].officers {
                    *there = there.saturating_sub(1);
                }
                more(&mut pools[to]);
            }
            Act::Overtime(pool) => pools[pool].table = self.overtime[pools[pool].office as usize],
            Act::ByDue(pool) => pools[pool].by_due = true,
        }
    }

    fn judge(&self, island: &Island, pools: &[Pool], told: &Told, acts: Vec<Act>) -> Trial {
        let model = &self.model;
        let rows: Vec<usize> = island.stations.clone().filter(|s| self.means(*s)).collect();
        let rows: Vec<usize> = rows.into_iter().map(|s| s - island.stations.start).collect();
        let count = f64::from(self.runs.count());
        let mut on_time = 0.0;
        let mut late = Vec::with_capacity(told.tallies.len());
        let mut waited = vec![false; island.pools.len()];
        let mut busy = vec![0.0; island.pools.len()];
        for tally in &told.tallies {
            late.push(rows.iter().map(|row| f64::from(tally.late_at(*row))).sum());
            on_time += rows.iter().map(|row| f64::from(tally.on_time[*row])).sum::<f64>() / count;
            for (row, station) in island.stations.clone().enumerate() {
                let pool = model.stations[station].pool as usize - island.pools.start;
                waited[pool] |= tally.waited[row] > 0;
                busy[pool] += tally.busy_at(row) as f64 / count;
            }
        }
        let due = on_time + late.iter().sum::<f64>() / count;
        let used = busy.iter().zip(&pools[island.pools.clone()]).map(|(busy, pool)| {
            let capacity: u64 = (0..model.days).map(|day| model.capacity(pool, day)).sum();
            if capacity > 0 { busy / capacity as f64 } else { 0.0 }
        });
        let used = used.collect();
        let excess = late.iter().sum::<f64>() / count - (1.0 - self.wish.share) * due;
        Trial { acts, late, due, excess, waited, used }
    }

    /// A move in words, and its team.
    pub(super) fn told(&self, act: Act) -> (Move, usize) {
        let first = |pool: usize| {
            let is = |s: &&crate::model::Station| s.pool as usize == pool;
            let station = self.model.stations.iter().find(is);
            station.map(|s| (self.model.offices[s.office as usize].agency, s.step.clone()))
        };
        // Every team has a step: teams are laid out with their first one.
        let of = |pool| first(pool).expect("a team has a step");
        match act {
            Act::Add(pool) => {
                let (agency, step) = of(pool);
                (Move::AddOfficer { agency, step }, pool)
            }
            Act::Lend(from, to) => {
                let (agency, step) = of(to);
                (Move::Lend { agency, from: of(from).1, to: step }, to)
            }
            Act::Overtime(pool) => {
                let (agency, step) = of(pool);
                (Move::Overtime { agency, step, minutes: self.wish.overtime }, pool)
            }
            Act::ByDue(pool) => {
                let (agency, step) = of(pool);
                (Move::ByDue { agency, step }, pool)
            }
        }
    }

    /// The share of a team's time that is taken in a trial.
    pub(super) fn used(&self, island: usize, trial: &Trial, pool: usize) -> f64 {
        trial.used[pool - self.model.islands[island].pools.start]
    }
}

fn more(pool: &mut Pool) {
    for there in &mut pool.officers {
        *there = there.saturating_add(1);
    }
}
