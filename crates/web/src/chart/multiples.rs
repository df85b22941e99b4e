//! Sparklines, and many of them beside each other on one scale.

use maud::{Markup, html};

use super::{
    finite, nothing,
    scale::{Scale, at},
    written,
};
use crate::{Icon, Words, icon, tr};

/// Small lines beside each other: fields, agencies.
#[derive(Debug, Clone, Default)]
pub struct Multiples {
    /// What is compared: names the list.
    pub title: String,
    /// "%", "hồ sơ", or nothing. Written in the names for screen readers only; the heading says it.
    pub unit: String,
    /// Decimals of values.
    pub decimals: usize,
    /// A level that all are held against, drawn dashed.
    pub reference: Option<f64>,
    /// The lines.
    pub lines: Vec<Multiple>,
}

/// One small line.
#[derive(Debug, Clone, Default)]
pub struct Multiple {
    /// "Đất đai".
    pub name: String,
    /// Oldest first; none is a gap.
    pub values: Vec<Option<f64>>,
    /// Where the name leads.
    pub href: Option<String>,
    /// Only the bad ones carry colour, and an icon beside it.
    pub bad: bool,
}

const WIDTH: f64 = 108.0;
const HEIGHT: f64 = 46.0;
/// As many small lines as a page can hold.
const LINES_MAX: usize = 24;

/// The lines, on one shared scale.
#[must_use]
pub fn multiples(words: &Words, chart: &Multiples) -> Markup {
    let lines = &chart.lines[..chart.lines.len().min(LINES_MAX)];
    let values = lines.iter().flat_map(|line| &line.values).filter_map(|value| finite(*value));
    if lines.iter().all(|line| line.values.iter().all(|value| finite(*value).is_none())) {
        return nothing(words);
    }
    let scale = Scale::over(values.chain(chart.reference), false);
    html! {
        ul.multi aria-label=(chart.title) {
            @for line in lines {
                @let last = line.values.iter().rev().find_map(|value| finite(*value));
                @let said = last.map_or_else(|| tr!(words, "chart-none"), |v| written(words, v, chart.decimals, ""));
                li {
                    @if let Some(href) = &line.href { a.mt href=(href) { (line.name) } } @else { span.mt { (line.name) } }
                    span.mv.num.bad[line.bad] { @if line.bad { (icon(Icon::Late)) } (said) }
                    (spark(words, line, &chart.unit, chart.decimals, chart.reference, &scale))
                }
            }
        }
    }
}

/// One small line in a sentence or a cell, on its own scale; nothing drawn where there is nothing.
#[must_use]
pub fn sparkline(
    words: &Words,
    line: &Multiple,
    unit: &str,
    decimals: usize,
    reference: Option<f64>,
) -> Markup {
    let values = line.values.iter().filter_map(|value| finite(*value));
    let scale = Scale::over(values.chain(reference), false);
    spark(words, line, unit, decimals, reference, &scale)
}

fn spark(
    words: &Words,
    line: &Multiple,
    unit: &str,
    decimals: usize,
    reference: Option<f64>,
    scale: &Scale,
) -> Markup {
    let known: Vec<(usize, f64)> = line
        .values
        .iter()
        .enumerate()
        .filter_map(|(place, value)| finite(*value).map(|value| (place, value)))
        .collect();
    let Some((end, last)) = known.last().copied() else {
        return html! { span.muted.small { (tr!(words, "chart-empty")) } };
    };
    #[expect(clippy::cast_precision_loss, reason = "a few dozen points")]
    let x = |place: usize| match line.values.len() {
        0 | 1 => WIDTH / 2.0,
        count => 2.0 + place as f64 / (count - 1) as f64 * (WIDTH - 8.0),
    };
    let y = |value: f64| scale.place(value, HEIGHT - 4.0, 4.0);
    let mut path = String::new();
    let mut before = None;
    for (place, value) in &known {
        let goes_on = before.is_some_and(|before: usize| before + 1 == *place);
        let sign = if goes_on { 'L' } else { 'M' };
        path.push_str(&format!("{sign}{} {}", at(x(*place)), at(y(*value))));
        before = Some(*place);
    }
    let written = |value| written(words, value, decimals, unit);
    let said = tr!(
        words,
        "chart-spark",
        name = line.name.clone(),
        first = written(known[0].1),
        last = written(last),
        n = line.values.len()
    );
    html! {
        svg.spark viewBox={ "0 0 " (at(WIDTH)) " " (at(HEIGHT)) } role="img" aria-label=(said) {
            @if let Some(reference) = reference { path.target d={ "M2 " (at(y(reference))) "H" (at(WIDTH - 4.0)) } {} }
            path class=(if line.bad { "line late" } else { "line s1" }) d=(path) {}
            circle class=(if line.bad { "dot late" } else { "dot s1" }) cx=(at(x(end))) cy=(at(y(last))) r="3" {}
        }
    }
}
