//! How long the law, or a workflow, gives for something.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

use crate::{Error, Result, WorkingTime};

/// The most units that an allowance can have; a bound against slips of the finger.
const UNITS_MAX: u32 = 10_000;

/// A time allowed, in the unit in which it was promised: "3 ngày làm việc" and "24 giờ làm việc"
/// end at the same instant and are yet two different promises.
///
/// Its text form is a number and a unit: `3 working_days`, `4 working_hours`,
/// `90 working_minutes`, `15 calendar_days`, `1 month`. Parts of working days and hours are
/// read where they come to whole minutes: `0.5 working_days` is `4 working_hours`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum Allowance {
    /// Minutes of working time.
    WorkingMinutes(u32),
    /// Hours of working time (giờ làm việc).
    WorkingHours(u32),
    /// Working days of 8 hours (ngày làm việc).
    WorkingDays(u32),
    /// Days of the calendar (ngày).
    CalendarDays(u32),
    /// Months of the calendar (tháng).
    Months(u32),
}

impl Allowance {
    /// The working time that it is; `None` for calendar days and months, whose working time
    /// depends on when they begin.
    #[must_use]
    pub const fn working_time(self) -> Option<WorkingTime> {
        match self {
            Self::WorkingMinutes(n) => Some(WorkingTime::minutes(n as u64)),
            Self::WorkingHours(n) => Some(WorkingTime::hours(n as u64)),
            Self::WorkingDays(n) => Some(WorkingTime::days(n as u64)),
            Self::CalendarDays(_) | Self::Months(_) => None,
        }
    }
}

impl fmt::Display for Allowance {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (number, unit) = match *self {
            Self::WorkingMinutes(n) => (n, "working_minute"),
            Self::WorkingHours(n) => (n, "working_hour"),
            Self::WorkingDays(n) => (n, "working_day"),
            Self::CalendarDays(n) => (n, "calendar_day"),
            Self::Months(n) => (n, "month"),
        };
        write!(f, "{number} {unit}{}", if number == 1 { "" } else { "s" })
    }
}

impl FromStr for Allowance {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        let (number, unit) = text.trim().split_once(' ').ok_or(Error::Allowance)?;
        let unit = unit.trim();
        let unit = unit.strip_suffix('s').unwrap_or(unit);
        let minutes_of_unit = match unit {
            "working_hour" => 60,
            "working_day" => 8 * 60,
            "working_minute" | "calendar_day" | "month" => 0,
            _ => return Err(Error::Allowance),
        };
        if number.contains('.') {
            return parts(number, minutes_of_unit);
        }
        let number: u32 = number.parse().map_err(|_| Error::Allowance)?;
        if number == 0 || number > UNITS_MAX {
            return Err(Error::Amount);
        }
        Ok(match unit {
            "working_minute" => Self::WorkingMinutes(number),
            "working_hour" => Self::WorkingHours(number),
            "working_day" => Self::WorkingDays(number),
            "calendar_day" => Self::CalendarDays(number),
            _ => Self::Months(number),
        })
    }
}

/// A number with at most two decimals, of a unit of so many minutes.
fn parts(number: &str, minutes_of_unit: u32) -> Result<Allowance> {
    let (whole, part) = number.split_once('.').ok_or(Error::Allowance)?;
    let digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit()) && !text.is_empty();
    if !digits(whole) || !digits(part) || part.len() > 2 {
        return Err(Error::Allowance);
    }
    let hundredths: u32 = format!("{whole}{part:0<2}").parse().map_err(|_| Error::Amount)?;
    if hundredths == 0 || hundredths > UNITS_MAX * 100 || minutes_of_unit == 0 {
        return Err(Error::Amount);
    }
    match hundredths * minutes_of_unit {
        minutes if minutes % 6000 == 0 => Ok(Allowance::WorkingHours(minutes / 6000)),
        minutes if minutes % 100 == 0 => Ok(Allowance::WorkingMinutes(minutes / 100)),
        _ => Err(Error::Amount),
    }
}

impl TryFrom<String> for Allowance {
    type Error = Error;

    fn try_from(text: String) -> Result<Self> {
        text.parse()
    }
}
impl From<Allowance> for String {
    fn from(allowance: Allowance) -> Self {
        allowance.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_allowance_keeps_its_unit_through_its_text() {
        for text in [
            "90 working_minutes",
            "4 working_hours",
            "1 working_day",
            "3 working_days",
            "15 calendar_days",
            "1 month",
        ] {
            assert_eq!(text.parse::<Allowance>().unwrap().to_string(), text);
        }
        assert_eq!("1 working_days".parse(), Ok(Allowance::WorkingDays(1)));
    }

    #[test]
    fn parts_of_days_and_hours_become_whole_minutes() {
        assert_eq!("0.5 working_days".parse(), Ok(Allowance::WorkingHours(4)));
        assert_eq!("0.25 working_hours".parse(), Ok(Allowance::WorkingMinutes(15)));
        assert_eq!("1.5 months".parse::<Allowance>(), Err(Error::Amount));
        assert_eq!("0.01 working_hours".parse::<Allowance>(), Err(Error::Amount));
    }

    #[test]
    fn a_number_without_a_unit_is_no_promise() {
        for text in ["15", "15 days", "", "- working_days", "1.x working_days", "+.5 working_days"]
        {
            assert_eq!(text.parse::<Allowance>(), Err(Error::Allowance), "{text}");
        }
        assert_eq!("0 working_days".parse::<Allowance>(), Err(Error::Amount));
        assert_eq!("99999 working_days".parse::<Allowance>(), Err(Error::Amount));
    }
}
