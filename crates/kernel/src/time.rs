//! Instants, days in Việt Nam, and how people there write them.

use jiff::civil::{Date, DateTime, Weekday};

use crate::Instant;

/// Việt Nam has stood at UTC+7, without summer time, since 13 June 1975.
pub const VN_OFFSET_SECONDS: i32 = 7 * 3600;

/// The instant as microseconds since 1970, as the store keeps it.
#[must_use]
pub fn micros(at: Instant) -> i64 {
    at.as_microsecond()
}

/// The instant of so many microseconds since 1970; out of range becomes the nearest bound.
#[must_use]
pub fn from_micros(micros: i64) -> Instant {
    let bound = if micros < 0 { Instant::MIN } else { Instant::MAX };
    Instant::from_microsecond(micros).unwrap_or(bound)
}

/// Day and time of day in Việt Nam.
#[must_use]
pub fn local(at: Instant) -> DateTime {
    jiff::tz::Offset::constant(7).to_datetime(at)
}

/// The instant of a day and time of day in Việt Nam; out of range becomes the nearest bound.
#[must_use]
pub fn from_local(at: DateTime) -> Instant {
    jiff::tz::Offset::constant(7).to_timestamp(at).unwrap_or(Instant::MAX)
}

/// The day in Việt Nam.
#[must_use]
pub fn today(at: Instant) -> Date {
    local(at).date()
}

/// 22/11/2026
#[must_use]
pub fn vn_date(date: Date) -> String {
    format!("{:02}/{:02}/{}", date.day(), date.month(), date.year())
}

/// 22/11
#[must_use]
pub fn vn_date_short(date: Date) -> String {
    format!("{:02}/{:02}", date.day(), date.month())
}

/// thứ Hai, 23/11/2026
#[must_use]
pub fn vn_date_long(date: Date) -> String {
    let day = match date.weekday() {
        Weekday::Monday => "thứ Hai",
        Weekday::Tuesday => "thứ Ba",
        Weekday::Wednesday => "thứ Tư",
        Weekday::Thursday => "thứ Năm",
        Weekday::Friday => "thứ Sáu",
        Weekday::Saturday => "thứ Bảy",
        Weekday::Sunday => "Chủ nhật",
    };
    format!("{day}, {}", vn_date(date))
}

/// 16:30
#[must_use]
pub fn vn_time(at: Instant) -> String {
    let at = local(at);
    format!("{:02}:{:02}", at.hour(), at.minute())
}

/// 16:30, 25/11/2026
#[must_use]
pub fn vn_datetime(at: Instant) -> String {
    format!("{}, {}", vn_time(at), vn_date(today(at)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_a_day_in_viet_nam() {
        let late_evening_utc: Instant = "2026-11-22T18:00:00Z".parse().unwrap();
        assert_eq!(vn_datetime(late_evening_utc), "01:00, 23/11/2026");
        assert_eq!(vn_date_long(today(late_evening_utc)), "thứ Hai, 23/11/2026");
        assert_eq!(from_local(local(late_evening_utc)), late_evening_utc);
    }
}
