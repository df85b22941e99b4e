//! The public holidays that the Labour Code grants, each with the time in which it is law.

use jiff::{ToSpan, civil::Date};

use crate::{
    LunarDate,
    decree::{Decree, Side},
};

/// On which day, or days, of a year a holiday falls.
enum When {
    /// The same day of the civil calendar each year: month, day.
    Solar(i8, i8),
    /// The same day of the lunar calendar each year: month, day.
    Lunar(u8, u8),
    /// So many days around the first day of the lunar year; the yearly decree says how many of
    /// them lie before it.
    Tet(i8),
    /// The day before or after National Day, as the yearly decree says.
    BesideNationalDay,
}

/// A holiday by law.
struct Rule {
    vi: &'static str,
    en: &'static str,
    when: When,
    /// First day on which the rule is law.
    from: Date,
    /// Last day on which it is.
    until: Date,
}

/// Long before and after the years that a calendar covers.
const ALWAYS: (Date, Date) = (Date::constant(1995, 1, 1), Date::constant(9999, 12, 31));

/// Article 112 of the Labour Code (45/2019/QH14, in force since 2021) and what stood before it
/// in the codes of 1994 and 2012.
const RULES: [Rule; 9] = [
    Rule {
        vi: "Tết Dương lịch",
        en: "New Year's Day",
        when: When::Solar(1, 1),
        from: ALWAYS.0,
        until: ALWAYS.1,
    },
    // Code of 1994, article 73: one day at the end of the lunar year and three of the new one.
    Rule {
        vi: "Tết Nguyên đán",
        en: "Lunar New Year",
        when: When::Tet(4),
        from: ALWAYS.0,
        until: Date::constant(2013, 4, 30),
    },
    // Five days since the code of 2012 came into force.
    Rule {
        vi: "Tết Nguyên đán",
        en: "Lunar New Year",
        when: When::Tet(5),
        from: Date::constant(2013, 5, 1),
        until: ALWAYS.1,
    },
    // A holiday since the amendment of 2007.
    Rule {
        vi: "Giỗ Tổ Hùng Vương",
        en: "Hùng Kings' Commemoration Day",
        when: When::Lunar(3, 10),
        from: Date::constant(2007, 4, 1),
        until: ALWAYS.1,
    },
    Rule {
        vi: "Ngày Chiến thắng",
        en: "Victory Day",
        when: When::Solar(4, 30),
        from: ALWAYS.0,
        until: ALWAYS.1,
    },
    Rule {
        vi: "Ngày Quốc tế lao động",
        en: "International Labour Day",
        when: When::Solar(5, 1),
        from: ALWAYS.0,
        until: ALWAYS.1,
    },
    Rule {
        vi: "Quốc khánh",
        en: "National Day",
        when: When::Solar(9, 2),
        from: ALWAYS.0,
        until: ALWAYS.1,
    },
    // The second day came with the code of 2019.
    Rule {
        vi: "Quốc khánh (ngày liền kề)",
        en: "National Day (adjacent day)",
        when: When::BesideNationalDay,
        from: Date::constant(2021, 1, 1),
        until: ALWAYS.1,
    },
    // Resolution 80-NQ/TW of January 2026.
    Rule {
        vi: "Ngày Văn hóa Việt Nam",
        en: "Việt Nam Culture Day",
        when: When::Solar(11, 24),
        from: Date::constant(2026, 1, 1),
        until: ALWAYS.1,
    },
];

/// The holidays of a year by law: day and name in both languages, in order of days.
///
/// Where no decree has said otherwise, three days of Tết lie in the new lunar year (with five
/// days: the last two of the old year), and the day beside National Day is 3 September where
/// that is a Friday, otherwise 1 September, so that it touches the weekend where it can.
pub(crate) fn holidays(year: i16, decree: Option<&Decree>) -> Vec<(Date, String, String)> {
    let mut days = Vec::new();
    for rule in RULES {
        let dates = match rule.when {
            When::Solar(month, day) => Date::new(year, month, day).into_iter().collect(),
            When::Lunar(month, day) => {
                LunarDate::new(day, month, year).to_solar().into_iter().collect()
            }
            When::Tet(count) => tet(year, count, decree),
            When::BesideNationalDay => beside_national_day(year, decree).into_iter().collect(),
        };
        for date in dates.into_iter().filter(|date| (rule.from..=rule.until).contains(date)) {
            let (vi, en) = match rule.when {
                When::Tet(_) => name_of_tet(rule.vi, rule.en, date),
                _ => (rule.vi.to_owned(), rule.en.to_owned()),
            };
            days.push((date, vi, en));
        }
    }
    days.sort_by_key(|(date, ..)| *date);
    days
}

fn tet(year: i16, count: i8, decree: Option<&Decree>) -> Vec<Date> {
    let before = decree.and_then(|decree| decree.tet_days_before).unwrap_or(count - 3);
    let first = LunarDate::tet(year);
    (-before..count - before).filter_map(|n| first.checked_add(i32::from(n).days()).ok()).collect()
}

/// "Tết Nguyên đán (mùng 1 tháng Giêng)".
fn name_of_tet(vi: &str, en: &str, date: Date) -> (String, String) {
    let lunar = LunarDate::from_solar(date);
    let day = match lunar.month {
        1 => format!("mùng {} tháng Giêng", lunar.day),
        _ => format!("{} tháng Chạp", lunar.day),
    };
    (format!("{vi} ({day})"), format!("{en} (lunar {}/{})", lunar.day, lunar.month))
}

fn beside_national_day(year: i16, decree: Option<&Decree>) -> Option<Date> {
    let before = Date::new(year, 9, 1).ok()?;
    let after = Date::new(year, 9, 3).ok()?;
    let by_default = match after.weekday() {
        jiff::civil::Weekday::Friday => Side::After,
        _ => Side::Before,
    };
    match decree.and_then(|decree| decree.national_day).unwrap_or(by_default) {
        Side::Before => Some(before),
        Side::After => Some(after),
    }
}
