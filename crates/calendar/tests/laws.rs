//! What holds for every deadline, whatever the agency, the day and the allowance.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

use std::sync::LazyLock;

use calendar::{Allowance, Calendar, CaseClock, Ground, Holidays, Thresholds, WorkingTime};
use jiff::civil::Time;
use kernel::Instant;
use proptest::prelude::*;

/// An agency with the usual week, and one with short Fridays and open Saturday mornings.
static CALENDARS: LazyLock<[Calendar; 2]> = LazyLock::new(|| {
    let week = "mon-thu 07:00-11:30 13:15-17:05; fri 08:00-11:00; sat 07:30-11:30";
    [Calendar::default(), Calendar::new(&week.parse().unwrap(), &Holidays::default())]
});

fn calendars() -> impl Strategy<Value = &'static Calendar> {
    (0..2_usize).prop_map(|i| &CALENDARS[i])
}

/// Any microsecond from 2015 to 2050.
fn instants() -> impl Strategy<Value = Instant> {
    (1_420_070_400_000_000..2_524_608_000_000_000_i64).prop_map(kernel::from_micros)
}

/// Up to a year of work, to the second; often a whole number of hours.
fn times() -> impl Strategy<Value = WorkingTime> {
    prop_oneof![
        (0..2_000_u64).prop_map(WorkingTime::hours),
        (0..7_200_000_u64).prop_map(WorkingTime::seconds),
    ]
}

fn allowances() -> impl Strategy<Value = Allowance> {
    prop_oneof![
        (1..5_000_u32).prop_map(Allowance::WorkingMinutes),
        (1..400_u32).prop_map(Allowance::WorkingHours),
        (1..250_u32).prop_map(Allowance::WorkingDays),
        (1..400_u32).prop_map(Allowance::CalendarDays),
        (1..24_u32).prop_map(Allowance::Months),
    ]
}

/// The same allowance with some more units.
fn longer(allowance: Allowance, more: u32) -> Allowance {
    match allowance {
        Allowance::WorkingMinutes(n) => Allowance::WorkingMinutes(n + more),
        Allowance::WorkingHours(n) => Allowance::WorkingHours(n + more),
        Allowance::WorkingDays(n) => Allowance::WorkingDays(n + more),
        Allowance::CalendarDays(n) => Allowance::CalendarDays(n + more),
        Allowance::Months(n) => Allowance::Months(n + more),
    }
}

proptest! {
    #[test]
    fn who_comes_later_is_never_served_sooner(
        calendar in calendars(), a in instants(), gap in 0..400_000_000_000_i64,
        allowance in allowances(), hour in 0..24_i8,
    ) {
        let b = kernel::from_micros(kernel::micros(a) + gap);
        prop_assert!(calendar.deadline(a, allowance) <= calendar.deadline(b, allowance));
        let cutoff = Time::constant(hour, 0, 0, 0);
        prop_assert!(calendar.same_day(a, cutoff) <= calendar.same_day(b, cutoff));
        prop_assert!(calendar.next_working(a) <= calendar.next_working(b));
    }

    #[test]
    fn more_time_never_ends_sooner(
        calendar in calendars(), start in instants(), allowance in allowances(), more in 0..50_u32,
    ) {
        let due = calendar.deadline(start, allowance);
        prop_assert!(start <= due && due <= calendar.deadline(start, longer(allowance, more)));
    }

    #[test]
    fn time_adds_up(
        calendar in calendars(), start in instants(), a in times(), b in times(),
    ) {
        prop_assert_eq!(calendar.add(calendar.add(start, a), b), calendar.add(start, a + b));
    }

    #[test]
    fn what_was_added_is_what_has_passed(
        calendar in calendars(), start in instants(), time in times(),
    ) {
        prop_assert_eq!(calendar.elapsed(start, calendar.add(start, time)), time);
        prop_assert_eq!(calendar.elapsed(calendar.before(start, time), start), time);
    }

    #[test]
    fn the_parts_of_a_time_are_the_whole(
        calendar in calendars(), mut at in [instants(), instants(), instants()],
    ) {
        at.sort();
        let [a, b, c] = at;
        let parts = calendar.elapsed(a, b) + calendar.elapsed(b, c);
        prop_assert_eq!(parts, calendar.elapsed(a, c));
    }

    #[test]
    fn work_passes_only_in_working_time(calendar in calendars(), at in instants()) {
        let second = kernel::from_micros(kernel::micros(at) + 1_000_000);
        let passed = calendar.elapsed(at, second);
        prop_assert_eq!(passed, WorkingTime::seconds(u64::from(calendar.is_working_at(at))));
        prop_assert!(calendar.is_working_at(calendar.next_working(at)));
        prop_assert_eq!(calendar.elapsed(at, calendar.next_working(at)), WorkingTime::ZERO);
    }

    #[test]
    fn a_pause_of_no_time_changes_nothing(
        calendar in calendars(), start in instants(), allowance in allowances(),
        wait in 0..4_000_000_000_000_i64,
    ) {
        let at = kernel::from_micros(kernel::micros(start) + wait);
        let mut clock = CaseClock::start(start, allowance, calendar);
        let before = clock.reading(at, calendar, &Thresholds::default());
        clock.pause(at, Ground::Supplement).unwrap();
        clock.resume(at, calendar).unwrap();
        prop_assert_eq!(clock.reading(at, calendar, &Thresholds::default()), before);
    }

    #[test]
    fn a_pause_gives_back_what_was_left_and_no_more(
        calendar in calendars(), start in instants(), days in 1..60_u32,
        wait in 0..4_000_000_000_000_i64, pause in 0..4_000_000_000_000_i64,
    ) {
        let from = kernel::from_micros(kernel::micros(start) + wait);
        let to = kernel::from_micros(kernel::micros(from) + pause);
        let mut clock = CaseClock::start(start, Allowance::WorkingDays(days), calendar);
        let left = calendar.elapsed(from, clock.due());
        let over = calendar.elapsed(clock.due(), from);
        clock.pause(from, Ground::Supplement).unwrap();
        let due = clock.resume(to, calendar).unwrap();
        // A due time is a whole minute, rounded up.
        let minute = WorkingTime::seconds(59);
        prop_assert!((left..=left + minute).contains(&calendar.elapsed(to, due)));
        prop_assert!((over - minute..=over).contains(&calendar.elapsed(due, to)));
    }

    #[test]
    fn a_clock_turns_amber_when_it_said(
        calendar in calendars(), start in instants(), allowance in allowances(),
        wait in 0..4_000_000_000_000_i64,
    ) {
        use calendar::State::{Late, Ok, Soon};
        let now = kernel::from_micros(kernel::micros(start) + wait);
        let clock = CaseClock::start(start, allowance, calendar);
        let soon = clock.soon_at(calendar, &Thresholds::default());
        let state = clock.reading(now, calendar, &Thresholds::default()).state;
        let expected = if now > clock.due() { Late } else if now >= soon { Soon } else { Ok };
        prop_assert_eq!(state, expected);
    }
}
