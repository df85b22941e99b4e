//! The calendar of an agency: what is working time, and when a time allowed is over.

use jiff::civil::{Date, Time, Weekday};
use kernel::Instant;

use crate::{Allowance, Holidays, Session, WorkingTime, WorkingWeek, day};

/// The years that a calendar covers, the last one included.
const YEARS: std::ops::RangeInclusive<i16> = 2010..=2060;
/// Stands for a day of rest among the days of the week, of which Monday is 0.
const REST: u8 = 7;

/// Working time from 1 January 2010 to 31 December 2060, laid out so that a deadline is one
/// binary search and an elapsed time two look-ups, without allocation.
///
/// Before its first day and after its last no time passes: an earlier instant counts as the
/// first, a later one as the last, and a deadline beyond ends with the last day of work, but
/// never before it began. Parts of a second do not count.
#[derive(Debug, Clone)]
pub struct Calendar {
    /// Sessions of each day of the week, Monday first, and of a day of rest.
    sessions: [Vec<Session>; 8],
    /// Number of the first day.
    first: i64,
    /// For each day, which of `sessions` it has.
    kinds: Vec<u8>,
    /// For each day, seconds of work before it; and, one more, those before the end.
    before: Vec<u32>,
}

impl Default for Calendar {
    /// The usual working week and the public holidays.
    fn default() -> Self {
        Self::new(&WorkingWeek::default(), &Holidays::default())
    }
}

impl Calendar {
    /// The calendar of an agency with these hours. A make-up day has the hours of a Friday.
    #[must_use]
    pub fn new(week: &WorkingWeek, holidays: &Holidays) -> Self {
        let first = day::number(Date::constant(*YEARS.start(), 1, 1));
        let end = day::number(Date::constant(*YEARS.end(), 12, 31)) + 1;
        let index = |date: Date| usize::try_from(day::number(date) - first).ok();
        let mut kinds: Vec<u8> =
            (first..end).map(|n| monday_zero(day::date(n).weekday())).collect();
        let mut set = |date: Date, kind: u8| {
            if let Some(slot) = index(date).and_then(|i| kinds.get_mut(i)) {
                *slot = kind;
            }
        };
        for year in YEARS {
            holidays.of(year).iter().for_each(|holiday| set(holiday.date, REST));
            let friday = monday_zero(Weekday::Friday);
            holidays.make_up_days(year).into_iter().for_each(|date| set(date, friday));
        }
        let mut sessions: [Vec<Session>; 8] = Default::default();
        for weekday in Weekday::Monday.cycle_forward().take(7) {
            sessions[usize::from(monday_zero(weekday))] = week.sessions(weekday).to_vec();
        }
        let mut before = Vec::with_capacity(kinds.len() + 1);
        let mut sum = 0;
        before.push(sum);
        for kind in &kinds {
            sum += worked(&sessions[usize::from(*kind)], u32::MAX);
            before.push(sum);
        }
        Self { sessions, first, kinds, before }
    }

    /// The instant by which what began at `start` must be done, in whole minutes (rounded up,
    /// since that is how it is printed on the receipt).
    ///
    /// Minutes, hours and days of working time are counted through the working hours, a working
    /// day as 8 hours: received at 10:00, due at 10:00. Days and months of the calendar follow
    /// the Civil Code (91/2015/QH13): the first day is not counted (article 147.2); a month ends
    /// on the same day of the month, or on its last (148.4); a last day that is a day of rest
    /// gives way to the next working day (148.5). Since the desk must still be open, they end
    /// with the work of that day, not at midnight (148.6).
    #[must_use]
    pub fn deadline(&self, start: Instant, allowance: Allowance) -> Instant {
        let due = match (allowance.working_time(), last_day(start, allowance)) {
            (Some(time), _) => self.add(start, time),
            (None, Some(last)) => self.closing_of(last),
            (None, None) => self.end(),
        };
        whole_minute(due.max(start))
    }

    /// When that much working time after `start` has passed; `start` itself for none. What ends
    /// with a session ends there and not at the beginning of the next.
    #[must_use]
    pub fn add(&self, start: Instant, time: WorkingTime) -> Instant {
        if time.is_zero() {
            return start;
        }
        let position = (WorkingTime::seconds(self.position(start).into()) + time).as_seconds();
        self.instant_at(u32::try_from(position).unwrap_or(u32::MAX)).max(start)
    }

    /// The earliest instant from which only that much working time is left until `end`; `end`
    /// itself for none.
    #[must_use]
    pub fn before(&self, end: Instant, time: WorkingTime) -> Instant {
        if time.is_zero() {
            return end;
        }
        let position = WorkingTime::seconds(self.position(end).into()) - time;
        self.instant_at(u32::try_from(position.as_seconds()).unwrap_or(0)).min(end)
    }

    /// The working time from one instant to a later one; none where it is earlier.
    #[must_use]
    pub fn elapsed(&self, from: Instant, to: Instant) -> WorkingTime {
        WorkingTime::seconds(self.position(to).saturating_sub(self.position(from)).into())
    }

    /// When the result of a same-day procedure is due: with the end of work on the day on which
    /// it was received, or on the next working day where that was after `cutoff` (commonly
    /// 15:00), after work, or on a day of rest.
    #[must_use]
    pub fn same_day(&self, start: Instant, cutoff: Time) -> Instant {
        let (today, _) = day::split(start);
        let closing = self.closing_of(today);
        let in_time = kernel::local(start).time() <= cutoff && start < closing;
        if self.is_working(today) && in_time {
            closing
        } else {
            self.closing_of(today.saturating_add(1)).max(start)
        }
    }

    /// The end of work on a day, or on the next working day where it is a day of rest.
    #[must_use]
    pub fn closing(&self, date: Date) -> Instant {
        self.closing_of(day::number(date))
    }

    /// `at` where it is working time, otherwise the beginning of the next session.
    #[must_use]
    pub fn next_working(&self, at: Instant) -> Instant {
        // Where the next second of work ends, a second after it begins.
        let end = self.instant_at(self.position(at) + 1);
        let (number, second) = day::split(end);
        day::join(number, second.saturating_sub(1)).max(at)
    }

    /// Whether people are at work at that instant.
    #[must_use]
    pub fn is_working_at(&self, at: Instant) -> bool {
        let (number, second) = day::split(at);
        self.sessions_of(number).iter().any(|s| (s.from()..s.to()).contains(&second))
    }

    /// Whether there is work on that day.
    #[must_use]
    pub fn is_working_day(&self, date: Date) -> bool {
        self.is_working(day::number(date))
    }

    /// The end of the last day of work that the calendar knows.
    fn end(&self) -> Instant {
        self.instant_at(u32::MAX)
    }

    fn index(&self, number: i64) -> Option<usize> {
        usize::try_from(number - self.first).ok().filter(|i| *i < self.kinds.len())
    }

    fn sessions_of(&self, number: i64) -> &[Session] {
        let kind = self.index(number).map_or(REST, |i| self.kinds[i]);
        &self.sessions[usize::from(kind)]
    }

    fn is_working(&self, number: i64) -> bool {
        !self.sessions_of(number).is_empty()
    }

    /// The end of work on the day of that number or on the next working day.
    pub(crate) fn closing_of(&self, number: i64) -> Instant {
        let end = self.first + self.kinds.len() as i64;
        (number.max(self.first)..end)
            .find_map(|n| self.sessions_of(n).last().map(|s| day::join(n, s.to())))
            .unwrap_or_else(|| self.end())
    }

    /// Seconds of work from the first day of the calendar to the instant.
    fn position(&self, at: Instant) -> u32 {
        let (number, second) = day::split(at);
        match self.index(number) {
            Some(i) => self.before[i] + worked(&self.sessions[usize::from(self.kinds[i])], second),
            None if number < self.first => 0,
            None => self.before[self.kinds.len()],
        }
    }

    /// The earliest instant with so many seconds of work before it, within the calendar.
    fn instant_at(&self, position: u32) -> Instant {
        let position = position.clamp(1, self.before[self.kinds.len()]);
        let i = self.before.partition_point(|before| *before < position) - 1;
        let mut left = position - self.before[i];
        let number = self.first + i as i64;
        for session in self.sessions_of(number) {
            let length = session.to() - session.from();
            if left <= length {
                return day::join(number, session.from() + left);
            }
            left -= length;
        }
        unreachable!("a day holds the seconds of work between its bounds")
    }
}

/// Number of the last day of an allowance in days or months of the calendar, before it gives way
/// to a working day; `None` where it is an allowance of working time, or beyond all calendars.
pub(crate) fn last_day(start: Instant, allowance: Allowance) -> Option<i64> {
    let (today, _) = day::split(start);
    match allowance {
        Allowance::CalendarDays(days) => Some(today + i64::from(days)),
        Allowance::Months(months) => {
            let months = i32::try_from(months).ok()?;
            // A span of months beyond the range of the span type is beyond the calendar too.
            let span = jiff::Span::new().try_months(months).ok()?;
            day::date(today).checked_add(span).ok().map(day::number)
        }
        _ => None,
    }
}

/// The instant itself, or the next whole minute.
pub(crate) fn whole_minute(at: Instant) -> Instant {
    const MINUTE: i64 = 60_000_000;
    let micros = kernel::micros(at);
    kernel::from_micros(micros.saturating_add((-micros).rem_euclid(MINUTE)))
}

/// Seconds of work before that second of the day.
fn worked(sessions: &[Session], second: u32) -> u32 {
    sessions.iter().map(|s| second.min(s.to()).saturating_sub(s.from())).sum()
}

fn monday_zero(weekday: Weekday) -> u8 {
    weekday.to_monday_zero_offset().unsigned_abs()
}
