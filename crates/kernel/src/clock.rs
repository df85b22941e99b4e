//! Where the time comes from.

use std::sync::atomic::{AtomicI64, Ordering};

use crate::{Instant, from_micros, micros};

/// A source of the present instant. Everything that needs "now" is given one.
pub trait Clock: Send + Sync {
    /// The present instant, to the microsecond.
    fn now(&self) -> Instant;
}

/// The clock of the machine.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "the one place that reads the machine's clock")]
    fn now(&self) -> Instant {
        from_micros(Instant::now().as_microsecond())
    }
}

/// A clock that stands where it was put; for tests and for the generator of history.
#[derive(Debug)]
pub struct FixedClock(AtomicI64);

impl FixedClock {
    /// A clock that stands at `at`.
    #[must_use]
    pub fn at(at: Instant) -> Self {
        Self(AtomicI64::new(micros(at)))
    }

    /// Puts the clock to another instant, forwards or backwards.
    pub fn set(&self, at: Instant) {
        self.0.store(micros(at), Ordering::SeqCst);
    }
}

impl Clock for FixedClock {
    fn now(&self) -> Instant {
        from_micros(self.0.load(Ordering::SeqCst))
    }
}
