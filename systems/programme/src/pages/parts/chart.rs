//! The way of a target as a chart: where it should be, and where it was.

use desk::Desk;
use kernel::Instant;
use maud::Markup;
use web::{
    Words,
    chart::{self, LineChart, Series, Stroke},
    tr,
};

use super::{figure, unit};
use crate::{
    measures::{Standing, month_shown},
    model::date_of,
};

/// The chart; a target without any figure is drawn as its plan alone, and says so.
pub(in crate::pages) fn way(
    words: &Words,
    desk: &Desk,
    standing: &Standing,
    now: Instant,
) -> Markup {
    let target = &standing.target;
    let months: Vec<_> = target.way.months().collect();
    let expected = |month| target.way.trajectory().expected(month);
    let plan = months.iter().map(|month| Some(expected(*month).to_f64())).collect();
    let actual = months.iter().map(|month| {
        let found = standing.actuals.iter().find(|actual| actual.month == *month);
        found.and_then(|actual| actual.value.as_ref().ok()).map(scorecards::Number::to_f64)
    });
    let month = month_shown(now).min(target.way.to);
    let due = figure(words, desk, target, &expected(month));
    let finding = match standing.newest() {
        Some((_, value)) => tr!(
            words,
            "programme-chart-finding",
            name = target.name.as_str(),
            now = figure(words, desk, target, value),
            plan = due
        ),
        None => tr!(words, "programme-chart-none", name = target.name.as_str(), plan = due),
    };
    let along = months.iter().map(|month| {
        let day = date_of(*month);
        format!("{}/{}", day.month(), day.year() % 100)
    });
    chart::line(
        words,
        &LineChart {
            title: target.name.clone(),
            finding,
            unit: unit(words, desk, target),
            decimals: 1,
            along: along.collect(),
            series: vec![
                Series {
                    name: tr!(words, "programme-actual"),
                    values: actual.collect(),
                    stroke: Stroke::Measured,
                },
                Series {
                    name: tr!(words, "programme-plan"),
                    values: plan,
                    stroke: Stroke::Foreseen,
                },
            ],
            target: Some(chart::Target {
                name: tr!(words, "programme-promised"),
                value: target.way.target.to_f64(),
            }),
            ..LineChart::default()
        },
    )
}
