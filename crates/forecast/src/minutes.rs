//! Working time as a table of minutes, so that an event of the simulation costs two look-ups.

use calendar::Calendar;
use jiff::{ToSpan, civil::Date};

use crate::Promise;

/// Seconds of a day.
pub(crate) const DAY: u32 = 86_400;
/// Minutes of a day.
const DAY_MINUTES: usize = 1440;
/// Beyond the days of the forecast.
pub(crate) const NEVER: u32 = u32::MAX;

/// The working time of the days of a forecast. Instants are seconds since the beginning of its
/// first day, working time is counted in seconds from there too.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Minutes {
    /// For each minute, working minutes before it; and, one more, those before the end.
    before: Vec<u32>,
    /// For each working minute, which minute it is.
    at: Vec<u32>,
    /// For each day, when its work ends, or that of the next day that has any.
    closing: Vec<u32>,
}

impl Minutes {
    /// The table of a calendar, for so many days.
    pub(crate) fn new(calendar: &Calendar, first: Date, days: usize) -> Self {
        let midnight = kernel::micros(kernel::from_local(first.at(0, 0, 0, 0)));
        let instant = |minute: usize| kernel::from_micros(midnight + minute as i64 * 60_000_000);
        let minutes = 0..days * DAY_MINUTES;
        Self::of(&minutes.map(|m| calendar.is_working_at(instant(m))).collect::<Vec<_>>())
    }

    fn of(worked: &[bool]) -> Self {
        let mut before = Vec::with_capacity(worked.len() + 1);
        let mut at = Vec::new();
        for (minute, works) in worked.iter().enumerate() {
            before.push(at.len() as u32);
            if *works {
                at.push(minute as u32);
            }
        }
        before.push(at.len() as u32);
        let mut closing = vec![NEVER; worked.len() / DAY_MINUTES];
        let mut next = NEVER;
        for (day, slot) in closing.iter_mut().enumerate().rev() {
            let minutes = &worked[day * DAY_MINUTES..(day + 1) * DAY_MINUTES];
            if let Some(last) = minutes.iter().rposition(|works| *works) {
                next = ((day * DAY_MINUTES + last + 1) * 60) as u32;
            }
            *slot = next;
        }
        Self { before, at, closing }
    }

    fn worked(&self) -> Vec<bool> {
        self.before.windows(2).map(|pair| pair[1] > pair[0]).collect()
    }

    /// The same with so many minutes more at the end of each working day, until midnight at most.
    pub(crate) fn with_overtime(&self, minutes: u16) -> Self {
        let mut worked = self.worked();
        for day in worked.chunks_mut(DAY_MINUTES) {
            if let Some(last) = day.iter().rposition(|works| *works) {
                let end = (last + 1 + usize::from(minutes)).min(DAY_MINUTES);
                day[last + 1..end].fill(true);
            }
        }
        Self::of(&worked)
    }

    /// The same with a day of rest more.
    pub(crate) fn without(&self, day: usize) -> Self {
        let mut worked = self.worked();
        if let Some(minutes) = worked.chunks_mut(DAY_MINUTES).nth(day) {
            minutes.fill(false);
        }
        Self::of(&worked)
    }

    /// Seconds of work before an instant of the table.
    pub(crate) fn position(&self, at: u32) -> u32 {
        let minute = ((at / 60) as usize).min(self.before.len() - 1);
        let before = self.before[minute];
        let works = self.before.get(minute + 1).is_some_and(|next| *next > before);
        before * 60 + if works { at % 60 } else { 0 }
    }

    /// The earliest instant with so many seconds of work before it: what ends with a session
    /// ends there, and not at the beginning of the next.
    fn instant(&self, position: u32) -> u32 {
        let Some(last) = position.checked_sub(1) else { return 0 };
        let minute = self.at.get((last / 60) as usize);
        minute.map_or(NEVER, |minute| minute * 60 + last % 60 + 1)
    }

    /// When so much work after an instant has passed; the instant itself for none.
    pub(crate) fn add(&self, at: u32, work: u32) -> u32 {
        if work == 0 { at } else { self.instant(self.position(at).saturating_add(work)) }
    }

    /// Seconds of work in a day, from an instant on.
    pub(crate) fn of_day(&self, day: usize, from: u32) -> u32 {
        let begin = (day as u32 * DAY).max(from);
        let end = (day as u32 + 1) * DAY;
        self.position(end).saturating_sub(self.position(begin.min(end)))
    }

    /// Whether there is work on a day.
    pub(crate) fn is_working_day(&self, day: usize) -> bool {
        self.of_day(day, 0) > 0
    }

    /// The instant at which that part of the working time of a day has passed; of a day of rest,
    /// that part of the day.
    pub(crate) fn within_day(&self, day: usize, part: u32) -> u32 {
        let begin = day as u32 * DAY;
        let share = |whole: u32| ((u64::from(whole) * u64::from(part)) >> 32) as u32;
        match self.of_day(day, 0) {
            0 => begin + share(DAY),
            work => self.instant(self.position(begin) + share(work) + 1) - 1,
        }
    }

    /// When what began at an instant is due, as [`Calendar::deadline`] has it.
    pub(crate) fn due(&self, at: u32, due: &Due) -> u32 {
        let day = (at / DAY) as usize;
        let closing = |day: usize| self.closing.get(day).copied().unwrap_or(NEVER);
        match due {
            Due::Never => NEVER,
            Due::Work(work) => match self.add(at, *work) {
                NEVER => NEVER,
                end => end.div_ceil(60) * 60,
            },
            Due::LastDay(days) => {
                let last = days.get(day).map_or(usize::MAX, |last| *last as usize);
                closing(last).max(at)
            }
            Due::SameDay(cutoff) => {
                let in_time = at % DAY <= *cutoff && at < closing(day);
                let today = self.is_working_day(day) && in_time;
                closing(if today { day } else { day + 1 }).max(at)
            }
        }
    }
}

/// A promise made ready for a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Due {
    /// Nothing was promised.
    Never,
    /// After so many seconds of work.
    Work(u32),
    /// With the work of a day: for each day of coming, the last day.
    LastDay(Vec<u32>),
    /// The same day, where it came until that second of the day.
    SameDay(u32),
}

impl Due {
    /// The promise for those who come on one of so many days.
    pub(crate) fn new(promise: Option<Promise>, first: Date, days: usize) -> Self {
        let of_days = |last: &dyn Fn(Date) -> Option<Date>| {
            let day = |n: usize| first.checked_add((n as i64).days()).ok();
            let index = |date: Date| u32::try_from((date - first).get_days()).unwrap_or(NEVER);
            Self::LastDay((0..days).map(|n| day(n).and_then(last).map_or(NEVER, index)).collect())
        };
        match promise {
            None => Self::Never,
            Some(Promise::SameDay { cutoff }) => {
                let (hour, minute) = (cutoff.hour(), cutoff.minute());
                Self::SameDay(
                    u32::try_from(i32::from(hour) * 3600 + i32::from(minute) * 60).unwrap_or(0),
                )
            }
            Some(Promise::Within(allowance)) => match (allowance.working_time(), allowance) {
                (Some(time), _) => Self::Work(u32::try_from(time.as_seconds()).unwrap_or(NEVER)),
                (None, calendar::Allowance::Months(months)) => {
                    of_days(&|date| date.checked_add(i64::from(months).months()).ok())
                }
                (None, calendar::Allowance::CalendarDays(count)) => {
                    of_days(&|date| date.checked_add(i64::from(count).days()).ok())
                }
                (None, _) => Self::Never,
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::LazyLock;

    use calendar::Allowance;
    use jiff::civil::date;
    use proptest::prelude::*;

    use super::*;

    const DAYS: usize = 60;

    /// The usual calendar and its table, made once.
    static USUAL: LazyLock<(Calendar, Minutes)> = LazyLock::new(|| {
        let calendar = Calendar::default();
        let table = Minutes::new(&calendar, first(), DAYS);
        (calendar, table)
    });

    fn first() -> Date {
        date(2026, 11, 22)
    }

    fn instant(at: u32) -> kernel::Instant {
        let midnight = kernel::micros(kernel::from_local(first().at(0, 0, 0, 0)));
        kernel::from_micros(midnight + i64::from(at) * 1_000_000)
    }

    proptest! {
        /// The table says what the calendar says, to the second.
        #[test]
        fn a_table_is_its_calendar(at in 0..30 * DAY, work in 0..10 * 28_800_u32) {
            let (calendar, table) = &*USUAL;
            let elapsed = calendar.elapsed(instant(0), instant(at)).as_seconds();
            prop_assert_eq!(u64::from(table.position(at)), elapsed);
            let time = calendar::WorkingTime::seconds(work.into());
            prop_assert_eq!(instant(table.add(at, work)), calendar.add(instant(at), time));
        }

        /// A due time in the simulation is the due time on the receipt.
        #[test]
        fn a_table_promises_what_the_calendar_promises(at in 0..20 * DAY, n in 1..20_u32) {
            let (calendar, table) = &*USUAL;
            for allowance in [
                Allowance::WorkingMinutes(n),
                Allowance::WorkingHours(n),
                Allowance::WorkingDays(n),
                Allowance::CalendarDays(n),
                Allowance::Months(1),
            ] {
                let due = Due::new(Some(Promise::Within(allowance)), first(), DAYS);
                let expected = calendar.deadline(instant(at), allowance);
                prop_assert_eq!(instant(table.due(at, &due)), expected, "{}", allowance);
            }
            let cutoff = jiff::civil::time(15, 0, 0, 0);
            let due = Due::new(Some(Promise::SameDay { cutoff }), first(), DAYS);
            prop_assert_eq!(instant(table.due(at, &due)), calendar.same_day(instant(at), cutoff));
        }
    }

    #[test]
    fn overtime_and_holidays_change_the_table() {
        // A Sunday, a Monday, and the holiday of 24 November.
        let table = Minutes::new(&Calendar::default(), first(), 3);
        assert_eq!([0, 1, 2].map(|day| table.of_day(day, 0)), [0, 8 * 3600, 0]);
        assert_eq!(table.with_overtime(90).of_day(1, 0), 9 * 3600 + 1800);
        assert_eq!(table.with_overtime(90).of_day(0, 0), 0);
        assert_eq!(table.without(1).of_day(1, 0), 0);
        assert_eq!(table.add(DAY, 8 * 3600 + 1), NEVER);
        assert_eq!(table.within_day(1, 0), DAY + 7 * 3600 + 1800);
        assert_eq!(table.within_day(0, 1 << 31), DAY / 2);
    }
}
