//! A line with what belongs to it: several series, a target, a band of uncertainty, marked places.

use maud::{Markup, html};

use super::{
    figures, finite, nothing,
    scale::{Scale, at, shown},
    written,
};
use crate::{Words, assets, tr};

/// Most points of a series that are drawn; of more, the last ones.
pub const POINTS_MAX: usize = 400;

/// Most series in one drawing; more cannot be told apart.
pub const SERIES_MAX: usize = 3;

/// A chart of values over something that goes on, mostly time.
#[derive(Debug, Clone, Default)]
pub struct LineChart {
    /// What the chart is: "Hồ sơ quá hạn, 30 ngày qua". Names the table; the heading above the
    /// chart is the page's own.
    pub title: String,
    /// The finding in one sentence, for those who do not see it: "Quá hạn giảm từ 372 còn 312".
    pub finding: String,
    /// "%", "hồ sơ", or nothing.
    pub unit: String,
    /// Decimals of values.
    pub decimals: usize,
    /// What stands under each point: "24/10". As many as the longest series has points.
    pub along: Vec<String>,
    /// One to three lines.
    pub series: Vec<Series>,
    /// A level that is to be reached.
    pub target: Option<Target>,
    /// How sure a forecast is.
    pub band: Option<Band>,
    /// Places along the axis that explain something: holidays.
    pub marks: Vec<Mark>,
    /// Whether zero is on the axis. Counts mostly want it, shares near 100% do not.
    pub from_zero: bool,
}

/// One line. It has a place in the order of colours by its place in the list.
#[derive(Debug, Clone, Default)]
pub struct Series {
    /// Written at its end: "Giữ nguyên".
    pub name: String,
    /// A value for each place along the axis; none is a gap, not zero.
    pub values: Vec<Option<f64>>,
    /// What the line is made of.
    pub stroke: Stroke,
}

/// What a line is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Stroke {
    /// Measured: by the place in the list solid, dashed or dotted, so that grey print reads.
    #[default]
    Measured,
    /// Foreseen: dashed.
    Foreseen,
    /// Foreseen if something is done: dotted.
    Supposed,
}

/// A level that is to be reached, or that must not be passed.
#[derive(Debug, Clone, Default)]
pub struct Target {
    /// Written at the line: "Kế hoạch 95%".
    pub name: String,
    /// The level.
    pub value: f64,
}

/// Between what and what a value will be.
#[derive(Debug, Clone, Default)]
pub struct Band {
    /// "dải 80%"
    pub name: String,
    /// Lower and upper value for each place along the axis; none where the band is not.
    pub between: Vec<Option<(f64, f64)>>,
}

/// A place along the axis with a word above it.
#[derive(Debug, Clone, Default)]
pub struct Mark {
    /// Number of the place, from zero.
    pub place: usize,
    /// "nghỉ 24/11"
    pub name: String,
}

/// How large a drawing is, and how many words fit under it.
struct Paper {
    class: &'static str,
    width: f64,
    labels: usize,
}

const PAPERS: [Paper; 2] = [
    Paper { class: "wide", width: 640.0, labels: 7 },
    Paper { class: "slim", width: 330.0, labels: 4 },
];
const HEIGHT: f64 = 250.0;
const TOP: f64 = 22.0;
const BOTTOM: f64 = 222.0;

/// The chart, drawn twice (wide and slim; a page shows one), with its table.
#[must_use]
pub fn line(words: &Words, chart: &LineChart) -> Markup {
    let chart = bounded(chart);
    let values = || {
        let lines = chart.series.iter().flat_map(|series| &series.values);
        lines.filter_map(|value| finite(*value))
    };
    if values().next().is_none() {
        return nothing(words);
    }
    let bands = chart.band.iter().flat_map(|band| &band.between).flatten();
    let ends = bands.flat_map(|(low, high)| [*low, *high]);
    let target = chart.target.iter().map(|target| target.value);
    let scale = Scale::counted(values().chain(ends).chain(target), chart.from_zero, chart.decimals);
    html! {
        figure.plot {
            @for paper in &PAPERS { (drawing(words, &chart, &scale, paper)) }
            (reader(words, &chart))
            (table(words, &chart))
        }
    }
}

/// How many places the longest line has.
fn places(chart: &LineChart) -> usize {
    chart.series.iter().map(|series| series.values.len()).max().unwrap_or(0)
}

/// What reads the chart place by place, where scripts run: a bar for keys and fingers, and what
/// stands there. Drawings carry their edges, so that a pointer finds its place too.
fn reader(words: &Words, chart: &LineChart) -> Markup {
    let last = chart.along.len().min(places(chart)).saturating_sub(1);
    html! {
        div.reader {
            input type="range" min="0" max=(last) value=(last) step="1" aria-label=(tr!(words, "chart-read", title = chart.title.as_str()));
            output {}
        }
        script type="module" src=(assets::chart_script()) {}
    }
}

/// The last [`POINTS_MAX`] places of the first [`SERIES_MAX`] lines.
fn bounded(chart: &LineChart) -> LineChart {
    let cut = places(chart).max(chart.along.len()).saturating_sub(POINTS_MAX);
    let mut chart = chart.clone();
    chart.series.truncate(SERIES_MAX);
    chart.along.drain(..cut.min(chart.along.len()));
    for series in &mut chart.series {
        series.values.drain(..cut.min(series.values.len()));
    }
    if let Some(band) = &mut chart.band {
        band.between.drain(..cut.min(band.between.len()));
    }
    chart.marks.retain(|mark| mark.place >= cut);
    chart.marks.iter_mut().for_each(|mark| mark.place -= cut);
    chart
}

fn drawing(words: &Words, chart: &LineChart, scale: &Scale, paper: &Paper) -> Markup {
    let tick = |value: f64| words.decimal(value, scale.decimals);
    let longest = scale.ticks.iter().map(|value| tick(*value).chars().count()).max().unwrap_or(1);
    #[expect(clippy::cast_precision_loss, reason = "a few signs")]
    let left = 12.0 + 6.5 * longest as f64;
    let right = paper.width - 12.0;
    let places = places(chart);
    #[expect(clippy::cast_precision_loss, reason = "at most a few hundred places")]
    let x = |place: usize| match places {
        0 | 1 => f64::midpoint(left, right),
        _ => left + place as f64 / (places - 1) as f64 * (right - left),
    };
    let y = |value: f64| scale.place(value, BOTTOM, TOP);
    html! {
        svg class=(paper.class) viewBox={ "0 0 " (at(paper.width)) " " (at(HEIGHT)) } role="img" aria-label=(chart.finding) data-left=(at(left)) data-right=(at(right)) data-top=(at(TOP - 8.0)) data-foot=(at(BOTTOM)) {
            @for value in &scale.ticks {
                path.grid-line d={ "M" (at(left)) " " (at(y(*value))) "H" (at(right)) } {}
                text.m x=(at(left - 6.0)) y=(at(y(*value) + 4.0)) text-anchor="end" { (tick(*value)) }
            }
            @for mark in chart.marks.iter().filter(|mark| mark.place < places) {
                rect.off x=(at(x(mark.place) - 4.0)) y=(at(TOP - 8.0)) width="8" height=(at(BOTTOM - TOP + 8.0)) {}
                text.m x=(at(x(mark.place))) y="10" text-anchor="middle" { (mark.name) }
            }
            @if let Some(band) = &chart.band { path.band d=(band_path(band, &x, &y)) {} }
            @if let Some(target) = &chart.target {
                path.target d={ "M" (at(left)) " " (at(y(target.value))) "H" (at(right)) } {}
                text.m.halo x=(at(left + 4.0)) y=(at(y(target.value) - 5.0)) { (target.name) }
            }
            @for (nth, series) in chart.series.iter().enumerate() { (one(words, chart, nth, series, &x, &y)) }
            @for End { label, place, height } in ends(words, chart, places, &y) {
                text.halo x=(at(x(place))) y=(at(height)) text-anchor=(if place * 2 < places { "start" } else { "end" }) font-weight="600" { (label) }
            }
            (along(chart, places, paper.labels, &x))
        }
    }
}

/// The line of a series: pieces between gaps, a dot where a piece is one point, and at its end.
fn one(
    words: &Words,
    chart: &LineChart,
    nth: usize,
    series: &Series,
    x: &impl Fn(usize) -> f64,
    y: &impl Fn(f64) -> f64,
) -> Markup {
    let class = match series.stroke {
        Stroke::Measured => ["s1", "s2", "s3"][nth.min(2)],
        Stroke::Foreseen => "s2",
        Stroke::Supposed => "s3",
    };
    let points: Vec<(usize, Option<f64>)> =
        series.values.iter().map(|value| finite(*value)).enumerate().collect();
    let pieces = points.split(|(_, value)| value.is_none()).filter(|piece| !piece.is_empty());
    let mut path = String::new();
    let mut dots = Vec::new();
    for piece in pieces {
        for (step, (place, value)) in piece.iter().enumerate() {
            let sign = if step == 0 { 'M' } else { 'L' };
            path.push_str(&format!("{sign}{} {}", at(x(*place)), at(y(value.unwrap_or_default()))));
        }
        if let [(place, Some(value))] = piece {
            dots.push((*place, *value));
        }
    }
    let last = points.iter().rev().find_map(|(place, value)| value.map(|value| (*place, value)));
    if let Some(end) = last.filter(|end| series.stroke == Stroke::Measured && !dots.contains(end)) {
        dots.push(end);
    }
    html! {
        path class={ "line " (class) } d=(path) {}
        @for (place, value) in dots {
            circle class={ "dot " (class) } cx=(at(x(place))) cy=(at(y(value))) r="4" {
                title { @if let Some(word) = chart.along.get(place) { (word) ": " } (written(words, value, chart.decimals, &chart.unit)) }
            }
        }
    }
}

fn band_path(band: &Band, x: &impl Fn(usize) -> f64, y: &impl Fn(f64) -> f64) -> String {
    let known: Vec<(usize, (f64, f64))> = band
        .between
        .iter()
        .enumerate()
        .filter_map(|(place, between)| between.map(|between| (place, between)))
        .filter(|(_, (low, high))| low.is_finite() && high.is_finite())
        .collect();
    let upper = known.iter().map(|(place, (_, high))| (*place, *high));
    let lower = known.iter().rev().map(|(place, (low, _))| (*place, *low));
    let mut path = String::new();
    for (step, (place, value)) in upper.chain(lower).enumerate() {
        let sign = if step == 0 { 'M' } else { 'L' };
        path.push_str(&format!("{sign}{} {}", at(x(place)), at(y(value))));
    }
    if !path.is_empty() {
        path.push('Z');
    }
    path
}

/// Name and last value of a line, and where they stand.
struct End {
    label: String,
    place: usize,
    height: f64,
}

/// Name and last value of each line, above its end, and not on top of each other where several end
/// together. A line that ends before the others, since only they go on as foreseen, says so there.
fn ends(words: &Words, chart: &LineChart, places: usize, y: &impl Fn(f64) -> f64) -> Vec<End> {
    let all = chart.series.iter().filter_map(|series| {
        let known = series.values.iter().enumerate().rev();
        let (place, last) = known.filter_map(|(n, value)| Some((n, finite(*value)?))).next()?;
        let value = written(words, last, chart.decimals, &chart.unit);
        let name = if series.name.is_empty() { String::new() } else { format!("{} ", series.name) };
        Some(End { label: format!("{name}{value}"), place, height: y(last) - 9.0 })
    });
    let (mut labels, before): (Vec<End>, Vec<End>) = all.partition(|end| end.place + 1 == places);
    labels.sort_by(|a, b| a.height.total_cmp(&b.height));
    let mut free = TOP - 8.0;
    for End { height, .. } in &mut labels {
        *height = height.max(free);
        free = *height + 15.0;
    }
    // What was pushed below the drawing moves up again, with those above it.
    let mut free = BOTTOM - 3.0;
    for End { height, .. } in labels.iter_mut().rev() {
        *height = height.min(free);
        free = *height - 15.0;
    }
    labels.extend(before);
    labels
}

fn along(chart: &LineChart, places: usize, most: usize, x: &impl Fn(usize) -> f64) -> Markup {
    let anchor = |place: usize| match place {
        _ if places <= 1 => "middle",
        0 => "start",
        place if place + 1 == places => "end",
        _ => "middle",
    };
    html! {
        @for place in shown(places, most) {
            @if let Some(word) = chart.along.get(place) {
                text.m x=(at(x(place))) y=(at(BOTTOM + 20.0)) text-anchor=(anchor(place)) { (word) }
            }
        }
    }
}

fn table(words: &Words, chart: &LineChart) -> Markup {
    let cell = |value: Option<f64>| {
        finite(value).map_or_else(
            || tr!(words, "chart-none"),
            |v| written(words, v, chart.decimals, &chart.unit),
        )
    };
    let mut heads = vec![tr!(words, "chart-along")];
    heads.extend(chart.series.iter().map(|series| match series.name.as_str() {
        "" => chart.title.clone(),
        name => name.to_owned(),
    }));
    heads.extend(chart.band.iter().map(|band| band.name.clone()));
    let rows: Vec<Vec<String>> = chart
        .along
        .iter()
        .enumerate()
        .map(|(place, word)| {
            let mut row = vec![word.clone()];
            row.extend(chart.series.iter().map(|s| cell(s.values.get(place).copied().flatten())));
            row.extend(chart.band.iter().map(|band| match band.between.get(place) {
                Some(Some((low, high))) => format!("{} – {}", cell(Some(*low)), cell(Some(*high))),
                _ => tr!(words, "chart-none"),
            }));
            row
        })
        .collect();
    figures(words, &chart.title, &heads, &rows)
}
