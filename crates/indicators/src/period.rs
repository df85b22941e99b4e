//! A period that a figure is of: whole days, as months, quarters and years, or as the months of
//! reporting, which run from the 15th to the 14th (Decree 09/2019/NĐ-CP).

use std::{fmt, str::FromStr};

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::day::{Day, Month};

/// Whole days in Việt Nam, the first and the last one included. Its text form is `2026-11`,
/// `2026-q4`, `2026`, `2026-11-r` (the reporting month that ends on 14 November), or
/// `2026-11-01..2026-11-15`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Period {
    first: Day,
    last: Day,
}

/// The text is no period.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a period is a month, a quarter, a year, a month of reporting, or two days")]
pub struct NoPeriod;

/// Longer than this nobody reports on.
const DAYS_MAX: i32 = 10 * 366;

impl Period {
    /// From one day to another.
    ///
    /// # Errors
    /// [`NoPeriod`] where the last day lies before the first, or more than ten years after.
    pub fn days(first: Day, last: Day) -> Result<Self, NoPeriod> {
        let length = last.number() - first.number();
        if (0..DAYS_MAX).contains(&length) { Ok(Self { first, last }) } else { Err(NoPeriod) }
    }

    /// A month.
    #[must_use]
    pub fn month(month: Month) -> Self {
        Self { first: month.first(), last: month.last() }
    }

    /// The month of reporting that ends on the 14th of this one (Decree 09/2019/NĐ-CP, art. 12).
    #[must_use]
    pub fn reporting_month(month: Month) -> Self {
        let on = |month: Month, day: i32| Day::from_number(month.first().number() + day - 1);
        Self { first: on(month.before(), 15), last: on(month, 14) }
    }

    /// Its first day.
    #[must_use]
    pub const fn first(&self) -> Day {
        self.first
    }

    /// Its last day.
    #[must_use]
    pub const fn last(&self) -> Day {
        self.last
    }

    /// What of it is a whole month, and what lies before and after the whole months.
    pub fn parts(&self) -> impl Iterator<Item = Part> + use<> {
        let Self { first, last } = *self;
        let months = std::iter::successors(Some(first.month()), |month| Some(month.next()));
        months.take_while(move |month| month.first() <= last).map(move |month| {
            let (from, to) = (month.first().max(first), month.last().min(last));
            let whole = from == month.first() && to == month.last();
            if whole { Part::Month(month) } else { Part::Days(month, from, to) }
        })
    }

    /// The days that it shares with others; none where it shares none.
    #[must_use]
    pub fn within(&self, first: Day, last: Day) -> Option<Self> {
        let (first, last) = (self.first.max(first), self.last.min(last));
        (first <= last).then_some(Self { first, last })
    }

    fn year(year: i32) -> Option<Self> {
        let of = |month| Month::from_number(year * 100 + month);
        Some(Self { first: of(1)?.first(), last: of(12)?.last() })
    }

    fn quarter(year: i32, quarter: i32) -> Option<Self> {
        let of = |month| Month::from_number(year * 100 + month);
        Some(Self { first: of(quarter * 3 - 2)?.first(), last: of(quarter * 3)?.last() })
    }
}

/// A part of a period, as the cube keeps it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// A whole month.
    Month(Month),
    /// Some days of a month, the first and the last one included.
    Days(Month, Day, Day),
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let month = self.first.month();
        let (year, number) = (month.year(), i32::from(month.of_year()));
        if *self == Self::month(month) {
            write!(f, "{month}")
        } else if *self == Self::reporting_month(month.next()) {
            write!(f, "{}-r", month.next())
        } else if Some(*self) == Self::quarter(year, (number + 2) / 3) {
            write!(f, "{year:04}-q{}", (number + 2) / 3)
        } else if Some(*self) == Self::year(year) {
            write!(f, "{year:04}")
        } else {
            write!(f, "{}..{}", self.first, self.last)
        }
    }
}

impl FromStr for Period {
    type Err = NoPeriod;

    fn from_str(text: &str) -> Result<Self, NoPeriod> {
        if let Some((first, last)) = text.split_once("..") {
            let day = |text: &str| text.parse::<Date>().map(Day::from).map_err(|_| NoPeriod);
            return Self::days(day(first)?, day(last)?);
        }
        let mut parts = text.split('-');
        let year = parts.next().and_then(|year| year.parse::<i32>().ok());
        let year = year.filter(|year| (2000..=2100).contains(year)).ok_or(NoPeriod)?;
        let month = |text: &str| {
            let number = (text.len() == 2).then(|| text.parse::<i32>().ok()).flatten();
            number.and_then(|number| Month::from_number(year * 100 + number)).ok_or(NoPeriod)
        };
        match (parts.next(), parts.next(), parts.next()) {
            (None, ..) => Self::year(year).ok_or(NoPeriod),
            (Some("q1"), None, None) => Self::quarter(year, 1).ok_or(NoPeriod),
            (Some("q2"), None, None) => Self::quarter(year, 2).ok_or(NoPeriod),
            (Some("q3"), None, None) => Self::quarter(year, 3).ok_or(NoPeriod),
            (Some("q4"), None, None) => Self::quarter(year, 4).ok_or(NoPeriod),
            (Some(text), None, None) => Ok(Self::month(month(text)?)),
            (Some(text), Some("r"), None) => Ok(Self::reporting_month(month(text)?)),
            _ => Err(NoPeriod),
        }
    }
}
impl TryFrom<String> for Period {
    type Error = NoPeriod;

    fn try_from(text: String) -> Result<Self, NoPeriod> {
        text.parse()
    }
}
impl From<Period> for String {
    fn from(period: Period) -> Self {
        period.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn period(text: &str) -> Period {
        text.parse().unwrap()
    }

    #[test]
    fn a_period_is_read_as_it_is_written() {
        for text in ["2026-11", "2026-q4", "2026", "2026-01-r", "2026-11-01..2026-11-13"] {
            assert_eq!(period(text).to_string(), text);
        }
        for text in ["", "2026-13", "2026-q5", "26", "2026-1", "2026-11-14..2026-11-01", "x"] {
            assert_eq!(text.parse::<Period>(), Err(NoPeriod), "{text}");
        }
    }

    #[test]
    fn a_month_of_reporting_runs_from_the_15th_to_the_14th() {
        let january = period("2026-01-r");
        assert_eq!(january.first().to_string(), "2025-12-15");
        assert_eq!(january.last().to_string(), "2026-01-14");
    }

    #[test]
    fn a_period_falls_into_whole_months_and_edges() {
        let parts: Vec<Part> = period("2026-10-15..2026-12-14").parts().collect();
        let month = |number| Month::from_number(number).unwrap();
        let day = |text: &str| Day::from(text.parse::<Date>().unwrap());
        assert_eq!(
            parts,
            [
                Part::Days(month(202_610), day("2026-10-15"), day("2026-10-31")),
                Part::Month(month(202_611)),
                Part::Days(month(202_612), day("2026-12-01"), day("2026-12-14")),
            ]
        );
        assert_eq!(period("2026").parts().count(), 12);
    }
}
