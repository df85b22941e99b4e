//! The way of a target: from where, to where, and where it should be in between.

use jiff::civil::Date;
use scorecards::{Better, Error, Month, Number, Shape, Trajectory};

use super::MONTHS_MAX;

/// A way from one month to another: linear, in steps, or given by hand for every month, which is a
/// step a month.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Way {
    /// At the end of this month it stands at `start`.
    pub from: Month,
    /// Where it began.
    pub start: Number,
    /// At the end of this month it is to be met.
    pub to: Month,
    /// What was promised.
    pub target: Number,
    /// Whether more is better.
    pub better: Better,
    /// From which month on it should stand where; none for a straight line.
    pub steps: Vec<(Month, Number)>,
    trajectory: Trajectory,
}

impl Way {
    /// The way between two ends.
    ///
    /// # Errors
    /// [`Error::Trajectory`] where it is none, or longer than [`MONTHS_MAX`] months.
    pub fn new(
        (from, start): (Month, Number),
        (to, target): (Month, Number),
        better: Better,
        steps: Vec<(Month, Number)>,
    ) -> Result<Self, Error> {
        let shape = if steps.is_empty() { Shape::Linear } else { Shape::Steps(steps.clone()) };
        let ends = ((from, start.clone()), (to, target.clone()));
        let trajectory = Trajectory::new(ends.0, ends.1, better, shape)?;
        if to.since(from) > MONTHS_MAX {
            return Err(Error::Trajectory);
        }
        Ok(Self { from, start, to, target, better, steps, trajectory })
    }

    /// Where it should be, month by month, and how likely it is to be met.
    #[must_use]
    pub const fn trajectory(&self) -> &Trajectory {
        &self.trajectory
    }

    /// Whether every month on the way was given by hand.
    #[must_use]
    pub fn is_by_hand(&self) -> bool {
        let months = usize::try_from(self.to.since(self.from)).unwrap_or(0);
        months > 1 && self.steps.len() + 1 >= months
    }

    /// Its months, the last one that has begun at `now` included: what a chart shows.
    pub fn months(&self) -> impl Iterator<Item = Month> + use<> {
        let from = self.from;
        (0..=self.to.since(from)).map(move |n| from.plus(n))
    }

    /// Whether a figure meets what was promised.
    #[must_use]
    pub fn is_met_by(&self, figure: &Number) -> bool {
        match self.better {
            Better::More => *figure >= self.target,
            Better::Less => *figure <= self.target,
        }
    }
}

/// The first day of a month.
///
/// # Panics
/// Never: a month of four digits and two is the beginning of a date.
#[must_use]
pub fn date_of(month: Month) -> Date {
    format!("{month}-01").parse().expect("a month is the beginning of a date")
}

/// Month and year of a month as people write them: `11/2026`.
#[must_use]
pub fn month_words(month: Month) -> String {
    let day = date_of(month);
    format!("{}/{}", day.month(), day.year())
}
