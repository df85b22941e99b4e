//! The line over days, and how it goes on by the newest forecast.

use desk::{Desk, Foreseen};
use jiff::civil::Date;
use maud::{Markup, html};
use web::{
    Words,
    chart::{self, Band, LineChart, Mark, Series, Stroke},
    tr,
};

use super::{OUTLOOK, say};
use crate::queries::Glance;

/// The line over days, with how it goes on, from when that was foreseen.
pub(super) fn line(words: &Words, desk: &Desk, glance: &Glance) -> Markup {
    let of = &glance.layout.line;
    let indicator = desk.indicator(&of.indicator).ok();
    let title =
        indicator.map_or_else(String::new, |of| say::name(words, &of.name, &of.name_en).to_owned());
    let measured: Vec<Option<f64>> =
        glance.line.iter().map(|(_, value)| value.ok().map(|value| value.to_f64())).collect();
    let last = glance
        .line
        .last()
        .map_or_else(String::new, |(_, value)| say::figure(words, desk, &of.indicator, *value));
    let today = glance.line.last().map(|(date, _)| *date);
    let ahead = glance.ahead.as_ref().zip(today).map(|(ahead, today)| Ahead::of(ahead, today));
    let ahead = ahead.filter(|ahead| !ahead.days.is_empty());
    let mut dates: Vec<Date> = glance.line.iter().map(|(date, _)| *date).collect();
    dates.extend(ahead.iter().flat_map(|ahead| ahead.days.iter().map(|day| day.date)));
    let finding =
        tr!(words, "operations-line-finding", name = title.as_str(), n = of.days, last = last);
    let foreseen = ahead.as_ref().map(|ahead| ahead.say(words, glance));
    let finding = [Some(finding), foreseen.clone()].into_iter().flatten().collect::<Vec<_>>();
    let mut series =
        vec![Series { name: tr!(words, "operations-now"), values: measured, ..Series::default() }];
    let band = ahead.map(|ahead| ahead.draw(words, &mut series));
    let chart = LineChart {
        finding: finding.join(" "),
        title,
        decimals: indicator.map_or(0, |of| of.places as usize),
        along: dates.iter().map(|date| words.date_short(*date)).collect(),
        series,
        band,
        marks: holidays(words, desk, &dates),
        ..LineChart::default()
    };
    html! {
        (chart::line(words, &chart))
        @if let Some(said) = foreseen { p.small.muted { (said) " " a href=(OUTLOOK) { (tr!(words, "operations-forecast-see")) } } }
    }
}

/// The days to come of a forecast.
struct Ahead<'a> {
    of: &'a Foreseen,
    days: Vec<desk::ForeseenDay>,
}

impl<'a> Ahead<'a> {
    fn of(of: &'a Foreseen, today: Date) -> Self {
        Self { of, days: of.days.iter().filter(|day| day.date > today).copied().collect() }
    }

    /// From when it was foreseen, and what on the last day.
    fn say(&self, words: &Words, glance: &Glance) -> String {
        let Some(last) = self.days.last() else { return String::new() };
        tr!(
            words,
            "operations-forecast",
            at = words.moment_near(self.of.from, glance.fresh.now),
            pos = words.number(self.of.pos),
            date = words.date_short(last.date),
            median = words.decimal(last.median, 0),
            low = words.decimal(last.low, 0),
            high = words.decimal(last.high, 0)
        )
    }

    /// Adds the line of the medians, which begins where the measured one ends, and answers the
    /// band around it.
    fn draw(&self, words: &Words, series: &mut Vec<Series>) -> Band {
        let measured = series.first().map_or(&[][..], |series| &series.values);
        let join = measured.last().copied().flatten();
        let before = measured.len().saturating_sub(1);
        let mut values = vec![None; before];
        let mut between = vec![None; before];
        values.push(join);
        between.push(join.map(|join| (join, join)));
        values.extend(self.days.iter().map(|day| Some(day.median)));
        between.extend(self.days.iter().map(|day| Some((day.low, day.high))));
        let (name, stroke) = (tr!(words, "operations-forecast-median"), Stroke::Foreseen);
        series.push(Series { name, values, stroke });
        Band { name: tr!(words, "operations-forecast-band"), between }
    }
}

/// Days off among working days, which explain a step in the line.
fn holidays(words: &Words, desk: &Desk, dates: &[Date]) -> Vec<Mark> {
    let moment = desk.moment();
    let off = |date: &Date| {
        date.weekday().to_monday_zero_offset() < 5
            && !moment.calendars.usual().is_working_day(*date)
    };
    let mark = |(place, date): (usize, &Date)| Mark {
        place,
        name: tr!(words, "operations-holiday", day = words.date_short(*date)),
    };
    dates.iter().enumerate().filter(|(_, date)| off(date)).map(mark).collect()
}
