//! The days off, against what was decreed.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

use calendar::{Calendar, DayOff, Decree, HolidayKind, Holidays, Side};
use jiff::civil::{Date, Weekday};

/// Weekdays off and Saturdays worked, as decreed.
const DECREED: [(i16, &[&str], &[&str]); 3] = [
    (
        2024,
        &[
            "01-01", "02-08", "02-09", "02-12", "02-13", "02-14", "04-18", "04-29", "04-30",
            "05-01", "09-02", "09-03",
        ],
        &["05-04"],
    ),
    (
        2025,
        &[
            "01-01", "01-27", "01-28", "01-29", "01-30", "01-31", "04-07", "04-30", "05-01",
            "05-02", "09-01", "09-02",
        ],
        &["04-26"],
    ),
    (
        2026,
        &[
            "01-01", "01-02", "02-16", "02-17", "02-18", "02-19", "02-20", "04-27", "04-30",
            "05-01", "08-31", "09-01", "09-02", "11-24",
        ],
        &["01-10", "08-22"],
    ),
];

fn date(text: &str) -> Date {
    text.parse().unwrap()
}

fn days(year: i16) -> impl Iterator<Item = Date> {
    let first = Date::new(year, 1, 1).unwrap();
    std::iter::successors(Some(first), |day| day.tomorrow().ok())
        .take_while(move |day| day.year() == year)
}

fn is_weekend(day: Date) -> bool {
    matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday)
}

#[test]
fn the_decreed_years_are_off_and_worked_as_decreed() {
    let calendar = Calendar::default();
    for (year, off, worked) in DECREED {
        let days_off = days(year).filter(|day| !is_weekend(*day) && !calendar.is_working_day(*day));
        let saturdays = days(year).filter(|day| is_weekend(*day) && calendar.is_working_day(*day));
        let short = |day: Date| format!("{:02}-{:02}", day.month(), day.day());
        assert_eq!(days_off.map(short).collect::<Vec<_>>(), off, "{year}");
        assert_eq!(saturdays.map(short).collect::<Vec<_>>(), worked, "{year}");
    }
}

#[test]
fn a_list_of_days_off_has_a_date_and_a_name_on_each_line() {
    let lines: Vec<String> = Holidays::default().of(2030).iter().map(ToString::to_string).collect();
    assert_eq!(
        lines,
        [
            "2030-01-01 Tết Dương lịch",
            "2030-01-31 Tết Nguyên đán (28 tháng Chạp)",
            "2030-02-01 Tết Nguyên đán (29 tháng Chạp)",
            "2030-02-02 Tết Nguyên đán (mùng 1 tháng Giêng)",
            "2030-02-03 Tết Nguyên đán (mùng 2 tháng Giêng)",
            "2030-02-04 Tết Nguyên đán (mùng 3 tháng Giêng)",
            "2030-02-05 Nghỉ bù Tết Nguyên đán (mùng 1 tháng Giêng)",
            "2030-02-06 Nghỉ bù Tết Nguyên đán (mùng 2 tháng Giêng)",
            "2030-04-12 Giỗ Tổ Hùng Vương",
            "2030-04-30 Ngày Chiến thắng",
            "2030-05-01 Ngày Quốc tế lao động",
            "2030-09-01 Quốc khánh (ngày liền kề)",
            "2030-09-02 Quốc khánh",
            "2030-09-03 Nghỉ bù Quốc khánh (ngày liền kề)",
            "2030-11-24 Ngày Văn hóa Việt Nam",
            "2030-11-25 Nghỉ bù Ngày Văn hóa Việt Nam",
        ]
    );
}

#[test]
fn culture_day_is_off_from_2026_on_and_the_second_national_day_from_2021_on() {
    let holidays = Holidays::default();
    let named = |year, text: &str| holidays.of(year).iter().any(|day| day.name_vi.contains(text));
    assert!(!named(2025, "Văn hóa") && named(2026, "Văn hóa"));
    assert!(!named(2020, "liền kề") && named(2021, "liền kề"));
}

#[test]
fn every_holiday_on_a_weekend_gives_another_day_and_no_day_is_off_twice() {
    let holidays = Holidays::default();
    for year in 2010..=2060 {
        let days = holidays.of(year);
        let lost = days.iter().filter(|day| is_weekend(day.date)).count();
        let given = days.iter().filter(|day| day.kind == HolidayKind::Compensatory);
        assert!(given.clone().all(|day| !is_weekend(day.date)));
        assert_eq!(given.count(), lost, "{year}");
        assert!(days.windows(2).all(|pair| pair[0].date < pair[1].date), "{year}");
    }
}

#[test]
fn a_new_decree_changes_its_year_and_no_other() {
    let decree = Decree {
        year: 2027,
        tet_days_before: Some(1),
        national_day: Some(Side::After),
        days_off: vec![
            DayOff { off: date("2027-09-01"), made_up_on: Some(date("2027-08-28")) },
            DayOff { off: date("2027-12-31"), made_up_on: None },
        ],
        source: "an example".into(),
    };
    let text = serde_json::to_string(&decree).unwrap();
    let holidays = Holidays::default().with(serde_json::from_str(&text).unwrap());
    let kind = |text: &str| {
        let day = date(text);
        holidays.of(day.year()).iter().find(|other| other.date == day).map(|day| day.kind)
    };
    assert_eq!(kind("2027-02-04"), None, "one day of Tết before 6 February, not two");
    assert_eq!(kind("2027-02-09"), Some(HolidayKind::Statutory));
    assert_eq!(kind("2027-09-03"), Some(HolidayKind::Statutory));
    assert_eq!(kind("2027-09-01"), Some(HolidayKind::Swapped));
    assert_eq!(kind("2027-12-31"), Some(HolidayKind::Swapped));
    assert_eq!(holidays.make_up_days(2027), [date("2027-08-28")]);
    assert_eq!(holidays.of(2028), Holidays::default().of(2028));
}
