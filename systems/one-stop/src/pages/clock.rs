//! The clock of a dossier as every page shows it: one rule, one chip, the same words to all.

use calendar::{Calendar, CaseClock, Margin, Reading, State, Thresholds, Timeliness, WorkingTime};
use casework::{Case, Status};
use kernel::{Instant, today};
use web::{
    Words,
    components::clock::{ClockState, ClockView, Finish},
    tr,
};

/// What a list knows of an open dossier where it did not read the whole of it.
#[derive(Debug, Clone, Copy)]
pub struct Row {
    /// The promised instant, or until when it must be taken on.
    pub due: Instant,
    /// Whether the clock stands.
    pub paused: bool,
    /// Since when it waits in these hands.
    pub since: Instant,
}

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
        return shown(words, &clock.reading(now, calendar, thresholds), since);
    }
    let mut clock = CaseClock::until(case.submitted_at, case.accept_by);
    match (case.ended_at, case.status) {
        // The clock only stopped if the end does not lie before the beginning.
        (Some(end), _) => drop(clock.finish(end, calendar)),
        (None, Status::AwaitingSupplement) => {
            let asked = case.supplements.last().map(|asked| asked.requested_at);
            return held(words, asked);
        }
        (None, _) => {}
    }
    shown(words, &clock.reading(now, calendar, thresholds), None)
}

/// The clock of a row of a list. Without the whole dossier "soon" is known only by the time
/// left, not by its share of the time allowed; where the dossier is at hand, [`view`] it.
#[must_use]
pub fn of_row(
    words: &Words,
    row: Row,
    now: Instant,
    calendar: &Calendar,
    thresholds: &Thresholds,
) -> ClockView {
    if row.paused {
        return held(words, Some(row.since));
    }
    let clock = CaseClock::until(row.since.min(row.due), row.due);
    let by_time = Thresholds { soon_percent: 0, ..*thresholds };
    shown(words, &clock.reading(now, calendar, &by_time), None)
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
