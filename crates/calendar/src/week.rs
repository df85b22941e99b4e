//! The hours of an agency.

use std::{fmt, str::FromStr};

use jiff::civil::{Time, Weekday};
use serde::{Deserialize, Serialize};

use crate::{Error, Result};

/// The most sessions that a working day can have.
const SESSIONS_MAX: usize = 4;
/// The days of the week in text form, Monday first.
const NAMES: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

/// A stretch of work within a day, morning or afternoon, in whole minutes of the day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Session {
    /// Minute of the day at which it begins.
    from: u16,
    /// Minute of the day at which it ends.
    to: u16,
}

impl Session {
    /// A session from one time of the day to a later one; seconds are dropped.
    ///
    /// # Errors
    /// [`Error::Session`] where it would not last a minute.
    pub fn new(from: Time, to: Time) -> Result<Self> {
        let minute = |t: Time| {
            u16::from(t.hour().unsigned_abs()) * 60 + u16::from(t.minute().unsigned_abs())
        };
        let session = Self { from: minute(from), to: minute(to) };
        if session.from < session.to { Ok(session) } else { Err(Error::Session) }
    }

    /// Second of the day at which it begins.
    pub(crate) fn from(self) -> u32 {
        u32::from(self.from) * 60
    }

    /// Second of the day at which it ends.
    pub(crate) fn to(self) -> u32 {
        u32::from(self.to) * 60
    }
}

/// The sessions of each day of the week of an agency.
///
/// The default is 07:30–12:00 and 13:00–16:30 from Monday to Friday: 8 hours a day and 40 a week
/// (Decision 188/1999/QĐ-TTg). Its text form names days, or runs of days, with their sessions:
/// `mon-fri 07:30-12:00 13:00-16:30; sat 07:30-11:30`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct WorkingWeek([Vec<Session>; 7]);

impl WorkingWeek {
    /// The sessions of a day of the week, in order; none on a day of rest.
    #[must_use]
    pub fn sessions(&self, day: Weekday) -> &[Session] {
        &self.0[usize::from(day.to_monday_zero_offset().unsigned_abs())]
    }

    /// The same week with other sessions on one day (none makes it a day of rest).
    ///
    /// # Errors
    /// [`Error::Hours`] where sessions overlap, are out of order or more than four, or where no
    /// work would be left in the week.
    pub fn with(mut self, day: Weekday, sessions: &[Session]) -> Result<Self> {
        self.0[usize::from(day.to_monday_zero_offset().unsigned_abs())] = sessions.to_vec();
        self.checked()
    }

    fn checked(self) -> Result<Self> {
        let in_order = |day: &Vec<Session>| day.windows(2).all(|pair| pair[0].to <= pair[1].from);
        let sound = self.0.iter().all(|day| day.len() <= SESSIONS_MAX && in_order(day));
        let some_work = self.0.iter().any(|day| !day.is_empty());
        if sound && some_work { Ok(self) } else { Err(Error::Hours) }
    }
}

impl Default for WorkingWeek {
    fn default() -> Self {
        let morning = Session { from: 7 * 60 + 30, to: 12 * 60 };
        let afternoon = Session { from: 13 * 60, to: 16 * 60 + 30 };
        let day = || vec![morning, afternoon];
        Self([day(), day(), day(), day(), day(), vec![], vec![]])
    }
}

impl FromStr for Session {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        let time = |text: &str| -> Result<Time> {
            let (hour, minute) = text.split_once(':').ok_or(Error::Session)?;
            let number = |text: &str| text.parse::<i8>().map_err(|_| Error::Session);
            Time::new(number(hour)?, number(minute)?, 0, 0).map_err(|_| Error::Session)
        };
        let (from, to) = text.split_once('-').ok_or(Error::Session)?;
        Self::new(time(from)?, time(to)?)
    }
}
impl fmt::Display for Session {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (from, to) = (self.from, self.to);
        write!(f, "{:02}:{:02}-{:02}:{:02}", from / 60, from % 60, to / 60, to % 60)
    }
}

impl FromStr for WorkingWeek {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        let weekday = |name: &str| NAMES.iter().position(|n| *n == name).ok_or(Error::Week);
        let mut week: [Vec<Session>; 7] = Default::default();
        for group in text.split(';') {
            let mut words = group.split_whitespace();
            let days = words.next().ok_or(Error::Week)?;
            let (first, last) = days.split_once('-').unwrap_or((days, days));
            let days = weekday(first)?..=weekday(last)?;
            let sessions = words.map(str::parse).collect::<Result<Vec<Session>>>()?;
            for day in week.get_mut(days).ok_or(Error::Week)? {
                if !day.is_empty() {
                    return Err(Error::Week);
                }
                day.clone_from(&sessions);
            }
        }
        Self(week).checked()
    }
}
impl fmt::Display for WorkingWeek {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut first = 0;
        let mut parted = "";
        for run in self.0.chunk_by(|a, b| a == b) {
            let last = first + run.len() - 1;
            if !run[0].is_empty() {
                write!(f, "{parted}{}", NAMES[first])?;
                if last > first {
                    write!(f, "-{}", NAMES[last])?;
                }
                run[0].iter().try_for_each(|session| write!(f, " {session}"))?;
                parted = "; ";
            }
            first = last + 1;
        }
        Ok(())
    }
}
impl TryFrom<String> for WorkingWeek {
    type Error = Error;

    fn try_from(text: String) -> Result<Self> {
        text.parse()
    }
}
impl From<WorkingWeek> for String {
    fn from(week: WorkingWeek) -> Self {
        week.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_week_survives_its_text() {
        assert_eq!(WorkingWeek::default().to_string(), "mon-fri 07:30-12:00 13:00-16:30");
        let summer = "mon-thu 07:00-11:30 13:30-17:00; fri 07:00-11:00; sat 07:30-11:30";
        assert_eq!(summer.parse::<WorkingWeek>().unwrap().to_string(), summer);
    }

    #[test]
    fn an_agency_may_open_on_saturday_mornings() {
        let morning: Session = "07:30-11:30".parse().unwrap();
        let week = WorkingWeek::default().with(Weekday::Saturday, &[morning]).unwrap();
        assert_eq!(week.to_string(), "mon-fri 07:30-12:00 13:00-16:30; sat 07:30-11:30");
    }

    #[test]
    fn a_week_that_cannot_be_worked_is_refused() {
        let week = |text: &str| text.parse::<WorkingWeek>().unwrap_err();
        assert_eq!(week("mon 12:00-07:30"), Error::Session);
        assert_eq!(week("mon 7h30-12h00"), Error::Session);
        assert_eq!(week("mon 07:30-12:00 11:00-16:30"), Error::Hours);
        assert_eq!(week("mon"), Error::Hours);
        assert_eq!(week("thứ-hai 07:30-12:00"), Error::Week);
        assert_eq!(week("fri-mon 07:30-12:00"), Error::Week);
        assert_eq!(week("mon-fri 07:30-12:00; fri 07:30-11:00"), Error::Week);
    }
}
