//! From values to places on paper: round ticks, and coordinates with one decimal.

/// More decimals are not told apart.
const DECIMALS_MAX: usize = 6;

/// An axis: the round values that are marked on it, the first and last of which are its ends.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Scale {
    /// Marked values, smallest first; at least two.
    pub ticks: Vec<f64>,
    /// Decimals that the marked values need.
    pub decimals: usize,
}

impl Scale {
    /// The axis over `values` in about four steps. Without values, or with one value only, there
    /// is still room around it. `from_zero` keeps zero on the axis.
    pub(super) fn over(values: impl Iterator<Item = f64>, from_zero: bool) -> Self {
        Self::counted(values, from_zero, DECIMALS_MAX)
    }

    /// As [`Self::over`], for values that are written with so many decimals: whole things have no
    /// half a tick between them.
    pub(super) fn counted(
        values: impl Iterator<Item = f64>,
        from_zero: bool,
        decimals: usize,
    ) -> Self {
        let (mut low, mut high) = values
            .filter(|value| value.is_finite())
            .fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), v| (low.min(v), high.max(v)));
        if low > high {
            (low, high) = (0.0, 1.0);
        }
        if from_zero {
            (low, high) = (low.min(0.0), high.max(0.0));
        }
        if high - low <= f64::EPSILON * high.abs().max(1.0) {
            let room = if high == 0.0 { 1.0 } else { high.abs() * 0.1 };
            (low, high) = if from_zero && low >= 0.0 {
                (0.0, high + room)
            } else {
                (low - room, high + room)
            };
        }
        let step = round_step((high - low) / 4.0, decimals);
        let (first, last) = ((low / step).floor(), (high / step).ceil());
        let mut ticks = Vec::new();
        let mut at = first;
        // At most six steps by the choice of the step; bounded against values at the edge of f64.
        while at <= last && ticks.len() < 12 {
            ticks.push(at * step);
            at += 1.0;
        }
        if ticks.len() < 2 {
            ticks = vec![low, high];
        }
        Self { decimals: decimals_of(step), ticks }
    }

    /// Where `value` stands between `bottom` (the first tick) and `top` (the last one).
    pub(super) fn place(&self, value: f64, bottom: f64, top: f64) -> f64 {
        let (low, high) = (self.ticks[0], self.ticks[self.ticks.len() - 1]);
        bottom + (value - low) / (high - low) * (top - bottom)
    }
}

/// 1, 2, 2.5 or 5 times a power of ten, not below `raw`, and written with so many decimals.
fn round_step(raw: f64, decimals: usize) -> f64 {
    let power = 10f64.powf(raw.abs().max(f64::MIN_POSITIVE).log10().floor());
    let least = 10f64.powi(-i32::try_from(decimals).unwrap_or(0));
    let fits = |step: &f64| raw <= step + 1e-9 * power && decimals_of(*step) <= decimals;
    let round = [1.0, 2.0, 2.5, 5.0, 10.0].map(|step| step * power).into_iter().find(fits);
    round.unwrap_or_else(|| least.max(10.0 * power))
}

fn decimals_of(step: f64) -> usize {
    (0..DECIMALS_MAX)
        .find(|decimals| {
            let scaled = step * 10f64.powi(i32::try_from(*decimals).unwrap_or(0));
            (scaled - scaled.round()).abs() < 1e-6 * scaled.abs().max(1.0)
        })
        .unwrap_or(DECIMALS_MAX)
}

/// A coordinate as it is written: one decimal, no needless zero.
pub(super) fn at(value: f64) -> String {
    let text = format!("{value:.1}");
    let text = text.strip_suffix(".0").unwrap_or(&text);
    if text == "-0" { "0".to_owned() } else { text.to_owned() }
}

/// Which of `count` labels are shown so that at most `most` stand beside each other: the first,
/// the last, and some evenly between them.
pub(super) fn shown(count: usize, most: usize) -> Vec<usize> {
    if count <= most {
        return (0..count).collect();
    }
    let steps = most.max(2) - 1;
    (0..=steps).map(|step| step * (count - 1) / steps).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn ticks_are_round() {
        let scale = |values: &[f64], zero| Scale::over(values.iter().copied(), zero).ticks;
        assert_eq!(scale(&[268.0, 372.0], false), [250.0, 300.0, 350.0, 400.0]);
        assert_eq!(scale(&[0.0, 1418.0], true), [0.0, 500.0, 1000.0, 1500.0]);
        let around = scale(&[96.8, 96.8], false);
        assert!(
            around[0] < 96.8 && around[around.len() - 1] > 96.8,
            "one value has room around it"
        );
        assert_eq!(scale(&[0.0], true), [0.0, 0.25, 0.5, 0.75, 1.0]);
        assert_eq!(scale(&[], false), [0.0, 0.25, 0.5, 0.75, 1.0]);
        assert_eq!(Scale::over([95.1, 95.9].into_iter(), false).decimals, 1);
        assert_eq!(Scale::counted([0.0, 1.0].into_iter(), true, 0).ticks, [0.0, 1.0]);
        assert_eq!(Scale::counted([0.0, 2.0].into_iter(), true, 0).ticks, [0.0, 1.0, 2.0]);
        assert_eq!(Scale::counted([0.0, 1.0].into_iter(), true, 1).ticks, [0.0, 0.5, 1.0]);
        assert!(Scale::counted([95.1, 95.9].into_iter(), false, 1).ticks.len() > 2);
    }

    #[test]
    fn labels_keep_the_first_and_the_last() {
        assert_eq!(shown(3, 7), [0, 1, 2]);
        assert_eq!(shown(31, 4), [0, 10, 20, 30]);
        assert_eq!(shown(0, 4), [0usize; 0]);
    }

    proptest! {
        #[test]
        fn every_value_is_on_the_axis(values in prop::collection::vec(-1e9f64..1e9, 1..40), zero: bool) {
            let scale = Scale::over(values.iter().copied(), zero);
            prop_assert!(scale.ticks.len() >= 2 && scale.ticks.len() <= 12);
            prop_assert!(scale.ticks.windows(2).all(|two| two[0] < two[1]));
            for value in values {
                let place = scale.place(value, 222.0, 20.0);
                prop_assert!((19.9..=222.1).contains(&place), "{value} at {place} on {scale:?}");
            }
        }

        #[test]
        fn labels_are_few_ordered_and_different(count in 0usize..500, most in 2usize..12) {
            let shown = shown(count, most);
            prop_assert!(shown.len() <= most.max(count.min(most)));
            prop_assert!(shown.windows(2).all(|two| two[0] < two[1]));
        }
    }
}
