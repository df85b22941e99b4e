//! From what was typed to typed values, and what to say where it does not fit.

use jiff::civil::Date;

use crate::{Words, tr};

/// What is wrong with a form: for each field, a sentence that says what, why and what to do. At
/// most one for each field, in the order of the page.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Faults(Vec<(String, String)>);

impl Faults {
    /// Notes a fault; the first of a field stays.
    pub fn add(&mut self, field: impl Into<String>, fault: impl Into<String>) {
        let field = field.into();
        if self.of(&field).is_none() {
            self.0.push((field, fault.into()));
        }
    }

    /// The value, or a note of its fault: `faults.take("id", text.parse::<CitizenId>(), |e| …)`.
    pub fn take<T, E>(
        &mut self,
        field: &str,
        value: Result<T, E>,
        say: impl FnOnce(E) -> String,
    ) -> Option<T> {
        value.map_err(|error| self.add(field, say(error))).ok()
    }

    /// What is wrong with a field.
    #[must_use]
    pub fn of(&self, field: &str) -> Option<&str> {
        self.0.iter().find(|(name, _)| name == field).map(|(_, fault)| fault.as_str())
    }

    /// Whether all is well.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// How many fields are wrong.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Field and fault, in order.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(field, fault)| (field.as_str(), fault.as_str()))
    }
}

/// A day as it was typed into three boxes; kept so, that nothing typed is lost.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Deserialize)]
pub struct DateText {
    /// Day of the month.
    pub day: String,
    /// Month.
    pub month: String,
    /// Year.
    pub year: String,
}

impl DateText {
    /// A day, to be shown in the boxes.
    #[must_use]
    pub fn of(date: Date) -> Self {
        let (day, month, year) = (date.day(), date.month(), date.year());
        Self { day: day.to_string(), month: month.to_string(), year: year.to_string() }
    }

    /// The day that was meant.
    ///
    /// # Errors
    /// [`DateFault`], which has a sentence for the field.
    pub fn date(&self) -> Result<Date, DateFault> {
        let parts = [&self.day, &self.month, &self.year].map(|part| part.trim());
        if parts.iter().all(|part| part.is_empty()) {
            return Err(DateFault::Missing);
        }
        let [day, month, year] = parts.map(|part| part.parse::<u16>().map_err(|_| DateFault::Form));
        date_of(day?, month?, year?)
    }
}

/// The day of "14/11/2026", "14-11-2026", "14.11.2026" or "14 11 2026".
///
/// # Errors
/// [`DateFault`], which has a sentence for the field.
pub fn date(text: &str) -> Result<Date, DateFault> {
    let mut parts = text.trim().split(['/', '-', '.', ' ']).filter(|part| !part.is_empty());
    let mut next = || parts.next().unwrap_or_default().to_owned();
    let typed = DateText { day: next(), month: next(), year: next() };
    let rest = next();
    if rest.is_empty() { typed.date() } else { Err(DateFault::Form) }
}

/// Why something typed is not a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DateFault {
    /// Nothing was typed.
    Missing,
    /// Not three numbers.
    Form,
    /// Not a year from 1900 to 2100.
    Year,
    /// Not a month.
    Month,
    /// The month has fewer days.
    Day {
        /// Which month.
        month: u16,
        /// Of which year.
        year: u16,
        /// How many days it has.
        days: u16,
    },
}

impl DateFault {
    /// The sentence for the field.
    #[must_use]
    pub fn say(self, words: &Words) -> String {
        match self {
            Self::Missing => tr!(words, "date-missing"),
            Self::Form => tr!(words, "date-form"),
            Self::Year => tr!(words, "date-year"),
            Self::Month => tr!(words, "date-month"),
            // As text, since a year is not grouped by thousands.
            Self::Day { month, year, days } => {
                tr!(words, "date-day", month = month, year = year.to_string(), days = days)
            }
        }
    }
}

fn date_of(day: u16, month: u16, year: u16) -> Result<Date, DateFault> {
    if !(1900..=2100).contains(&year) {
        return Err(DateFault::Year);
    }
    let small = |n: u16| i8::try_from(n).ok();
    let years = i16::try_from(year).map_err(|_| DateFault::Year)?;
    let first = small(month).and_then(|month| Date::new(years, month, 1).ok());
    let first = first.ok_or(DateFault::Month)?;
    let days = u16::from(first.days_in_month().unsigned_abs());
    let date = small(day).and_then(|day| Date::new(years, first.month(), day).ok());
    date.ok_or(DateFault::Day { month, year, days })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn days_are_read_as_people_write_them_and_faults_say_what_is_wrong() {
        let day = Date::new(2026, 11, 14).unwrap();
        for typed in ["14/11/2026", "14-11-2026", " 14.11.2026", "14 11 2026"] {
            assert_eq!(date(typed), Ok(day));
        }
        assert_eq!(date("31/11/2026"), Err(DateFault::Day { month: 11, year: 2026, days: 30 }));
        assert_eq!(date("29/02/2026"), Err(DateFault::Day { month: 2, year: 2026, days: 28 }));
        assert_eq!(date("14/13/2026"), Err(DateFault::Month));
        assert_eq!(date("14/11/26"), Err(DateFault::Year));
        assert_eq!(date("14/11"), Err(DateFault::Form));
        assert_eq!(date("  "), Err(DateFault::Missing));
        assert_eq!(date("1/2/2026/4"), Err(DateFault::Form));
    }

    proptest! {
        #[test]
        fn every_day_that_is_written_is_read_back(days in 0_i64..73_000) {
            let day = Date::new(1900, 1, 1).unwrap().saturating_add(jiff::ToSpan::days(days));
            prop_assert_eq!(date(&kernel::vn_date(day)), Ok(day));
            prop_assert_eq!(DateText::of(day).date(), Ok(day));
        }
    }
}
