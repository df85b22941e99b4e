//! A period that is reported on: a month, a quarter, a year, or any days.

use std::{fmt, str::FromStr};

use jiff::{ToSpan, civil::Date};
use kernel::{Instant, from_local, from_micros, micros};

/// Whole days in Việt Nam, the first and the last one included. Its text form is `2026-11`,
/// `2026-q4`, `2026` or `2026-11-01..2026-11-15`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Period {
    first: Date,
    last: Date,
}

/// The text is no period.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a period is a month, a quarter, a year, or two days")]
pub struct NoPeriod;

/// Longer than this nobody reports on.
const YEARS_MAX: i16 = 5;

impl Period {
    /// From one day to another.
    ///
    /// # Errors
    /// [`NoPeriod`] where the last day lies before the first, or more than five years after.
    pub fn days(first: Date, last: Date) -> Result<Self, NoPeriod> {
        let fits = first <= last && last.year() - first.year() <= YEARS_MAX;
        if fits { Ok(Self { first, last }) } else { Err(NoPeriod) }
    }

    /// The month that holds a day.
    #[must_use]
    pub fn month_of(day: Date) -> Self {
        Self { first: day.first_of_month(), last: day.last_of_month() }
    }

    /// The quarter that holds a day.
    #[must_use]
    pub fn quarter_of(day: Date) -> Self {
        let begins = (day.month() - 1) / 3 * 3 + 1;
        let first = Date::constant(day.year(), begins, 1);
        let last = Date::constant(day.year(), begins + 2, 1).last_of_month();
        Self { first, last }
    }

    /// The year that holds a day.
    #[must_use]
    pub fn year_of(day: Date) -> Self {
        let year = day.year();
        Self { first: Date::constant(year, 1, 1), last: Date::constant(year, 12, 31) }
    }

    /// The period of the same kind right before this one; for any days, as many days before.
    #[must_use]
    pub fn before(&self) -> Self {
        let eve = self.first.saturating_sub(1.day());
        for of in [Self::month_of, Self::quarter_of, Self::year_of] {
            if of(self.first) == *self {
                return of(eve);
            }
        }
        let days = (self.last - self.first).get_days();
        Self { first: eve.saturating_sub(days.days()), last: eve }
    }

    /// Whether it is a month, a quarter or a year.
    #[must_use]
    pub fn is_usual(&self) -> bool {
        let of = [Self::month_of, Self::quarter_of, Self::year_of];
        of.into_iter().any(|of| of(self.first) == *self)
    }

    /// Its first day.
    #[must_use]
    pub const fn first(&self) -> Date {
        self.first
    }

    /// Its last day.
    #[must_use]
    pub const fn last(&self) -> Date {
        self.last
    }

    /// Its first instant.
    #[must_use]
    pub fn begin(&self) -> Instant {
        from_local(self.first.at(0, 0, 0, 0))
    }

    /// The first instant after it.
    #[must_use]
    pub fn end(&self) -> Instant {
        from_local(self.last.saturating_add(1.day()).at(0, 0, 0, 0))
    }

    /// The last instant that counts: its own last one, or now while it runs.
    #[must_use]
    pub fn as_of(&self, now: Instant) -> Instant {
        from_micros(micros(self.end()) - 1).min(now)
    }

    /// Whether an instant lies in it.
    #[must_use]
    pub fn holds(&self, at: Instant) -> bool {
        self.begin() <= at && at < self.end()
    }
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month) = (self.first.year(), self.first.month());
        if *self == Self::month_of(self.first) {
            write!(f, "{year:04}-{month:02}")
        } else if *self == Self::quarter_of(self.first) {
            write!(f, "{year:04}-q{}", (month - 1) / 3 + 1)
        } else if *self == Self::year_of(self.first) {
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
            let day = |text: &str| text.parse::<Date>().map_err(|_| NoPeriod);
            return Self::days(day(first)?, day(last)?);
        }
        let (year, part) = text.split_once('-').map_or((text, None), |(y, p)| (y, Some(p)));
        let first_of = |month: i8| {
            let year = year.parse::<i16>().ok().filter(|year| (2000..=2100).contains(year));
            Date::new(year.ok_or(NoPeriod)?, month, 1).map_err(|_| NoPeriod)
        };
        let number = |text: &str| text.parse::<i8>().map_err(|_| NoPeriod);
        match part {
            None => Ok(Self::year_of(first_of(1)?)),
            Some(part) => match part.strip_prefix('q') {
                Some(quarter) => match number(quarter)? {
                    quarter @ 1..=4 => Ok(Self::quarter_of(first_of(quarter * 3)?)),
                    _ => Err(NoPeriod),
                },
                None => Ok(Self::month_of(first_of(number(part)?)?)),
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_period_is_read_as_it_is_written() {
        for text in ["2026-11", "2026-q4", "2026", "2026-11-01..2026-11-14"] {
            assert_eq!(text.parse::<Period>().unwrap().to_string(), text);
        }
        for text in ["", "2026-13", "2026-q5", "2026-11-14..2026-11-01", "1-1", "x", "2026-q-3"] {
            assert_eq!(text.parse::<Period>(), Err(NoPeriod), "{text}");
        }
    }

    #[test]
    fn a_period_begins_and_ends_at_midnight_in_viet_nam() {
        let november: Period = "2026-11".parse().unwrap();
        assert_eq!(november.begin().to_string(), "2026-10-31T17:00:00Z");
        assert_eq!(november.end().to_string(), "2026-11-30T17:00:00Z");
        assert!(!november.holds(november.end()));
    }

    #[test]
    fn the_period_before_is_of_the_same_kind() {
        let before = |text: &str| text.parse::<Period>().unwrap().before().to_string();
        assert_eq!(before("2026-01"), "2025-12");
        assert_eq!(before("2026-q1"), "2025-q4");
        assert_eq!(before("2026"), "2025");
        assert_eq!(before("2026-11-11..2026-11-20"), "2026-11-01..2026-11-10");
    }
}
