//! How a rule stands for one scope: quiet or raised, and how many samples in a row say otherwise.
//!
//! It cannot flap: what lies between the two levels changes nothing, and what lies beyond one of
//! them must do so several times in a row. It only goes on with time: a clock that jumped back
//! changes nothing until it has caught up, and a sample that comes too soon after another, from a
//! second process say, is not counted. A figure that is behind, or that is none, is no sample.

use jiff::SignedDuration;
use kernel::Instant;

use super::Band;

/// Samples nearer together than this are one.
pub const SPACING: SignedDuration = SignedDuration::from_secs(10);

/// How a rule stands for one scope.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Watch {
    /// Whether it is raised.
    pub raised: bool,
    /// Samples in a row that would change that.
    pub run: u32,
    /// When the last one was counted.
    pub counted: Option<Instant>,
}

/// What was read, when.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Sample {
    /// When.
    pub at: Instant,
    /// What.
    pub reading: Reading,
}

/// What was read.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Reading {
    /// A value.
    Value(f64),
    /// There is none: nothing was counted, or it would be divided by zero. That is not zero.
    None,
    /// Figures are behind the journal: what they say is old.
    Stale,
}

/// What came of a sample.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// It is raised from now on.
    Raise,
    /// It is over.
    Clear,
}

impl Watch {
    /// How it stands after a sample, and what came of it.
    #[must_use]
    pub fn step(self, band: &Band, samples: u32, sample: &Sample) -> (Self, Option<Verdict>) {
        let Reading::Value(value) = sample.reading else { return (self, None) };
        if !value.is_finite() || !self.counts(sample.at) {
            return (self, None);
        }
        let against = if self.raised { band.clears(value) } else { band.raises(value) };
        let counted = Some(sample.at);
        if !against {
            return (Self { run: 0, counted, ..self }, None);
        }
        let run = self.run + 1;
        if run < samples {
            return (Self { run, counted, ..self }, None);
        }
        let verdict = if self.raised { Verdict::Clear } else { Verdict::Raise };
        (Self { raised: !self.raised, run: 0, counted }, Some(verdict))
    }

    /// Whether a sample of that time is a new one.
    #[must_use]
    pub fn counts(&self, at: Instant) -> bool {
        self.counted.is_none_or(|last| at.duration_since(last) >= SPACING)
    }

    /// Whether the last sample lies in the future: the clock jumped back.
    #[must_use]
    pub fn waits_for_clock(&self, now: Instant) -> bool {
        self.counted.is_some_and(|last| last > now)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn at(second: i64) -> Instant {
        Instant::from_second(1_795_000_000 + second).unwrap()
    }

    fn band() -> Band {
        Band::new(true, 100.0, 80.0).unwrap()
    }

    fn sample(second: i64, value: f64) -> Sample {
        Sample { at: at(second), reading: Reading::Value(value) }
    }

    #[test]
    fn it_is_raised_after_some_samples_in_a_row_and_cleared_likewise() {
        let mut watch = Watch::default();
        let mut said = Vec::new();
        for (n, value) in
            [90.0, 101.0, 99.0, 101.0, 120.0, 85.0, 80.0, 81.0, 79.0, 70.0].iter().enumerate()
        {
            let (next, verdict) = watch.step(&band(), 2, &sample(30 * n as i64, *value));
            watch = next;
            said.extend(verdict.map(|verdict| (n, verdict)));
        }
        assert_eq!(said, [(4, Verdict::Raise), (9, Verdict::Clear)]);
    }

    #[test]
    fn levels_below_work_the_other_way_round() {
        let band = Band::new(false, 90.0, 95.0).unwrap();
        let (raised, verdict) = Watch::default().step(&band, 1, &sample(0, 89.9));
        assert_eq!((raised.raised, verdict), (true, Some(Verdict::Raise)));
        assert_eq!(raised.step(&band, 1, &sample(60, 94.9)).1, None);
        assert_eq!(raised.step(&band, 1, &sample(60, 95.0)).1, Some(Verdict::Clear));
        assert_eq!(Band::new(false, 90.0, 85.0), None);
        assert_eq!(Band::new(true, f64::NAN, 1.0), None);
    }

    fn readings() -> impl Strategy<Value = Reading> {
        prop_oneof![
            6 => (0.0f64..200.0).prop_map(Reading::Value),
            1 => Just(Reading::None),
            1 => Just(Reading::Stale),
            1 => Just(Reading::Value(f64::NAN)),
        ]
    }

    proptest! {
        /// Between raised and cleared lie as many samples beyond the other level as the rule
        /// wants, one right after the other: nothing flaps.
        #[test]
        fn nothing_flaps(readings in prop::collection::vec(readings(), 1..200), samples in 1u32..5) {
            let mut watch = Watch::default();
            let mut known = Vec::new();
            let mut last = Verdict::Clear;
            for (n, reading) in readings.iter().enumerate() {
                let (next, verdict) = watch.step(&band(), samples, &Sample { at: at(60 * n as i64), reading: *reading });
                if let Reading::Value(value) = reading && value.is_finite() {
                    known.push(*value);
                }
                if let Some(verdict) = verdict {
                    prop_assert_ne!(verdict, last, "they take turns");
                    last = verdict;
                    let tail = &known[known.len() - samples as usize..];
                    let beyond = |v: &f64| if verdict == Verdict::Raise { *v > 100.0 } else { *v <= 80.0 };
                    prop_assert!(tail.iter().all(beyond), "{tail:?}");
                }
                watch = next;
            }
        }

        /// What stays between the two levels never changes anything.
        #[test]
        fn the_middle_is_quiet(values in prop::collection::vec(80.001f64..100.0, 1..100), raised: bool) {
            let mut watch = Watch { raised, ..Watch::default() };
            for (n, value) in values.iter().enumerate() {
                let (next, verdict) = watch.step(&band(), 1, &sample(60 * n as i64, *value));
                prop_assert_eq!(verdict, None);
                watch = next;
            }
            prop_assert_eq!(watch.raised, raised);
        }

        /// A clock that jumps back, samples that come twice, figures that are behind or none:
        /// nothing changes.
        #[test]
        fn time_goes_one_way(back in -100_000i64..10, value in 0.0f64..200.0, raised: bool, run in 0u32..3) {
            let watch = Watch { raised, run, counted: Some(at(0)) };
            prop_assert_eq!(watch.step(&band(), 1, &sample(back.min(9), value)), (watch, None));
            for reading in [Reading::Stale, Reading::None] {
                prop_assert_eq!(watch.step(&band(), 1, &Sample { at: at(60), reading }), (watch, None));
            }
        }
    }
}
