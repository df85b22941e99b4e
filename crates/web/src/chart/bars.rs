//! Horizontal bars: name, bar, figure. The list is its own table.

use maud::{Markup, html};

use super::{nothing, scale::at, written};
use crate::Words;

/// Most bars in one list.
pub const BARS_MAX: usize = 120;

/// A ranking; it is shown in the order given, and zero is at the left.
#[derive(Debug, Clone, Default)]
pub struct Bars {
    /// What is compared: names the list.
    pub title: String,
    /// "%", "hồ sơ", or nothing.
    pub unit: String,
    /// Decimals of values.
    pub decimals: usize,
    /// What a full bar is; none: the largest value.
    pub full: Option<f64>,
    /// A level that all are held against: drawn as a tick on each bar.
    pub reference: Option<f64>,
    /// The bars.
    pub bars: Vec<Bar>,
}

/// A bar.
#[derive(Debug, Clone, Default)]
pub struct Bar {
    /// "Phường Phổ Yên".
    pub name: String,
    /// Its value; none is said to be unknown, and has no bar. Below zero has no length.
    pub value: Option<f64>,
    /// Where the name leads: the cases behind the figure.
    pub href: Option<String>,
    /// Whether the value is late or bad: drawn in red with a square at its end.
    pub bad: bool,
}

/// The bars; without any, a sentence.
#[must_use]
pub fn bars(words: &Words, chart: &Bars) -> Markup {
    let rows = &chart.bars[..chart.bars.len().min(BARS_MAX)];
    if rows.is_empty() {
        return nothing(words);
    }
    let known = rows.iter().filter_map(|bar| super::finite(bar.value)).chain(chart.reference);
    let full = chart.full.unwrap_or_else(|| known.fold(0.0, f64::max));
    let length = |value: f64| if full > 0.0 { (value / full).clamp(0.0, 1.0) * 100.0 } else { 0.0 };
    html! {
        ul.hbars.l aria-label=(chart.title) {
            @for bar in rows {
                @let value = super::finite(bar.value);
                li {
                    @if let Some(href) = &bar.href { a href=(href) { (bar.name) } } @else { span { (bar.name) } }
                    svg.track viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true" {
                        rect.rest width="100" height="10" {}
                        @if let Some(value) = value {
                            rect.fill.bad[bar.bad] width=(at(length(value))) height="10" {}
                        }
                        @if let Some(reference) = chart.reference {
                            rect.tick x=(at(length(reference) - 0.4)) width="0.8" height="10" {}
                        }
                    }
                    b.num.bad[bar.bad] {
                        @match value {
                            Some(value) => (written(words, value, chart.decimals, &chart.unit)),
                            None => (words.t("chart-none")),
                        }
                    }
                }
            }
        }
    }
}
