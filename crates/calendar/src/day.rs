//! Days and seconds as plain numbers, for arithmetic that must be fast.

use jiff::{Timestamp, civil::Date, tz::Offset};
use kernel::{Instant, VN_OFFSET_SECONDS};

/// Seconds of a whole day.
pub(crate) const SECONDS: i64 = 86_400;

/// The number of the day, counted from 1 January 1970.
pub(crate) fn number(date: Date) -> i64 {
    let midnight = date.at(0, 0, 0, 0);
    let at = Offset::UTC.to_timestamp(midnight).unwrap_or(Timestamp::MAX);
    at.as_second().div_euclid(SECONDS)
}

/// The day of that number; out of range becomes the nearest bound.
pub(crate) fn date(number: i64) -> Date {
    let bound = if number < 0 { Timestamp::MIN } else { Timestamp::MAX };
    let at = Timestamp::from_second(number.saturating_mul(SECONDS)).unwrap_or(bound);
    Offset::UTC.to_datetime(at).date()
}

/// Day number and second of the day in Việt Nam; parts of a second are dropped.
pub(crate) fn split(at: Instant) -> (i64, u32) {
    // Rounds towards the past also before 1970, unlike `as_second`.
    let seconds = at.as_microsecond().div_euclid(1_000_000) + i64::from(VN_OFFSET_SECONDS);
    let of_day = u32::try_from(seconds.rem_euclid(SECONDS)).expect("a remainder fits a day");
    (seconds.div_euclid(SECONDS), of_day)
}

/// The instant of a second of a day in Việt Nam; the inverse of [`split`].
pub(crate) fn join(number: i64, second: u32) -> Instant {
    let seconds = number * SECONDS + i64::from(second) - i64::from(VN_OFFSET_SECONDS);
    kernel::from_micros(seconds.saturating_mul(1_000_000))
}
