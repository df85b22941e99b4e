//! A scorecard that passed every check; made by [`crate::load`] and nowhere else.

use std::fmt;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::{Direction, Expression, Number};

/// An index made of indicators, in one of its versions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scorecard {
    pub(crate) id: String,
    pub(crate) version: u32,
    pub(crate) name: Name,
    pub(crate) legal_basis: Vec<String>,
    pub(crate) valid_from: Date,
    pub(crate) valid_to: Option<Date>,
    pub(crate) decimals: u8,
    pub(crate) part_decimals: u8,
    pub(crate) tolerance: Number,
    pub(crate) inputs: Vec<Input>,
    pub(crate) parts: Vec<Part>,
    /// The total first.
    pub(crate) indices: Vec<Index>,
    pub(crate) bands: Vec<Band>,
}

/// What people call something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Name {
    /// In Vietnamese.
    pub vi: String,
    /// In English.
    pub en: String,
}

/// A figure that is given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Input {
    /// Its name in files and formulas.
    pub name: String,
    /// Other names by which it is published.
    pub also: Vec<String>,
    /// What kind of figure.
    pub kind: InputKind,
    /// The most that it can be: 1 for a share, what the scorecard says for a grade.
    pub most: Option<Number>,
    /// What people call it.
    pub label: Name,
}

/// Kinds of figures, which are not added to each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum InputKind {
    /// A number of cases: whole, not negative.
    Count,
    /// A share of 1: not negative, at most 1.
    Share,
    /// Points somebody gave: whole, not negative, at most what the input says.
    Grade,
}

impl fmt::Display for InputKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Count => "a count",
            Self::Share => "a share",
            Self::Grade => "a grade",
        })
    }
}

/// The period that counts belong to; only matters where a year before stands in for a zero.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Period {
    /// A month.
    Month,
    /// A quarter.
    Quarter,
    /// A year, or the part of it that has passed.
    #[default]
    Year,
}

impl Period {
    /// How many make a year.
    #[must_use]
    pub fn in_year(self) -> u32 {
        match self {
            Self::Month => 12,
            Self::Quarter => 4,
            Self::Year => 1,
        }
    }
}

/// One thing that gives points.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// Its number or name in the decision (`2.1`).
    pub id: String,
    /// The code under which it is published, where it has one (`ON_TIME`).
    pub code: Option<String>,
    /// What people call it.
    pub name: Name,
    /// The most points; 0 for what is shown and not scored.
    pub maximum: Number,
    /// What is measured.
    pub measure: Measure,
    /// How a share becomes points.
    pub rule: Rule,
    /// Other ways in which the decision can be read; they widen the interval of the points.
    pub readings: Vec<Rule>,
    /// Whether the rule was checked against published figures.
    pub confirmed: bool,
    /// How its counts are counted, by the law; for whoever counts.
    pub counting: Option<String>,
    /// How many component indicators stand behind it, where they are not computed here.
    pub components: Option<u32>,
}

/// A share: of an input, or of a numerator and the first denominator that is not zero.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Measure {
    /// What is counted; below zero counts as zero.
    pub numerator: Expression,
    /// Of how many; empty where the numerator is a share itself.
    pub denominators: Vec<Expression>,
    /// What there is where all denominators are zero.
    pub at_zero: AtZero,
}

/// What nothing of nothing gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum AtZero {
    /// No points and no loss: there is nothing to judge.
    None,
    /// Zero points.
    Zero,
    /// All points.
    Full,
}

/// How a share becomes points.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Rule {
    /// The share of the maximum, at most the maximum.
    Linear,
    /// As linear, but the maximum is reached at this share already.
    FullAt(Number),
    /// The points of the last step whose share is reached; below the first none.
    Steps(Vec<(Number, Number)>),
}

impl Rule {
    /// The points that a share gives, of a maximum. Never falls where the share rises, and never
    /// leaves 0 to the maximum for a share that is not negative.
    #[must_use]
    pub fn points(&self, share: &Number, maximum: &Number) -> Number {
        match self {
            Self::Linear => (share * maximum).min(maximum.clone()),
            Self::FullAt(full) => {
                let reached = share.over(full).unwrap_or_else(Number::one);
                (&reached * maximum).min(maximum.clone())
            }
            Self::Steps(steps) => {
                let reached = steps.iter().rev().find(|(from, _)| share >= from);
                reached.map(|(_, points)| points.clone()).unwrap_or_default()
            }
        }
    }

    /// The least share that gives the most points.
    #[must_use]
    pub fn full_share(&self) -> Number {
        match self {
            Self::Linear => Number::one(),
            Self::FullAt(full) => full.clone(),
            Self::Steps(steps) => steps.last().map_or_else(Number::one, |(from, _)| from.clone()),
        }
    }
}

/// Points of some parts added up and divided: the total, a group, a pillar.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Index {
    /// Its name in files; the total is [`TOTAL`].
    pub id: String,
    /// What people call it.
    pub name: Name,
    /// The parts, by their places in [`Scorecard::parts`].
    pub parts: Vec<usize>,
    /// What the points are divided by.
    pub divide_by: Number,
    /// The most that it can be.
    pub maximum: Number,
    /// The sums that are rounded before they are added up where it is published: places of parts,
    /// each part once. Mostly one sum of all.
    pub sums: Vec<Vec<usize>>,
}

impl Index {
    /// What is published where the parts have these points; the points are exact, and only here is
    /// anything rounded.
    pub(crate) fn published(&self, decimals: u8, points: impl Fn(usize) -> Number) -> Number {
        let rounded = |places: &Vec<usize>| {
            let sum: Number = places.iter().map(|place| points(*place)).sum();
            sum.over(&self.divide_by).unwrap_or_default().rounded(decimals)
        };
        self.sums.iter().map(rounded).sum()
    }
}

/// The id of the index of all parts.
pub const TOTAL: &str = "total";

/// A word for totals from some bound on; exactly the bound belongs to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Band {
    /// The least total.
    pub from: Number,
    /// The word.
    pub name: Name,
}

impl Scorecard {
    /// Its name in files and commands (`dti-922`).
    #[must_use]
    pub fn id(&self) -> &str {
        &self.id
    }

    /// Its version, from 1.
    #[must_use]
    pub fn version(&self) -> u32 {
        self.version
    }

    /// What people call it.
    #[must_use]
    pub fn name(&self) -> &Name {
        &self.name
    }

    /// The decisions that it comes from.
    #[must_use]
    pub fn legal_basis(&self) -> &[String] {
        &self.legal_basis
    }

    /// Whether it is in force on a day.
    #[must_use]
    pub fn is_in_force(&self, on: Date) -> bool {
        self.valid_from <= on && self.valid_to.is_none_or(|last| on <= last)
    }

    /// The first day on which it is in force.
    #[must_use]
    pub fn valid_from(&self) -> Date {
        self.valid_from
    }

    /// The last day on which it is in force, where it has one.
    #[must_use]
    pub fn valid_to(&self) -> Option<Date> {
        self.valid_to
    }

    /// With how many decimals the total and the indices are published.
    #[must_use]
    pub fn decimals(&self) -> u8 {
        self.decimals
    }

    /// With how many decimals the points of a part are shown.
    #[must_use]
    pub fn part_decimals(&self) -> u8 {
        self.part_decimals
    }

    /// How far a published figure may stand from a computed one, since what it was computed from
    /// was rounded too.
    #[must_use]
    pub fn tolerance(&self) -> &Number {
        &self.tolerance
    }

    /// The figures that it takes.
    #[must_use]
    pub fn inputs(&self) -> &[Input] {
        &self.inputs
    }

    /// What gives points, in the order of the decision.
    #[must_use]
    pub fn parts(&self) -> &[Part] {
        &self.parts
    }

    /// The total, then the groups or pillars.
    #[must_use]
    pub fn indices(&self) -> &[Index] {
        &self.indices
    }

    /// The bands of the total, the highest first; empty where there are none.
    #[must_use]
    pub fn bands(&self) -> &[Band] {
        &self.bands
    }

    /// The band of a total, judged as the total is shown.
    #[must_use]
    pub fn band(&self, total: &Number) -> Option<&Band> {
        let shown = total.rounded(self.decimals);
        self.bands.iter().find(|band| shown >= band.from)
    }

    /// The place of an input, by its name or one by which it is published.
    #[must_use]
    pub fn input_place(&self, name: &str) -> Option<usize> {
        let called =
            |input: &Input| input.name == name || input.also.iter().any(|also| also == name);
        self.inputs.iter().position(called)
    }

    /// An index by its id.
    #[must_use]
    pub fn index(&self, id: &str) -> Option<&Index> {
        self.indices.iter().find(|index| index.id == id)
    }

    /// How the points follow an input that rises, whatever else stands: what is better for one
    /// part and worse for another is mixed, and so is a denominator that may be zero.
    #[must_use]
    pub fn direction(&self, input: usize) -> Direction {
        let parts = self.parts.iter().filter(|part| !part.maximum.is_zero());
        parts.fold(Direction::Absent, |sum, part| sum.and(part.measure.direction(input)))
    }
}

impl Measure {
    /// How the share follows an input that rises.
    #[must_use]
    pub fn direction(&self, input: usize) -> Direction {
        let below = self.denominators.iter().map(|one| one.direction(input));
        let below = below.fold(Direction::Absent, Direction::and);
        // From zero on, a denominator that rises may win or lose points: that is for `at_zero`.
        if below == Direction::Absent { self.numerator.direction(input) } else { Direction::Mixed }
    }

    /// The inputs that it looks at, each once.
    #[must_use]
    pub fn inputs(&self) -> Vec<usize> {
        let mut found = self.numerator.inputs();
        found.extend(self.denominators.iter().flat_map(Expression::inputs));
        found.sort_unstable();
        found.dedup();
        found
    }
}
