//! Days and months in Việt Nam, as the cube counts them.

use std::fmt;

use jiff::civil::Date;
use kernel::{Instant, VN_OFFSET_SECONDS, from_micros, micros};
use serde::{Deserialize, Serialize};

/// A day in Việt Nam, by its number since 1 January 1970.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Day(i32);

/// A month in Việt Nam, as `202611`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Month(i32);

const DAY_MICROS: i64 = 86_400_000_000;
const OFFSET_MICROS: i64 = VN_OFFSET_SECONDS as i64 * 1_000_000;

impl Day {
    /// The day that holds an instant.
    #[must_use]
    pub fn of(at: Instant) -> Self {
        let number = (micros(at) + OFFSET_MICROS).div_euclid(DAY_MICROS);
        Self(i32::try_from(number).unwrap_or(i32::MAX))
    }

    /// The day of a number since 1 January 1970.
    #[must_use]
    pub const fn from_number(number: i32) -> Self {
        Self(number)
    }

    /// Its number since 1 January 1970.
    #[must_use]
    pub const fn number(self) -> i32 {
        self.0
    }

    /// The day of the calendar.
    #[must_use]
    pub fn date(self) -> Date {
        let (year, month, day) = self.civil();
        let year = i16::try_from(year).unwrap_or(i16::MAX);
        Date::new(year, month, day).unwrap_or(Date::MAX)
    }

    /// Its first instant.
    #[must_use]
    pub fn begin(self) -> Instant {
        from_micros(i64::from(self.0) * DAY_MICROS - OFFSET_MICROS)
    }

    /// Its last instant.
    #[must_use]
    pub fn last_instant(self) -> Instant {
        from_micros(micros(self.next().begin()) - 1)
    }

    /// The next day.
    #[must_use]
    pub const fn next(self) -> Self {
        Self(self.0.saturating_add(1))
    }

    /// The day before.
    #[must_use]
    pub const fn before(self) -> Self {
        Self(self.0.saturating_sub(1))
    }

    /// The month that it lies in.
    #[must_use]
    pub fn month(self) -> Month {
        self.in_month().0
    }

    /// The how-manieth of its month it is, from 1.
    #[must_use]
    pub fn of_month(self) -> u8 {
        self.in_month().1
    }

    /// Its month, and the how-manieth of it it is, from 1.
    pub(crate) fn in_month(self) -> (Month, u8) {
        let (year, month, day) = self.civil();
        (Month(year * 100 + i32::from(month)), day.unsigned_abs())
    }

    /// Year, month and day: by eras of 400 years that begin in March.
    fn civil(self) -> (i32, i8, i8) {
        let shifted = self.0.saturating_add(719_468);
        let era = shifted.div_euclid(146_097);
        let of_era = shifted.rem_euclid(146_097);
        let year = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
        let of_year = of_era - (365 * year + year / 4 - year / 100);
        let shifted_month = (5 * of_year + 2) / 153;
        let day = of_year - (153 * shifted_month + 2) / 5 + 1;
        let month = if shifted_month < 10 { shifted_month + 3 } else { shifted_month - 9 };
        let year = year + era * 400 + i32::from(month <= 2);
        // A day is at most 31 and a month at most 12.
        (year, i8::try_from(month).unwrap_or(1), i8::try_from(day).unwrap_or(1))
    }
}

impl From<Date> for Day {
    fn from(date: Date) -> Self {
        Self::of(kernel::from_local(date.at(12, 0, 0, 0)))
    }
}
impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.date().fmt(f)
    }
}

impl Month {
    /// The first one of which there is a number.
    pub(crate) const FIRST: Self = Self(190_001);

    /// The month of a number such as `202611`.
    #[must_use]
    pub const fn from_number(number: i32) -> Option<Self> {
        if number >= Self::FIRST.0 && number % 100 >= 1 && number % 100 <= 12 {
            Some(Self(number))
        } else {
            None
        }
    }

    /// Its number: `202611`.
    #[must_use]
    pub const fn number(self) -> i32 {
        self.0
    }

    /// Its year.
    #[must_use]
    pub const fn year(self) -> i32 {
        self.0 / 100
    }

    /// The how-manieth of its year it is, from 1.
    #[must_use]
    pub fn of_year(self) -> u8 {
        u8::try_from(self.0 % 100).unwrap_or(1)
    }

    /// The next one.
    #[must_use]
    pub const fn next(self) -> Self {
        Self(if self.0 % 100 == 12 { self.0 + 89 } else { self.0 + 1 })
    }

    /// The one before.
    #[must_use]
    pub const fn before(self) -> Self {
        Self(if self.0 % 100 == 1 { self.0 - 89 } else { self.0 - 1 })
    }

    /// How many months after another one it is; below zero where it is before.
    #[must_use]
    pub const fn since(self, other: Self) -> i32 {
        (self.year() - other.year()) * 12 + self.0 % 100 - other.0 % 100
    }

    /// Its first day.
    #[must_use]
    pub fn first(self) -> Day {
        let year = i16::try_from(self.year()).unwrap_or(i16::MAX);
        let month = i8::try_from(self.0 % 100).unwrap_or(1);
        Day::from(Date::new(year, month, 1).unwrap_or(Date::MAX))
    }

    /// Its last day.
    #[must_use]
    pub fn last(self) -> Day {
        self.next().first().before()
    }
}

impl fmt::Display for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}", self.year(), self.0 % 100)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_day_begins_at_midnight_in_viet_nam() {
        let at = |text: &str| -> Instant { text.parse().unwrap() };
        assert_eq!(Day::of(at("2026-11-22T16:59:59.999999Z")).to_string(), "2026-11-22");
        assert_eq!(Day::of(at("2026-11-22T17:00:00Z")).to_string(), "2026-11-23");
        assert_eq!(Day::of(at("2026-11-22T17:00:00Z")).begin(), at("2026-11-22T17:00:00Z"));
    }

    #[test]
    fn months_follow_each_other_over_new_year() {
        let december = Month::from_number(202_612).unwrap();
        assert_eq!(december.next().to_string(), "2027-01");
        assert_eq!(december.next().before(), december);
        assert_eq!(december.next().since(Month::from_number(202_611).unwrap()), 2);
        assert_eq!(december.last().to_string(), "2026-12-31");
        assert_eq!(Month::from_number(202_613), None);
    }

    proptest! {
        #[test]
        fn a_day_is_the_one_of_the_calendar(number in -30_000_i32..60_000) {
            let day = Day::from_number(number);
            prop_assert_eq!(Day::from(day.date()), day);
            prop_assert_eq!(Day::of(day.begin()), day);
            prop_assert_eq!(Day::of(day.last_instant()), day);
            prop_assert!(day.month().first() <= day && day <= day.month().last());
            prop_assert_eq!(i64::from(day.of_month()), i64::from(day.date().day()));
        }
    }
}
