//! Where a target should stand each month, and how likely it is to be met.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

use crate::{Error, Number, Result};

/// A month of a year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Month(i32);

impl Month {
    /// The month of a day.
    #[must_use]
    pub fn of(day: jiff::civil::Date) -> Self {
        Self(i32::from(day.year()) * 12 + i32::from(day.month()) - 1)
    }

    /// The month so many months later.
    #[must_use]
    pub fn plus(self, months: i32) -> Self {
        Self(self.0.saturating_add(months))
    }

    /// How many months it is after another.
    #[must_use]
    pub fn since(self, other: Self) -> i32 {
        self.0.saturating_sub(other.0)
    }

    /// Its place in the year, from 0.
    fn season(self) -> usize {
        usize::try_from(self.0.rem_euclid(12)).unwrap_or_default()
    }
}

impl fmt::Display for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}", self.0.div_euclid(12), self.0.rem_euclid(12) + 1)
    }
}

impl FromStr for Month {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        let plain = text.len() == 7 && text.is_ascii();
        let day = if plain { format!("{text}-01").parse().ok() } else { None };
        day.map(Self::of).ok_or(Error::Month)
    }
}

impl TryFrom<String> for Month {
    type Error = Error;

    fn try_from(text: String) -> Result<Self> {
        text.parse()
    }
}

impl From<Month> for String {
    fn from(month: Month) -> Self {
        month.to_string()
    }
}

/// How a trajectory runs from its start to its target.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Shape {
    /// The same distance every month.
    Linear,
    /// It stands still between these months, and from each on at its value.
    Steps(Vec<(Month, Number)>),
    /// The distance of each month is as its weight among those on the way, January first.
    Seasonal(Box<[Number; 12]>),
}

/// Whether more is better.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Better {
    /// More is better.
    More,
    /// Less is better.
    Less,
}

/// A target with the way to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trajectory {
    from: Month,
    start: Number,
    to: Month,
    target: Number,
    better: Better,
    shape: Shape,
}

/// How likely a target is to be met, in the four colours of the head's page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Likelihood {
    /// Không đạt.
    Unlikely,
    /// Khó đạt.
    Doubtful,
    /// Có thể đạt.
    Likely,
    /// Chắc đạt.
    Assured,
}

/// A likelihood and what it was computed from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Judgement {
    /// The colour.
    pub likelihood: Likelihood,
    /// The month of the newest figure that was looked at.
    pub as_of: Month,
    /// That figure.
    pub actual: Number,
    /// Where it should be.
    pub expected: Number,
    /// How far it is ahead of that; negative where it is behind, whichever way is better.
    pub ahead: Number,
    /// Where it will end if it goes on as in the last months.
    pub projected: Number,
    /// How fast it went in the last months, as a share of the plan's speed.
    pub pace: Number,
    /// How fast it has to go from now on, as a share of the plan's speed; none where the plan
    /// has no way left.
    pub needed: Option<Number>,
}

/// Over how many months the pace is measured.
pub const PACE_MONTHS: i32 = 3;

impl Trajectory {
    /// A way from `start`, where it stands at the end of the month `from`, to `target` at the end
    /// of the month `to`.
    ///
    /// # Errors
    /// [`Error::Trajectory`]: an end that is not after the beginning; steps out of order, outside
    /// the months, or turning back; weights that are negative, or all zero on the way.
    pub fn new(
        (from, start): (Month, Number),
        (to, target): (Month, Number),
        better: Better,
        shape: Shape,
    ) -> Result<Self> {
        let made = Self { from, start, to, target, better, shape };
        let fits = from < to
            && match &made.shape {
                Shape::Linear => true,
                Shape::Steps(steps) => made.rises(steps),
                Shape::Seasonal(weights) => {
                    weights.iter().all(|weight| !weight.is_negative()) && made.weight(to) > 0
                }
            };
        if fits { Ok(made) } else { Err(Error::Trajectory) }
    }

    fn rises(&self, steps: &[(Month, Number)]) -> bool {
        let first = (self.from, self.start.clone());
        let last = (self.to, self.target.clone());
        let up = self.target >= self.start;
        let onward = |one: &Number, two: &Number| if up { one <= two } else { one >= two };
        let all: Vec<_> = std::iter::once(&first).chain(steps).collect();
        all.windows(2).all(|two| two[0].0 < two[1].0 && onward(&two[0].1, &two[1].1))
            && steps.last().is_none_or(|step| step.0 <= last.0 && onward(&step.1, &last.1))
    }

    /// The weights of the months after the first up to this one.
    fn weight(&self, month: Month) -> Number {
        let Shape::Seasonal(weights) = &self.shape else {
            return month.since(self.from).into();
        };
        let total: Number = weights.iter().cloned().sum();
        let months = month.since(self.from).max(0);
        let years = Number::from(months / 12);
        let rest = (1..=months % 12).map(|nth| weights[self.from.plus(nth).season()].clone());
        total * years + rest.sum()
    }

    /// Where it should be at the end of a month: the start before it begins, the target after.
    #[must_use]
    pub fn expected(&self, month: Month) -> Number {
        if month <= self.from {
            return self.start.clone();
        }
        if month >= self.to {
            return self.target.clone();
        }
        if let Shape::Steps(steps) = &self.shape {
            let reached = steps.iter().rev().find(|(from, _)| *from <= month);
            return reached.map_or_else(|| self.start.clone(), |(_, value)| value.clone());
        }
        let share = self.weight(month).over(&self.weight(self.to)).unwrap_or_default();
        &self.start + &(&(&self.target - &self.start) * &share)
    }

    /// How far a figure is ahead of where it should be; negative where it is behind.
    #[must_use]
    pub fn ahead(&self, month: Month, actual: &Number) -> Number {
        self.better_by(actual, &self.expected(month))
    }

    fn better_by(&self, one: &Number, two: &Number) -> Number {
        if self.better == Better::More { one - two } else { two - one }
    }

    /// How likely the target is to be met, of the figures known at the end of a month. None where
    /// there is no figure between the beginning and that month.
    ///
    /// The rule. The *pace* is the way that the figures made in the last three months, as a share
    /// of the way that the plan foresaw for them (all the way since the start, where the plan
    /// stood still or there is no older figure), held between 0 and 2. The *projection* is the
    /// newest figure with the plan's way from there to the end, made at that pace.
    ///
    /// | likelihood | when |
    /// | --- | --- |
    /// | assured | it is not behind the plan, and the projection meets the target |
    /// | likely | one of the two |
    /// | doubtful | neither, but the projection lacks at most a fifth of the whole way (or a hundredth of the target, where that is more) |
    /// | unlikely | it lacks more |
    ///
    /// From the last month on only the figure counts: assured where it meets the target, unlikely
    /// where it does not.
    #[must_use]
    pub fn judge(&self, now: Month, figures: &[(Month, Number)]) -> Option<Judgement> {
        let known = |(month, _): &&(Month, Number)| *month >= self.from && *month <= now;
        let (as_of, actual) = figures.iter().filter(known).max_by_key(|(month, _)| *month)?.clone();
        let expected = self.expected(as_of);
        let ahead = self.better_by(&actual, &expected);
        let pace = self.pace(as_of, &actual, figures);
        let way_left = &self.target - &expected;
        let projected = &actual + &(&way_left * &pace);
        let needed = (&self.target - &actual).over(&way_left);
        let short = self.better_by(&self.target, &projected);
        let whole = (&self.target - &self.start).abs();
        let near = [(whole, 5), (self.target.abs(), 100)]
            .map(|(size, part)| size.over(&part.into()).unwrap_or_default());
        let near = near.iter().max().cloned().unwrap_or_default();
        let likelihood = match (!ahead.is_negative(), short <= 0) {
            (true, true) => Likelihood::Assured,
            _ if as_of >= self.to => Likelihood::Unlikely,
            (true, false) | (false, true) => Likelihood::Likely,
            (false, false) if short <= near => Likelihood::Doubtful,
            (false, false) => Likelihood::Unlikely,
        };
        Some(Judgement { likelihood, as_of, actual, expected, ahead, projected, pace, needed })
    }

    fn pace(&self, as_of: Month, actual: &Number, figures: &[(Month, Number)]) -> Number {
        let before = as_of.plus(-PACE_MONTHS).max(self.from);
        let old = |(month, _): &&(Month, Number)| *month >= before && *month < as_of;
        let oldest = figures.iter().filter(old).min_by_key(|(month, _)| *month);
        let since = |(month, value): (Month, &Number)| {
            let planned = self.expected(as_of) - self.expected(month);
            (actual - value).over(&planned)
        };
        let recent = oldest.and_then(|(month, value)| since((*month, value)));
        let pace = recent.or_else(|| since((self.from, &self.start))).unwrap_or_else(Number::one);
        pace.max(Number::zero()).min(2.into())
    }
}
