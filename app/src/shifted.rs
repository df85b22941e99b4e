//! A clock that runs at some distance from the machine's: to look at a demonstration as it will
//! be next week.

use jiff::SignedDuration;
use kernel::{Clock, Instant, SystemClock, from_micros, micros};

/// The machine's clock, shifted.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Shifted(SignedDuration);

impl Shifted {
    /// A clock that shows `at` now and goes on from there.
    pub(crate) fn showing(at: Instant) -> Self {
        Self(at.duration_since(SystemClock.now()))
    }
}

impl Clock for Shifted {
    fn now(&self) -> Instant {
        let shifted = SystemClock.now().checked_add(self.0);
        shifted.map_or(Instant::MAX, |at| from_micros(micros(at)))
    }
}
