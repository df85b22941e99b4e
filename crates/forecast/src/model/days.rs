//! What a day to come is like: the observed days that its arrivals are drawn from.

use calendar::Calendar;
use jiff::{ToSpan, civil::Date};

use crate::Arrivals;

/// Fewer observed days of a kind than these say too little about it.
const DAYS_FEW: usize = 3;
/// Days of rest in a row after which people come in other numbers than after a weekend.
const LONG_REST: u32 = 3;

/// The kinds of days between which arrivals differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// The first working day after at least three days of rest.
    AfterHolidays,
    /// A working day, by its weekday, Monday as 0.
    Weekday(i8),
    /// A day of rest; online filings come on it too.
    Rest,
}

/// The observed days that one day is drawn from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Draw {
    /// Range of the candidates.
    pub(crate) from: (u32, u32),
    /// Whether they are of another kind, since there were too few of its own.
    pub(crate) other: bool,
}

fn kind(calendar: &Calendar, date: Date) -> Kind {
    if !calendar.is_working_day(date) {
        return Kind::Rest;
    }
    let rest = |n: u32| !calendar.is_working_day(date.saturating_sub(i64::from(n).days()));
    match (1..=LONG_REST).all(rest) {
        true => Kind::AfterHolidays,
        false => Kind::Weekday(date.weekday().to_monday_zero_offset()),
    }
}

/// For each day to come, the observed days that it is like, appended to `candidates`.
///
/// An agency is observed from the first day on which anything came to it, so that the time
/// before it began to work with the platform does not count as days on which nothing came.
pub(super) fn draws(
    calendar: &Calendar,
    arrivals: &Arrivals,
    since: usize,
    days: impl Iterator<Item = Date>,
    candidates: &mut Vec<u16>,
) -> Vec<Draw> {
    let observed: Vec<(u16, Kind)> = arrivals
        .days
        .iter()
        .enumerate()
        .skip(since)
        .map(|(index, date)| (index as u16, kind(calendar, *date)))
        .collect();
    let of = |is: &dyn Fn(Kind) -> bool| -> Vec<u16> {
        observed.iter().filter(|(_, kind)| is(*kind)).map(|(index, _)| *index).collect()
    };
    days.map(|date| {
        let kind_of_day = kind(calendar, date);
        let weekday = Kind::Weekday(date.weekday().to_monday_zero_offset());
        let same = of(&|kind| kind == kind_of_day);
        let (found, other) = match kind_of_day {
            Kind::Rest => (same, false),
            _ if same.len() >= DAYS_FEW => (same, false),
            _ => {
                let weekdays = of(&|kind| kind == weekday);
                let enough = weekdays.len() >= DAYS_FEW;
                (if enough { weekdays } else { of(&|kind| kind != Kind::Rest) }, true)
            }
        };
        let from = (candidates.len() as u32, found.len() as u32);
        candidates.extend(found);
        Draw { from, other }
    })
    .collect()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn a_monday_is_drawn_from_mondays_and_the_day_after_tet_from_what_there_is() {
        let calendar = Calendar::default();
        // Eight weeks from Monday, 5 October 2026.
        let days = (0..56).map(|n| date(2026, 10, 5).saturating_add(n.days())).collect();
        let arrivals = Arrivals { days, streams: vec![] };
        let mut candidates = Vec::new();
        let ahead = [date(2026, 12, 7), date(2026, 12, 6), date(2027, 2, 11)];
        let draws = draws(&calendar, &arrivals, 0, ahead.into_iter(), &mut candidates);
        let of = |draw: Draw| candidates[draw.from.0 as usize..][..draw.from.1 as usize].to_vec();
        assert_eq!(of(draws[0]), [0, 7, 14, 21, 28, 35, 42, 49]);
        // Sundays and Saturdays and the holiday of 24 November.
        assert_eq!(of(draws[1]).len(), 17);
        // Thursday, the first day after the holidays: no such day was seen, Thursdays were.
        assert_eq!((of(draws[2]).len(), draws[2].other), (8, true));
    }
}
