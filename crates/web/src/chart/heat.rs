//! A calendar of loads: a row for each weekday, a column for each week, the value in its cell.

use jiff::civil::Date;
use maud::{Markup, html};

use super::{figures, nothing, scale::at, written};
use crate::{Words, tr};

/// Most weeks that are drawn; of more, the last ones.
pub const WEEKS_MAX: usize = 13;

/// Loads by day.
#[derive(Debug, Clone, Default)]
pub struct Heat {
    /// What is counted: names the table.
    pub title: String,
    /// The finding in one sentence.
    pub finding: String,
    /// "hồ sơ"
    pub unit: String,
    /// Values in the cells are divided by it: 1000 for thousands, else 1.
    pub per: f64,
    /// Decimals in the cells.
    pub decimals: usize,
    /// The days, in order, without holes.
    pub days: Vec<Day>,
}

/// A day.
#[derive(Debug, Clone)]
pub struct Day {
    /// Which one.
    pub date: Date,
    /// What it holds.
    pub value: DayValue,
}

/// What a day holds.
#[derive(Debug, Clone, PartialEq)]
pub enum DayValue {
    /// So much.
    Load(f64),
    /// A holiday of this name: hatched.
    Off(String),
    /// Not here yet, or not known: an empty cell.
    Unknown,
}

struct Paper {
    class: &'static str,
    weeks: usize,
    width: f64,
}

const PAPERS: [Paper; 2] = [
    Paper { class: "wide", weeks: WEEKS_MAX, width: 522.0 },
    Paper { class: "slim", weeks: 8, width: 358.0 },
];

/// The calendar, drawn twice (wide and slim; a page shows one), with its table.
#[must_use]
pub fn heat(words: &Words, chart: &Heat) -> Markup {
    let most = chart.days.iter().filter_map(load).fold(0.0, f64::max);
    if !chart.days.iter().any(|day| load(day).is_some()) {
        return nothing(words);
    }
    let unit = &chart.unit;
    let rows: Vec<Vec<String>> = chart
        .days
        .iter()
        .rev()
        .take(WEEKS_MAX * 7)
        .filter(|day| day.value != DayValue::Unknown)
        .map(|day| {
            let said = match &day.value {
                DayValue::Load(value) => written(words, *value, 0, unit),
                DayValue::Off(name) => name.clone(),
                DayValue::Unknown => String::new(),
            };
            vec![words.date_long(day.date), said]
        })
        .collect();
    html! {
        figure.plot {
            @for paper in &PAPERS { (drawing(words, chart, most, paper)) }
            (figures(words, &chart.title, &[tr!(words, "chart-day"), chart.title.clone()], &rows))
        }
    }
}

fn load(day: &Day) -> Option<f64> {
    match day.value {
        DayValue::Load(value) if value.is_finite() => Some(value),
        _ => None,
    }
}

fn drawing(words: &Words, chart: &Heat, most: f64, paper: &Paper) -> Markup {
    let weekday = |date: Date| usize::from(date.weekday().to_monday_zero_offset().unsigned_abs());
    let lead = chart.days.first().map_or(0, |day| weekday(day.date));
    let weeks = (lead + chart.days.len()).div_ceil(7);
    let skip = weeks.saturating_sub(paper.weeks);
    let x = |week: usize| 30.0 + 41.0 * small(week);
    let y = |row: usize| 18.0 + 27.0 * small(row);
    let placed = || {
        let days = chart.days.iter().enumerate();
        days.map(|(nth, day)| ((nth + lead) / 7, weekday(day.date), day))
            .filter(|(week, _, _)| *week >= skip)
            .map(|(week, row, day)| (week - skip, row, day))
    };
    html! {
        svg class=(paper.class) viewBox={ "0 0 " (at(paper.width.min(x(weeks - skip)))) " 208" } role="img" aria-label=(chart.finding) {
            @for row in 0..7_usize { text.m x="0" y=(at(y(row) + 17.0)) { (words.t(&format!("chart-weekday-{}", row + 1))) } }
            @for (week, _, day) in placed().filter(|(_, row, day)| *row == 0 && day.date.day() <= 7) {
                text.m x=(at(x(week))) y="11" { (tr!(words, "chart-month", n = day.date.month())) }
            }
            @for (week, row, day) in placed() { (cell(words, chart, most, day, x(week), y(row))) }
        }
    }
}

fn cell(words: &Words, chart: &Heat, most: f64, day: &Day, x: f64, y: f64) -> Markup {
    let date = words.date_short(day.date);
    match &day.value {
        DayValue::Load(value) if value.is_finite() => {
            let share = if most > 0.0 { value / most } else { 0.0 };
            // Five shades; what is nothing has the first to itself.
            let shade = match share {
                s if s <= 0.0 => 0,
                s if s < 0.4 => 1,
                s if s < 0.7 => 2,
                s if s < 0.9 => 3,
                _ => 4,
            };
            let said = words
                .decimal(value / if chart.per > 0.0 { chart.per } else { 1.0 }, chart.decimals);
            html! {
                rect class={ "h" (shade) } x=(at(x)) y=(at(y)) width="38" height="24" rx="2" {
                    title { (date) ": " (written(words, *value, 0, &chart.unit)) }
                }
                @if *value > 0.0 {
                    text class=(if shade >= 3 { "in-cell on-dark" } else { "in-cell" }) x=(at(x + 19.0)) y=(at(y + 16.5)) text-anchor="middle" { (said) }
                }
            }
        }
        DayValue::Off(name) => html! {
            rect.off-day x=(at(x)) y=(at(y)) width="38" height="24" rx="2" { title { (date) ": " (name) } }
            path.hatch d={ "M" (at(x + 2.0)) " " (at(y + 22.0)) "l20 -20M" (at(x + 10.0)) " " (at(y + 22.0)) "l20 -20M" (at(x + 18.0)) " " (at(y + 22.0)) "l18 -18" } {}
        },
        _ => html! { rect.none x=(at(x + 0.5)) y=(at(y + 0.5)) width="37" height="23" rx="2" {} },
    }
}

#[expect(clippy::cast_precision_loss, reason = "a few rows and columns")]
fn small(count: usize) -> f64 {
    count as f64
}
