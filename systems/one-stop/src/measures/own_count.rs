//! The desk's own count: what was received and carried over, and how it stands.

use calendar::Timeliness;
use casework::Status;
use kernel::{Instant, today};

/// How a dossier stands at the end of a period.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Standing {
    /// Done before the day of the promise.
    Early,
    /// Done on that day, not after the promised time.
    OnTime,
    /// Done after the promised time.
    Late,
    /// Stopped by the agency or taken back by the applicant.
    Stopped,
    /// In hand, within its time.
    Running,
    /// In hand, past its time.
    RunningLate,
    /// In hand; the clock stands, for the applicant or on a legal ground.
    Paused,
}

impl Standing {
    /// Every standing, in the order of the page.
    pub const ALL: [Self; 7] = [
        Self::Early,
        Self::OnTime,
        Self::Late,
        Self::Running,
        Self::RunningLate,
        Self::Paused,
        Self::Stopped,
    ];

    /// Its word in addresses and texts.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Early => "early",
            Self::OnTime => "on_time",
            Self::Late => "late",
            Self::Stopped => "stopped",
            Self::Running => "running",
            Self::RunningLate => "running_late",
            Self::Paused => "paused",
        }
    }
}

/// How a dossier that was taken on stands at `as_of`. `due` has moved with every pause.
#[must_use]
pub fn standing(
    status: Status,
    due: Option<Instant>,
    ended: Option<Instant>,
    pauses: &[(Instant, Option<Instant>)],
    as_of: Instant,
) -> Standing {
    let Some(end) = ended.filter(|end| *end <= as_of) else {
        let paused = |(from, to): &(Instant, Option<Instant>)| {
            *from <= as_of && to.is_none_or(|to| to > as_of)
        };
        return match due {
            _ if pauses.iter().any(paused) => Standing::Paused,
            Some(due) if as_of > due => Standing::RunningLate,
            _ => Standing::Running,
        };
    };
    if matches!(status, Status::Discontinued | Status::Withdrawn | Status::Declined) {
        return Standing::Stopped;
    }
    match due.map_or(Timeliness::OnTime, |due| timeliness(end, due)) {
        Timeliness::Early => Standing::Early,
        Timeliness::OnTime => Standing::OnTime,
        Timeliness::Late => Standing::Late,
    }
}

fn timeliness(end: Instant, due: Instant) -> Timeliness {
    if end > due {
        Timeliness::Late
    } else if today(end) < today(due) {
        Timeliness::Early
    } else {
        Timeliness::OnTime
    }
}

/// Dossiers of a period, counted as the desk does.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct OwnCount {
    /// Taken on in the period.
    pub received: u64,
    /// Taken on before it, and not ended before it.
    pub carried_over: u64,
    standings: [u64; Standing::ALL.len()],
}

impl OwnCount {
    /// Counts one more.
    pub fn add(&mut self, received_in_period: bool, standing: Standing) {
        if received_in_period {
            self.received += 1;
        } else {
            self.carried_over += 1;
        }
        self.stand(standing, 1);
    }

    /// Counts where `n` more stand, which were counted as received or carried over already.
    pub const fn stand(&mut self, standing: Standing, n: u64) {
        self.standings[standing as usize] += n;
    }

    /// How many stand so.
    #[must_use]
    pub const fn of(&self, standing: Standing) -> u64 {
        self.standings[standing as usize]
    }

    /// All of them.
    #[must_use]
    pub const fn all(&self) -> u64 {
        self.received + self.carried_over
    }

    /// Done with a result: early, on time and late together.
    #[must_use]
    pub const fn done(&self) -> u64 {
        self.of(Standing::Early) + self.of(Standing::OnTime) + self.of(Standing::Late)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Instant {
        let at: jiff::civil::DateTime = format!("2026-11-{text}:00").parse().unwrap();
        kernel::from_local(at)
    }

    #[test]
    fn a_dossier_stands_as_its_clock_says() {
        let due = Some(at("05T17:00"));
        let done = |end: &str| standing(Status::Finished, due, Some(at(end)), &[], at("30T23:00"));
        assert_eq!(done("04T17:00"), Standing::Early);
        assert_eq!(done("05T09:00"), Standing::OnTime);
        assert_eq!(done("05T17:01"), Standing::Late);
        let open = |as_of: &str, pauses: &[(Instant, Option<Instant>)]| {
            standing(Status::InProgress, due, None, pauses, at(as_of))
        };
        assert_eq!(open("05T16:00", &[]), Standing::Running);
        assert_eq!(open("06T08:00", &[]), Standing::RunningLate);
        assert_eq!(open("06T08:00", &[(at("03T08:00"), None)]), Standing::Paused);
        assert_eq!(
            open("06T08:00", &[(at("03T08:00"), Some(at("04T08:00")))]),
            Standing::RunningLate
        );
        let withdrawn = standing(Status::Withdrawn, due, Some(at("06T08:00")), &[], at("30T23:00"));
        assert_eq!(withdrawn, Standing::Stopped);
    }

    #[test]
    fn a_dossier_that_ended_after_the_period_was_in_hand_at_its_end() {
        let due = Some(at("05T17:00"));
        let then = standing(Status::Returned, due, Some(at("09T09:00")), &[], at("04T23:00"));
        assert_eq!(then, Standing::Running);
    }

    #[test]
    fn every_dossier_counts_once() {
        let mut count = OwnCount::default();
        Standing::ALL.iter().for_each(|standing| count.add(true, *standing));
        count.add(false, Standing::Late);
        assert_eq!((count.all(), count.carried_over, count.done()), (8, 1, 4));
        assert_eq!(Standing::ALL.iter().map(|s| count.of(*s)).sum::<u64>(), count.all());
    }
}
