//! When a period of reporting begins and ends: from the 15th to the 14th (Decree 09/2019/NĐ-CP,
//! art. 12), whatever its length.

use indicators::{Day, Month, Period};

kernel::words! {
    /// How often is reported.
    Frequency {
        /// Every month: from the 15th of the month before to the 14th.
        Month = "month",
        /// Every quarter: from the 15th of the month before it to the 14th of its last month.
        Quarter = "quarter",
        /// Twice a year: to 14 June and to 14 December.
        Half = "half",
        /// Nine months: from 15 December to 14 September.
        NineMonths = "nine_months",
        /// Every year: from 15 December to 14 December.
        Year = "year",
    }
}

impl Frequency {
    /// Months that a period has.
    pub(crate) const fn months(self) -> i32 {
        match self {
            Self::Month => 1,
            Self::Quarter => 3,
            Self::Half => 6,
            Self::NineMonths => 9,
            Self::Year => 12,
        }
    }

    /// Whether a period ends in a month.
    #[must_use]
    pub fn ends_in(self, month: Month) -> bool {
        let of_year = i32::from(month.of_year());
        match self {
            Self::NineMonths => of_year == 9,
            other => of_year % other.months() == 0,
        }
    }

    /// The period that ends in a month; none where none does.
    #[must_use]
    pub fn period(self, month: Month) -> Option<Period> {
        if !self.ends_in(month) {
            return None;
        }
        let mut before = month;
        for _ in 0..self.months() {
            before = before.before();
        }
        let on = |month: Month, day: i32| Day::from_number(month.first().number() + day - 1);
        Period::days(on(before, 15), on(month, 14)).ok()
    }

    /// The period before one of them.
    #[must_use]
    pub fn before(self, period: Period) -> Option<Period> {
        let mut month = period.last().month();
        for _ in 0..12 {
            month = month.before();
            if let Some(found) = self.period(month) {
                return Some(found);
            }
        }
        None
    }

    /// What DHIS2 calls a period of it: `202611`, `2026Q4`, `2026S2`, `2026Nov`, `2026`.
    #[must_use]
    pub fn dhis2(self, period: Period) -> String {
        let month = period.last().month();
        let (year, of_year) = (month.year(), i32::from(month.of_year()));
        match self {
            Self::Month => format!("{year:04}{of_year:02}"),
            Self::Quarter => format!("{year:04}Q{}", of_year / 3),
            Self::Half => format!("{year:04}S{}", of_year / 6),
            Self::NineMonths => format!("{year:04}NineMonths"),
            Self::Year => format!("{year:04}"),
        }
    }

    /// What SDMX calls it, of the year in which it ends: `2026-11`, `2026-Q4`, `2026-S2`, `2026`.
    #[must_use]
    pub fn sdmx(self, period: Period) -> String {
        let month = period.last().month();
        let (year, of_year) = (month.year(), i32::from(month.of_year()));
        match self {
            Self::Month => format!("{year:04}-{of_year:02}"),
            Self::Quarter => format!("{year:04}-Q{}", of_year / 3),
            Self::Half => format!("{year:04}-S{}", of_year / 6),
            Self::NineMonths => format!("{}-12-15/P9M", year - 1),
            Self::Year => format!("{year:04}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn periods_run_as_the_decree_has_them() {
        let of = |frequency: Frequency, month: i32| {
            let period = frequency.period(Month::from_number(month).unwrap());
            period.map(|p| format!("{}..{}", p.first(), p.last()))
        };
        let some = |text: &str| Some(text.to_owned());
        assert_eq!(of(Frequency::Month, 202_601), some("2025-12-15..2026-01-14"));
        assert_eq!(of(Frequency::Quarter, 202_612), some("2026-09-15..2026-12-14"));
        assert_eq!(of(Frequency::Quarter, 202_611), None);
        assert_eq!(of(Frequency::Half, 202_606), some("2025-12-15..2026-06-14"));
        assert_eq!(of(Frequency::Half, 202_612), some("2026-06-15..2026-12-14"));
        assert_eq!(of(Frequency::NineMonths, 202_609), some("2025-12-15..2026-09-14"));
        assert_eq!(of(Frequency::Year, 202_612), some("2025-12-15..2026-12-14"));
    }

    #[test]
    fn others_call_a_period_by_where_it_ends() {
        let quarter = Frequency::Quarter.period(Month::from_number(202_612).unwrap()).unwrap();
        assert_eq!(Frequency::Quarter.dhis2(quarter), "2026Q4");
        assert_eq!(Frequency::Quarter.sdmx(quarter), "2026-Q4");
        let before = Frequency::Quarter.before(quarter).unwrap();
        assert_eq!(Frequency::Quarter.dhis2(before), "2026Q3");
    }
}
