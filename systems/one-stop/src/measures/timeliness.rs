//! Item 2.1 of the index of Decision 766/QĐ-TTg (23/06/2022): dossiers dealt with before or on
//! time, as the published text counts them.

use calendar::{Allowance, Calendar, WorkingTime};
use kernel::Instant;

/// Most points that item 2.1 gives.
const POINTS_MAX: u64 = 20;

/// What item 2.1 looks at in a dossier.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Evidence {
    /// When it was received (NgayTiepNhan).
    pub received: Instant,
    /// The appointment (NgayHenTra), where there is one.
    pub due: Option<Instant>,
    /// The time that the law allows, used where there is no appointment.
    pub statutory: Option<Allowance>,
    /// When the work was finished (đã xử lý xong).
    pub finished: Option<Instant>,
    /// When the result was returned (đã trả kết quả).
    pub returned: Option<Instant>,
    /// When it was stopped, declined or withdrawn.
    pub stopped: Option<Instant>,
    /// Requests for a supplement: when asked, and when completed.
    pub requests: Vec<(Instant, Option<Instant>)>,
}

/// On which side a dossier counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verdict {
    /// Done, before or on time.
    DoneOnTime,
    /// In progress, and within its time.
    OpenInTime,
    /// Done too late.
    DoneLate,
    /// In progress, and past its time.
    OpenLate,
}

impl Verdict {
    /// Every verdict, in the order of the page.
    pub const ALL: [Self; 4] = [Self::DoneOnTime, Self::OpenInTime, Self::DoneLate, Self::OpenLate];

    /// Its word in addresses and texts.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::DoneOnTime => "done_on_time",
            Self::OpenInTime => "open_in_time",
            Self::DoneLate => "done_late",
            Self::OpenLate => "open_late",
        }
    }

    /// Whether it counts for the numerator.
    #[must_use]
    pub const fn is_good(self) -> bool {
        matches!(self, Self::DoneOnTime | Self::OpenInTime)
    }
}

/// Which sentence of the rule decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Why {
    /// The end was compared with the appointment.
    Appointment,
    /// There is no appointment: the time taken, without the supplement, was compared with what
    /// the law allows.
    Statutory,
    /// It is not finished: the end of the period stands for its end.
    EndOfPeriod,
    /// It awaits its one supplement: the moment of the request stands for its end.
    AwaitsSupplement,
    /// A supplement was asked for more than once, which always counts as overdue.
    AskedAgain,
    /// There is neither an appointment nor a statutory time to be in time by.
    NoLimit,
}

impl Why {
    /// Its word in texts.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Appointment => "appointment",
            Self::Statutory => "statutory",
            Self::EndOfPeriod => "end_of_period",
            Self::AwaitsSupplement => "awaits_supplement",
            Self::AskedAgain => "asked_again",
            Self::NoLimit => "no_limit",
        }
    }
}

/// How a dossier counts, and why.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Judged {
    /// On which side.
    pub verdict: Verdict,
    /// By which sentence.
    pub why: Why,
    /// The end that was used.
    pub end: Instant,
}

/// How a dossier counts at `as_of`, the end of the period (or now, while the period runs). What
/// happened later is not known yet.
#[must_use]
pub fn judge(of: &Evidence, as_of: Instant, calendar: &Calendar) -> Judged {
    let known = |at: &Instant| *at <= as_of;
    let done = [of.finished, of.returned, of.stopped].into_iter().flatten().find(known);
    let requests: Vec<_> = of.requests.iter().filter(|(asked, _)| known(asked)).collect();
    let awaited = requests.last().filter(|(_, came)| !came.is_some_and(|came| known(&came)));
    let (end, sentence) = match (done, awaited) {
        (Some(done), _) => (done, None),
        (None, Some((asked, _))) => (*asked, Some(Why::AwaitsSupplement)),
        (None, None) => (as_of, Some(Why::EndOfPeriod)),
    };
    let (in_time, why) = match (requests.len(), of.due, of.statutory) {
        (2.., ..) => (false, Why::AskedAgain),
        (_, Some(due), _) => (end <= due, sentence.unwrap_or(Why::Appointment)),
        (_, None, Some(limit)) => {
            let in_time = within(of, limit, end, calendar);
            (in_time, sentence.unwrap_or(Why::Statutory))
        }
        (_, None, None) => (false, Why::NoLimit),
    };
    let verdict = match (done.is_some(), in_time) {
        (true, true) => Verdict::DoneOnTime,
        (true, false) => Verdict::DoneLate,
        (false, true) => Verdict::OpenInTime,
        (false, false) => Verdict::OpenLate,
    };
    Judged { verdict, why, end }
}

/// (end − received − supplement) ≤ what the law allows, in the unit of the law.
fn within(of: &Evidence, limit: Allowance, end: Instant, calendar: &Calendar) -> bool {
    let pauses = of.requests.iter().map(|(from, to)| (*from, to.unwrap_or(end).min(end)));
    let pauses = pauses.filter(|(from, to)| from < to);
    match limit.working_time() {
        Some(allowed) => {
            let paused: WorkingTime = pauses.map(|(from, to)| calendar.elapsed(from, to)).sum();
            calendar.elapsed(of.received, end) - paused <= allowed
        }
        None => {
            let seconds: i64 = pauses.map(|(from, to)| to.duration_since(from).as_secs()).sum();
            let due = calendar.deadline(of.received, limit);
            end.as_second() - seconds <= due.as_second()
        }
    }
}

/// Dossiers of a period, counted as item 2.1 does.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct IndexCount {
    /// Done, before or on time.
    pub done_on_time: u64,
    /// In progress, and within their time.
    pub open_in_time: u64,
    /// Done too late.
    pub done_late: u64,
    /// In progress, and past their time.
    pub open_late: u64,
}

impl IndexCount {
    /// Counts `n` more.
    pub const fn add(&mut self, verdict: Verdict, n: u64) {
        match verdict {
            Verdict::DoneOnTime => self.done_on_time += n,
            Verdict::OpenInTime => self.open_in_time += n,
            Verdict::DoneLate => self.done_late += n,
            Verdict::OpenLate => self.open_late += n,
        }
    }

    /// How many count on that side.
    #[must_use]
    pub const fn of(&self, verdict: Verdict) -> u64 {
        match verdict {
            Verdict::DoneOnTime => self.done_on_time,
            Verdict::OpenInTime => self.open_in_time,
            Verdict::DoneLate => self.done_late,
            Verdict::OpenLate => self.open_late,
        }
    }

    /// The numerator.
    #[must_use]
    pub const fn good(&self) -> u64 {
        self.done_on_time + self.open_in_time
    }

    /// The denominator: received or processed in the period.
    #[must_use]
    pub const fn all(&self) -> u64 {
        self.good() + self.done_late + self.open_late
    }

    /// The ratio in hundredths of a percent (8842 is 88,42%), rounded as it is published; none
    /// where there are no dossiers.
    #[must_use]
    pub const fn ratio(&self) -> Option<u64> {
        rounded(self.good(), self.all(), 100 * 100)
    }

    /// The points in hundredths (1768 is 17,68 of 20), rounded as they are published; none where
    /// there are no dossiers.
    #[must_use]
    pub const fn points(&self) -> Option<u64> {
        rounded(self.good(), self.all(), POINTS_MAX * 100)
    }
}

/// `scale · part / whole`, rounded half up; whole numbers, so that no published figure is missed
/// by the last bit of a float.
const fn rounded(part: u64, whole: u64, scale: u64) -> Option<u64> {
    if whole == 0 { None } else { Some((2 * scale * part + whole) / (2 * whole)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Instant {
        let at: jiff::civil::DateTime = format!("2026-{text}:00").parse().unwrap();
        kernel::from_local(at)
    }

    /// Received on Monday 2 November 08:00, promised for Thursday 5 November 17:00.
    fn dossier() -> Evidence {
        Evidence {
            received: at("11-02T08:00"),
            due: Some(at("11-05T17:00")),
            statutory: None,
            finished: None,
            returned: None,
            stopped: None,
            requests: Vec::new(),
        }
    }

    fn check(change: impl FnOnce(&mut Evidence), as_of: &str) -> (Verdict, Why) {
        let mut evidence = dossier();
        change(&mut evidence);
        let judged = judge(&evidence, at(as_of), &Calendar::default());
        (judged.verdict, judged.why)
    }

    #[test]
    fn the_end_is_compared_with_the_appointment() {
        let until = |end: &'static str| check(|e| e.finished = Some(at(end)), "11-30T23:59");
        assert_eq!(until("11-05T17:00"), (Verdict::DoneOnTime, Why::Appointment));
        assert_eq!(until("11-05T17:01"), (Verdict::DoneLate, Why::Appointment));
    }

    #[test]
    fn finished_comes_before_returned_and_returned_before_stopped() {
        let late_return = |e: &mut Evidence| {
            e.finished = Some(at("11-04T10:00"));
            e.returned = Some(at("11-20T10:00"));
        };
        assert_eq!(check(late_return, "11-30T23:59").0, Verdict::DoneOnTime);
        let only_returned = |e: &mut Evidence| e.returned = Some(at("11-20T10:00"));
        assert_eq!(check(only_returned, "11-30T23:59").0, Verdict::DoneLate);
        let withdrawn = |e: &mut Evidence| e.stopped = Some(at("11-03T10:00"));
        assert_eq!(check(withdrawn, "11-30T23:59").0, Verdict::DoneOnTime);
    }

    #[test]
    fn what_is_not_finished_ends_with_the_period() {
        assert_eq!(check(|_| (), "11-04T12:00"), (Verdict::OpenInTime, Why::EndOfPeriod));
        assert_eq!(check(|_| (), "11-30T23:59"), (Verdict::OpenLate, Why::EndOfPeriod));
        let later = |e: &mut Evidence| e.finished = Some(at("12-02T10:00"));
        assert_eq!(check(later, "11-30T23:59").0, Verdict::OpenLate, "December is not known yet");
    }

    #[test]
    fn awaiting_the_one_supplement_ends_with_the_request() {
        let asked =
            |day: &'static str| check(move |e| e.requests = vec![(at(day), None)], "11-30T23:59");
        assert_eq!(asked("11-04T09:00"), (Verdict::OpenInTime, Why::AwaitsSupplement));
        assert_eq!(asked("11-09T09:00"), (Verdict::OpenLate, Why::AwaitsSupplement));
    }

    #[test]
    fn asking_twice_is_overdue_however_early_it_ended() {
        let twice = |e: &mut Evidence| {
            e.requests =
                vec![(at("11-02T09:00"), Some(at("11-02T10:00"))), (at("11-02T11:00"), None)];
            e.finished = Some(at("11-03T10:00"));
        };
        assert_eq!(check(twice, "11-30T23:59"), (Verdict::DoneLate, Why::AskedAgain));
        assert_eq!(check(twice, "11-02T10:30").0, Verdict::OpenInTime, "not asked again yet");
    }

    #[test]
    fn without_an_appointment_the_law_decides_and_the_supplement_is_taken_off() {
        let days = |limit: &'static str, finished: &'static str| {
            check(
                move |e| {
                    e.due = None;
                    e.statutory = Some(limit.parse().unwrap());
                    e.requests = vec![(at("11-03T08:00"), Some(at("11-05T08:00")))];
                    e.finished = Some(at(finished));
                },
                "11-30T23:59",
            )
        };
        // 2, 3, 4, 5, 6 November are five working days, of which two were the applicant's.
        assert_eq!(days("3 working_days", "11-06T16:59"), (Verdict::DoneOnTime, Why::Statutory));
        assert_eq!(days("2 working_days", "11-06T16:59"), (Verdict::DoneLate, Why::Statutory));
        assert_eq!(days("7 calendar_days", "11-11T16:00").0, Verdict::DoneOnTime);
        assert_eq!(days("7 calendar_days", "11-12T16:00").0, Verdict::DoneLate);
        assert_eq!(check(|e| e.due = None, "11-03T10:00"), (Verdict::OpenLate, Why::NoLimit));
    }

    #[test]
    fn nothing_is_not_everything() {
        assert_eq!(IndexCount::default().ratio(), None);
        assert_eq!(IndexCount::default().points(), None);
        let one = IndexCount { done_on_time: 1, ..IndexCount::default() };
        assert_eq!((one.ratio(), one.points()), (Some(10_000), Some(2_000)));
    }
}
