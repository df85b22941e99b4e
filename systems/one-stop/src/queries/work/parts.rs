//! The parts of a list of work: by the time left, and by who has to act first.

use casework::Waits;
use jiff::{ToSpan, civil::Weekday};
use kernel::{Instant, from_local, from_micros, today};

use super::WorkRow;

/// Which part of the work is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Part {
    /// Everything.
    #[default]
    All,
    /// Past the promised instant.
    Late,
    /// Due before the day ends.
    Today,
    /// Due before Sunday ends.
    Week,
    /// Due later.
    Later,
    /// The applicant has to act first; the clock stands.
    Others,
    /// Suspended by law; the clock stands.
    Paused,
}

/// How many things wait in each part.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// All.
    pub all: u64,
    /// [`Part::Late`], and so on.
    pub late: u64,
    /// Due today.
    pub today: u64,
    /// Due this week, not today.
    pub week: u64,
    /// Due later.
    pub later: u64,
    /// The applicant has to act first.
    pub others: u64,
    /// Suspended by law.
    pub paused: u64,
}

impl Counts {
    /// How many things wait in a part.
    #[must_use]
    pub const fn of(&self, part: Part) -> u64 {
        match part {
            Part::All => self.all,
            Part::Late => self.late,
            Part::Today => self.today,
            Part::Week => self.week,
            Part::Later => self.later,
            Part::Others => self.others,
            Part::Paused => self.paused,
        }
    }
}

/// Where the parts begin and end at one moment.
#[derive(Debug, Clone, Copy)]
pub struct Bounds {
    pub(super) now: Instant,
    pub(super) tomorrow: Instant,
    /// The beginning of the next week; of tomorrow on a Sunday.
    pub(super) monday: Instant,
}

/// A place in the order of who has to act, and until when.
pub(super) type Edge = (i64, Instant);

impl Bounds {
    /// The bounds as seen at `now`, in the days of Việt Nam.
    #[must_use]
    pub fn at(now: Instant) -> Self {
        let day = today(now);
        let tomorrow = day.saturating_add(1.day());
        // A week ends with Sunday.
        let left = 8 - i64::from(day.weekday().to_monday_one_offset());
        let monday = day.saturating_add(left.days());
        debug_assert_eq!(monday.weekday(), Weekday::Monday);
        let midnight = |day: jiff::civil::Date| from_local(day.at(0, 0, 0, 0));
        Self { now, tomorrow: midnight(tomorrow), monday: midnight(monday) }
    }

    /// The part that a row belongs to.
    #[must_use]
    pub fn part(&self, row: &WorkRow) -> Part {
        match (row.waits, row.due) {
            (Waits::Applicant, _) => Part::Others,
            (Waits::Law, _) => Part::Paused,
            (Waits::Holder, due) if due < self.now => Part::Late,
            (Waits::Holder, due) if due < self.tomorrow => Part::Today,
            (Waits::Holder, due) if due < self.monday => Part::Week,
            (Waits::Holder, _) => Part::Later,
        }
    }

    /// Where a part begins, and before where it ends.
    pub(super) fn edges(&self, part: Part) -> (Edge, Edge) {
        let begin = |waits: Waits| (waits.number(), from_micros(0));
        let holder = |at: Instant| (Waits::Holder.number(), at);
        let end = (Waits::Law.number() + 1, from_micros(0));
        match part {
            Part::All => (begin(Waits::Holder), end),
            Part::Late => (begin(Waits::Holder), holder(self.now)),
            Part::Today => (holder(self.now), holder(self.tomorrow)),
            Part::Week => (holder(self.tomorrow), holder(self.monday)),
            Part::Later => (holder(self.monday), begin(Waits::Applicant)),
            Part::Others => (begin(Waits::Applicant), begin(Waits::Law)),
            Part::Paused => (begin(Waits::Law), end),
        }
    }
}
