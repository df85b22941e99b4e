//! Compiling the inputs: names become numbers, evidence becomes tables, agencies become islands.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use calendar::Calendar;
use kernel::{CaseId, Instant};

use super::{
    Case, Class, Draw, Island, Model, Note, Office, Pool, Rest, Route, Station, Stream, Token,
    days,
    evidence::{Evidence, Source},
    islands,
    names::{Key, Names},
    reach::Reach,
    units,
};
use crate::{
    DAYS_MAX, Error, Inputs, Result, draw,
    minutes::{DAY, Due, Minutes, NEVER},
};

impl Model {
    /// Compiles the inputs for a forecast of so many days, today included. Fewer than `few`
    /// observations of a kind are not relied on where there are more of a wider kind.
    ///
    /// # Errors
    /// [`Error::Days`]; [`Error::Hours`] where work lies or goes to an agency without hours;
    /// [`Error::TwoTeams`].
    pub fn new(inputs: &Inputs, days: u16, few: u16) -> Result<Self> {
        if !(1..=DAYS_MAX).contains(&days) {
            return Err(Error::Days { max: DAYS_MAX });
        }
        let mut names = Names::of(inputs.offices.iter().map(|office| office.agency));
        let evidence = Evidence::new(inputs, &mut names, usize::from(few))?;
        let reach = Reach::new(inputs, &mut names, &evidence)?;
        let mut model = Self {
            first: kernel::today(inputs.now),
            now: 0,
            days: usize::from(days),
            tables: Vec::new(),
            offices: Vec::new(),
            pools: Vec::new(),
            stations: Vec::new(),
            classes: Vec::new(),
            stays: Vec::new(),
            routes: Vec::new(),
            goals: Vec::new(),
            procedures: names.procedure_codes.clone(),
            dues: Vec::new(),
            streams: Vec::new(),
            counts: Vec::new(),
            days_observed: inputs.arrivals.days.len(),
            candidates: Vec::new(),
            cases: Vec::new(),
            tokens: Vec::new(),
            pauses: Vec::new(),
            islands: vec![Island::default(); reach.islands],
            notes: Vec::new(),
            dropped: inputs.dropped,
        };
        model.now = model.seconds(inputs.now);
        model.lay_offices(inputs, &mut names)?;
        model.lay_stations(inputs, &mut names, &reach)?;
        model.lay_classes(&mut names, &evidence, &reach);
        model.lay_units();
        model.lay_streams(inputs, &mut names, &reach)?;
        model.lay_open_work(inputs, &mut names, &reach)?;
        model.note(inputs);
        Ok(model)
    }

    /// Seconds since the beginning of the first day; what lies before is 0, what lies after the
    /// last day is never.
    fn seconds(&self, at: Instant) -> u32 {
        let midnight = kernel::micros(kernel::from_local(self.first.at(0, 0, 0, 0)));
        let seconds = (kernel::micros(at) - midnight).div_euclid(1_000_000);
        u32::try_from(seconds.max(0)).ok().filter(|at| *at < self.end()).unwrap_or(NEVER)
    }

    fn lay_offices(&mut self, inputs: &Inputs, names: &mut Names) -> Result<()> {
        let mut since = vec![usize::MAX; inputs.offices.len()];
        for stream in &inputs.arrivals.streams {
            let first = stream.counts.iter().position(|count| *count > 0).unwrap_or(usize::MAX);
            let slot = &mut since[names.office(stream.at.agency)? as usize];
            *slot = first.min(*slot);
        }
        let mut tables: Vec<&Arc<Calendar>> = Vec::new();
        let mut draws: BTreeMap<(u32, usize), Vec<Draw>> = BTreeMap::new();
        for (office, since) in inputs.offices.iter().zip(since) {
            let known = tables.iter().position(|known| Arc::ptr_eq(known, &office.calendar));
            let table = known.unwrap_or_else(|| {
                tables.push(&office.calendar);
                self.tables.push(Minutes::new(&office.calendar, self.first, self.days));
                tables.len() - 1
            }) as u32;
            let dates: Vec<_> = (0..self.days).map(|day| self.date(day)).collect();
            let candidates = &mut self.candidates;
            let days = draws.entry((table, since)).or_insert_with(|| {
                let dates = dates.into_iter();
                days::draws(&office.calendar, &inputs.arrivals, since, dates, candidates)
            });
            let hours = cumulative(&office.hours);
            self.offices.push(Office { agency: office.agency, table, hours, days: days.clone() });
        }
        self.dues = vec![Due::Never; self.procedures.len()];
        for procedure in &inputs.procedures {
            let due = Due::new(procedure.promise, self.first, self.days);
            self.dues[names.procedure(&procedure.code) as usize] = due;
        }
        Ok(())
    }

    fn lay_stations(&mut self, inputs: &Inputs, names: &mut Names, reach: &Reach) -> Result<()> {
        let mut team_of = BTreeMap::new();
        for (index, team) in inputs.teams.iter().enumerate() {
            let office = names.office(team.agency)?;
            for step in &team.steps {
                if team_of.insert((office, names.step(step)), index).is_some() {
                    return Err(Error::TwoTeams(team.agency, step.clone()));
                }
            }
        }
        let mut pools: BTreeMap<(u32, Option<usize>, u32), u32> = BTreeMap::new();
        let mut islands = (Vec::new(), Vec::new());
        for (island, office, step) in &reach.stations {
            let team = team_of.get(&(*office, *step)).copied();
            if team.is_none() {
                let agency = self.offices[*office as usize].agency;
                let step = names.step_names[*step as usize].clone();
                self.notes.push(Note::NoTeam(agency, step));
            }
            // Without a team the step has a queue of its own.
            let name = (*office, team, if team.is_some() { 0 } else { *step });
            let pool = *pools.entry(name).or_insert_with(|| {
                let officers = team.map_or(1, |team| inputs.teams[team].officers);
                self.pools.push(Pool {
                    office: *office,
                    unit: 0,
                    officers: vec![officers; self.days],
                    overtime: 0,
                    table: self.offices[*office as usize].table,
                    by_due: false,
                });
                islands.1.push(*island);
                self.pools.len() as u32 - 1
            });
            islands.0.push(*island);
            let step = names.step_names[*step as usize].clone();
            self.stations.push(Station { office: *office, pool, step });
        }
        let count = reach.islands;
        let stations = islands::ranges(count, islands.0);
        let pools = islands::ranges(count, islands.1);
        for (island, (stations, pools)) in
            self.islands.iter_mut().zip(stations.into_iter().zip(pools))
        {
            (island.stations, island.pools) = (stations, pools);
        }
        Ok(())
    }

    fn lay_classes(&mut self, names: &mut Names, evidence: &Evidence<'_>, reach: &Reach) {
        let mut known: BTreeMap<Source, (u32, u32)> = BTreeMap::new();
        for (_, key) in &reach.classes {
            let (office, procedure, step) = *key;
            let (basis, source) = evidence.source(*key);
            let stays = *known.entry(source).or_insert_with(|| {
                let from = self.stays.len() as u32;
                self.stays.extend(evidence.stays(source));
                (from, self.stays.len() as u32 - from)
            });
            let at = (reach.island_of[office as usize], office, step);
            let station = reach.stations.binary_search(&at).unwrap_or_default() as u32;
            let routes = self.lay_routes(reach, *key);
            let agency = draw::of_uuid(self.offices[office as usize].agency.uuid().as_u128());
            let code = draw::of_text(self.procedures[procedure as usize].as_str());
            let name = draw::of_text(names.step_names[step as usize].as_str());
            self.classes.push(Class {
                station,
                procedure,
                key: draw::of(agency, draw::of(code, name)),
                stays,
                routes,
                join: evidence.joins(*key),
                percent: 100,
                basis,
            });
        }
        let of_class = reach.classes.iter().map(|(island, _)| *island);
        let ranges = islands::ranges(reach.islands, of_class);
        for (island, classes) in self.islands.iter_mut().zip(ranges) {
            island.classes = classes;
        }
    }

    fn lay_units(&mut self) {
        for island in &mut self.islands {
            let from = island.pools.start as u32;
            let mut leads = vec![Vec::new(); island.pools.len()];
            let pool = |class: u32| {
                let station = self.classes[class as usize].station;
                self.stations[station as usize].pool - from
            };
            for class in island.classes.clone() {
                let (first, count) = self.classes[class].routes;
                for route in &self.routes[first as usize..][..count as usize] {
                    let goals = &self.goals[route.goals.0 as usize..][..route.goals.1 as usize];
                    leads[pool(class as u32) as usize].extend(goals.iter().map(|goal| pool(*goal)));
                }
            }
            for to in &mut leads {
                to.sort_unstable();
                to.dedup();
            }
            island.units = units::units(&leads);
            for (number, unit) in island.units.iter_mut().enumerate() {
                for pool in unit {
                    *pool += from;
                    self.pools[*pool as usize].unit = number as u32;
                }
            }
        }
    }

    fn lay_routes(&mut self, reach: &Reach, key: Key) -> (u32, u32) {
        let shares = &reach.routes[&key];
        let from = self.routes.len() as u32;
        let all: u64 = shares.iter().map(|(_, count)| u64::from(*count)).sum();
        let mut sum = 0;
        for (goals, count) in shares {
            sum += u64::from(*count);
            let upto = (sum * u64::from(u32::MAX) / all.max(1)) as u32;
            let first = self.goals.len() as u32;
            self.goals
                .extend(goals.iter().map(|(office, step)| reach.class((*office, key.1, *step))));
            self.routes.push(Route { upto, goals: (first, goals.len() as u32) });
        }
        (from, self.routes.len() as u32 - from)
    }

    fn lay_streams(&mut self, inputs: &Inputs, names: &mut Names, reach: &Reach) -> Result<()> {
        let mut streams = Vec::new();
        for stream in &inputs.arrivals.streams {
            let class = reach.class(names.key(&stream.at)?);
            let office = names.office(stream.at.agency)?;
            streams.push((reach.island_of[office as usize], class, office, &stream.counts));
        }
        streams.sort_by_key(|(island, class, ..)| (*island, *class));
        for (row, (_, class, office, counts)) in streams.iter().enumerate() {
            let mut counts = (*counts).clone();
            counts.resize(self.days_observed, 0);
            self.counts.extend(counts);
            let key = self.classes[*class as usize].key;
            let new = Stream { office: *office, class: *class, key, row: row as u32, percent: 100 };
            self.streams.push(new);
        }
        let ranges = islands::ranges(reach.islands, streams.iter().map(|s| s.0));
        for (island, streams) in self.islands.iter_mut().zip(ranges) {
            island.streams = streams;
        }
        Ok(())
    }

    fn lay_open_work(&mut self, inputs: &Inputs, names: &mut Names, reach: &Reach) -> Result<()> {
        let mut pauses: BTreeMap<u32, (u32, u32)> = BTreeMap::new();
        for (code, lengths) in &inputs.pauses {
            let range = (self.pauses.len() as u32, lengths.len() as u32);
            let mut lengths = lengths.clone();
            lengths.sort_unstable();
            self.pauses.extend(lengths);
            pauses.insert(names.procedure(code), range);
        }
        let mut rows = Vec::with_capacity(inputs.open.len());
        for work in &inputs.open {
            let key = names.key(&work.at)?;
            rows.push((reach.island_of[key.0 as usize], work, key));
        }
        // The order in which the queues are filled: what came first stands first.
        rows.sort_by_key(|(island, work, key)| (*island, work.entered, work.case, *key));
        let mut cases: BTreeMap<CaseId, u32> = BTreeMap::new();
        for (_, work, (office, procedure, step)) in &rows {
            let calendar = &inputs.offices[*office as usize].calendar;
            let case = *cases.entry(work.case).or_insert_with(|| {
                let stands_at = work.paused.unwrap_or(inputs.now);
                self.cases.push(Case {
                    id: work.case,
                    key: draw::of_uuid(work.case.uuid().as_u128()),
                    due: work.due.map_or(NEVER, |due| self.seconds(due)),
                    late: work.due.is_some_and(|due| due < stands_at),
                });
                self.cases.len() as u32 - 1
            });
            let paused = work.paused.map(|since| {
                let seconds = inputs.now.as_second() - since.as_second();
                let left = work.due.filter(|due| *due >= since);
                let left = left.map(|due| calendar.elapsed(since, due).as_seconds());
                Rest {
                    since: u32::try_from(seconds.max(0)).unwrap_or(NEVER),
                    left: left.map(|left| u32::try_from(left).unwrap_or(NEVER)),
                    known: pauses.get(procedure).copied().unwrap_or_default(),
                }
            });
            let class = reach.class((*office, *procedure, *step));
            self.tokens.push(Token { case, class, paused });
        }
        let of_token: Vec<u32> = rows.iter().map(|row| row.0).collect();
        let mut of_case = vec![0; self.cases.len()];
        for (token, island) in self.tokens.iter().zip(&of_token) {
            of_case[token.case as usize] = *island;
        }
        let tokens = islands::ranges(reach.islands, of_token);
        let cases = islands::ranges(reach.islands, of_case);
        for (island, (tokens, cases)) in self.islands.iter_mut().zip(tokens.into_iter().zip(cases))
        {
            (island.tokens, island.cases) = (tokens, cases);
        }
        Ok(())
    }

    fn note(&mut self, inputs: &Inputs) {
        if inputs.stays.is_empty() && inputs.arrivals.streams.is_empty() {
            self.notes.push(Note::NoHistory);
        }
        let rests = |token: &&Token| token.paused.is_some_and(|rest| rest.known.1 == 0);
        let resting = self.tokens.iter().filter(rests).count();
        if resting > 0 {
            self.notes.push(Note::Resting(resting as u32));
        }
        let of_streams = self.streams.iter().map(|s| self.classes[s.class as usize].procedure);
        let without: BTreeSet<u32> =
            of_streams.filter(|p| self.dues[*p as usize] == Due::Never).collect();
        if !without.is_empty() {
            let codes = without.into_iter().map(|p| self.procedures[p as usize].clone());
            self.notes.push(Note::NoPromise(codes.collect()));
        }
    }
}

/// Arrivals until the end of each hour, scaled to 32 bits.
fn cumulative(hours: &[u32; 24]) -> Option<[u32; 24]> {
    let all: u64 = hours.iter().map(|count| u64::from(*count)).sum();
    let mut sum = 0;
    (all > 0).then(|| {
        hours.map(|count| {
            sum += u64::from(count);
            (sum * u64::from(u32::MAX) / all) as u32
        })
    })
}

/// The last second of the forecast lies on its last day.
const _: () = assert!(DAYS_MAX as u64 * (DAY as u64) < NEVER as u64);
