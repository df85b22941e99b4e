//! What a clock says, the same to everyone.

use kernel::{Instant, today};
use serde::{Deserialize, Serialize};

use crate::{Calendar, CaseClock, WorkingTime};

/// What a clock says at one instant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reading {
    /// How the case stands.
    pub state: State,
    /// How far it is from its due time.
    pub margin: Margin,
    /// When it is due.
    pub due: Instant,
}

/// How a case stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// There is time (green).
    Ok,
    /// Little time is left (amber).
    Soon,
    /// The due time has passed (red).
    Late,
    /// The clock is held.
    Hold,
    /// The clock was stopped.
    Done(Timeliness),
}

/// How timely a result was.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Timeliness {
    /// Before the day on which it was due (trước hạn).
    Early,
    /// On that day, not after the due time (đúng hạn).
    OnTime,
    /// After the due time (quá hạn).
    Late,
}

/// Working time on this or that side of the due time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Margin {
    /// So much is left; of a clock that is held: will be left when it runs on.
    Left(WorkingTime),
    /// The due time has passed by so much (by none where nobody has worked since).
    Over(WorkingTime),
}

/// From when on little time is left; a setting of the province.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Thresholds {
    /// At most so many hundredths of the time allowed, …
    pub soon_percent: u8,
    /// … or at most so much working time.
    pub soon_time: WorkingTime,
}

impl Default for Thresholds {
    /// 20 hundredths, or 4 working hours.
    fn default() -> Self {
        Self { soon_percent: 20, soon_time: WorkingTime::hours(4) }
    }
}

impl CaseClock {
    /// What the clock says at `now`.
    #[must_use]
    pub fn reading(&self, now: Instant, calendar: &Calendar, thresholds: &Thresholds) -> Reading {
        let due = self.due();
        let held = self.paused().map(|pause| pause.from);
        // A clock that stands shows what it showed when it was stopped or held.
        let shown = self.finished().or(held).unwrap_or(now);
        let margin = if shown > due {
            Margin::Over(calendar.elapsed(due, shown))
        } else {
            Margin::Left(calendar.elapsed(shown, due))
        };
        let state = match (self.finished(), held, margin) {
            (Some(end), ..) => State::Done(timeliness(end, self.missed().unwrap_or(due))),
            (None, Some(_), _) => State::Hold,
            (None, None, Margin::Over(_)) => State::Late,
            (None, None, Margin::Left(left)) => {
                if left <= self.little(calendar, thresholds) {
                    State::Soon
                } else {
                    State::Ok
                }
            }
        };
        Reading { state, margin, due }
    }

    /// From when on a running clock says [`State::Soon`], so that a list can be sorted and
    /// counted by state without reading every clock. It moves where the due time moves.
    #[must_use]
    pub fn soon_at(&self, calendar: &Calendar, thresholds: &Thresholds) -> Instant {
        let soon = calendar.before(self.due(), self.little(calendar, thresholds));
        soon.max(self.started())
    }

    /// The working time that counts as little of what this clock allows.
    fn little(&self, calendar: &Calendar, thresholds: &Thresholds) -> WorkingTime {
        let share = self.allowed(calendar).percent(thresholds.soon_percent);
        share.max(thresholds.soon_time)
    }
}

/// How timely an end is: early before the due day, on time until the due time, then late.
pub(crate) fn timeliness(end: Instant, due: Instant) -> Timeliness {
    if end > due {
        Timeliness::Late
    } else if today(end) < today(due) {
        Timeliness::Early
    } else {
        Timeliness::OnTime
    }
}
