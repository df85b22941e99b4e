//! The best sets of actions within one component, exactly.
//!
//! The actions are taken one after another. Kept of all sets so far are those that no other set
//! **dominates**: none costs no more, has gained as much in the parts that are settled, and
//! changes every input that still matters at least as well. An input that can only help (or only
//! harm) is compared by size; one that may do both, and everything in a denominator, only with
//! its equal. Since points never fall where such an input gets better, whatever is added later to
//! a dominated set is worth no more than the same added to the set that dominates it: nothing that
//! could be best is dropped.
//!
//! As soon as no action is left that touches a part, the part is **settled**: its gain is added
//! up, and inputs that matter to no other part are forgotten. So the number of sets grows with
//! what is tangled, not with what there is.

use std::collections::{BTreeMap, BTreeSet};

use num::{BigInt, Integer, One, ToPrimitive};

use crate::{
    Direction, Error, Number, Result, Scenario,
    solve::{Best, Component, TRIED_MAX, rising},
    terrain::{Picks, Terrain},
};

/// More sets of one component than this are not kept.
pub const SETS_MAX: usize = 50_000;

/// A sum of changes beyond this would not be added up safely.
const SUM_MAX: i64 = 1 << 53;

/// An input in a scenario, and how sets are compared in it.
struct Dimension {
    input: usize,
    scenario: Scenario,
    /// More is better, less is better (counted negatively), or only equal is comparable.
    way: Direction,
    scale: BigInt,
}

/// A set of actions of a component.
#[derive(Clone)]
struct Set {
    effort: u32,
    /// What it gains in the parts that are settled, in points.
    gain: Number,
    /// The place of that gain among those of all sets, equals with equals.
    place: i64,
    /// By dimension that still matters.
    sums: Vec<i64>,
    picks: Picks,
}

/// A set with one more action, before it is known whether it is kept.
struct Tried {
    effort: u32,
    from: usize,
    level: usize,
    /// What is compared by size, then what is compared with its equal only.
    sized: Vec<i64>,
    equal: Vec<i64>,
}

/// The best of a component for every effort up to the budget.
pub(crate) fn front(
    component: &Component,
    terrain: &Terrain<'_>,
    budget: u32,
    surest: bool,
) -> Result<Vec<Best>> {
    let mut work = Work::new(component, terrain, surest);
    for action in work.order() {
        work.widen(action, budget)?;
        work.settle();
        work.prune()?;
    }
    let bests = work.sets.into_iter();
    let bests = bests.map(|set| Best { effort: set.effort, gain: set.gain, picks: set.picks });
    let mut front: Vec<Best> = bests.collect();
    front.sort_by(|one, two| one.effort.cmp(&two.effort).then_with(|| two.gain.cmp(&one.gain)));
    Ok(rising(front, |best| &best.gain))
}

struct Work<'w, 'q> {
    terrain: &'w Terrain<'q>,
    surest: bool,
    /// The actions that are not taken yet.
    actions: BTreeSet<usize>,
    /// The parts that are not settled yet.
    parts: Vec<usize>,
    dimensions: Vec<Dimension>,
    sets: Vec<Set>,
}

impl<'w, 'q> Work<'w, 'q> {
    fn new(component: &Component, terrain: &'w Terrain<'q>, surest: bool) -> Self {
        let dimensions = dimensions(component, terrain, surest);
        let nothing = Set {
            effort: 0,
            gain: Number::zero(),
            place: 0,
            sums: vec![0; dimensions.len()],
            picks: vec![0; terrain.actions.len()],
        };
        Self {
            terrain,
            surest,
            actions: component.actions.iter().copied().collect(),
            parts: component.parts.clone(),
            dimensions,
            sets: vec![nothing],
        }
    }

    fn touches(&self, action: usize, part: usize) -> bool {
        let of_part = self.terrain.scorecard.parts()[part].measure.inputs();
        self.terrain.inputs_of(action).iter().any(|input| of_part.contains(input))
    }

    /// An order in which parts are settled early: always next the part that the fewest actions
    /// are left to touch, and of these first what has the fewest levels.
    fn order(&self) -> Vec<usize> {
        let mut left = self.actions.clone();
        let mut open = self.parts.clone();
        let mut order = Vec::new();
        while !left.is_empty() {
            let touching = |part: &usize| -> Vec<usize> {
                left.iter().copied().filter(|action| self.touches(*action, *part)).collect()
            };
            let next = open.iter().map(|part| (touching(part), *part));
            let Some((mut actions, part)) = next.min_by_key(|(actions, _)| actions.len()) else {
                break;
            };
            open.retain(|one| *one != part);
            actions.sort_by_key(|action| self.terrain.actions[*action].levels.len());
            for action in actions {
                left.remove(&action);
                order.push(action);
            }
        }
        order
    }

    /// Every set with every level of one more action, as far as the budget goes.
    fn widen(&mut self, action: usize, budget: u32) -> Result<()> {
        self.actions.remove(&action);
        let levels = &self.terrain.actions[action].levels;
        let mut steps = vec![(0, vec![0; self.dimensions.len()])];
        for (level, of_level) in (1..).zip(levels) {
            let counted = self.dimensions.iter().map(|one| {
                one.counted(&self.terrain.delta((action, level), one.input, one.scenario))
            });
            steps.push((of_level.effort, counted.collect::<Result<Vec<i64>>>()?));
        }
        if self.sets.len().saturating_mul(steps.len()) > TRIED_MAX {
            return Err(Error::TooMany { what: "sets of actions to weigh", most: TRIED_MAX });
        }
        let mut tried = Vec::new();
        for (from, set) in self.sets.iter().enumerate() {
            for (level, (effort, sums)) in steps.iter().enumerate() {
                let effort = set.effort.saturating_add(*effort);
                if effort > budget {
                    break;
                }
                let sums: Vec<i64> =
                    set.sums.iter().zip(sums).map(|(one, two)| one + two).collect();
                tried.push(self.tried(effort, (from, level), set.place, &sums));
            }
        }
        let sets = undominated(tried)?.into_iter().map(|one| {
            let set = &self.sets[one.from];
            let mut picks = set.picks.clone();
            picks[action] = one.level;
            let sums = set.sums.iter().zip(&steps[one.level].1).map(|(old, new)| old + new);
            Set {
                effort: one.effort,
                gain: set.gain.clone(),
                place: set.place,
                sums: sums.collect(),
                picks,
            }
        });
        self.sets = sets.collect();
        Ok(())
    }

    fn tried(&self, effort: u32, (from, level): (usize, usize), place: i64, sums: &[i64]) -> Tried {
        let (mut sized, mut equal) = (vec![place], Vec::new());
        for (dimension, sum) in self.dimensions.iter().zip(sums) {
            if dimension.way == Direction::Mixed { equal.push(*sum) } else { sized.push(*sum) }
        }
        Tried { effort, from, level, sized, equal }
    }

    /// Adds up the gains of the parts that no action is left to touch, and forgets the inputs
    /// that no other part looks at.
    fn settle(&mut self) {
        let touched = |part: &usize| self.actions.iter().any(|action| self.touches(*action, *part));
        let (open, settled): (Vec<usize>, Vec<usize>) =
            self.parts.iter().partition(|part| touched(part));
        if settled.is_empty() {
            return;
        }
        for part in settled {
            self.add_gain(part);
        }
        let parts = self.terrain.scorecard.parts();
        let matters = |one: &Dimension| {
            open.iter().any(|part| parts[*part].measure.inputs().contains(&one.input))
        };
        let kept: Vec<bool> = self.dimensions.iter().map(matters).collect();
        let mut keep = kept.iter();
        self.dimensions.retain(|_| *keep.next().unwrap_or(&true));
        for set in &mut self.sets {
            let mut keep = kept.iter();
            set.sums.retain(|_| *keep.next().unwrap_or(&true));
        }
        self.parts = open;
        self.place();
    }

    /// The same sums in what a part looks at are worth the same, so each is judged once.
    fn add_gain(&mut self, part: usize) {
        let inputs = self.terrain.scorecard.parts()[part].measure.inputs();
        let seen: Vec<bool> =
            self.dimensions.iter().map(|one| inputs.contains(&one.input)).collect();
        let mut known: BTreeMap<Vec<i64>, Number> = BTreeMap::new();
        for set in &mut self.sets {
            let sums = set.sums.iter().zip(&seen).filter(|(_, seen)| **seen);
            let key: Vec<i64> = sums.map(|(sum, _)| *sum).collect();
            let gain = known.entry(key).or_insert_with(|| {
                if self.surest {
                    self.terrain.least_gain(part, &set.picks)
                } else {
                    self.terrain.stated_gain(part, &set.picks)
                }
            });
            set.gain = &set.gain + gain;
        }
    }

    /// Numbers the gains in their order, so that comparing them is quick.
    fn place(&mut self) {
        let all = self.sets.iter().map(|set| set.gain.denominator());
        let scale = all.fold(BigInt::one(), |scale, denominator| scale.lcm(denominator));
        let scaled: Vec<BigInt> = self.sets.iter().map(|set| set.gain.scaled(&scale)).collect();
        let distinct: BTreeSet<&BigInt> = scaled.iter().collect();
        let places: BTreeMap<&BigInt, i64> = distinct.into_iter().zip(0..).collect();
        for (set, gain) in self.sets.iter_mut().zip(&scaled) {
            set.place = places[gain];
        }
    }

    /// Drops what is dominated now that gains are settled.
    fn prune(&mut self) -> Result<()> {
        let sets = self.sets.iter().enumerate();
        let tried = sets.map(|(from, set)| self.tried(set.effort, (from, 0), set.place, &set.sums));
        let kept = undominated(tried.collect())?;
        self.sets = kept.into_iter().map(|one| self.sets[one.from].clone()).collect();
        Ok(())
    }
}

fn dimensions(component: &Component, terrain: &Terrain<'_>, surest: bool) -> Vec<Dimension> {
    let touched = component.actions.iter().flat_map(|action| terrain.inputs_of(*action));
    let touched: BTreeSet<usize> = touched.collect();
    let scenarios: &[Scenario] = if surest { &Scenario::ALL } else { &[Scenario::Stated] };
    let mut dimensions = Vec::new();
    for input in touched {
        let parts = component.parts.iter().map(|part| &terrain.scorecard.parts()[*part].measure);
        let way = parts.fold(Direction::Absent, |sum, one| sum.and(one.direction(input)));
        if way == Direction::Absent {
            continue;
        }
        let mut told: Vec<Vec<Number>> = Vec::new();
        for scenario in scenarios {
            let levels = component.actions.iter().flat_map(|action| {
                let levels = 1..=terrain.actions[*action].levels.len();
                levels.map(|level| terrain.delta((*action, level), input, *scenario))
            });
            let deltas: Vec<Number> = levels.collect();
            // What changes alike in two scenarios is compared once.
            if told.contains(&deltas) {
                continue;
            }
            let denominators = deltas.iter().map(Number::denominator);
            let scale = denominators.fold(BigInt::one(), |scale, one| scale.lcm(one));
            dimensions.push(Dimension { input, scenario: *scenario, way, scale });
            told.push(deltas);
        }
    }
    dimensions
}

impl Dimension {
    fn counted(&self, delta: &Number) -> Result<i64> {
        let counted = delta.scaled(&self.scale).to_i64().filter(|sum| sum.abs() <= SUM_MAX);
        let counted = counted.ok_or(Error::TooMany { what: "digits of a change", most: 15 })?;
        Ok(if self.way == Direction::Down { -counted } else { counted })
    }
}

/// Drops every set that another one dominates; of equals the first stays.
fn undominated(mut tried: Vec<Tried>) -> Result<Vec<Tried>> {
    tried.sort_by(|one, two| {
        let effort = one.effort.cmp(&two.effort);
        effort
            .then_with(|| two.sized.cmp(&one.sized))
            .then_with(|| (one.from, one.level).cmp(&(two.from, two.level)))
    });
    let mut groups: BTreeMap<Vec<i64>, Skyline> = BTreeMap::new();
    let mut kept = Vec::new();
    for one in tried {
        if groups.entry(one.equal.clone()).or_default().takes(&one.sized) {
            kept.push(one);
        }
        if kept.len() > SETS_MAX {
            return Err(Error::TooMany { what: "sets of actions to keep", most: SETS_MAX });
        }
    }
    Ok(kept)
}

/// What is kept of one group, all of it no dearer than what comes next.
#[derive(Default)]
struct Skyline {
    /// For up to two sizes: of each first size the second, falling as the first rises.
    steps: BTreeMap<i64, i64>,
    /// For more sizes.
    points: Vec<Vec<i64>>,
}

impl Skyline {
    /// Takes a point unless one that it has is at least as great in every size.
    fn takes(&mut self, sized: &[i64]) -> bool {
        let (first, second) = match sized {
            [first] => (*first, 0),
            [first, second] => (*first, *second),
            more => {
                let as_great =
                    |point: &&Vec<i64>| point.iter().zip(more).all(|(its, my)| its >= my);
                let taken = !self.points.iter().rev().any(|point| as_great(&point));
                if taken {
                    self.points.push(more.to_vec());
                }
                return taken;
            }
        };
        if self.steps.range(first..).next().is_some_and(|(_, best)| *best >= second) {
            return false;
        }
        while let Some((&lower, _)) =
            self.steps.range(..=first).next_back().filter(|(_, best)| **best <= second)
        {
            self.steps.remove(&lower);
        }
        self.steps.insert(first, second);
        true
    }
}
