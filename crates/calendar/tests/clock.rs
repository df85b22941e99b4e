//! The clock of a dossier, as the desk, the expert and the head read it.

use calendar::{
    Allowance, Calendar, CaseClock, Error, Ground, Margin, State, Thresholds, Timeliness,
    WorkingTime,
};
use kernel::Instant;

/// A time of day in November 2026, in which Culture Day is Tuesday, the 24th.
fn at(day: i8, hour: i8, minute: i8) -> Instant {
    kernel::from_local(jiff::civil::date(2026, 11, day).at(hour, minute, 0, 0))
}

fn working_days(days: u32) -> (Calendar, CaseClock) {
    let calendar = Calendar::default();
    // Received on Monday, 9 November, at 10:00.
    let clock = CaseClock::start(at(9, 10, 0), Allowance::WorkingDays(days), &calendar);
    (calendar, clock)
}

#[test]
fn green_turns_amber_in_the_last_fifth_and_red_after_the_due_time() {
    let (calendar, clock) = working_days(5);
    let read = |now| {
        let reading = clock.reading(now, &calendar, &Thresholds::default());
        (reading.state, reading.margin)
    };
    assert_eq!(clock.due(), at(16, 10, 0));
    assert_eq!(read(at(9, 10, 0)), (State::Ok, Margin::Left(WorkingTime::days(5))));
    assert_eq!(read(at(13, 9, 59)).0, State::Ok);
    assert_eq!(read(at(13, 10, 0)), (State::Soon, Margin::Left(WorkingTime::DAY)));
    assert_eq!(read(at(16, 10, 0)), (State::Soon, Margin::Left(WorkingTime::ZERO)));
    assert_eq!(read(at(16, 14, 0)), (State::Late, Margin::Over(WorkingTime::hours(3))));
}

#[test]
fn a_short_promise_turns_amber_four_hours_before() {
    let (calendar, clock) = working_days(1);
    let read = |now| clock.reading(now, &calendar, &Thresholds::default()).state;
    assert_eq!(read(at(9, 14, 29)), State::Ok);
    assert_eq!(clock.soon_at(&calendar, &Thresholds::default()), at(9, 15, 0));
    assert_eq!(read(at(9, 15, 0)), State::Soon);
    let province = Thresholds { soon_percent: 0, soon_time: WorkingTime::hours(1) };
    assert_eq!(clock.reading(at(9, 16, 0), &calendar, &province).state, State::Ok);
}

#[test]
fn a_supplement_stops_the_clock_and_gives_back_what_was_left() {
    let (calendar, mut clock) = working_days(5);
    clock.pause(at(11, 10, 0), Ground::Supplement).unwrap();
    let reading = clock.reading(at(30, 10, 0), &calendar, &Thresholds::default());
    assert_eq!(reading.state, State::Hold);
    assert_eq!(reading.margin, Margin::Left(WorkingTime::days(3)), "three days, however long");

    // Monday to Monday over Culture Day: the same three days from then on.
    assert_eq!(clock.resume(at(23, 10, 0), &calendar), Ok(at(27, 10, 0)));
    assert_eq!(clock.allowed(&calendar), WorkingTime::days(5));
    assert_eq!(clock.worked(at(25, 10, 0), &calendar), WorkingTime::days(3));
    assert_eq!(clock.held(at(25, 10, 0), &calendar), WorkingTime::days(8));
}

#[test]
fn calendar_days_move_by_the_days_of_the_pause_and_a_weekend_counts_once() {
    let calendar = Calendar::default();
    // Twelve days from the 9th end on Saturday, the 21st, and so on Monday, the 23rd.
    let mut clock = CaseClock::start(at(9, 10, 0), Allowance::CalendarDays(12), &calendar);
    assert_eq!(clock.due(), at(23, 16, 30));
    clock.pause(at(11, 9, 0), Ground::FinancialObligation).unwrap();
    assert_eq!(clock.resume(at(11, 16, 0), &calendar), Ok(at(23, 16, 30)), "the same day");
    clock.pause(at(12, 9, 0), Ground::Suspension).unwrap();
    assert_eq!(clock.resume(at(13, 8, 0), &calendar), Ok(at(23, 16, 30)), "Sunday, the 22nd");
    clock.pause(at(16, 9, 0), Ground::Suspension).unwrap();
    assert_eq!(clock.resume(at(18, 8, 0), &calendar), Ok(at(25, 16, 30)), "Tuesday is a holiday");
}

#[test]
fn what_was_late_at_the_pause_stays_late_by_as_much() {
    let (calendar, mut clock) = working_days(1);
    clock.pause(at(10, 11, 0), Ground::Suspension).unwrap();
    let late = Margin::Over(WorkingTime::hours(1));
    assert_eq!(clock.reading(at(12, 9, 0), &calendar, &Thresholds::default()).margin, late);
    clock.resume(at(12, 11, 0), &calendar).unwrap();
    let reading = clock.reading(at(12, 11, 0), &calendar, &Thresholds::default());
    assert_eq!((reading.state, reading.margin), (State::Late, late));
}

#[test]
fn early_is_before_the_due_day_and_late_is_after_the_due_time() {
    for (end, expected) in [
        (at(13, 16, 30), Timeliness::Early),
        (at(15, 23, 0), Timeliness::Early),
        (at(16, 7, 30), Timeliness::OnTime),
        (at(16, 10, 0), Timeliness::OnTime),
        (at(16, 10, 1), Timeliness::Late),
    ] {
        let (calendar, mut clock) = working_days(5);
        assert_eq!(clock.finish(end, &calendar), Ok(expected));
        let long_after = clock.reading(at(30, 8, 0), &calendar, &Thresholds::default());
        assert_eq!(long_after.state, State::Done(expected));
        assert!(clock.worked(at(30, 8, 0), &calendar) <= calendar.elapsed(clock.started(), end));
    }
}

#[test]
fn a_result_within_a_pause_ends_the_pause() {
    let (calendar, mut clock) = working_days(1);
    clock.pause(at(9, 15, 0), Ground::Supplement).unwrap();
    // Withdrawn two weeks later, with half a day still to go.
    assert_eq!(clock.finish(at(23, 15, 0), &calendar), Ok(Timeliness::Early));
    assert_eq!(clock.due(), at(25, 10, 0));
    assert_eq!(clock.worked(at(30, 8, 0), &calendar), WorkingTime::hours(4));
}

#[test]
fn an_extension_gives_more_time_and_counts_as_allowed() {
    let (calendar, mut clock) = working_days(5);
    assert_eq!(clock.extend(at(16, 10, 0)), Err(Error::NotLater));
    clock.extend(at(18, 10, 0)).unwrap();
    assert_eq!(clock.allowed(&calendar), WorkingTime::days(7));
    assert_eq!(clock.finish(at(17, 16, 0), &calendar), Ok(Timeliness::Early));
    assert_eq!(clock.extend(at(30, 10, 0)), Err(Error::Finished));
}

#[test]
fn a_term_set_anew_in_time_is_the_promise_and_set_too_late_leaves_it_missed() {
    let (calendar, mut clock) = working_days(5);
    clock.set_term(at(16, 10, 0), at(18, 10, 0)).unwrap();
    assert_eq!((clock.due(), clock.missed()), (at(18, 10, 0), None));
    // A day too late, and once more: work may take longer, late it is.
    clock.set_term(at(19, 8, 0), at(20, 10, 0)).unwrap();
    assert_eq!(clock.set_term(at(20, 8, 0), at(20, 10, 0)), Err(Error::NotLater));
    clock.set_term(at(20, 8, 0), at(30, 10, 0)).unwrap();
    assert_eq!((clock.due(), clock.missed()), (at(30, 10, 0), Some(at(18, 10, 0))));
    let running = clock.reading(at(23, 8, 0), &calendar, &Thresholds::default());
    assert!(matches!((running.state, running.margin), (State::Ok, Margin::Left(_))));
    assert_eq!(clock.finish(at(23, 8, 0), &calendar), Ok(Timeliness::Late));
    let done = clock.reading(at(30, 8, 0), &calendar, &Thresholds::default());
    assert_eq!(done.state, State::Done(Timeliness::Late));
    assert_eq!(clock.set_term(at(30, 8, 0), at(30, 16, 0)), Err(Error::Finished));
}

#[test]
fn a_clock_refuses_what_cannot_have_happened() {
    let (calendar, mut clock) = working_days(5);
    assert_eq!(clock.resume(at(10, 8, 0), &calendar), Err(Error::NotPaused));
    assert_eq!(clock.pause(at(8, 8, 0), Ground::Supplement), Err(Error::Backwards));
    clock.pause(at(10, 8, 0), Ground::Supplement).unwrap();
    assert_eq!(clock.pause(at(10, 9, 0), Ground::Supplement), Err(Error::Paused));
    assert_eq!(clock.resume(at(10, 7, 59), &calendar), Err(Error::Backwards));
    clock.resume(at(11, 8, 0), &calendar).unwrap();
    assert_eq!(clock.finish(at(11, 7, 0), &calendar), Err(Error::Backwards));
    clock.finish(at(11, 8, 0), &calendar).unwrap();
    assert_eq!(clock.pause(at(12, 8, 0), Ground::Supplement), Err(Error::Finished));
    assert_eq!(clock.finish(at(12, 8, 0), &calendar), Err(Error::Finished));
}

#[test]
fn a_clock_keeps_a_bounded_number_of_pauses() {
    let (calendar, mut clock) = working_days(5);
    for _ in 0..64 {
        clock.pause(at(9, 10, 0), Ground::Supplement).unwrap();
        clock.resume(at(9, 10, 0), &calendar).unwrap();
    }
    assert_eq!(clock.pause(at(9, 10, 0), Ground::Supplement), Err(Error::TooManyPauses));
}

#[test]
fn a_clock_survives_its_json() {
    let (calendar, mut clock) = working_days(5);
    clock.pause(at(10, 8, 0), Ground::FinancialObligation).unwrap();
    let text = serde_json::to_string(&clock).unwrap();
    assert_eq!(
        text,
        r#"{"started":"2026-11-09T03:00:00Z","due":"2026-11-16T03:00:00Z","pauses":[{"from":"2026-11-10T01:00:00Z","to":null,"ground":"financial_obligation"}]}"#
    );
    let mut copy: CaseClock = serde_json::from_str(&text).unwrap();
    assert_eq!(copy, clock);
    copy.resume(at(11, 8, 0), &calendar).unwrap();
    assert_eq!(copy.due(), at(17, 10, 0));
}
