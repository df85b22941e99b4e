//! The Vietnamese lunar calendar: months of the moon, held to the sun by leap months.
//!
//! The rules, as published by Hồ Ngọc Đức: a month begins on the day, in UTC+7, of the new moon;
//! the eleventh month contains the winter solstice; where thirteen months lie between two
//! eleventh months, the first in which the sun enters no new twelfth of its path is the leap
//! month and takes the number of the month before it. China applies the same rules at UTC+8
//! and therefore celebrates on another day now and then (2007, 2030).
//!
//! Right from 1968, when Việt Nam began to reckon so, to 2071; later and earlier a new moon within
//! two minutes of midnight may fall on the wrong side of it. The positions of moon and sun come
//! from [`crate::sky`].

use std::fmt;

use jiff::civil::Date;
use kernel::VN_OFFSET_SECONDS;
use serde::{Deserialize, Serialize};

use crate::{day, sky};

/// A day of the Vietnamese lunar calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct LunarDate {
    /// Day of the month, 1 to 30.
    pub day: u8,
    /// Month, 1 to 12.
    pub month: u8,
    /// Whether the month is the leap month that repeats the number of the one before.
    pub leap: bool,
    /// Lunar year, named by the civil year in which its Tết falls.
    pub year: i16,
}

impl LunarDate {
    /// An ordinary (not leap) day of a lunar year.
    #[must_use]
    pub const fn new(day: u8, month: u8, year: i16) -> Self {
        Self { day, month, leap: false, year }
    }

    /// The lunar day of a civil day.
    #[must_use]
    pub fn from_solar(date: Date) -> Self {
        let number = day::number(date);
        let moon = moon_of(number);
        // The run of months, from one eleventh month to the next, in which the day lies.
        let this_year = Run::ending_in(date.year());
        let (run, year) = if moon >= this_year.next {
            (Run::ending_in(date.year() + 1), date.year())
        } else {
            (this_year, date.year() - 1)
        };
        let (month, leap) = run.month_of(moon);
        let day = u8::try_from(number - first_day(moon) + 1).expect("a month has 30 days at most");
        // The eleventh and twelfth months still belong to the year in which the run began.
        Self { day, month, leap, year: if month < 11 { year + 1 } else { year } }
    }

    /// The civil day; `None` where the lunar calendar has no such day (the 30th of a short
    /// month, a leap month in a year that leaps another).
    #[must_use]
    pub fn to_solar(self) -> Option<Date> {
        let ends = if self.month < 11 { self.year } else { self.year.checked_add(1)? };
        let run = Run::ending_in(ends);
        let moon = (run.first..run.next).find(|m| run.month_of(*m) == (self.month, self.leap))?;
        let number = first_day(moon) + i64::from(self.day) - 1;
        (self.day >= 1 && number < first_day(moon + 1)).then(|| day::date(number))
    }

    /// Tết, the first day of a lunar year.
    ///
    /// # Panics
    /// Never: every lunar year has a first day.
    #[must_use]
    pub fn tet(year: i16) -> Date {
        Self::new(1, 1, year).to_solar().expect("a lunar year has a first day")
    }
}

/// `10/3/2026`, and `1/6 nhuận/2025` in a leap month.
impl fmt::Display for LunarDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let leap = if self.leap { " nhuận" } else { "" };
        write!(f, "{}/{}{leap}/{}", self.day, self.month, self.year)
    }
}

/// The months from one eleventh month up to, but without, the next, by number of new moon.
struct Run {
    first: i32,
    next: i32,
    leap: Option<i32>,
}

impl Run {
    /// The run whose `next` is the eleventh month that lies in the civil year.
    fn ending_in(year: i16) -> Self {
        let (first, next) = (eleventh_month(year.saturating_sub(1)), eleventh_month(year));
        let leap = (next - first == 13)
            .then(|| (first + 1..next).find(|moon| twelfth(*moon) == twelfth(moon + 1)))
            .flatten();
        Self { first, next, leap }
    }

    /// Number of the month that begins with that new moon, and whether it is the leap month.
    fn month_of(&self, moon: i32) -> (u8, bool) {
        let passed = i32::from(self.leap.is_some_and(|leap| moon >= leap));
        let number = (moon - self.first - passed + 10) % 12 + 1;
        (u8::try_from(number).expect("1 to 12"), self.leap == Some(moon))
    }
}

/// Number of the new moon that begins the eleventh month: the last whose first day is not after
/// the winter solstice of the civil year.
fn eleventh_month(year: i16) -> i32 {
    let last = moon_of(day::number(Date::new(year, 12, 31).unwrap_or(Date::MAX)));
    // Past 270 degrees the solstice lies behind this month.
    if twelfth(last) >= 9 { last - 1 } else { last }
}

/// In which twelfth of its path (0 to 11, from the spring equinox) the sun stands when the first
/// day of the month begins.
fn twelfth(moon: i32) -> i32 {
    (sky::sun_longitude(first_day(moon) as f64 - offset()) / 30.0) as i32
}

/// Number of the new moon that begins the month in which the day lies.
fn moon_of(number: i64) -> i32 {
    let near = sky::nearest_new_moon(number as f64) + 1;
    // True new moons stray by less than a day from the mean, so at most two steps back.
    (near - 2..=near).rev().find(|moon| first_day(*moon) <= number).unwrap_or(near - 2)
}

/// Number of the day, in Việt Nam, on which the new moon falls.
fn first_day(moon: i32) -> i64 {
    (sky::new_moon(moon) + offset()).floor() as i64
}

/// What Việt Nam is ahead of UTC, in days.
fn offset() -> f64 {
    f64::from(VN_OFFSET_SECONDS) / 86_400.0
}
