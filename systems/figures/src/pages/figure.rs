//! One figure: what it is, since when, made of what, and how well it is proved.

use axum::{
    Router,
    extract::{Path, Query, State},
    routing::get,
};
use desk::{Desk, FIGURES, figure_page_of, figure_text, period_text};
use indicators::{Indicator, Scope, Unit, Value};
use maud::{Markup, html};
use web::{
    PageContext, SignedIn,
    chart::{Bar, Bars, LineChart, Series, bars, line},
    components::{
        crumbs,
        filter::{self, FilterBar},
        kv,
        note::{self, Tone},
        section,
        table::{Column, Row, Table, table},
        tile::{self, Figure as Tile, TileView},
    },
    http::Problem,
    tr,
};

use super::{parts, publish};
use crate::{
    Error,
    asked::{Asked, View},
    queries::{self, Shown},
};

pub(super) fn routes() -> Router<Desk> {
    Router::new().route("/chi-tieu/{code}", get(show))
}

async fn show(
    State(desk): State<Desk>,
    me: SignedIn,
    Path(code): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Markup, Problem> {
    let view = asked.view(&desk, &me);
    view.may_see(&desk, &me)?;
    let indicator = desk.indicator(&code).map_err(|_| unknown(&me, &code))?;
    let (shared, looked, of) = (desk.clone(), view.clone(), code.clone());
    let read = desk.front.store.read(move |tx| queries::shown(tx, &shared, &of, &looked));
    let shown = match read.await {
        Ok(shown) => Some(shown),
        Err(error) if error.is_nothing_yet() => None,
        Err(error) => return Err(error.into()),
    };
    let ctx = desk::context(&desk, &me).await?;
    let title = parts::name(&me.words, indicator);
    let main = html! {
        (crumbs::crumbs(&me.words, &[(&tr!(me, "figures-list-title"), FIGURES)], title))
        p.muted { (parts::concept(&me.words, indicator)) }
        (filter::bar(&ctx, &FilterBar {
            action: format!("{FIGURES}/{code}"),
            selects: vec![parts::scopes(&desk, &me, &view.scope), parts::periods(&me, view.period)],
            ..FilterBar::default()
        }))
        @match &shown {
            None => (note::note(Tone::Plain, html! { (tr!(me, "figures-nothing-yet")) })),
            Some(shown) => (body((&desk, &ctx), &me, indicator, &view, shown)),
        }
        div.after { (definition(&me, indicator)) }
    };
    Ok(desk::page(&ctx, title, html! {}, main))
}

/// There is no such indicator.
pub(super) fn unknown(me: &SignedIn, code: &str) -> Problem {
    let way = tr!(me, "figures-all");
    Problem::not_found().detail(tr!(me, "figures-unknown", code = code)).way_out(way, FIGURES)
}

fn body(
    (desk, ctx): (&Desk, &PageContext),
    me: &SignedIn,
    of: &Indicator,
    view: &View,
    shown: &Shown,
) -> Markup {
    html! { div.stack {
        (tile::tiles(&me.words, &tr!(me, "figures-value"), &[now(me, of, view, shown)]))
        div.two {
            (section::card("theo-ky", &tr!(me, "figures-over-time"), over_time(me, of, shown)))
            (section::card("tinh-tu", &tr!(me, "figures-made-of"), made_of(me, of, view, shown)))
        }
        @if !shown.parts.is_empty() {
            (section::card("theo-don-vi", &tr!(me, "figures-by-agency"), by_agency(me, of, view, shown)))
        }
        (publish::section((desk, ctx), me, of, view, shown))
    } }
}

/// The figure itself, with how much it changed since the period before.
fn now(me: &SignedIn, of: &Indicator, view: &View, shown: &Shown) -> TileView {
    let words = &me.words;
    let figure = match shown.figure.value {
        Ok(_) => Tile::Value(figure_text(words, of, shown.figure.value), String::new()),
        Err(_) => Tile::None(figure_text(words, of, shown.figure.value)),
    };
    let before = shown.line.len().checked_sub(2).map(|at| shown.line[at]);
    let comparison = before.map_or_else(String::new, |(period, value)| {
        tr!(
            me,
            "figures-before",
            period = period_text(words, period),
            value = figure_text(words, of, value)
        )
    });
    TileView {
        name: format!(
            "{}, {}{}",
            parts::scope_name(me, &view.scope),
            period_text(words, view.period),
            parts::part_name(words, &view.slice)
        ),
        grade: parts::grade(shown.figure.grade),
        figure,
        comparison,
        freshness: parts::freshness(me, &shown.figure.as_of),
        ..TileView::default()
    }
}

/// The unit behind values of charts.
fn unit(words: &web::Words, of: &Indicator) -> String {
    match of.unit {
        Unit::Count(_) | Unit::Ratio => String::new(),
        Unit::Percent => "%".to_owned(),
        unit => words.t(&format!("figures-unit-{}", unit.word())),
    }
}

fn float(value: Value) -> Option<f64> {
    value.ok().map(indicators::Exact::to_f64)
}

fn over_time(me: &SignedIn, of: &Indicator, shown: &Shown) -> Markup {
    let words = &me.words;
    let name = parts::name(words, of).to_owned();
    let last = shown.line.last().map(|(_, value)| figure_text(words, of, *value));
    line(
        words,
        &LineChart {
            title: name.clone(),
            finding: tr!(
                me,
                "figures-finding",
                name = name.as_str(),
                value = last.unwrap_or_default()
            ),
            unit: unit(words, of),
            decimals: of.places as usize,
            along: shown.line.iter().map(|(period, _)| short(*period)).collect(),
            series: vec![Series {
                values: shown.line.iter().map(|(_, value)| float(*value)).collect(),
                ..Series::default()
            }],
            from_zero: matches!(of.unit, Unit::Count(_) | Unit::Dong),
            ..LineChart::default()
        },
    )
}

/// "11/26", "IV/26", "2026": what fits under an axis.
fn short(period: indicators::Period) -> String {
    let text = period.to_string();
    let (year, month) = (period.last().month().year() % 100, period.last().month().of_year());
    match text.as_bytes() {
        [_, _, _, _] => text,
        [_, _, _, _, b'-', b'q', number] => format!("Q{}/{year:02}", char::from(*number)),
        _ => format!("{month}/{year:02}"),
    }
}

/// The facts of the formula, each opening to its cases.
fn made_of(me: &SignedIn, of: &Indicator, view: &View, shown: &Shown) -> Markup {
    let words = &me.words;
    let rows = shown.figure.parts.iter().enumerate().map(|(at, (opening, n))| {
        let list = format!("{FIGURES}/{}/ho-so?{}&phan={at}", of.code, view.query());
        Row::Cells(vec![
            html! { (parts::fact_name(words, &opening.reference)) },
            html! { a href=(list) { (words.number(*n)) } },
        ])
    });
    let table = table(&Table {
        caption: tr!(me, "figures-made-of"),
        caption_shown: false,
        columns: vec![
            Column::text(tr!(me, "figures-fact")),
            Column::figures(tr!(me, "figures-number")),
        ],
        rows: rows.collect(),
    });
    html! {
        @if shown.figure.parts.is_empty() {
            p.muted { (figure_text(words, of, shown.figure.value)) }
        } @else { (table) p.small.muted { (tr!(me, "figures-opens")) } }
    }
}

fn by_agency(me: &SignedIn, of: &Indicator, view: &View, shown: &Shown) -> Markup {
    let words = &me.words;
    let mut parts: Vec<_> = shown.parts.iter().collect();
    let key = |value: &Value| float(*value).unwrap_or(f64::NEG_INFINITY);
    parts.sort_by(|a, b| key(&b.1).total_cmp(&key(&a.1)));
    let bar = |(agency, value): &&(kernel::AgencyId, Value)| Bar {
        name: me.directory.agency(*agency).map(|a| a.short_name.clone()).unwrap_or_default(),
        value: float(*value),
        href: Some(figure_page_of(&of.code, &Scope::agency(*agency), view.period, &view.slice)),
        ..Bar::default()
    };
    let none = parts.iter().filter(|(_, value)| value.is_err()).count();
    html! {
        (bars(words, &Bars {
            title: parts::name(words, of).to_owned(),
            unit: unit(words, of),
            decimals: of.places as usize,
            reference: float(shown.figure.value).filter(|_| of.unit == Unit::Percent),
            bars: parts.iter().filter(|(_, value)| value.is_ok()).map(bar).collect(),
            ..Bars::default()
        }))
        @if none > 0 { p.small.muted { (tr!(me, "figures-without", n = none)) } }
    }
}

/// What the indicator is: formula, source, law.
fn definition(me: &SignedIn, of: &Indicator) -> Markup {
    let words = &me.words;
    let until = of.valid_to.map(|day| parts::day(me, day));
    let validity = match until {
        Some(until) => {
            tr!(me, "figures-valid-to", from = parts::day(me, of.valid_from), to = until)
        }
        None => tr!(me, "figures-valid-from", from = parts::day(me, of.valid_from)),
    };
    let grade = web::components::tile::grade(words, parts::grade(of.grade));
    let body = kv::kv(&[
        (tr!(me, "figures-code"), html! { code { (of.code) } }),
        (
            tr!(me, "figures-direction"),
            html! { (words.t(&format!("figures-direction-{}", of.direction.word()))) },
        ),
        (tr!(me, "figures-source"), html! { (of.source) " " (grade) }),
        (tr!(me, "figures-law"), html! { (of.legal_basis.join("; ")) }),
        (tr!(me, "figures-validity"), html! { (validity) }),
    ]);
    let body = html! {
        (body)
        p.after { (tr!(me, "figures-formula")) }
        p.small { (of.formula_text) }
    };
    section::card("dinh-nghia", &tr!(me, "figures-definition"), body)
}

/// Reads again what a page showed, for whoever acts on it.
pub(super) async fn read(desk: &Desk, code: &str, view: &View) -> Result<Shown, Error> {
    let (shared, looked, of) = (desk.clone(), view.clone(), code.to_owned());
    desk.front.store.read(move |tx| queries::shown(tx, &shared, &of, &looked)).await
}
