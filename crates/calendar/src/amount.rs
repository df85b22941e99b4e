//! An amount of working time.

use std::{
    iter::Sum,
    ops::{Add, AddAssign, Sub},
};

use serde::{Deserialize, Serialize};

/// Seconds in an hour.
const HOUR: u64 = 3600;

/// Time that somebody was, or will be, at work; never negative, counted in seconds.
///
/// Seconds, so that the shares of a dossier that several posts held add up to the whole without
/// rounding. A working day is 8 hours wherever it is counted, whatever the hours of the agency.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct WorkingTime(u64);

/// Working time taken apart for people: "2 ngày 3 giờ 15 phút".
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Parts {
    /// Whole days of 8 hours.
    pub days: u64,
    /// Whole hours beyond the days, 0 to 7.
    pub hours: u64,
    /// Whole minutes beyond the hours, 0 to 59.
    pub minutes: u64,
}

impl WorkingTime {
    /// None.
    pub const ZERO: Self = Self(0);
    /// One working day: 8 hours.
    pub const DAY: Self = Self(8 * HOUR);

    /// So many seconds.
    #[must_use]
    pub const fn seconds(seconds: u64) -> Self {
        Self(seconds)
    }

    /// So many minutes.
    #[must_use]
    pub const fn minutes(minutes: u64) -> Self {
        Self(minutes.saturating_mul(60))
    }

    /// So many hours.
    #[must_use]
    pub const fn hours(hours: u64) -> Self {
        Self(hours.saturating_mul(HOUR))
    }

    /// So many working days of 8 hours.
    #[must_use]
    pub const fn days(days: u64) -> Self {
        Self(days.saturating_mul(Self::DAY.0))
    }

    /// In seconds.
    #[must_use]
    pub const fn as_seconds(self) -> u64 {
        self.0
    }

    /// In whole minutes, rounded down.
    #[must_use]
    pub const fn as_minutes(self) -> u64 {
        self.0 / 60
    }

    /// In hours, for charts.
    #[must_use]
    pub fn as_hours(self) -> f64 {
        self.0 as f64 / HOUR as f64
    }

    /// Whether it is none at all.
    #[must_use]
    pub const fn is_zero(self) -> bool {
        self.0 == 0
    }

    /// So many hundredths of it, rounded down.
    #[must_use]
    pub const fn percent(self, hundredths: u8) -> Self {
        Self(self.0 / 100 * hundredths as u64 + self.0 % 100 * hundredths as u64 / 100)
    }

    /// Days of 8 hours, hours and minutes; seconds are dropped.
    #[must_use]
    pub const fn split(self) -> Parts {
        Parts {
            days: self.0 / Self::DAY.0,
            hours: self.0 % Self::DAY.0 / HOUR,
            minutes: self.0 % HOUR / 60,
        }
    }
}

impl Add for WorkingTime {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }
}
impl AddAssign for WorkingTime {
    fn add_assign(&mut self, other: Self) {
        *self = *self + other;
    }
}
/// What is left; none where `other` is more.
impl Sub for WorkingTime {
    type Output = Self;

    fn sub(self, other: Self) -> Self {
        Self(self.0.saturating_sub(other.0))
    }
}
impl Sum for WorkingTime {
    fn sum<I: Iterator<Item = Self>>(amounts: I) -> Self {
        amounts.fold(Self::ZERO, Add::add)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_working_day_has_eight_hours() {
        let time =
            WorkingTime::days(2) + WorkingTime::hours(3) + WorkingTime::seconds(59 * 60 + 59);
        assert_eq!(time.split(), Parts { days: 2, hours: 3, minutes: 59 });
        assert_eq!(WorkingTime::hours(8).split(), Parts { days: 1, hours: 0, minutes: 0 });
        assert_eq!(WorkingTime::days(5).percent(20), WorkingTime::DAY);
        assert_eq!(WorkingTime::hours(1) - WorkingTime::hours(2), WorkingTime::ZERO);
    }
}
