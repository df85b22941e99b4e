//! A rule between the cells of a report, and what it says of numbers.

use crate::{
    number::Number,
    validation::{Broken, Spread},
};

kernel::words! {
    /// What a broken rule means.
    Severity {
        /// The report is not sent.
        Error = "error",
        /// Whoever writes is asked to look again.
        Warning = "warning",
    }
}

kernel::words! {
    /// How two sides stand to each other.
    Ordering {
        /// Equal.
        Equal = "=",
        /// Not equal.
        Unequal = "!=",
        /// At most.
        AtMost = "<=",
        /// At least.
        AtLeast = ">=",
        /// Less.
        Less = "<",
        /// More.
        More = ">",
    }
}

/// A rule; one that was written for every row stands here once for each.
#[derive(Debug, Clone)]
pub struct Rule {
    /// Its identifier.
    pub id: String,
    /// What a broken rule means.
    pub severity: Severity,
    /// Why it holds, in Vietnamese.
    pub explain: String,
    /// What is tested.
    pub test: Test,
}

/// What a rule tests; cells by their places.
#[derive(Debug, Clone, PartialEq)]
pub enum Test {
    /// Two sums.
    Compare {
        /// One side.
        left: Sum,
        /// How they stand.
        order: Ordering,
        /// The other side.
        right: Sum,
    },
    /// Both are filled, or neither.
    Pair {
        /// The one.
        a: usize,
        /// The other.
        b: usize,
    },
    /// It moved by no more than so many hundredths against the last period.
    Change {
        /// Which cell.
        cell: usize,
        /// At most so many.
        percent: Number,
    },
    /// It is not far from those of its peers, by the modified z-score (Iglewicz and Hoaglin, 1993).
    Outlier {
        /// Which cell.
        cell: usize,
        /// How far at most.
        z: f64,
    },
}

/// A sum of cells and numbers.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Sum(pub Vec<Term>);

/// A summand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Term {
    /// So many times.
    pub factor: Number,
    /// What.
    pub of: Of,
}

/// What is added.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Of {
    /// The cell of a place.
    Cell(usize),
    /// One.
    One,
}

impl Sum {
    /// Its value; none where one of its cells has none.
    pub(crate) fn value(&self, get: impl Fn(usize) -> Option<Number>) -> Option<Number> {
        self.0.iter().try_fold(Number::ZERO, |sum, term| {
            let value = match term.of {
                Of::Cell(at) => get(at)?,
                Of::One => Number::whole(1),
            };
            // Almost every term stands there once.
            let value =
                if term.factor == Number::whole(1) { value } else { value.times(term.factor) };
            Some(sum.plus(value))
        })
    }

    pub(crate) fn cells(&self) -> impl Iterator<Item = usize> {
        self.0.iter().filter_map(|term| match term.of {
            Of::Cell(at) => Some(at),
            Of::One => None,
        })
    }
}

impl Ordering {
    const fn holds(self, left: Number, right: Number) -> bool {
        let (left, right) = (left.parts(), right.parts());
        match self {
            Self::Equal => left == right,
            Self::Unequal => left != right,
            Self::AtMost => left <= right,
            Self::AtLeast => left >= right,
            Self::Less => left < right,
            Self::More => left > right,
        }
    }
}

impl Rule {
    /// What is broken, if anything: `get` has the value of a cell, `before` that of the last
    /// period, `peers` how those of the others lie. What is not there breaks nothing but a pair.
    pub fn broken(
        &self,
        get: impl Fn(usize) -> Option<Number>,
        before: impl Fn(usize) -> Option<Number>,
        peers: impl Fn(usize) -> Option<Spread>,
    ) -> Option<Broken> {
        match &self.test {
            Test::Compare { left, order, right } => {
                let (left, right) = (left.value(&get)?, right.value(&get)?);
                (!order.holds(left, right)).then_some(Broken::Compare {
                    left,
                    order: *order,
                    right,
                })
            }
            Test::Pair { a, b } => match (get(*a), get(*b)) {
                (Some(_), None) => Some(Broken::Pair { missing: *b }),
                (None, Some(_)) => Some(Broken::Pair { missing: *a }),
                _ => None,
            },
            Test::Change { cell, percent } => {
                let (now, before) = (get(*cell)?, before(*cell)?);
                let moved = Number::from_parts((now.parts() - before.parts()).abs());
                let size = Number::from_parts(before.parts().abs());
                let by = moved.percent_of(size)?;
                (by > *percent).then_some(Broken::Change { before, now, by })
            }
            Test::Outlier { cell, z } => {
                let (value, spread) = (get(*cell)?, peers(*cell)?);
                let found = spread.z(value)?;
                (found.abs() > *z).then_some(Broken::Outlier { median: spread.median, z: found })
            }
        }
    }

    /// The cells that it looks at, by their places.
    #[must_use]
    pub fn cells(&self) -> Vec<usize> {
        match &self.test {
            Test::Compare { left, right, .. } => left.cells().chain(right.cells()).collect(),
            Test::Pair { a, b } => vec![*a, *b],
            Test::Change { cell, .. } | Test::Outlier { cell, .. } => vec![*cell],
        }
    }
}
