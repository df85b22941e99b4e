//! Periods that are named by the day on which somebody asks: `LAST_MONTH`, `THIS_YEAR`. As in DHIS2
//! they are those of the calendar, and `LAST` is without the one that runs.

use jiff::civil::Date;

/// How often in a year.
#[derive(Clone, Copy)]
enum Every {
    Month = 12,
    Quarter = 4,
    Half = 2,
    Year = 1,
}
use Every::{Half, Month, Quarter, Year};

/// From which one to which one, counted from the one that runs.
const AROUND: [(&str, Every, i32, i32); 15] = [
    ("THIS_MONTH", Month, 0, 0),
    ("LAST_MONTH", Month, -1, -1),
    ("LAST_3_MONTHS", Month, -3, -1),
    ("LAST_6_MONTHS", Month, -6, -1),
    ("LAST_12_MONTHS", Month, -12, -1),
    ("THIS_QUARTER", Quarter, 0, 0),
    ("LAST_QUARTER", Quarter, -1, -1),
    ("LAST_4_QUARTERS", Quarter, -4, -1),
    ("THIS_SIX_MONTH", Half, 0, 0),
    ("LAST_SIX_MONTH", Half, -1, -1),
    ("LAST_2_SIXMONTHS", Half, -2, -1),
    ("THIS_YEAR", Year, 0, 0),
    ("LAST_YEAR", Year, -1, -1),
    ("LAST_5_YEARS", Year, -5, -1),
    ("LAST_10_YEARS", Year, -10, -1),
];

/// Those of a whole year, counted from the one that runs.
const OF_YEAR: [(&str, Every, i32); 4] = [
    ("MONTHS_THIS_YEAR", Month, 0),
    ("MONTHS_LAST_YEAR", Month, -1),
    ("QUARTERS_THIS_YEAR", Quarter, 0),
    ("QUARTERS_LAST_YEAR", Quarter, -1),
];

/// The fixed periods that a relative one names on a day; none of what is no relative one.
pub(super) fn fixed(name: &str, on: Date) -> Option<Vec<String>> {
    let year = i32::from(on.year());
    if let Some((_, every, from, to)) = AROUND.iter().find(|one| one.0 == name) {
        let per = *every as i32;
        let now = year * per + (i32::from(on.month()) - 1) * per / 12;
        return Some((now + from..=now + to).map(|n| named(*every, n)).collect());
    }
    let (_, every, ago) = OF_YEAR.iter().find(|one| one.0 == name)?;
    let (per, year) = (*every as i32, year + ago);
    Some((year * per..(year + 1) * per).map(|n| named(*every, n)).collect())
}

/// What DHIS2 calls the period of a number, counted from the year 0.
fn named(every: Every, number: i32) -> String {
    let per = every as i32;
    let (year, of_year) = (number.div_euclid(per), number.rem_euclid(per) + 1);
    match every {
        Month => format!("{year:04}{of_year:02}"),
        Quarter => format!("{year:04}Q{of_year}"),
        Half => format!("{year:04}S{of_year}"),
        Year => format!("{year:04}"),
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn the_last_ones_are_without_the_one_that_runs() {
        let on = date(2026, 2, 14);
        let said = |name: &str| fixed(name, on).unwrap().join(" ");
        assert_eq!(said("THIS_MONTH"), "202602");
        assert_eq!(said("LAST_3_MONTHS"), "202511 202512 202601");
        assert_eq!(fixed("LAST_12_MONTHS", on).unwrap().len(), 12);
        assert_eq!(
            (said("THIS_QUARTER"), said("LAST_QUARTER")),
            ("2026Q1".into(), "2025Q4".into())
        );
        assert_eq!(said("LAST_2_SIXMONTHS"), "2025S1 2025S2");
        assert_eq!((said("THIS_YEAR"), said("LAST_YEAR")), ("2026".into(), "2025".into()));
        assert_eq!(said("LAST_5_YEARS"), "2021 2022 2023 2024 2025");
        assert_eq!(said("QUARTERS_LAST_YEAR"), "2025Q1 2025Q2 2025Q3 2025Q4");
        assert!(said("MONTHS_THIS_YEAR").ends_with("202611 202612"));
        assert_eq!(fixed("202602", on), None);
        assert_eq!(fixed("LAST_CENTURY", on), None);
    }
}
