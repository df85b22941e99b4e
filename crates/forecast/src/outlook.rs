//! What the runs come to: of a step, of an agency, of the province.

use jiff::civil::Date;
use kernel::{AgencyId, CaseId};

use crate::{Dropped, Model, Note, Runs, Spread, StepName, runs, runs::Told, threads};

/// A forecast: what will be late if nothing changes.
#[derive(Debug, Clone, PartialEq)]
pub struct Forecast {
    /// How often it was run, and from which seed.
    pub runs: Runs,
    /// The whole province.
    pub province: Outlook,
    /// Each agency that work passes.
    pub agencies: Vec<(AgencyId, Outlook)>,
    /// Each step of an agency that work passes.
    pub steps: Vec<StepOutlook>,
    /// Open cases that became late in some run and were not late before, the likeliest first.
    pub at_risk: Vec<CaseAtRisk>,
    /// Cases that were late before the forecast began; they are in none of the figures of cases
    /// that become late.
    pub late_already: u32,
    /// Where the cases of the runs went, on average.
    pub flow: Flow,
    /// What a reader must know about the inputs.
    pub notes: Vec<Note>,
    /// Records that could not be used.
    pub dropped: Dropped,
}

/// What is to be expected somewhere.
#[derive(Debug, Clone, PartialEq)]
pub struct Outlook {
    /// Day by day.
    pub days: Vec<Day>,
    /// Cases that become late: that stand here when their due time passes.
    pub late: Spread,
    /// Cases that end here in time and would have been due within the days of the forecast.
    pub on_time: Spread,
    /// Of the cases that fall due within the days of the forecast, those that are in time: each
    /// counts where it ended, or where it stood when it became late. None where none falls due
    /// in any run.
    pub share: Option<Spread>,
    /// How much of it rests on little.
    pub evidence: Evidence,
}

/// One day somewhere.
#[derive(Debug, Clone, PartialEq)]
pub struct Day {
    /// Which day.
    pub date: Date,
    /// Cases whose due time passes on this day.
    pub late: Spread,
    /// Cases past their due time when the day ends. A case with several open steps counts at
    /// each of them.
    pub overdue: Spread,
    /// Cases that wait for an officer when the day ends.
    pub waiting: Spread,
    /// Cases in hand when the day ends, expected.
    pub in_hand: f64,
    /// Share of the officers' working time that is taken, expected, over all steps of the teams
    /// that work here; none where nobody works on that day.
    pub utilisation: Option<f64>,
}

/// A step of an agency.
#[derive(Debug, Clone, PartialEq)]
pub struct StepOutlook {
    /// Which agency.
    pub agency: AgencyId,
    /// Which step.
    pub step: StepName,
    /// Officers of its team on the first day.
    pub officers: u16,
    /// What is to be expected.
    pub outlook: Outlook,
}

/// What the times of the steps rest on: shares of all steps that the runs went through.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Evidence {
    /// The share of each basis, in the order of [`Basis::ALL`](crate::Basis::ALL).
    pub shares: [f64; 6],
    /// The share that rests on few observations of the step in its own agency: on other
    /// agencies, on a limit, or on next to nothing.
    pub few: f64,
    /// Of the days to come in agencies to which cases come, the share for which too few days of
    /// their kind were observed, so that what comes is drawn from other days, or not at all.
    pub unlike_days: f64,
}

/// An open case that may become late.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct CaseAtRisk {
    /// Which.
    pub case: CaseId,
    /// Share of the runs in which it became late within the days of the forecast.
    pub probability: f64,
}

/// Where cases went, on average over the runs. What begins is what ends and what is left:
/// `open + came = ended + left`.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Flow {
    /// Open when the forecast began.
    pub open: f64,
    /// Came.
    pub came: f64,
    /// Ended.
    pub ended: f64,
    /// Still open when it ended.
    pub left: f64,
    /// Of those that ended: taken out after 500 steps, since their routes go in a circle.
    pub cut: f64,
}

impl Model {
    /// Runs the model and says what will be late if nothing changes.
    #[must_use]
    pub fn forecast(&self, runs: Runs) -> Forecast {
        let told = runs::all(self, runs);
        let of_island: Vec<usize> = (0..self.islands.len())
            .flat_map(|island| self.islands[island].stations.clone().map(move |_| island))
            .collect();
        let view = View { model: self, told: &told, of_island: &of_island, runs };
        let mut offices: Vec<Vec<usize>> = vec![Vec::new(); self.offices.len()];
        for (index, station) in self.stations.iter().enumerate() {
            offices[station.office as usize].push(index);
        }
        let offices: Vec<Vec<usize>> = offices.into_iter().filter(|o| !o.is_empty()).collect();
        let every: Vec<usize> = (0..self.stations.len()).collect();
        let (a, s) = (offices.len(), self.stations.len());
        let mut outlooks = threads::map(runs.threads(), 1 + a + s, |n| match n {
            0 => view.outlook(&every),
            n if n <= a => view.outlook(&offices[n - 1]),
            n => view.outlook(&[n - 1 - a]),
        });
        let steps = outlooks.split_off(1 + a).into_iter().enumerate();
        let steps = steps.map(|(index, outlook)| view.step(index, outlook)).collect();
        let agencies = outlooks.split_off(1).into_iter().zip(&offices);
        let agencies = agencies.map(|(outlook, of)| (self.agency_of(of[0]), outlook)).collect();
        Forecast {
            runs,
            province: outlooks.swap_remove(0),
            agencies,
            steps,
            at_risk: view.at_risk(),
            late_already: self.cases.iter().filter(|case| case.late).count() as u32,
            flow: view.flow(),
            notes: self.notes(),
            dropped: self.dropped,
        }
    }
}

/// The runs, looked at from some stations.
struct View<'a> {
    model: &'a Model,
    told: &'a [Told],
    /// The island of each station.
    of_island: &'a [usize],
    runs: Runs,
}

impl View<'_> {
    fn outlook(&self, stations: &[usize]) -> Outlook {
        let model = self.model;
        let (days, count) = (model.days, self.runs.count() as usize);
        let late = self.series(stations, |tally| &tally.late);
        let overdue = self.series(stations, |tally| &tally.overdue);
        let waiting = self.series(stations, |tally| &tally.waiting);
        let in_hand = self.series(stations, |tally| &tally.in_hand);
        let utilisation = self.utilisation(stations);
        let of_day = |series: &[i32], day: usize| -> Vec<f64> {
            (0..count).map(|run| f64::from(series[run * days + day])).collect()
        };
        let mean = |figures: Vec<f64>| figures.iter().sum::<f64>() / count as f64;
        let list = (0..days).map(|day| Day {
            date: model.date(day),
            late: Spread::of(of_day(&late, day)),
            overdue: Spread::of(of_day(&overdue, day)),
            waiting: Spread::of(of_day(&waiting, day)),
            in_hand: mean(of_day(&in_hand, day)),
            utilisation: utilisation[day],
        });
        let all_late: Vec<f64> =
            late.chunks(days).map(|run| f64::from(run.iter().sum::<i32>())).collect();
        let on_time = self.on_time(stations);
        let judged = all_late.iter().zip(&on_time).filter(|(late, on_time)| *late + *on_time > 0.0);
        let shares: Vec<f64> = judged.map(|(late, on_time)| on_time / (late + on_time)).collect();
        Outlook {
            days: list.collect(),
            share: (!shares.is_empty()).then(|| Spread::of(shares)),
            late: Spread::of(all_late),
            on_time: Spread::of(on_time),
            evidence: self.evidence(stations),
        }
    }

    /// A count of each run and day, summed over stations.
    fn series(&self, stations: &[usize], of: fn(&crate::sim::Tally) -> &Vec<i32>) -> Vec<i32> {
        let days = self.model.days;
        let mut sums = vec![0; self.runs.count() as usize * days];
        for station in stations {
            let island = self.of_island[*station];
            let row = (station - self.model.islands[island].stations.start) * days;
            for (tally, sums) in self.told[island].tallies.iter().zip(sums.chunks_mut(days)) {
                let cells = &of(tally)[row..row + days];
                sums.iter_mut().zip(cells).for_each(|(sum, cell)| *sum += cell);
            }
        }
        sums
    }

    fn on_time(&self, stations: &[usize]) -> Vec<f64> {
        let mut sums = vec![0.0; self.runs.count() as usize];
        for station in stations {
            let island = self.of_island[*station];
            let row = station - self.model.islands[island].stations.start;
            for (tally, sum) in self.told[island].tallies.iter().zip(&mut sums) {
                *sum += f64::from(tally.on_time[row]);
            }
        }
        sums
    }

    fn utilisation(&self, stations: &[usize]) -> Vec<Option<f64>> {
        let model = self.model;
        let mut pools: Vec<u32> = stations.iter().map(|s| model.stations[*s].pool).collect();
        pools.sort_unstable();
        pools.dedup();
        let (mut busy, mut capacity) = (vec![0_u64; model.days], vec![0_u64; model.days]);
        for pool in pools {
            let island = &model.islands[self.of_island[stations[0]]];
            // The stations of a team lie on one island; of a province, anywhere.
            let of_team: Vec<usize> = match island.pools.contains(&(pool as usize)) {
                true => {
                    island.stations.clone().filter(|s| model.stations[*s].pool == pool).collect()
                }
                false => {
                    stations.iter().copied().filter(|s| model.stations[*s].pool == pool).collect()
                }
            };
            for station in of_team {
                let island = self.of_island[station];
                let row = (station - model.islands[island].stations.start) * model.days;
                for tally in &self.told[island].tallies {
                    let cells = &tally.busy[row..row + model.days];
                    busy.iter_mut().zip(cells).for_each(|(sum, cell)| *sum += u64::from(*cell));
                }
            }
            for (day, sum) in capacity.iter_mut().enumerate() {
                *sum += model.capacity(&model.pools[pool as usize], day);
            }
        }
        let runs = f64::from(self.runs.count());
        let share = |(busy, capacity): (u64, u64)| {
            (capacity > 0).then(|| busy as f64 / runs / capacity as f64)
        };
        busy.into_iter().zip(capacity).map(share).collect()
    }

    fn evidence(&self, stations: &[usize]) -> Evidence {
        let mut visits = [0_u64; 6];
        let mut island_seen = usize::MAX;
        let mut here = vec![false; self.model.stations.len()];
        stations.iter().for_each(|station| here[*station] = true);
        for station in stations {
            let island = self.of_island[*station];
            if island == island_seen {
                continue;
            }
            island_seen = island;
            let classes = self.model.islands[island].classes.clone();
            for (class, count) in classes.zip(&self.told[island].visits) {
                let class = &self.model.classes[class];
                if here[class.station as usize] {
                    visits[class.basis as usize] += count;
                }
            }
        }
        let all = visits.iter().sum::<u64>().max(1) as f64;
        let shares = visits.map(|count| count as f64 / all);
        let unlike_days = self.unlike_days(&here);
        Evidence { shares, few: shares[2..].iter().sum(), unlike_days }
    }

    fn unlike_days(&self, here: &[bool]) -> f64 {
        let (mut offices, mut unlike, mut days) = (Vec::new(), 0, 0);
        for stream in &self.model.streams {
            let station = self.model.classes[stream.class as usize].station;
            if here[station as usize] && offices.last() != Some(&stream.office) {
                let draws = &self.model.offices[stream.office as usize].days;
                unlike += draws.iter().filter(|draw| draw.other || draw.from.1 == 0).count();
                days += draws.len();
                offices.push(stream.office);
            }
        }
        unlike as f64 / f64::max(days as f64, 1.0)
    }

    fn step(&self, index: usize, outlook: Outlook) -> StepOutlook {
        let station = &self.model.stations[index];
        let officers = self.model.pools[station.pool as usize].officers[0];
        let agency = self.model.agency_of(index);
        StepOutlook { agency, step: station.step.clone(), officers, outlook }
    }

    fn at_risk(&self) -> Vec<CaseAtRisk> {
        let mut cases = Vec::new();
        for (island, told) in self.model.islands.iter().zip(self.told) {
            for (case, late) in self.model.cases[island.cases.clone()].iter().zip(&told.risk) {
                if *late > 0 {
                    let probability = f64::from(*late) / f64::from(self.runs.count());
                    cases.push((CaseAtRisk { case: case.id, probability }, case.due));
                }
            }
        }
        // Among the equally likely, what is due first.
        cases.sort_by(|(a, due_a), (b, due_b)| {
            let likelier = b.probability.total_cmp(&a.probability);
            likelier.then(due_a.cmp(due_b)).then(a.case.cmp(&b.case))
        });
        cases.into_iter().map(|(case, _)| case).collect()
    }

    fn flow(&self) -> Flow {
        let count = self.runs.count();
        let runs: Vec<_> = (0..count as usize).map(|run| runs::cases(self.told, run)).collect();
        let mean = |of: fn(&crate::sim::Cases) -> u32| {
            runs.iter().map(|cases| u64::from(of(cases))).sum::<u64>() as f64 / f64::from(count)
        };
        Flow {
            open: mean(|cases| cases.open),
            came: mean(|cases| cases.came),
            ended: mean(|cases| cases.ended),
            left: mean(|cases| cases.left),
            cut: mean(|cases| cases.cut),
        }
    }
}
