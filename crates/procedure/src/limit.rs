//! Time limits of the law, and which of them may promise a date.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};
use thiserror::Error;

/// The units that procedures are really published in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    /// Giờ làm việc.
    WorkingHour,
    /// Ngày làm việc: eight working hours.
    WorkingDay,
    /// Ngày: a day of the calendar, holidays included.
    CalendarDay,
    /// Tháng.
    Month,
}

impl Unit {
    /// Every unit, the shortest first.
    pub const ALL: [Self; 4] =
        [Self::WorkingHour, Self::WorkingDay, Self::CalendarDay, Self::Month];
}

/// An amount of time as a procedure states it, printed and parsed as `3 working_days`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct TimeLimit {
    amount: u32,
    unit: Unit,
}

/// Why a text is not a time limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum LimitError {
    /// Not an amount and a unit.
    #[error("a time limit is an amount and a unit, as in 3 working_days")]
    Form,
    /// Nothing, or longer than any procedure takes.
    #[error("a time limit is at least 1 and at most 3000 of its unit")]
    Amount,
    /// Not one of the four units.
    #[error("the unit is working_hours, working_days, calendar_days or months")]
    Unit,
}

/// The longest amount that is believed; more is a slip of the hand.
const AMOUNT_MAX: u32 = 3000;

impl TimeLimit {
    /// So many of a unit.
    ///
    /// # Errors
    /// [`LimitError::Amount`] for nothing, and for more than 3000.
    pub fn new(amount: u32, unit: Unit) -> Result<Self, LimitError> {
        if (1..=AMOUNT_MAX).contains(&amount) {
            Ok(Self { amount, unit })
        } else {
            Err(LimitError::Amount)
        }
    }

    /// How many.
    #[must_use]
    pub fn amount(self) -> u32 {
        self.amount
    }

    /// Of what.
    #[must_use]
    pub fn unit(self) -> Unit {
        self.unit
    }

    /// Working hours that surely fit in, public holidays left aside: of any seven days five are
    /// worked, of any month twenty. The checker weighs the steps of a workflow against it.
    #[must_use]
    pub fn working_hours_at_least(self) -> u32 {
        match self.unit {
            Unit::WorkingHour => self.amount,
            Unit::WorkingDay => self.amount * 8,
            Unit::CalendarDay => {
                let days = self.amount / 7 * 5 + (self.amount % 7).saturating_sub(2);
                days.max(1) * 8
            }
            Unit::Month => self.amount * 20 * 8,
        }
    }
}

impl fmt::Display for TimeLimit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let unit = match self.unit {
            Unit::WorkingHour => "working_hour",
            Unit::WorkingDay => "working_day",
            Unit::CalendarDay => "calendar_day",
            Unit::Month => "month",
        };
        let plural = if self.amount == 1 { "" } else { "s" };
        write!(f, "{} {unit}{plural}", self.amount)
    }
}

impl FromStr for TimeLimit {
    type Err = LimitError;

    fn from_str(text: &str) -> Result<Self, LimitError> {
        let (amount, unit) = text.trim().split_once(' ').ok_or(LimitError::Form)?;
        if amount.is_empty() || !amount.bytes().all(|b| b.is_ascii_digit()) {
            return Err(LimitError::Form);
        }
        let unit = match unit.trim() {
            "working_hour" | "working_hours" => Unit::WorkingHour,
            "working_day" | "working_days" => Unit::WorkingDay,
            "calendar_day" | "calendar_days" => Unit::CalendarDay,
            "month" | "months" => Unit::Month,
            _ => return Err(LimitError::Unit),
        };
        Self::new(amount.parse().map_err(|_| LimitError::Amount)?, unit)
    }
}
impl TryFrom<String> for TimeLimit {
    type Error = LimitError;

    fn try_from(text: String) -> Result<Self, LimitError> {
        text.parse()
    }
}
impl From<TimeLimit> for String {
    fn from(limit: TimeLimit) -> Self {
        limit.to_string()
    }
}

impl From<TimeLimit> for calendar::Allowance {
    /// The limit as the calendar counts it.
    fn from(limit: TimeLimit) -> Self {
        match limit.unit {
            Unit::WorkingHour => Self::WorkingHours(limit.amount),
            Unit::WorkingDay => Self::WorkingDays(limit.amount),
            Unit::CalendarDay => Self::CalendarDays(limit.amount),
            Unit::Month => Self::Months(limit.amount),
        }
    }
}

/// Within what time a filing is taken on: a [`TimeLimit`], or minutes of the clock where somebody
/// listens day and night. Printed and parsed as `2 working_days` and `5 minutes`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum AcceptLimit {
    /// Minutes of the clock, by day and night.
    Minutes(u32),
    /// Working or calendar time.
    Within(TimeLimit),
}

impl FromStr for AcceptLimit {
    type Err = LimitError;

    fn from_str(text: &str) -> Result<Self, LimitError> {
        let minutes = text.trim().strip_suffix("minutes").or(text.trim().strip_suffix("minute"));
        let Some(amount) = minutes else { return text.parse().map(Self::Within) };
        let amount = amount.trim().parse::<u32>().map_err(|_| LimitError::Form)?;
        let fits = (1..=AMOUNT_MAX).contains(&amount);
        if fits { Ok(Self::Minutes(amount)) } else { Err(LimitError::Amount) }
    }
}

/// A time limit that somebody answers for. Only a channel gives one, and only when its limit is
/// confirmed; what promises a date asks for this type and not for [`TimeLimit`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(transparent)]
pub struct ConfirmedLimit(TimeLimit);

impl ConfirmedLimit {
    pub(crate) fn new(limit: TimeLimit) -> Self {
        Self(limit)
    }

    /// The limit itself.
    #[must_use]
    pub fn time_limit(self) -> TimeLimit {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn limits_read_as_they_are_written() {
        for text in ["4 working_hours", "1 working_day", "20 calendar_days", "2 months"] {
            let limit: TimeLimit = text.parse().unwrap();
            assert_eq!(limit.to_string(), text);
            assert_eq!(calendar::Allowance::from(limit).to_string(), text);
        }
        assert_eq!("1 working_days".parse::<TimeLimit>().unwrap().to_string(), "1 working_day");
        assert_eq!("3".parse::<TimeLimit>(), Err(LimitError::Form));
        assert_eq!("0,5 working_days".parse::<TimeLimit>(), Err(LimitError::Form));
        assert_eq!("0 months".parse::<TimeLimit>(), Err(LimitError::Amount));
        assert_eq!("99999999999 months".parse::<TimeLimit>(), Err(LimitError::Amount));
        assert_eq!("3 days".parse::<TimeLimit>(), Err(LimitError::Unit));
    }

    #[test]
    fn calendar_days_hold_at_least_their_weekdays() {
        let hours = |text: &str| text.parse::<TimeLimit>().unwrap().working_hours_at_least();
        assert_eq!(hours("1 calendar_day"), 8);
        assert_eq!(hours("7 calendar_days"), 40);
        assert_eq!(hours("15 calendar_days"), 80);
        assert_eq!(hours("20 calendar_days"), 112);
        assert_eq!(hours("1 month"), 160);
    }
}
