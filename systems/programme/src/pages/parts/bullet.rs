//! The bullet of a target: the figure as a bar, the plan to date as a black tick, the promise as a
//! green one.

use maud::{Markup, html};

/// What a bullet shows.
#[derive(Debug, Clone)]
pub(in crate::pages) struct Bullet {
    /// The finding, for those who do not see it.
    pub(in crate::pages) finding: String,
    /// The figure; none draws no bar.
    pub(in crate::pages) actual: Option<f64>,
    /// Where it should be now.
    pub(in crate::pages) plan: f64,
    /// What was promised.
    pub(in crate::pages) promise: f64,
    /// Where it began.
    pub(in crate::pages) start: f64,
}

/// How wide the drawing is.
const WIDTH: f64 = 200.0;

/// The bullet. It begins at zero where that still shows the difference between plan and figure;
/// where all lie close together it begins below the least of them.
pub(in crate::pages) fn bullet(it: &Bullet) -> Markup {
    let known = [it.actual.unwrap_or(it.start), it.plan, it.promise, it.start];
    let (least, most) = bounds(&known);
    let x = |value: f64| {
        let share = if most > least { (value - least) / (most - least) } else { 0.0 };
        format!("{:.1}", share.clamp(0.0, 1.0) * WIDTH)
    };
    html! {
        svg viewBox="0 0 204 22" role="img" aria-label=(it.finding) {
            rect x="0" y="6" width="200" height="10" rx="2" fill="var(--heat0)" {}
            @if let Some(actual) = it.actual {
                rect x="0" y="6" width=(x(actual)) height="10" rx="2" fill="var(--c1)" {}
            }
            path d={ "M" (x(it.plan)) " 1v20" } stroke="var(--ink)" stroke-width="2.5" {}
            path d={ "M" (x(it.promise)) " 6v10" } stroke="var(--ok)" stroke-width="3" {}
        }
    }
}

/// Between what and what the drawing runs.
fn bounds(values: &[f64]) -> (f64, f64) {
    let known = || values.iter().copied().filter(|value| value.is_finite());
    let (least, most) = (known().fold(f64::MAX, f64::min), known().fold(f64::MIN, f64::max));
    let spread = most - least;
    if most <= 0.0 || spread <= 0.0 {
        return (0.0, most.max(1.0));
    }
    let close = spread / most < 0.25;
    (if close { (least - spread).max(0.0) } else { 0.0 }, most + spread * 0.1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_close_together_are_still_told_apart() {
        assert_eq!(bounds(&[40.0, 90.0, 100.0]).0, 0.0);
        assert!(bounds(&[96.8, 97.0, 98.0]).0 > 90.0);
        assert_eq!(bounds(&[0.0, 0.0]), (0.0, 1.0));
    }
}
