//! The days off of a year, by law and by decree.

use std::{collections::BTreeMap, fmt};

use jiff::civil::{Date, Weekday};
use serde::{Deserialize, Serialize};

use crate::{
    decree::{self, Decree},
    statute,
};

/// A day off.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Holiday {
    /// The day.
    pub date: Date,
    /// What it is called in Vietnamese.
    pub name_vi: String,
    /// What it is called in English.
    pub name_en: String,
    /// Why it is off.
    pub kind: HolidayKind,
}

/// Why a day is off.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HolidayKind {
    /// By article 112 of the Labour Code; it may lie on a weekend.
    Statutory,
    /// In place of a holiday on a weekend: the next working day (article 111.3).
    Compensatory,
    /// By the decree of the year, mostly made up on a Saturday.
    Swapped,
}

/// `2030-02-02 Tết Nguyên đán (mùng 1 tháng Giêng)`
impl fmt::Display for Holiday {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.date, self.name_vi)
    }
}

/// The public holidays of every year: the statute, and the decrees that are known.
///
/// A year without a decree follows the defaults of the statute: two days of Tết before the
/// lunar new year and three in it; 3 September beside National Day where that is a Friday,
/// otherwise 1 September; no swapped days.
#[derive(Debug, Clone)]
pub struct Holidays {
    decrees: BTreeMap<i16, Decree>,
}

impl Default for Holidays {
    /// With the decrees that are built in (2024 to 2026).
    fn default() -> Self {
        let none = Self { decrees: BTreeMap::new() };
        decree::known().into_iter().fold(none, Self::with)
    }
}

impl Holidays {
    /// The same with one more decree, which replaces that of the same year.
    #[must_use]
    pub fn with(mut self, decree: Decree) -> Self {
        self.decrees.insert(decree.year, decree);
        self
    }

    /// What was decreed for a year.
    #[must_use]
    pub fn decree(&self, year: i16) -> Option<&Decree> {
        self.decrees.get(&year)
    }

    /// The days off of a year, in order of days. Printed one a line they are the answer to
    /// `calendar holidays YEAR`.
    #[must_use]
    pub fn of(&self, year: i16) -> Vec<Holiday> {
        let decree = self.decree(year);
        let mut days: Vec<Holiday> = statute::holidays(year, decree)
            .into_iter()
            .map(|(date, name_vi, name_en)| Holiday {
                date,
                name_vi,
                name_en,
                kind: HolidayKind::Statutory,
            })
            .collect();
        for holiday in days.clone().iter().filter(|holiday| is_weekend(holiday.date)) {
            days.extend(compensation(holiday, &days));
        }
        days.extend(decree.into_iter().flat_map(|decree| &decree.days_off).map(swapped));
        days.sort_by_key(|holiday| holiday.date);
        days
    }

    /// The days of rest of a year that are worked, with the hours of a Friday, for another day.
    #[must_use]
    pub fn make_up_days(&self, year: i16) -> Vec<Date> {
        // A day may be made up in the year before or after its own.
        let decreed = self.decrees.values().flat_map(|decree| &decree.days_off);
        let mut days: Vec<Date> = decreed.filter_map(|day| day.made_up_on).collect();
        days.retain(|day| day.year() == year);
        days.sort_unstable();
        days
    }
}

/// The weekly rest of the administration, also where an agency opens on Saturday mornings.
fn is_weekend(date: Date) -> bool {
    matches!(date.weekday(), Weekday::Saturday | Weekday::Sunday)
}

/// The next working day that is not off already.
fn compensation(holiday: &Holiday, taken: &[Holiday]) -> Option<Holiday> {
    let free = |date: &Date| !is_weekend(*date) && taken.iter().all(|other| other.date != *date);
    let date = std::iter::successors(holiday.date.tomorrow().ok(), |date| date.tomorrow().ok())
        .find(free)?;
    Some(Holiday {
        date,
        name_vi: format!("Nghỉ bù {}", holiday.name_vi),
        name_en: format!("In lieu of {}", holiday.name_en),
        kind: HolidayKind::Compensatory,
    })
}

fn swapped(day: &decree::DayOff) -> Holiday {
    let (name_vi, name_en) = match day.made_up_on {
        Some(date) => (
            format!("Nghỉ hoán đổi, làm bù ngày {}", kernel::vn_date(date)),
            format!("Swapped day off, made up on {date}"),
        ),
        None => ("Nghỉ theo quyết định".to_owned(), "Day off by decree".to_owned()),
    };
    Holiday { date: day.off, name_vi, name_en, kind: HolidayKind::Swapped }
}
