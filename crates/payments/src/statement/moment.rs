//! Days and times as banks write them: `23/11/2026`, `23-11-2026 10:15:02`, `2026-11-23`.

use jiff::civil::{Date, DateTime, Time};
use kernel::{Instant, from_local};

use super::table::Cell;

/// The instant, in Việt Nam; the beginning of the day where there is no time.
pub(super) fn read(cell: &Cell) -> Option<Instant> {
    match cell {
        Cell::Moment(at) => Some(from_local(*at)),
        Cell::Text(text) => of_text(text).map(from_local),
        Cell::Number(_) | Cell::Empty => None,
    }
}

fn of_text(text: &str) -> Option<DateTime> {
    let mut parts = text.trim().splitn(2, [' ', 'T']);
    let (day, time) = (parts.next()?, parts.next().map(str::trim));
    let numbers: Vec<i16> =
        day.split(['/', '-', '.']).map(|part| part.parse().ok()).collect::<Option<_>>()?;
    let [a, b, c] = numbers[..] else { return None };
    let (year, month, date) = if a > 31 { (a, b, c) } else { (c, b, a) };
    let year = if (0..100).contains(&year) { year + 2000 } else { year };
    if !(2000..2200).contains(&year) {
        return None;
    }
    let date = Date::new(year, month.try_into().ok()?, date.try_into().ok()?).ok()?;
    let time = match time.filter(|time| !time.is_empty()) {
        None => Time::midnight(),
        Some(time) => of_time(time)?,
    };
    Some(date.to_datetime(time))
}

fn of_time(text: &str) -> Option<Time> {
    let numbers: Vec<i8> = text.split(':').map(|part| part.parse().ok()).collect::<Option<_>>()?;
    match numbers[..] {
        [hour, minute] => Time::new(hour, minute, 0, 0).ok(),
        [hour, minute, second] => Time::new(hour, minute, second, 0).ok(),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn days_are_read_as_banks_write_them() {
        let day = jiff::civil::date(2026, 11, 23);
        for text in ["23/11/2026", "23-11-2026", "2026-11-23", "23.11.26", " 23/11/2026 "] {
            assert_eq!(of_text(text), Some(day.at(0, 0, 0, 0)), "{text}");
        }
        assert_eq!(of_text("23/11/2026 10:15:02"), Some(day.at(10, 15, 2, 0)));
        assert_eq!(of_text("2026-11-23T10:15"), Some(day.at(10, 15, 0, 0)));
        for text in ["", "23/11", "31/02/2026", "23/11/1890", "23/11/2026 25:00", "a/b/c"] {
            assert_eq!(of_text(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_a_day_or_not(text in "\\PC{0,30}") {
            let _ = of_text(&text);
        }
    }
}
