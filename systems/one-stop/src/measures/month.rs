//! A month, in which dossiers that are over are counted.

use std::fmt;

use jiff::{ToSpan, civil::Date};
use kernel::{Instant, from_local, today};

/// A month in Việt Nam. Its text form is `2026-11`, which sorts by time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Month(Date);

impl Month {
    /// The month that holds an instant.
    #[must_use]
    pub fn of(at: Instant) -> Self {
        Self(today(at).first_of_month())
    }

    /// The next one.
    #[must_use]
    pub fn next(self) -> Self {
        Self(self.0.saturating_add(1.month()))
    }

    /// The one before.
    #[must_use]
    pub fn before(self) -> Self {
        Self(self.0.saturating_sub(1.month()))
    }

    /// Its first instant.
    #[must_use]
    pub fn begin(self) -> Instant {
        from_local(self.0.at(0, 0, 0, 0))
    }

    /// The first instant after it.
    #[must_use]
    pub fn end(self) -> Instant {
        self.next().begin()
    }

    /// The months at whose end something was in hand that lasted from `from` until `to`.
    pub fn ends_between(from: Instant, to: Instant) -> impl Iterator<Item = Self> {
        let last = Self::of(to);
        std::iter::successors(Some(Self::of(from)), |month| Some(month.next()))
            .take_while(move |month| *month < last)
    }
}

impl fmt::Display for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}", self.0.year(), self.0.month())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_lasts_over_the_end_of_a_month_was_in_hand_then() {
        let at = |text: &str| -> Instant { text.parse().unwrap() };
        let ends = |from, to| -> Vec<String> {
            Month::ends_between(at(from), at(to)).map(|month| month.to_string()).collect()
        };
        assert!(ends("2026-10-31T17:00:00Z", "2026-11-30T16:59:59Z").is_empty(), "one month");
        assert_eq!(ends("2026-10-31T16:59:59Z", "2026-10-31T17:00:00Z"), ["2026-10"]);
        assert_eq!(
            ends("2025-11-10T02:00:00Z", "2026-02-01T02:00:00Z"),
            ["2025-11", "2025-12", "2026-01"]
        );
    }
}
