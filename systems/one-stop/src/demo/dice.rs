//! Chance that repeats itself: the same seed throws the same dice on every machine.

/// A generator of pseudo-random numbers (SplitMix64); not for secrets.
#[derive(Debug, Clone)]
pub(super) struct Dice(u64);

impl Dice {
    /// Dice of the `index`-th thing of a seed, apart from those of every other thing.
    pub(super) fn of(seed: u64, index: u64) -> Self {
        let mut dice = Self(seed ^ index.wrapping_mul(0xA24B_AED4_963E_E407));
        let start = dice.next();
        Self(start)
    }

    pub(super) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// At least 0, less than 1.
    pub(super) fn unit(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1_u64 << 53) as f64
    }

    pub(super) fn chance(&mut self, probability: f64) -> bool {
        self.unit() < probability
    }

    pub(super) fn between(&mut self, low: f64, high: f64) -> f64 {
        low + (high - low) * self.unit()
    }

    /// At least `low`, at most `high`.
    pub(super) fn whole(&mut self, low: i64, high: i64) -> i64 {
        let span = u64::try_from(high - low).unwrap_or(0) + 1;
        low + i64::try_from(self.next() % span).unwrap_or(0)
    }

    /// # Panics
    /// Where there is nothing to pick from.
    pub(super) fn pick<'a, T>(&mut self, from: &'a [T]) -> &'a T {
        &from[usize::try_from(self.next() % from.len() as u64).unwrap_or(0)]
    }

    /// The index of one of several, each as likely as its weight; the weights are given summed
    /// up from the first on.
    pub(super) fn weighted(&mut self, summed: &[f64]) -> usize {
        let all = summed.last().copied().unwrap_or(0.0);
        let thrown = self.unit() * all;
        summed.partition_point(|sum| *sum <= thrown).min(summed.len().saturating_sub(1))
    }

    /// Log-normal: half below `median`, `sigma` the spread of its logarithm.
    pub(super) fn log_normal(&mut self, median: f64, sigma: f64) -> f64 {
        // Box and Muller; the first number is never 0.
        let (one, two) = (1.0 - self.unit(), self.unit());
        let normal = (-2.0 * one.ln()).sqrt() * (std::f64::consts::TAU * two).cos();
        median * (sigma * normal).exp()
    }
}

/// Sums weights up, for [`Dice::weighted`].
pub(super) fn summed(weights: impl IntoIterator<Item = f64>) -> Vec<f64> {
    let add = |sum: &mut f64, weight: f64| {
        *sum += weight;
        Some(*sum)
    };
    weights.into_iter().scan(0.0, add).collect()
}
