//! The clock of a dossier as every page shows it: one rule, one chip, the same words to all.

use calendar::{Calendar, CaseClock, Margin, Reading, State, Thresholds, Timeliness, WorkingTime};
use casework::Case;
use kernel::{Instant, today};
use web::{
    Words,
    components::clock::{ClockState, ClockView, Finish},
    tr,
};

use crate::{Moment, line::Line};

/// The clock of a dossier at `now`; `calendar` is that of the agency that decides it.
///
/// Before it is taken on, the eight working hours of taking it on run (Decree 118/2025).
#[must_use]
pub fn view(
    words: &Words,
    case: &Case,
    now: Instant,
    calendar: &Calendar,
    thresholds: &Thresholds,
) -> ClockView {
    if let Some(clock) = &case.clock {
        let since = clock.paused().map(|pause| pause.from);
        let clock_now = shown(words, &clock.reading(now, calendar, thresholds), since);
        return after_missing(words, clock_now, clock.missed());
    }
    let mut clock = CaseClock::until(case.submitted_at, case.accept_by);
    match (case.ended_at, case.status) {
        // The clock only stopped if the end does not lie before the beginning.
        (Some(end), _) => drop(clock.finish(end, calendar)),
        (None, status) if status.is_paused() => {
            return held(words, casework::before_acceptance(case));
        }
        (None, _) => {}
    }
    shown(words, &clock.reading(now, calendar, thresholds), None)
}

/// The clock of a dossier in a list, which says the same as [`view`] without its whole state.
#[must_use]
pub fn of_line(words: &Words, line: &Line, now: Instant, moment: &Moment) -> ClockView {
    let due = line.due();
    if let Some(end) = line.ended_at {
        let due = line.missed_at.unwrap_or(due);
        return shown(words, &ended(line.submitted_at.min(due), due, end, moment), None);
    }
    if line.paused_at.is_some() {
        return held(words, line.paused_at);
    }
    let taken_on = line.accepted_at.is_some();
    let agency = if taken_on { line.decided_by } else { line.received_by };
    let calendar = moment.calendars.agency(agency);
    let (state, margin) = if now > due {
        (State::Late, Margin::Over(calendar.elapsed(due, now)))
    } else {
        let soon = line.soon_at.is_some_and(|soon| soon <= now);
        let state = if soon { State::Soon } else { State::Ok };
        (state, Margin::Left(calendar.elapsed(now, due)))
    };
    let clock = shown(words, &Reading { state, margin, due }, None);
    after_missing(words, clock, line.missed_at)
}

/// The clock of a case whose term was set anew after it had passed: what runs to the new one was
/// late by the old one, and says so.
fn after_missing(words: &Words, clock: ClockView, missed: Option<Instant>) -> ClockView {
    let (Some(missed), Some(minutes)) = (missed, clock.left_minutes) else { return clock };
    let (time, day) = (words.working_time(minutes), words.date_short(today(missed)));
    ClockView { note: Some(tr!(words, "clock-missed", time = time, day = day)), ..clock }
}

fn ended(start: Instant, due: Instant, end: Instant, moment: &Moment) -> Reading {
    let calendar = moment.calendars.usual();
    let mut clock = CaseClock::until(start, due);
    // The clock only stopped if the end does not lie before the beginning.
    let _ = clock.finish(end.max(start), calendar);
    clock.reading(end, calendar, &moment.thresholds)
}

fn shown(words: &Words, reading: &Reading, since: Option<Instant>) -> ClockView {
    let state = match reading.state {
        State::Hold => return held(words, since),
        State::Ok => ClockState::Ok,
        State::Soon => ClockState::Soon,
        State::Late => ClockState::Late,
        State::Done(timeliness) => {
            let finish = match timeliness {
                Timeliness::Early => Finish::Early,
                Timeliness::OnTime => Finish::OnTime,
                Timeliness::Late => Finish::Late,
            };
            return ClockView { state: ClockState::Done(finish), ..ClockView::default() };
        }
    };
    match minutes(reading.margin) {
        // Late since the last closing hour: no working time has passed, the date has.
        0 if state == ClockState::Late => ClockView { state, ..ClockView::default() },
        minutes => ClockView::new(state, minutes),
    }
}

fn held(words: &Words, since: Option<Instant>) -> ClockView {
    let note = since.map(|since| tr!(words, "clock-since", day = words.date_short(today(since))));
    ClockView { state: ClockState::Hold, left_minutes: None, note }
}

/// Working minutes on this or that side of the promised instant.
fn minutes(margin: Margin) -> i64 {
    let (Margin::Left(time) | Margin::Over(time)) = margin;
    whole_minutes(time)
}

/// Working time in whole minutes, as components want it.
#[must_use]
pub fn whole_minutes(time: WorkingTime) -> i64 {
    i64::try_from(time.as_minutes()).unwrap_or(i64::MAX)
}
