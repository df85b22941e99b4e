//! What a set of actions is worth, part by part.

use crate::{
    Action, Index, Inputs, Number, Period, Rule, Scenario, Scorecard,
    judge::{judge, may_be_struck, points},
};

/// How much a score rises, in the unit of the index asked for.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Gain {
    /// As stated and expected.
    pub stated: Number,
    /// At worst: over all outcomes of a review, all readings of the decision, and the changes if
    /// they go badly.
    pub low: Number,
    /// At best.
    pub high: Number,
}

impl Gain {
    /// Whether it is the same in every case.
    #[must_use]
    pub fn is_certain(&self) -> bool {
        self.low == self.high
    }

    fn plus(self, other: Self) -> Self {
        Self {
            stated: self.stated + other.stated,
            low: self.low + other.low,
            high: self.high + other.high,
        }
    }

    fn divided(self, by: &Number) -> Self {
        let divided = |number: Number| number.over(by).unwrap_or_default();
        Self { stated: divided(self.stated), low: divided(self.low), high: divided(self.high) }
    }
}

/// What is chosen: for each action its level, from 1; 0 where it is not done.
pub(crate) type Picks = Vec<usize>;

/// The numbers of all inputs.
type State = Vec<Option<Number>>;

/// By how much a level changes an input, in each scenario.
type Delta = (usize, [Number; 3]);

/// The figures as they stand, and the parts that count.
pub(crate) struct Terrain<'q> {
    pub(crate) scorecard: &'q Scorecard,
    pub(crate) index: &'q Index,
    pub(crate) actions: &'q [Action],
    period: Period,
    states: [State; 3],
    /// By part: whether a review may strike it.
    struck: Vec<bool>,
    /// By action and level (from 0).
    deltas: Vec<Vec<Vec<Delta>>>,
}

impl<'q> Terrain<'q> {
    pub(crate) fn new(
        scorecard: &'q Scorecard,
        inputs: &Inputs,
        index: &'q Index,
        actions: &'q [Action],
    ) -> Self {
        let states = Scenario::ALL.map(|scenario| inputs.state(scenario));
        let parts = scorecard.parts().iter();
        let struck = parts.map(|part| may_be_struck(&part.measure, inputs, &states[1])).collect();
        let of_change = |change: &crate::Change| {
            let place = scorecard.input_place(&change.input)?;
            Some((place, Scenario::ALL.map(|scenario| change.under(scenario).clone())))
        };
        let of_action = |action: &Action| -> Vec<Vec<Delta>> {
            let levels = action.levels.iter();
            levels.map(|level| level.changes.iter().filter_map(of_change).collect()).collect()
        };
        let deltas = actions.iter().map(of_action).collect();
        let period = inputs.period();
        Self { scorecard, index, actions, period, states, struck, deltas }
    }

    /// The parts of the index that give points, by place.
    pub(crate) fn parts(&self) -> impl Iterator<Item = usize> + '_ {
        let scored = |place: &usize| !self.scorecard.parts()[*place].maximum.is_zero();
        self.index.parts.iter().copied().filter(scored)
    }

    /// The inputs that an action changes, by place.
    pub(crate) fn inputs_of(&self, action: usize) -> Vec<usize> {
        let deltas = self.deltas[action].iter().flatten();
        let mut places: Vec<usize> = deltas.map(|(place, _)| *place).collect();
        places.sort_unstable();
        places.dedup();
        places
    }

    /// How much a level of an action, from 1, adds to an input.
    pub(crate) fn delta(
        &self,
        (action, level): (usize, usize),
        input: usize,
        scenario: Scenario,
    ) -> Number {
        let its = self.deltas[action][level - 1].iter().filter(|(place, _)| *place == input);
        its.map(|(_, by)| by[scenario as usize].clone()).sum()
    }

    /// The state after what was picked, held within the bounds of each input. What is missing
    /// stays missing: an action does not make it known.
    fn after(&self, picks: &Picks, scenario: Scenario) -> State {
        let mut state = self.states[scenario as usize].clone();
        let done = picks.iter().enumerate().filter(|(_, level)| **level > 0);
        let deltas: Vec<&Delta> =
            done.flat_map(|(action, level)| &self.deltas[action][level - 1]).collect();
        for (place, by) in &deltas {
            if let Some(number) = &mut state[*place] {
                *number = &*number + &by[scenario as usize];
            }
        }
        // Only then, so that the order of the actions does not matter.
        for (place, _) in deltas {
            let most = self.scorecard.inputs()[*place].most.as_ref();
            if let Some(number) = &mut state[*place] {
                let held = std::mem::take(number).max(Number::zero());
                *number = most.map_or_else(|| held.clone(), |most| held.clone().min(most.clone()));
            }
        }
        state
    }

    fn points(&self, part: usize, rule: &Rule, state: &State) -> Number {
        let part = &self.scorecard.parts()[part];
        let judged = judge(&part.measure, state, self.period);
        points(part, rule, &judged).unwrap_or_default()
    }

    /// What changes in one part between two states of each scenario, in points.
    fn part_gain(&self, part: usize, was: &[State; 3], is: &[State; 3]) -> Gain {
        let model = &self.scorecard.parts()[part];
        let mut all = Vec::new();
        for scenario in Scenario::ALL {
            let (was, is) = (&was[scenario as usize], &is[scenario as usize]);
            for rule in std::iter::once(&model.rule).chain(&model.readings) {
                let struck = scenario == Scenario::Worst && self.struck[part];
                let gain = || self.points(part, rule, is) - self.points(part, rule, was);
                all.push(if struck { Number::zero() } else { gain() });
            }
        }
        // As stated, by the rule that is taken: after all readings of the worst.
        let stated = all[1 + model.readings.len()].clone();
        let low = all.iter().min().cloned().unwrap_or_default();
        Gain { stated, low, high: all.into_iter().max().unwrap_or_default() }
    }

    /// What one part gains at worst, in points.
    pub(crate) fn least_gain(&self, part: usize, picks: &Picks) -> Number {
        let after = Scenario::ALL.map(|scenario| self.after(picks, scenario));
        self.part_gain(part, &self.states, &after).low
    }

    /// What one part gains as expected, in points.
    pub(crate) fn stated_gain(&self, part: usize, picks: &Picks) -> Number {
        let rule = &self.scorecard.parts()[part].rule;
        let after = self.after(picks, Scenario::Stated);
        self.points(part, rule, &after) - self.points(part, rule, &self.states[1])
    }

    /// The index as it would be published after what was picked, as expected.
    pub(crate) fn published(&self, picks: &Picks) -> Number {
        let state = self.after(picks, Scenario::Stated);
        let points = |part: usize| {
            let rule = &self.scorecard.parts()[part].rule;
            self.points(part, rule, &state)
        };
        self.index.published(self.scorecard.decimals(), points)
    }

    /// What the index gains between two sets of actions, in its unit.
    pub(crate) fn gain(&self, without: &Picks, with: &Picks) -> Gain {
        let was = Scenario::ALL.map(|scenario| self.after(without, scenario));
        let is = Scenario::ALL.map(|scenario| self.after(with, scenario));
        let gains = self.parts().map(|part| self.part_gain(part, &was, &is));
        gains.fold(Gain::default(), Gain::plus).divided(&self.index.divide_by)
    }
}
