//! How far the runs lie apart.

/// A figure over all runs.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Spread {
    /// The mean: what is expected.
    pub mean: f64,
    /// Half of the runs have no more.
    pub median: f64,
    /// One run in ten has less: the lower end of the 80% interval.
    pub low: f64,
    /// One run in ten has more: the upper end of the 80% interval.
    pub high: f64,
}

impl Spread {
    /// The spread of figures, one of each run; nought of no runs. The ends of the interval are
    /// figures that a run had (nearest rank).
    #[must_use]
    pub fn of(mut figures: Vec<f64>) -> Self {
        let Some(last) = figures.len().checked_sub(1) else { return Self::default() };
        if figures.iter().all(|figure| *figure == figures[0]) {
            let all = figures[0];
            return Self { mean: all, median: all, low: all, high: all };
        }
        figures.sort_unstable_by(f64::total_cmp);
        // Summed in order, so that the mean does not depend on the order of the runs.
        let mean = figures.iter().sum::<f64>() / figures.len() as f64;
        let rank = |tenths: usize| figures[(last * tenths + 5) / 10];
        Self { mean, median: rank(5), low: rank(1), high: rank(9) }
    }

    /// Whether a figure lies in the 80% interval, its ends included.
    #[must_use]
    pub fn covers(&self, figure: f64) -> bool {
        (self.low..=self.high).contains(&figure)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_run_in_ten_lies_beyond_each_end() {
        let spread = Spread::of((1..=101).rev().map(f64::from).collect());
        let expected = Spread { mean: 51.0, median: 51.0, low: 11.0, high: 91.0 };
        assert_eq!(spread, expected);
        assert!(spread.covers(11.0) && !spread.covers(10.9));
        assert_eq!(Spread::of(vec![]), Spread::default());
        assert_eq!(Spread::of(vec![2.0; 3]).high, 2.0);
    }
}
