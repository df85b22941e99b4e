//! From figures to points: each part, the groups, the total, and how it came about.

use serde::Serialize;

use crate::{
    AtZero, Band, Index, Inputs, Number, Part, Period, Rule, Scenario, Scorecard, Sureness,
    judge::{self, Judged, judge, may_be_struck, points, rests_on},
};

/// What a scorecard gives for some figures.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scored {
    /// Which scorecard, and how its figures are shown.
    pub scorecard: String,
    /// Its version.
    pub version: u32,
    /// Decimals of the total and the indices.
    pub decimals: u8,
    /// Decimals of the points of a part.
    pub part_decimals: u8,
    /// The total, then the groups or pillars, in the order of the scorecard.
    pub indices: Vec<IndexScore>,
    /// The parts, in the order of the scorecard.
    pub parts: Vec<PartScore>,
    /// The band of the total, where there are bands and no part is missing.
    pub band: Option<Band>,
    /// What was given beside the figures, and not used.
    pub unused: Vec<String>,
}

impl Scored {
    /// The index of all parts.
    #[must_use]
    pub fn total(&self) -> &IndexScore {
        &self.indices[0]
    }

    /// An index by its id.
    #[must_use]
    pub fn index(&self, id: &str) -> Option<&IndexScore> {
        self.indices.iter().find(|index| index.id == id)
    }

    /// A part by its id.
    #[must_use]
    pub fn part(&self, id: &str) -> Option<&PartScore> {
        self.parts.iter().find(|part| part.id == id)
    }
}

/// The value of a total, a group or a pillar.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IndexScore {
    /// Its id.
    pub id: String,
    /// The sum of the parts that have points, divided as the scorecard says; none where no part
    /// has any: none is not zero.
    pub value: Option<Number>,
    /// The most that it can be.
    pub maximum: Number,
    /// The most that the parts with points can make. Less than `maximum` where parts are missing
    /// or there was nothing to judge.
    pub judged: Number,
    /// As sure as its least sure part that is scored.
    pub sure: Sureness,
    /// What part of the value rests on verified figures alone.
    pub verified: Number,
    /// What it may be after review, at worst and at best; a missing part may be anything.
    pub range: (Number, Number),
    /// The same numbers as they are published.
    pub published: AsPublished,
}

/// The numbers of an index as they are published: rounded as the scorecard says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AsPublished {
    /// The value; none where there is none.
    pub value: Option<Number>,
    /// What of it rests on verified figures alone.
    pub verified: Number,
    /// What it may be after review.
    pub range: (Number, Number),
}

/// The points of a part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PartScore {
    /// Its id.
    pub id: String,
    /// Its code, where it has one.
    pub code: Option<String>,
    /// Its points; none where a figure is missing or there is nothing to judge.
    pub points: Option<Number>,
    /// The most points.
    pub maximum: Number,
    /// As sure as its least sure figure.
    pub sure: Sureness,
    /// Whether its rule was checked against published figures.
    pub confirmed: bool,
    /// The points that it may have after review, over all readings of its rule.
    pub range: (Number, Number),
    /// How the points came about.
    pub steps: Vec<Step>,
}

/// One step of how points came about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "step", rename_all = "snake_case")]
pub enum Step {
    /// It is shown, and not scored.
    NotScored,
    /// Figures that are not there.
    Missing {
        /// Their names.
        inputs: Vec<String>,
    },
    /// What was counted.
    Numerator {
        /// As the scorecard says.
        formula: String,
        /// What it gives.
        value: Number,
    },
    /// More was taken off than there was: it counts as zero.
    BelowZero {
        /// What it would have been.
        value: Number,
    },
    /// Of how many.
    Denominator {
        /// As the scorecard says.
        formula: String,
        /// What it gives.
        value: Number,
    },
    /// All denominators are zero.
    ZeroDenominator {
        /// What that gives.
        gives: AtZero,
    },
    /// The share.
    Share {
        /// Of 1.
        value: Number,
    },
    /// More than the whole: it counts as the whole.
    AboveWhole,
    /// The share became points.
    Points {
        /// By which rule.
        rule: Rule,
        /// Of how many.
        maximum: Number,
        /// How many.
        points: Number,
    },
    /// What another reading of the decision would give.
    OtherReading {
        /// The other rule.
        rule: Rule,
        /// Its points.
        points: Number,
    },
}

/// Computes a scorecard. Nothing is rounded.
#[must_use]
pub fn compute(scorecard: &Scorecard, inputs: &Inputs) -> Scored {
    let states = Scenario::ALL.map(|scenario| inputs.state(scenario));
    let parts: Vec<PartScore> =
        scorecard.parts().iter().map(|part| part_score(scorecard, part, inputs, &states)).collect();
    let indices: Vec<IndexScore> = scorecard
        .indices()
        .iter()
        .map(|index| index_score(index, scorecard.decimals(), &parts))
        .collect();
    let total = &indices[0];
    let whole = total.sure > Sureness::Missing;
    let band =
        total.published.value.as_ref().filter(|_| whole).and_then(|value| scorecard.band(value));
    Scored {
        scorecard: scorecard.id().to_owned(),
        version: scorecard.version(),
        decimals: scorecard.decimals(),
        part_decimals: scorecard.part_decimals(),
        band: band.cloned(),
        indices,
        parts,
        unused: inputs.unused().to_vec(),
    }
}

fn index_score(index: &Index, decimals: u8, all: &[PartScore]) -> IndexScore {
    let divided = |sum: Number| sum.over(&index.divide_by).unwrap_or_default();
    let parts = index.parts.iter().map(|place| &all[*place]);
    let scored: Vec<&PartScore> = parts.filter(|part| !part.maximum.is_zero()).collect();
    let known: Vec<(&Number, &PartScore)> = scored
        .iter()
        .filter_map(|part| part.points.as_ref().map(|points| (points, *part)))
        .collect();
    let sum: Number = known.iter().map(|(points, _)| (*points).clone()).sum();
    let sure = |part: &&(&Number, &PartScore)| part.1.sure == Sureness::Verified;
    let verified = known.iter().filter(sure).map(|(points, _)| (*points).clone()).sum();
    let low = scored.iter().map(|part| part.range.0.clone()).sum();
    let high = scored.iter().map(|part| part.range.1.clone()).sum();
    IndexScore {
        published: published(index, decimals, all, !known.is_empty()),
        id: index.id.clone(),
        value: (!known.is_empty()).then(|| divided(sum)),
        maximum: index.maximum.clone(),
        judged: divided(known.iter().map(|(_, part)| part.maximum.clone()).sum()),
        sure: scored.iter().map(|part| part.sure).min().unwrap_or(Sureness::Missing),
        verified: divided(verified),
        range: (divided(low), divided(high)),
    }
}

fn published(index: &Index, decimals: u8, parts: &[PartScore], any: bool) -> AsPublished {
    let points = |place: usize| parts[place].points.clone().unwrap_or_default();
    let is_sure = |place: &usize| parts[*place].sure == Sureness::Verified;
    let sure = |place: usize| if is_sure(&place) { points(place) } else { Number::zero() };
    AsPublished {
        value: any.then(|| index.published(decimals, points)),
        verified: index.published(decimals, sure),
        range: (
            index.published(decimals, |place| parts[place].range.0.clone()),
            index.published(decimals, |place| parts[place].range.1.clone()),
        ),
    }
}

fn part_score(
    scorecard: &Scorecard,
    part: &Part,
    inputs: &Inputs,
    states: &[Vec<Option<Number>>; 3],
) -> PartScore {
    let stated = judge(&part.measure, &states[1], inputs.period());
    let points = points(part, &part.rule, &stated);
    PartScore {
        id: part.id.clone(),
        code: part.code.clone(),
        maximum: part.maximum.clone(),
        sure: match stated {
            Judged::Missing(_) => Sureness::Missing,
            _ => sureness(part, inputs, &states[1]),
        },
        confirmed: part.confirmed,
        range: range(part, inputs, states),
        steps: steps(scorecard, part, (&states[1], inputs.period()), &stated),
        points,
    }
}

fn sureness(part: &Part, inputs: &Inputs, stated: &[Option<Number>]) -> Sureness {
    let given = rests_on(&part.measure, inputs, stated);
    given.map(|given| given.sure).min().unwrap_or(Sureness::Verified)
}

fn steps(
    scorecard: &Scorecard,
    part: &Part,
    (state, period): (&[Option<Number>], Period),
    stated: &Judged,
) -> Vec<Step> {
    let mut steps = judge::steps(&part.measure, state, period);
    match stated {
        _ if part.maximum.is_zero() => steps.push(Step::NotScored),
        Judged::Missing(places) => {
            let name = |place: &usize| scorecard.inputs()[*place].name.clone();
            steps.push(Step::Missing { inputs: places.iter().map(name).collect() });
        }
        Judged::Share(_) => {
            let made = |rule: &Rule| points(part, rule, stated).unwrap_or_default();
            let (rule, maximum) = (part.rule.clone(), part.maximum.clone());
            steps.push(Step::Points { points: made(&rule), rule, maximum });
            let other = |rule: &Rule| Step::OtherReading { points: made(rule), rule: rule.clone() };
            steps.extend(part.readings.iter().map(other));
        }
        Judged::Zero(_) => {}
    }
    steps
}

/// The least and the most of all outcomes of a review and all readings of the rule.
fn range(part: &Part, inputs: &Inputs, states: &[Vec<Option<Number>>; 3]) -> (Number, Number) {
    let [worst, stated, best] = states;
    let mut judged = vec![judge(&part.measure, stated, inputs.period())];
    if matches!(judged[0], Judged::Missing(_)) {
        return (Number::zero(), part.maximum.clone());
    }
    for other in [worst, best].into_iter().filter(|other| *other != stated) {
        judged.push(judge(&part.measure, other, inputs.period()));
    }
    let rules = || std::iter::once(&part.rule).chain(&part.readings);
    let mut all: Vec<Number> = judged
        .iter()
        .flat_map(|judged| rules().map(|rule| points(part, rule, judged).unwrap_or_default()))
        .collect();
    if may_be_struck(&part.measure, inputs, stated) {
        all.push(Number::zero());
    }
    let low = all.iter().min().cloned().unwrap_or_default();
    let high = all.into_iter().max().unwrap_or_default();
    (low, high)
}
