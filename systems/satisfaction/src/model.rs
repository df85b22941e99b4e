//! For which time answers are published.

use std::{fmt, str::FromStr};

use jiff::civil::Date;
use kernel::{Instant, from_local};

/// A month, a quarter or a year, as an address says it: `2026-11`, `2026-Q4`, `2026`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Period {
    /// A month of a year.
    Month(i16, i8),
    /// A quarter of a year, 1 to 4.
    Quarter(i16, i8),
    /// A year.
    Year(i16),
}

impl Period {
    /// The year of a day.
    #[must_use]
    pub fn year_of(day: Date) -> Self {
        Self::Year(day.year())
    }

    /// Its first day.
    #[must_use]
    pub fn first(self) -> Date {
        let (year, month) = match self {
            Self::Month(year, month) => (year, month),
            Self::Quarter(year, quarter) => (year, (quarter - 1) * 3 + 1),
            Self::Year(year) => (year, 1),
        };
        Date::new(year, month, 1).unwrap_or(Date::MIN)
    }

    /// The period after it.
    #[must_use]
    pub fn next(self) -> Self {
        match self {
            Self::Month(year, 12) => Self::Month(year + 1, 1),
            Self::Month(year, month) => Self::Month(year, month + 1),
            Self::Quarter(year, 4) => Self::Quarter(year + 1, 1),
            Self::Quarter(year, quarter) => Self::Quarter(year, quarter + 1),
            Self::Year(year) => Self::Year(year + 1),
        }
    }

    /// The period before it.
    #[must_use]
    pub fn before(self) -> Self {
        match self {
            Self::Month(year, 1) => Self::Month(year - 1, 12),
            Self::Month(year, month) => Self::Month(year, month - 1),
            Self::Quarter(year, 1) => Self::Quarter(year - 1, 4),
            Self::Quarter(year, quarter) => Self::Quarter(year, quarter - 1),
            Self::Year(year) => Self::Year(year - 1),
        }
    }

    /// From when on it is.
    #[must_use]
    pub fn begin(self) -> Instant {
        from_local(self.first().to_datetime(jiff::civil::Time::midnight()))
    }

    /// Until when it is, itself outside.
    #[must_use]
    pub fn end(self) -> Instant {
        self.next().begin()
    }
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Month(year, month) => write!(f, "{year}-{month:02}"),
            Self::Quarter(year, quarter) => write!(f, "{year}-Q{quarter}"),
            Self::Year(year) => write!(f, "{year}"),
        }
    }
}

/// The text names no [`Period`] of these centuries.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NoPeriod;

impl FromStr for Period {
    type Err = NoPeriod;

    fn from_str(text: &str) -> Result<Self, NoPeriod> {
        let (year, rest) = text.split_once('-').map_or((text, None), |(y, rest)| (y, Some(rest)));
        let year: i16 = year.parse().map_err(|_| NoPeriod)?;
        let number = |text: &str, most: i8| {
            text.parse().ok().filter(|n| (1..=most).contains(n)).ok_or(NoPeriod)
        };
        if !(2000..=2100).contains(&year) {
            return Err(NoPeriod);
        }
        match rest {
            None => Ok(Self::Year(year)),
            Some(rest) => match rest.strip_prefix('Q') {
                Some(quarter) => Ok(Self::Quarter(year, number(quarter, 4)?)),
                None => Ok(Self::Month(year, number(rest, 12)?)),
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_period_is_read_as_it_is_written_and_ends_where_the_next_begins() {
        for text in ["2026-11", "2026-Q4", "2026", "2026-12", "2026-Q1"] {
            let period: Period = text.parse().unwrap();
            assert_eq!(period.to_string(), text);
            assert_eq!(period.next().before(), period);
            assert!(period.begin() < period.end());
        }
        for text in ["2026-13", "2026-Q5", "1999", "", "2026-", "x"] {
            assert_eq!(text.parse::<Period>(), Err(NoPeriod), "{text}");
        }
        let december: Period = "2026-12".parse().unwrap();
        assert_eq!(december.end(), "2026-12-31T17:00:00Z".parse::<Instant>().unwrap());
    }
}
