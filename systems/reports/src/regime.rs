//! A regime of reporting (chế độ báo cáo): who reports what to whom, how often, until when
//! (Decree 09/2019/NĐ-CP, art. 7 and 8). A text that a person without programming can change.

mod load;

use std::collections::BTreeMap;

use indicators::Period;
use jiff::civil::Date;
use kernel::AgencyCode;

pub use load::load;
pub(crate) use load::{date, word};

use crate::cut_off::Frequency;

kernel::words! {
    /// What kind of report it is (Decree 09/2019/NĐ-CP, art. 3).
    RegimeKind {
        /// Định kỳ.
        Periodic = "periodic",
        /// Chuyên đề.
        Thematic = "thematic",
        /// Đột xuất.
        AdHoc = "ad_hoc",
    }
}

kernel::words! {
    /// Of whom the figures of a report are.
    Covers {
        /// Of the unit and all that stands below it.
        Below = "below",
        /// Of the whole authority.
        All = "all",
    }
}

/// A regime, whole and checked.
#[derive(Debug, Clone)]
pub struct Regime {
    /// Its code: `TTHC-T`.
    pub code: String,
    /// Which version of its text it is.
    pub version: u32,
    /// Its name in Vietnamese.
    pub name: String,
    /// Its name in English.
    pub name_en: String,
    /// What kind.
    pub kind: RegimeKind,
    /// How often; none where rounds are named one by one.
    pub frequency: Option<Frequency>,
    /// The code of its form.
    pub form: String,
    /// What is to be reported, in words.
    pub content: String,
    /// How it is sent, in words.
    pub method: String,
    /// The laws and decisions that ask for it.
    pub legal_basis: Vec<String>,
    /// First day in force: periods that begin before it are not owed.
    pub valid_from: Date,
    /// Last day in force.
    pub valid_to: Option<Date>,
    /// Who owes, level by level, the lowest first.
    pub levels: Vec<Level>,
    /// Rounds that are named, of thematic and ad hoc reports.
    pub rounds: Vec<Round>,
}

/// Those who owe a report on one level of the cascade.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Level {
    /// Its identifier: `xa`.
    pub id: String,
    /// Who.
    pub who: Who,
    /// To whom.
    pub to: Recipient,
    /// The day of the month until the end of which it must be there, and how many months after
    /// the one in which the period ends (fewer than none: before).
    pub due: Option<(i8, i8)>,
    /// Of whom its figures are.
    pub covers: Covers,
    /// Whether what nobody computes is added up from the reports of the other levels.
    pub adds_up: bool,
}

/// Who owes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Who {
    /// The people's committee of every commune.
    Communes,
    /// Every department of the province.
    Departments,
    /// These agencies.
    Agencies(Vec<AgencyCode>),
}

/// To whom is reported.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Recipient {
    /// An agency of this house, which takes it on or gives it back.
    Agency(AgencyCode),
    /// Somebody elsewhere; the clerk writes down that it was sent.
    Elsewhere(String),
}

/// A round that is named.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Round {
    /// Of which days.
    pub period: Period,
    /// Until the end of which day, by level.
    pub due: BTreeMap<String, Date>,
}

/// The procedure of reports to an agency of this house.
pub const PROCEDURE: &str = "9.910001";
/// The procedure of reports to somebody elsewhere.
pub const PROCEDURE_OUT: &str = "9.910002";
/// So many days before its deadline a report can be begun, where it is due before its period ends.
const DAYS_BEFORE: i32 = 10;

impl Regime {
    /// A level by its identifier.
    #[must_use]
    pub fn level(&self, id: &str) -> Option<&Level> {
        self.levels.iter().find(|level| level.id == id)
    }

    /// Until the end of which day a level owes the report of a period, before days off are looked
    /// at.
    #[must_use]
    pub fn due(&self, level: &Level, period: Period) -> Option<Date> {
        if let Some(round) = self.rounds.iter().find(|round| round.period == period) {
            return round.due.get(&level.id).copied();
        }
        let (day, months) = level.due?;
        let mut month = period.last().month();
        for _ in 0..months.unsigned_abs() {
            month = if months < 0 { month.before() } else { month.next() };
        }
        let last = month.last().date();
        last.with().day(day.min(last.day())).build().ok()
    }

    /// The periods whose reports can be begun on a day and that were not over long before it.
    #[must_use]
    pub fn open_on(&self, today: Date, days_back: i32) -> Vec<Period> {
        let day = indicators::Day::from(today);
        let mut periods: Vec<Period> = self.rounds.iter().map(|round| round.period).collect();
        if let Some(frequency) = self.frequency {
            let (mut month, last) = (
                indicators::Day::from_number(day.number() - days_back).month(),
                indicators::Day::from_number(day.number() + 62).month(),
            );
            while month <= last {
                periods.extend(frequency.period(month));
                month = month.next();
            }
        }
        periods.retain(|period| {
            let begins = self.begins(*period);
            let in_force = self.valid_from <= period.first().date()
                && self.valid_to.is_none_or(|to| period.last().date() <= to);
            in_force && begins <= day.number() && day.number() - begins <= days_back
        });
        periods
    }

    /// The day on which the reports of a period are begun: when it is over, or before, where its
    /// first deadline is.
    fn begins(&self, period: Period) -> i32 {
        let first = self.levels.iter().filter_map(|level| self.due(level, period)).min();
        let over = period.last().next().number();
        let first = first.map(|date| indicators::Day::from(date).number());
        match first.filter(|first| *first < over) {
            Some(first) => first - DAYS_BEFORE,
            None => over,
        }
    }

    /// What DHIS2 calls a period of it.
    #[must_use]
    pub fn dhis2(&self, period: Period) -> String {
        self.frequency.map_or_else(
            || {
                let iso = |day: indicators::Day| day.to_string().replace('-', "");
                format!("{}_{}", iso(period.first()), iso(period.last()))
            },
            |frequency| frequency.dhis2(period),
        )
    }

    /// The period before one, of a regime that has such.
    #[must_use]
    pub fn before(&self, period: Period) -> Option<Period> {
        self.frequency?.before(period)
    }
}
