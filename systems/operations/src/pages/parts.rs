//! The parts of the centre's page, each by its name: what is on the page first is what is sent
//! later.

use desk::{Desk, figure_page, period_text};
use directory::spots;
use indicators::{Direction, Scope, Value};
use kernel::Instant;
use maud::{Markup, html};
use web::{
    Words,
    chart::{self, Bar, Bars, Class, DayValue, Heat, MapChart, Multiple, Multiples, Place, Shape},
    components::{
        table::{Column, Row, Table, table},
        tile::{Figure, Grade, Judgement, TileView, tile},
    },
    i18n::capital,
    icon, tr,
};

use super::{ALERTS, INCIDENTS, Outlines, line::line, say};
use crate::{
    model::SystemOf,
    queries::{Alert, Fresh, Glance, PlaceNow, SystemNow, TileNow},
};

/// Alerts that stand beside the charts; the others are on their own page.
const ALERTS_SHOWN: usize = 5;

/// Every part that moves: tiles, alerts, ranking, line, systems. The map and the calendar of loads are
/// read anew with the page.
pub(crate) fn parts(words: &Words, desk: &Desk, glance: &Glance) -> Vec<(String, Markup)> {
    let mut parts: Vec<(String, Markup)> = glance
        .tiles
        .iter()
        .map(|now| (tile_name(now), tile(words, &tile_view(words, desk, glance, now))))
        .collect();
    parts.push(("alerts".to_owned(), alerts(words, desk, &glance.alerts, glance.fresh.now)));
    parts.push(("ranking".to_owned(), ranking(words, desk, glance)));
    parts.push(("line".to_owned(), line(words, desk, glance)));
    parts.push(("systems".to_owned(), systems(words, desk, glance)));
    parts
}

/// The name under which a tile is sent.
pub(super) fn tile_name(now: &TileNow) -> String {
    format!("o-{}", now.tile.id)
}

/// As of when everything is: the time of the last event that is counted, and its position.
pub(crate) fn freshness(words: &Words, fresh: &Fresh) -> String {
    match fresh.as_of.recorded {
        None => tr!(words, "operations-nothing-counted"),
        Some(_) if fresh.behind => {
            let oldest = fresh.oldest.unwrap_or(fresh.now);
            tr!(words, "operations-behind", n = fresh.now.duration_since(oldest).as_mins())
        }
        Some(at) => tr!(
            words,
            "operations-as-of",
            at = words.moment_near(at, fresh.now),
            pos = words.number(i64::try_from(fresh.as_of.pos).unwrap_or(i64::MAX))
        ),
    }
}

/// A tile with all that makes it believable.
pub(super) fn tile_view(words: &Words, desk: &Desk, glance: &Glance, now: &TileNow) -> TileView {
    let of = &now.tile;
    let indicator = desk.indicator(&of.indicator).ok();
    let said = say::figure(words, desk, &of.indicator, now.value);
    let behind = glance.fresh.oldest.filter(|_| glance.fresh.behind);
    let minutes = |since: Instant| glance.fresh.now.duration_since(since).as_mins();
    let (number, unit) = match said.strip_suffix('%') {
        Some(number) => (number.to_owned(), "%".to_owned()),
        None => (said.clone(), String::new()),
    };
    let figure = match (now.value, behind.map(minutes).or(now.silent)) {
        (Err(_), _) => Figure::None(said),
        (Ok(_), Some(minutes)) => Figure::Silent(number, unit, minutes),
        (Ok(_), None) => Figure::Value(number, unit),
    };
    let direction = indicator.map_or(Direction::Neither, |of| of.direction);
    TileView {
        name: say::name(words, &of.name, &of.name_en).to_owned(),
        grade: match indicator.map(|of| of.grade) {
            Some(indicators::Grade::B) => Grade::B,
            Some(indicators::Grade::C) => Grade::C,
            _ => Grade::A,
        },
        figure,
        comparison: comparison(words, desk, now),
        judgement: judgement(direction, now),
        freshness: freshness(words, &glance.fresh),
        opens: Some((
            tr!(words, "operations-open"),
            figure_page(&of.indicator, &glance.scope, now.period),
        )),
    }
}

fn comparison(words: &Words, desk: &Desk, now: &TileNow) -> String {
    let Some((period, value)) = now.compared else { return String::new() };
    let value = say::figure(words, desk, &now.tile.indicator, value);
    let (first, last) = (period.first().date(), period.last().date());
    let long = words.date_long(first);
    let weekday = long.split(',').next().unwrap_or_default();
    let period = match first == last {
        true => {
            tr!(words, "operations-end-of-day", weekday = weekday, day = words.date_short(first))
        }
        false => capital(&period_text(words, period)),
    };
    tr!(words, "operations-compared", period = period, value = value)
}

fn judgement(direction: Direction, now: &TileNow) -> Judgement {
    let Some((_, Ok(before))) = now.compared else { return Judgement::None };
    let Ok(value) = now.value else { return Judgement::None };
    let (value, before) = (value.to_f64(), before.to_f64());
    match direction {
        Direction::Higher if value > before => Judgement::Good,
        Direction::Higher if value < before => Judgement::Bad,
        Direction::Lower if value < before => Judgement::Good,
        Direction::Lower if value > before => Judgement::Bad,
        _ => Judgement::None,
    }
}

fn number(value: Value) -> Option<f64> {
    value.ok().map(|value| value.to_f64())
}

/// Alerts whose incident is open, the newest first.
pub(super) fn alerts(words: &Words, desk: &Desk, alerts: &[Alert], now: Instant) -> Markup {
    let directory = desk.front.directory.get();
    html! {
        @if alerts.is_empty() { p.muted { (tr!(words, "operations-no-alerts")) } }
        ul.al.l {
            @for alert in alerts.iter().take(ALERTS_SHOWN) {
                @let (drawing, class) = say::icon_of(alert.rule.as_ref());
                li {
                    span class=(class) { (icon(drawing)) }
                    a href={ (INCIDENTS) "/" (alert.code) } { b { (say::alert(words, &directory, alert)) } }
                    small { (standing(words, alert, now)) }
                }
            }
        }
        @if alerts.len() > ALERTS_SHOWN {
            p.more { a href=(ALERTS) { (tr!(words, "operations-more-alerts", n = alerts.len())) } }
        }
    }
}

/// Where an alert stands, in a few words.
pub(super) fn standing(words: &Words, alert: &Alert, now: Instant) -> String {
    let at = |at: Instant| words.moment_near(at, now);
    if let Some(closed) = alert.closed_at {
        return tr!(words, "operations-closed-at", at = at(closed));
    }
    let first = match (alert.acknowledged_at, alert.escalated_at) {
        (Some(by), _) => tr!(words, "operations-acknowledged-at", at = at(by)),
        (None, Some(by)) => tr!(words, "operations-escalated-at", at = at(by)),
        (None, None) => tr!(words, "operations-waits", at = at(alert.escalate_at)),
    };
    match alert.cleared_at {
        Some(cleared) => {
            format!("{first}; {}", tr!(words, "operations-cleared-at", at = at(cleared)))
        }
        None => first,
    }
}

/// Agencies with most of what the ranking counts.
pub(super) fn ranking(words: &Words, desk: &Desk, glance: &Glance) -> Markup {
    let directory = desk.front.directory.get();
    let of = &glance.layout.ranking;
    if glance.ranking.is_empty() {
        return html! { p.muted { (tr!(words, "operations-ranking-empty")) } };
    }
    let today = crate::model::Span::Today.period(glance.fresh.now);
    let bar = |(agency, value): &(kernel::AgencyId, Value)| Bar {
        name: directory.agency(*agency).map_or_else(String::new, |of| of.short_name.clone()),
        value: number(*value),
        href: Some(figure_page(&of.indicator, &Scope::agency(*agency), today)),
        bad: false,
    };
    let indicator = desk.indicator(&of.indicator).ok();
    let chart = Bars {
        title: indicator
            .map_or_else(String::new, |of| say::name(words, &of.name, &of.name_en).to_owned()),
        decimals: indicator.map_or(0, |of| of.places as usize),
        bars: glance.ranking.iter().map(bar).collect(),
        ..Bars::default()
    };
    chart::bars(words, &chart)
}

/// Lĩnh vực, each a small line.
pub(super) fn fields(words: &Words, desk: &Desk, glance: &Glance) -> Markup {
    let of = &glance.layout.fields;
    let indicator = desk.indicator(&of.indicator).ok();
    let lower = indicator.is_some_and(|of| of.direction == Direction::Lower);
    let bad = |value: Option<f64>| {
        value.is_some_and(|value| if lower { value > of.target } else { value < of.target })
    };
    let line = |field: &crate::queries::Field| {
        let values: Vec<Option<f64>> = field.weeks.iter().map(|value| number(*value)).collect();
        let newest = values.len().saturating_sub(1);
        let known = values.iter().rposition(Option::is_some);
        let last = known.and_then(|at| values[at]);
        let week = known.and_then(|at| field.periods.get(at)).or(field.periods.last());
        // A lĩnh vực of which nothing was finished for weeks shows its last value: it says of when.
        let name = match (known, week) {
            (Some(at), Some(week)) if at < newest => tr!(
                words,
                "operations-field-of-week",
                name = field.name.clone(),
                day = words.date_short(week.first().date())
            ),
            _ => field.name.clone(),
        };
        // The page of a figure shows a part of it by the name of the lĩnh vực.
        let href = week.map(|week| {
            let page = figure_page(&of.indicator, &glance.scope, *week);
            format!("{page}&linh-vuc={}", web::http::encoded(&field.name))
        });
        Multiple { name, values, href, bad: bad(last) }
    };
    let chart = Multiples {
        title: tr!(words, "operations-fields"),
        unit: "%".to_owned(),
        decimals: 1,
        reference: Some(of.target),
        lines: glance.fields.iter().map(line).collect(),
    };
    chart::multiples(words, &chart)
}

/// The calendar of loads.
pub(super) fn load(words: &Words, desk: &Desk, glance: &Glance) -> Markup {
    let of = &glance.layout.load;
    let indicator = desk.indicator(&of.indicator).ok();
    let title =
        indicator.map_or_else(String::new, |of| say::name(words, &of.name, &of.name_en).to_owned());
    let most = glance.load.iter().filter_map(|day| number(day.value?)).fold(0.0, f64::max);
    let thousands = most >= 10_000.0;
    let day = |day: &crate::queries::LoadDay| chart::Day {
        date: day.date,
        value: match (day.value, day.holiday) {
            (None, _) => DayValue::Unknown,
            (Some(_), true) => DayValue::Off(tr!(words, "operations-holiday", day = "")),
            (Some(value), false) => number(value).map_or(DayValue::Unknown, DayValue::Load),
        },
    };
    let chart = Heat {
        finding: tr!(
            words,
            "operations-load-finding",
            name = title.clone(),
            most = words.decimal(most, 0)
        ),
        title,
        unit: String::new(),
        per: if thousands { 1000.0 } else { 1.0 },
        decimals: usize::from(thousands),
        days: glance.load.iter().map(day).collect(),
    };
    chart::heat(words, &chart)
}

/// The map of communes.
pub(super) fn map(words: &Words, desk: &Desk, glance: &Glance, outlines: &Outlines) -> Markup {
    let of = &glance.layout.map;
    let directory = desk.front.directory.get();
    let today = crate::model::Span::Today.period(glance.fresh.now);
    let class = |value: Value| match number(value) {
        None => Class::Unknown,
        Some(value) if value >= of.late => Class::Late,
        Some(value) if value >= of.soon => Class::Soon,
        Some(_) => Class::Fine,
    };
    let place = |now: &PlaceNow| Place {
        name: directory
            .places()
            .get(&now.place)
            .map_or_else(String::new, |p| p.bare_name().to_owned()),
        shape: match (outlines.get(&now.place), spots().get(&now.place)) {
            (Some(rings), _) => Shape::Area(rings.clone()),
            (None, Some(spot)) => Shape::Point(spot.east, spot.north),
            (None, None) => Shape::default(),
        },
        class: class(now.value),
        value: say::figure(words, desk, &of.indicator, now.value),
        href: Some(figure_page(&of.indicator, &Scope::agency(now.agency), today)),
    };
    let count =
        |wanted: Class| glance.places.iter().filter(|now| class(now.value) == wanted).count();
    let key = |of: Class, key: &str| (of, words.t_with(key, &[("n", count(of).into())]));
    let keys = vec![
        key(Class::Fine, "operations-map-fine"),
        key(Class::Soon, "operations-map-soon"),
        key(Class::Late, "operations-map-late"),
    ];
    let chart = MapChart {
        title: tr!(words, "operations-map", n = glance.places.len()),
        finding: tr!(
            words,
            "operations-map-finding",
            n = glance.places.len(),
            late = count(Class::Late),
            soon = count(Class::Soon)
        ),
        value: desk.indicator(&of.indicator).map_or_else(
            |_| String::new(),
            |of| say::name(words, &of.name, &of.name_en).to_owned(),
        ),
        places: glance.places.iter().map(place).collect(),
        keys,
    };
    chart::map(words, &chart)
}

/// Communes as a list: those that have something as bars, the largest first, and the others as names.
pub(super) fn communes(words: &Words, desk: &Desk, glance: &Glance) -> Markup {
    let of = &glance.layout.map;
    let directory = desk.front.directory.get();
    let today = crate::model::Span::Today.period(glance.fresh.now);
    let name = |now: &PlaceNow| {
        let agency = directory.agency(now.agency);
        agency.map_or_else(String::new, |agency| agency.short_name.clone())
    };
    let href = |now: &PlaceNow| figure_page(&of.indicator, &Scope::agency(now.agency), today);
    let has = |now: &&PlaceNow| number(now.value).is_none_or(|value| value > 0.0);
    let (mut some, mut none): (Vec<&PlaceNow>, Vec<&PlaceNow>) =
        glance.places.iter().partition(has);
    let order = |now: &PlaceNow| number(now.value).unwrap_or(-1.0);
    some.sort_by(|a, b| order(b).total_cmp(&order(a)));
    none.sort_by_cached_key(|now| kernel::fold(&name(now)));
    let bar = |now: &&PlaceNow| Bar {
        name: name(now),
        value: number(now.value),
        href: Some(href(now)),
        bad: number(now.value).is_some_and(|value| value >= of.late),
    };
    let indicator = desk.indicator(&of.indicator).ok();
    let title =
        indicator.map_or_else(String::new, |of| say::name(words, &of.name, &of.name_en).to_owned());
    let chart = Bars {
        title: title.clone(),
        decimals: indicator.map_or(0, |of| of.places as usize),
        bars: some.iter().map(bar).collect(),
        ..Bars::default()
    };
    html! {
        section.card aria-labelledby="m7" {
            h2 #m7 { (tr!(words, "operations-communes")) small { (title) } }
            @if !some.is_empty() { (chart::bars(words, &chart)) }
            @if !none.is_empty() {
                details.under open[some.len() < 20] {
                    summary { (tr!(words, "operations-communes-none", n = none.len())) }
                    ul.well.l { @for now in none { li { a href=(href(now)) { (name(now)) } } } }
                }
            }
        }
    }
}

/// Systems, each with its figure, what is late in it, and whether it lives.
pub(super) fn systems(words: &Words, desk: &Desk, glance: &Glance) -> Markup {
    let now = glance.fresh.now;
    let month = crate::model::Span::Month.period(now);
    let today = crate::model::Span::Today.period(now);
    let row = |(of, system): (&SystemOf, &SystemNow)| {
        let open = |code: &str, period, value| {
            html! {
                a href=(figure_page(code, &glance.scope, period)) { (say::figure(words, desk, code, value)) }
            }
        };
        let title =
            desk.indicator(&of.indicator).map_or("", |i| say::name(words, &i.name, &i.name_en));
        Row::Cells(vec![
            html! { b { (say::name(words, &of.name, &of.name_en)) } },
            html! { (title) },
            open(&of.indicator, month, system.value),
            html! { @if let (Some(late), Some(value)) = (&of.late, system.late) { (open(late, today, value)) } },
            html! {
                @match system.silent {
                    Some(minutes) => span.tag { (icon(web::Icon::Silent)) (tr!(words, "operations-silent-days", n = (minutes / 1440).max(1))) },
                    None if of.pulse.is_none() => span.muted { (tr!(words, "operations-no-pulse")) },
                    None => span.tag.ok { (tr!(words, "operations-alive")) },
                }
            },
        ])
    };
    table(&Table {
        caption: tr!(words, "operations-systems"),
        caption_shown: false,
        columns: vec![
            Column::text(tr!(words, "operations-system")),
            Column::text(tr!(words, "operations-figure")).dispensable(),
            Column::figures(tr!(words, "operations-this-month")),
            Column::figures(tr!(words, "operations-late-now")),
            Column::text(tr!(words, "operations-pulse")),
        ],
        rows: glance.layout.system.iter().zip(&glance.systems).map(row).collect(),
    })
}

/// Whether the page has a map: only that of the whole authority.
pub(super) fn has_map(glance: &Glance) -> bool {
    !glance.places.is_empty()
}
