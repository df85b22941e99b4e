//! Deadlines as the desk promises them.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

use calendar::{Allowance, Calendar, Holidays, WorkingTime};
use jiff::civil::Time;
use kernel::Instant;

/// An instant by day and time in Việt Nam.
fn at(text: &str) -> Instant {
    kernel::from_local(text.parse().unwrap())
}

#[track_caller]
fn due(start: &str, allowance: &str, expected: &str) {
    let due = Calendar::default().deadline(at(start), allowance.parse().unwrap());
    assert_eq!(kernel::local(due).to_string(), format!("{expected}:00"));
}

#[test]
fn working_hours_run_through_the_lunch_break_the_night_and_the_weekend() {
    due("2026-11-18T10:00", "2 working_hours", "2026-11-18T12:00");
    due("2026-11-18T10:00", "3 working_hours", "2026-11-18T14:00");
    due("2026-11-18T16:00", "1 working_hour", "2026-11-19T08:00");
    due("2026-11-20T16:00", "90 working_minutes", "2026-11-23T08:30");
    // Filed online on a Saturday night: the eight hours begin on Monday morning.
    due("2026-11-21T22:15", "8 working_hours", "2026-11-23T16:30");
}

#[test]
fn a_working_day_is_eight_hours_and_ends_at_the_time_of_day_at_which_it_began() {
    due("2026-11-16T10:00", "3 working_days", "2026-11-19T10:00");
    due("2026-11-16T07:30", "1 working_day", "2026-11-16T16:30");
    due("2026-11-16T17:00", "1 working_day", "2026-11-17T16:30");
}

#[test]
fn holidays_and_made_up_saturdays_count_as_they_are_worked() {
    // Over Tết 2026, from Friday to the second Monday.
    due("2026-02-13T10:00", "1 working_day", "2026-02-23T10:00");
    // 24 November 2026 is Culture Day.
    due("2026-11-23T10:00", "1 working_day", "2026-11-25T10:00");
    // Saturday, 22 August 2026 is worked for Monday, 31 August.
    due("2026-08-21T10:00", "1 working_day", "2026-08-22T10:00");
    due("2026-08-28T10:00", "1 working_day", "2026-09-03T10:00");
}

#[test]
fn days_of_the_calendar_end_with_the_work_of_a_working_day() {
    due("2026-11-03T10:00", "15 calendar_days", "2026-11-18T16:30");
    // The fifteenth day is a Saturday.
    due("2026-11-06T10:00", "15 calendar_days", "2026-11-23T16:30");
    // The last day is the first of Tết.
    due("2026-02-07T08:00", "10 calendar_days", "2026-02-23T16:30");
}

#[test]
fn months_end_on_the_same_day_or_on_the_last_of_a_shorter_month() {
    due("2026-10-18T10:00", "1 month", "2026-11-18T16:30");
    due("2027-08-31T10:00", "1 month", "2027-09-30T16:30");
    // 28 February 2026 is a Saturday.
    due("2026-01-31T08:00", "1 month", "2026-03-02T16:30");
}

#[test]
fn a_due_time_is_a_whole_minute_and_never_too_early() {
    due("2026-11-18T10:00:20.5", "1 working_hour", "2026-11-18T11:01");
    due("2026-11-18T11:59:59.9", "1 working_hour", "2026-11-18T14:00");
}

#[test]
fn what_comes_after_fifteen_hours_is_done_the_next_working_day() {
    let calendar = Calendar::default();
    let cutoff = Time::constant(15, 0, 0, 0);
    for (start, expected) in [
        ("2026-11-18T15:00", "2026-11-18T16:30"),
        ("2026-11-18T15:00:01", "2026-11-19T16:30"),
        ("2026-11-18T06:00", "2026-11-18T16:30"),
        ("2026-11-20T15:30", "2026-11-23T16:30"),
        ("2026-11-21T09:00", "2026-11-23T16:30"),
        ("2026-11-23T16:00", "2026-11-25T16:30"),
    ] {
        assert_eq!(calendar.same_day(at(start), cutoff), at(expected), "{start}");
    }
}

#[test]
fn an_agency_that_opens_on_saturday_mornings_has_hours_of_its_own() {
    let week = "mon-fri 07:30-12:00 13:00-16:30; sat 07:30-11:30".parse().unwrap();
    let calendar = Calendar::new(&week, &Holidays::default());
    let end = calendar.deadline(at("2026-11-20T16:00"), Allowance::WorkingHours(2));
    assert_eq!(end, at("2026-11-21T09:00"));
    let cutoff = Time::constant(15, 0, 0, 0);
    let noon = at("2026-11-21T12:00");
    assert_eq!(calendar.same_day(noon, cutoff), at("2026-11-23T16:30"));
    // A made-up Saturday has the hours of a Friday there too.
    assert_eq!(calendar.closing("2026-08-22".parse().unwrap()), at("2026-08-22T16:30"));
    // A holiday on a Saturday is a day of rest, and so is the Monday in its place.
    assert!(!calendar.is_working_day("2027-05-01".parse().unwrap()));
    assert!(!calendar.is_working_day("2027-05-03".parse().unwrap()));
}

#[test]
fn the_next_working_instant_is_now_or_the_next_session() {
    let calendar = Calendar::default();
    for (now, next) in [
        ("2026-11-18T06:00", "2026-11-18T07:30"),
        ("2026-11-18T07:30", "2026-11-18T07:30"),
        ("2026-11-18T09:15:30.25", "2026-11-18T09:15:30.25"),
        ("2026-11-18T12:00", "2026-11-18T13:00"),
        ("2026-11-20T16:30", "2026-11-23T07:30"),
    ] {
        assert_eq!(calendar.next_working(at(now)), at(next), "{now}");
        assert_eq!(calendar.is_working_at(at(now)), now == next, "{now}");
    }
}

#[test]
fn the_time_between_two_instants_is_the_time_at_work() {
    let calendar = Calendar::default();
    let elapsed = |from, to| calendar.elapsed(at(from), at(to));
    assert_eq!(elapsed("2026-11-18T11:00", "2026-11-18T14:00"), WorkingTime::hours(2));
    assert_eq!(elapsed("2026-11-20T16:30", "2026-11-23T07:30"), WorkingTime::ZERO);
    assert_eq!(elapsed("2026-02-13T16:00", "2026-02-23T08:00"), WorkingTime::hours(1));
    assert_eq!(elapsed("2026-11-18T14:00", "2026-11-18T11:00"), WorkingTime::ZERO);
    let two_days = WorkingTime::days(2);
    assert_eq!(calendar.before(at("2026-11-20T10:00"), two_days), at("2026-11-18T10:00"));
}

#[test]
fn beyond_the_calendar_no_time_passes() {
    let calendar = Calendar::default();
    let late = at("2070-01-01T08:00");
    assert_eq!(calendar.deadline(late, Allowance::WorkingDays(3)), late);
    assert_eq!(calendar.deadline(late, Allowance::Months(3)), late);
    assert_eq!(calendar.elapsed(late, at("2071-01-01T08:00")), WorkingTime::ZERO);
    let last = at("2060-12-31T16:30");
    assert_eq!(calendar.deadline(at("2060-12-31T08:00"), Allowance::Months(u32::MAX)), last);
    assert_eq!(calendar.deadline(at("2060-12-31T08:00"), Allowance::WorkingDays(9)), last);
    let first = at("2010-01-04T07:30");
    assert_eq!(calendar.next_working(at("1999-01-01T00:00")), first);
}
