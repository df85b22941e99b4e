//! The lunar calendar against the published one.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

use calendar::LunarDate;
use jiff::{ToSpan, civil::Date};

/// Year, Tết and the Commemoration Day of the Hùng Kings (10th of the 3rd month) as published.
const PUBLISHED: [(i16, &str, &str); 17] = [
    (2015, "2015-02-19", "2015-04-28"),
    (2016, "2016-02-08", "2016-04-16"),
    (2017, "2017-01-28", "2017-04-06"),
    (2018, "2018-02-16", "2018-04-25"),
    (2019, "2019-02-05", "2019-04-14"),
    (2020, "2020-01-25", "2020-04-02"),
    (2021, "2021-02-12", "2021-04-21"),
    (2022, "2022-02-01", "2022-04-10"),
    (2023, "2023-01-22", "2023-04-29"),
    (2024, "2024-02-10", "2024-04-18"),
    (2025, "2025-01-29", "2025-04-07"),
    (2026, "2026-02-17", "2026-04-26"),
    (2027, "2027-02-06", "2027-04-16"),
    (2028, "2028-01-26", "2028-04-04"),
    (2029, "2029-02-13", "2029-04-23"),
    (2030, "2030-02-02", "2030-04-12"),
    (2031, "2031-01-23", "2031-04-01"),
];

/// Lunar year and the month that is doubled in it.
const LEAP_MONTHS: [(i16, u8); 9] = [
    (2017, 6),
    (2020, 4),
    (2023, 2),
    (2025, 6),
    (2028, 5),
    (2031, 3),
    (2033, 11),
    (2036, 6),
    (2039, 5),
];

fn date(text: &str) -> Date {
    text.parse().unwrap()
}

#[test]
fn tet_and_the_hung_kings_fall_on_the_published_days() {
    for (year, tet, hung_kings) in PUBLISHED {
        assert_eq!(LunarDate::tet(year), date(tet));
        assert_eq!(LunarDate::new(10, 3, year).to_solar(), Some(date(hung_kings)));
        assert_eq!(LunarDate::from_solar(date(tet)), LunarDate::new(1, 1, year));
    }
}

#[test]
fn viet_nam_keeps_its_own_tet_where_china_differs() {
    assert_eq!(LunarDate::tet(1968), date("1968-01-29"));
    assert_eq!(LunarDate::tet(1985), date("1985-01-21"));
    assert_eq!(LunarDate::tet(2007), date("2007-02-17"));
    assert_eq!(LunarDate::tet(2030), date("2030-02-02"));
}

#[test]
fn leap_months_are_the_published_ones_and_no_others() {
    let found: Vec<(i16, u8)> = (2015..=2040)
        .flat_map(|year| (1..=12).map(move |month| (year, month)))
        .filter(|(year, month)| {
            LunarDate { leap: true, ..LunarDate::new(1, *month, *year) }.to_solar().is_some()
        })
        .collect();
    assert_eq!(found, LEAP_MONTHS);
}

#[test]
fn every_day_from_2015_to_2040_has_one_lunar_day_that_follows_the_day_before() {
    let mut solar = date("2015-01-01");
    let mut before = LunarDate::from_solar(date("2014-12-31"));
    while solar <= date("2040-12-31") {
        let lunar = LunarDate::from_solar(solar);
        assert_eq!(lunar.to_solar(), Some(solar), "{lunar} is {solar} and no other day");
        if lunar.day == 1 {
            assert!(matches!(before.day, 29 | 30), "{before} ends a month");
            let doubled = lunar.leap && lunar.month == before.month && lunar.year == before.year;
            let next = !lunar.leap && lunar.month == before.month % 12 + 1;
            assert!(doubled || next, "{lunar} follows {before}");
            assert_eq!(lunar.year - before.year, i16::from(lunar.month == 1 && !lunar.leap));
        } else {
            assert_eq!(lunar, LunarDate { day: before.day + 1, ..before });
        }
        (before, solar) = (lunar, solar.checked_add(1.day()).unwrap());
    }
}

#[test]
fn days_that_do_not_exist_have_no_civil_day() {
    let short_month = LunarDate::new(30, 12, 2024);
    assert_eq!(short_month.to_solar(), None, "the year before Tết 2025 ends on the 29th");
    assert_eq!(LunarDate::new(29, 12, 2024).to_solar(), Some(date("2025-01-28")));
    assert_eq!(LunarDate { leap: true, ..LunarDate::new(1, 5, 2025) }.to_solar(), None);
    assert_eq!(LunarDate::new(0, 1, 2025).to_solar(), None);
    assert_eq!(LunarDate::new(1, 13, 2025).to_solar(), None);
}

#[test]
fn a_lunar_day_prints_as_people_write_it() {
    assert_eq!(LunarDate::from_solar(date("2026-04-26")).to_string(), "10/3/2026");
    assert_eq!(LunarDate::from_solar(date("2025-07-25")).to_string(), "1/6 nhuận/2025");
}

#[test]
fn dates_far_from_our_time_are_answered_without_a_panic() {
    for text in ["-009999-01-01", "0001-01-01", "1582-10-10", "9999-12-31"] {
        let lunar = LunarDate::from_solar(date(text));
        assert!((1..=12).contains(&lunar.month), "{text}");
    }
    assert_eq!(LunarDate::new(1, 1, i16::MAX).to_solar(), None);
    assert_eq!(LunarDate::new(1, 1, i16::MIN).to_solar(), None);
}
