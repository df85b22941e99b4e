//! How a dossier counts once it is over. From then on it counts alike in every period, so that
//! it can be counted once and for all.

use calendar::Calendar;
use casework::Status;
use kernel::Instant;

use super::{Evidence, Standing, Verdict, judge, standing};

/// Why the two counts differ about a dossier.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reason {
    /// Asked for a supplement more than once: always overdue by the index.
    AskedAgain,
    /// Stopped or withdrawn: the index counts it as dealt with, the desk does not.
    Stopped,
    /// The clock stands: the index counts it, the desk waits.
    Paused,
}

impl Reason {
    /// Every reason, in the order of the page.
    pub const ALL: [Self; 3] = [Self::AskedAgain, Self::Stopped, Self::Paused];

    /// Its word in addresses and texts.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::AskedAgain => "asked_again",
            Self::Stopped => "stopped",
            Self::Paused => "paused",
        }
    }
}

/// How a dossier that was taken on and is over counts, by both counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Ending {
    /// Done before the day of the promise.
    Early,
    /// Done on that day, in time.
    OnTime,
    /// Done too late.
    Late,
    /// Stopped or withdrawn, in time.
    Stopped,
    /// Done early by its clock; asked for a supplement again, so overdue by the index.
    EarlyAskedAgain,
    /// Done on time by its clock; asked for a supplement again, so overdue by the index.
    OnTimeAskedAgain,
    /// Stopped or withdrawn, overdue by the index.
    StoppedLate,
}

impl Ending {
    /// Every ending.
    pub const ALL: [Self; 7] = [
        Self::Early,
        Self::OnTime,
        Self::Late,
        Self::Stopped,
        Self::EarlyAskedAgain,
        Self::OnTimeAskedAgain,
        Self::StoppedLate,
    ];

    /// Its word in the store.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Early => "early",
            Self::OnTime => "on_time",
            Self::Late => "late",
            Self::Stopped => "stopped",
            Self::EarlyAskedAgain => "early_asked_again",
            Self::OnTimeAskedAgain => "on_time_asked_again",
            Self::StoppedLate => "stopped_late",
        }
    }

    /// The ending of a word.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|ending| ending.word() == word)
    }

    /// How a dossier counts that was taken on at `accepted` and was over at `ended`, after so
    /// many requests for a supplement. It is judged by the same rules as one that is judged by
    /// itself.
    #[must_use]
    pub fn of(
        status: Status,
        accepted: Instant,
        due: Option<Instant>,
        ended: Instant,
        requests: usize,
        calendar: &Calendar,
    ) -> Self {
        let evidence = Evidence {
            received: accepted,
            due,
            statutory: None,
            finished: Some(ended),
            returned: None,
            stopped: None,
            requests: vec![(accepted, Some(accepted)); requests],
        };
        let verdict = judge(&evidence, ended, calendar).verdict;
        let in_time = verdict == Verdict::DoneOnTime;
        match (standing(status, due, Some(ended), &[], ended), in_time) {
            (Standing::Early, true) => Self::Early,
            (Standing::Early, false) => Self::EarlyAskedAgain,
            (Standing::OnTime, true) => Self::OnTime,
            (Standing::OnTime, false) => Self::OnTimeAskedAgain,
            (Standing::Stopped, true) => Self::Stopped,
            (Standing::Stopped, false) => Self::StoppedLate,
            _ => Self::Late,
        }
    }

    /// How it stands in the desk's count.
    #[must_use]
    pub const fn standing(self) -> Standing {
        match self {
            Self::Early | Self::EarlyAskedAgain => Standing::Early,
            Self::OnTime | Self::OnTimeAskedAgain => Standing::OnTime,
            Self::Late => Standing::Late,
            Self::Stopped | Self::StoppedLate => Standing::Stopped,
        }
    }

    /// On which side of item 2.1 it counts.
    #[must_use]
    pub const fn verdict(self) -> Verdict {
        match self {
            Self::Early | Self::OnTime | Self::Stopped => Verdict::DoneOnTime,
            Self::Late | Self::EarlyAskedAgain | Self::OnTimeAskedAgain | Self::StoppedLate => {
                Verdict::DoneLate
            }
        }
    }

    /// Why the two counts differ about it, where they do.
    #[must_use]
    pub const fn differs(self) -> Option<Reason> {
        match self {
            Self::EarlyAskedAgain | Self::OnTimeAskedAgain => Some(Reason::AskedAgain),
            Self::Stopped | Self::StoppedLate => Some(Reason::Stopped),
            Self::Early | Self::OnTime | Self::Late => None,
        }
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
    fn an_ending_says_what_both_counts_say() {
        let (accepted, due) = (at("02T08:00"), Some(at("05T17:00")));
        let of = |status, end: &str, requests| {
            Ending::of(status, accepted, due, at(end), requests, &Calendar::default())
        };
        assert_eq!(of(Status::Finished, "04T17:00", 1), Ending::Early);
        assert_eq!(of(Status::Returned, "05T17:00", 0), Ending::OnTime);
        assert_eq!(of(Status::Finished, "05T17:01", 0), Ending::Late);
        assert_eq!(of(Status::Finished, "05T17:01", 2), Ending::Late);
        assert_eq!(of(Status::Finished, "04T17:00", 2), Ending::EarlyAskedAgain);
        assert_eq!(of(Status::Finished, "05T09:00", 2), Ending::OnTimeAskedAgain);
        assert_eq!(of(Status::Withdrawn, "03T08:00", 0), Ending::Stopped);
        assert_eq!(of(Status::Discontinued, "09T08:00", 1), Ending::StoppedLate);
    }

    #[test]
    fn the_words_are_read_back() {
        for ending in Ending::ALL {
            assert_eq!(Ending::from_word(ending.word()), Some(ending));
        }
    }
}
