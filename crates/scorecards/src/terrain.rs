//! What a set of changes is worth, part by part.

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

/// The figures as they stand, and the parts that count.
pub(crate) struct Terrain<'q> {
    pub(crate) scorecard: &'q Scorecard,
    pub(crate) index: &'q Index,
    pub(crate) actions: &'q [Action],
    period: Period,
    states: [Vec<Option<Number>>; 3],
    /// By part: whether a review may strike it.
    struck: Vec<bool>,
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
        Self { scorecard, index, actions, period: inputs.period(), states, struck }
    }

    /// The parts of the index that give points, by place.
    pub(crate) fn parts(&self) -> impl Iterator<Item = usize> + '_ {
        let scored = |place: &usize| !self.scorecard.parts()[*place].maximum.is_zero();
        self.index.parts.iter().copied().filter(scored)
    }

    /// The inputs that an action changes, by place.
    pub(crate) fn inputs_of(&self, action: usize) -> Vec<usize> {
        let changes = self.actions[action].levels.iter().flat_map(|level| &level.changes);
        let mut places: Vec<usize> =
            changes.filter_map(|change| self.scorecard.input_place(&change.input)).collect();
        places.sort_unstable();
        places.dedup();
        places
    }

    /// How much a level of an action adds to an input.
    pub(crate) fn delta(
        &self,
        (action, level): (usize, usize),
        input: usize,
        scenario: Scenario,
    ) -> Number {
        if level == 0 {
            return Number::zero();
        }
        let changes = &self.actions[action].levels[level - 1].changes;
        let its =
            changes.iter().filter(|one| self.scorecard.input_place(&one.input) == Some(input));
        its.map(|change| change.under(scenario).clone()).sum()
    }

    /// The states after what was picked, held within the bounds of each input. What is missing
    /// stays missing: an action does not make it known.
    pub(crate) fn after(&self, picks: &Picks) -> [Vec<Option<Number>>; 3] {
        let mut states = self.states.clone();
        for (scenario, state) in Scenario::ALL.into_iter().zip(&mut states) {
            let mut touched: Vec<usize> = Vec::new();
            for (action, level) in picks.iter().enumerate().filter(|(_, level)| **level > 0) {
                for change in &self.actions[action].levels[level - 1].changes {
                    let Some(place) = self.scorecard.input_place(&change.input) else { continue };
                    if let Some(number) = &mut state[place] {
                        *number = &*number + change.under(scenario);
                        touched.push(place);
                    }
                }
            }
            for place in touched {
                let most = self.scorecard.inputs()[place].most.as_ref();
                if let Some(number) = &mut state[place] {
                    let held = number.clone().max(Number::zero());
                    *number =
                        most.map_or_else(|| held.clone(), |most| held.clone().min(most.clone()));
                }
            }
        }
        states
    }

    /// What was picked is worth in one part, in points.
    fn part_gain(&self, part: usize, after: &[Vec<Option<Number>>; 3]) -> Gain {
        let model = &self.scorecard.parts()[part];
        let mut low: Option<Number> = None;
        let mut high: Option<Number> = None;
        let mut stated = Number::zero();
        for (nth, scenario) in Scenario::ALL.into_iter().enumerate() {
            let was = judge(&model.measure, &self.states[nth], self.period);
            let is = judge(&model.measure, &after[nth], self.period);
            let rules = std::iter::once(&model.rule).chain(&model.readings);
            for (reading, rule) in rules.enumerate() {
                let points = |judged| points(model, rule, judged).unwrap_or_default();
                let struck = scenario == Scenario::Worst && self.struck[part];
                let gain = if struck { Number::zero() } else { points(&is) - points(&was) };
                if scenario == Scenario::Stated && reading == 0 {
                    stated = gain.clone();
                }
                low = Some(low.map_or_else(|| gain.clone(), |low| low.min(gain.clone())));
                high = Some(high.map_or_else(|| gain.clone(), |high| high.max(gain.clone())));
            }
        }
        Gain { stated, low: low.unwrap_or_default(), high: high.unwrap_or_default() }
    }

    /// What was picked is worth in some parts, in points.
    pub(crate) fn gain_in(&self, parts: &[usize], picks: &Picks) -> Gain {
        let after = self.after(picks);
        let gains = parts.iter().map(|part| self.part_gain(*part, &after));
        gains.fold(Gain::default(), Gain::plus)
    }

    /// As expected alone, which is quicker.
    pub(crate) fn stated_gain_in(&self, parts: &[usize], picks: &Picks) -> Number {
        let after = &self.after(picks)[1];
        let points = |part: &usize, state: &[Option<Number>]| {
            let model = &self.scorecard.parts()[*part];
            let rule: &Rule = &model.rule;
            let judged = judge(&model.measure, state, self.period);
            points(model, rule, &judged).unwrap_or_default()
        };
        parts.iter().map(|part| points(part, after) - points(part, &self.states[1])).sum()
    }

    /// What was picked is worth in the index, in its unit.
    pub(crate) fn gain(&self, picks: &Picks) -> Gain {
        let parts: Vec<usize> = self.parts().collect();
        self.gain_in(&parts, picks).divided(&self.index.divide_by)
    }
}
