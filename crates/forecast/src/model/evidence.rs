//! What a step rests on: the nearest observations of which there are enough.

use std::collections::BTreeMap;

use crate::{
    Inputs, Result, StepRule,
    model::names::{Key, Names},
};

/// What the time that a step takes in a forecast rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Basis {
    /// Enough observations of the step in this procedure in this agency.
    Own,
    /// Enough observations of the step in this agency, over its procedures.
    AgencyStep,
    /// Enough observations of the step in this procedure, over all agencies.
    ProcedureStep,
    /// Few observations or none; the step's own time limit is taken as the time for which a
    /// case lies, without occupying anybody: nobody was seen to do it.
    Limit,
    /// Few observations, and no limit that could stand in for them.
    Few,
    /// No observation and no limit: the step takes no time.
    Nothing,
}

impl Basis {
    /// Every basis, the best first.
    pub const ALL: [Self; 6] =
        [Self::Own, Self::AgencyStep, Self::ProcedureStep, Self::Limit, Self::Few, Self::Nothing];
}

/// More observations of one kind than these add nothing; they are taken evenly.
const STAYS_MAX: usize = 4096;
/// Work and delay beyond this are cut: a hundred working days, in seconds.
const SECONDS_MAX: u64 = 100 * 8 * 3600;

/// Where the times of a step are found; steps with one source share its numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Source {
    Own(Key),
    AgencyStep(u32, u32),
    ProcedureStep(u32, u32),
    Limit(u32, u32),
    Nothing,
}

/// Where outcomes lead, as offices and steps, and how often.
pub(super) type Shares = Vec<(Vec<(u32, u32)>, u32)>;

/// Where an outcome leads, seen from any agency: none is the one that asks.
type Relative = Vec<(Option<u32>, u32)>;

/// The observations, found by what they are of.
pub(super) struct Evidence<'a> {
    few: usize,
    own: BTreeMap<Key, Vec<(u32, u32)>>,
    agency_step: BTreeMap<(u32, u32), Vec<(u32, u32)>>,
    procedure_step: BTreeMap<(u32, u32), Vec<(u32, u32)>>,
    routes: BTreeMap<Key, Shares>,
    routes_of_procedure: BTreeMap<(u32, u32), BTreeMap<Relative, u32>>,
    rules: BTreeMap<(u32, u32), &'a StepRule>,
}

impl<'a> Evidence<'a> {
    pub(super) fn new(inputs: &'a Inputs, names: &mut Names, few: usize) -> Result<Self> {
        let mut new = Self {
            few,
            own: BTreeMap::new(),
            agency_step: BTreeMap::new(),
            procedure_step: BTreeMap::new(),
            routes: BTreeMap::new(),
            routes_of_procedure: BTreeMap::new(),
            rules: BTreeMap::new(),
        };
        for (at, stays) in &inputs.stays {
            let (office, procedure, step) = names.key(at)?;
            let seconds = |time: calendar::WorkingTime| time.as_seconds().min(SECONDS_MAX) as u32;
            let stays = stays.iter().map(|stay| (seconds(stay.work), seconds(stay.delay)));
            let stays: Vec<(u32, u32)> = stays.collect();
            new.agency_step.entry((office, step)).or_default().extend(&stays);
            new.procedure_step.entry((procedure, step)).or_default().extend(&stays);
            new.own.insert((office, procedure, step), stays);
        }
        for (at, outcomes) in &inputs.routes {
            let (office, procedure, step) = names.key(at)?;
            let relative = new.routes_of_procedure.entry((procedure, step)).or_default();
            let mut shares = Shares::new();
            for (next, count) in outcomes {
                let goals = next.iter().map(|n| names.next(n)).collect::<Result<Vec<_>>>()?;
                let seen = goals.iter().map(|g| (Some(g.0).filter(|o| *o != office), g.1));
                *relative.entry(seen.collect()).or_default() += count;
                shares.push((goals, *count));
            }
            new.routes.insert((office, procedure, step), shares);
        }
        for procedure in &inputs.procedures {
            let code = names.procedure(&procedure.code);
            for rule in &procedure.steps {
                if let Some(next) = &rule.next {
                    names.step(next);
                }
                new.rules.insert((code, names.step(&rule.step)), rule);
            }
        }
        Ok(new)
    }

    /// What the time of a step rests on.
    pub(super) fn source(&self, (office, procedure, step): Key) -> (Basis, Source) {
        let sources = [
            (Basis::Own, Source::Own((office, procedure, step))),
            (Basis::AgencyStep, Source::AgencyStep(office, step)),
            (Basis::ProcedureStep, Source::ProcedureStep(procedure, step)),
        ];
        let count = |source: &Source| self.observed(*source).len();
        if let Some(found) = sources.iter().find(|(_, source)| count(source) >= self.few.max(1)) {
            return *found;
        }
        if self.rules.get(&(procedure, step)).is_some_and(|rule| rule.limit.is_some()) {
            return (Basis::Limit, Source::Limit(procedure, step));
        }
        match sources.iter().find(|(_, source)| count(source) > 0) {
            Some((_, source)) => (Basis::Few, *source),
            None => (Basis::Nothing, Source::Nothing),
        }
    }

    /// The times of a source: work and delay, in seconds of work.
    pub(super) fn stays(&self, source: Source) -> Vec<(u32, u32)> {
        match source {
            Source::Limit(procedure, step) => {
                let limit = self.rules.get(&(procedure, step)).and_then(|rule| rule.limit);
                let seconds = limit.map_or(0, |limit| limit.as_seconds().min(SECONDS_MAX) as u32);
                vec![(0, seconds)]
            }
            Source::Nothing => vec![(0, 0)],
            _ => thinned(self.observed(source)),
        }
    }

    fn observed(&self, source: Source) -> &[(u32, u32)] {
        let found = match source {
            Source::Own(key) => self.own.get(&key),
            Source::AgencyStep(office, step) => self.agency_step.get(&(office, step)),
            Source::ProcedureStep(procedure, step) => self.procedure_step.get(&(procedure, step)),
            Source::Limit(..) | Source::Nothing => None,
        };
        found.map_or(&[], Vec::as_slice)
    }

    /// Where a step leads: as observed here, else as observed of the procedure elsewhere, else
    /// as its workflow has it.
    pub(super) fn routes(&self, names: &mut Names, key: Key) -> Shares {
        let (office, procedure, step) = key;
        let own = self.routes.get(&key).cloned().unwrap_or_default();
        let absolute = |goals: &Relative| {
            goals.iter().map(|(other, step)| (other.unwrap_or(office), *step)).collect()
        };
        let elsewhere: Shares = self
            .routes_of_procedure
            .get(&(procedure, step))
            .map(|all| all.iter().map(|(goals, count)| (absolute(goals), *count)).collect())
            .unwrap_or_default();
        let enough = |shares: &Shares, few: usize| {
            shares.iter().map(|(_, count)| *count as usize).sum::<usize>() >= few.max(1)
        };
        if enough(&own, self.few) {
            return own;
        }
        if enough(&elsewhere, self.few) {
            return elsewhere;
        }
        if let Some(rule) = self.rules.get(&(procedure, step)) {
            let next = rule.next.as_ref().map(|next| (office, names.step(next)));
            return vec![(next.into_iter().collect(), 1)];
        }
        [own, elsewhere].into_iter().find(|shares| enough(shares, 1)).unwrap_or_default()
    }

    /// Whether a step waits for all branches.
    pub(super) fn joins(&self, (_, procedure, step): Key) -> bool {
        self.rules.get(&(procedure, step)).is_some_and(|rule| rule.join)
    }
}

fn thinned(stays: &[(u32, u32)]) -> Vec<(u32, u32)> {
    let count = stays.len().min(STAYS_MAX);
    (0..count).map(|n| stays[n * stays.len() / count]).collect()
}
