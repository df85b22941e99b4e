//! All indicators: found by words, each with its value for one agency and period.

use axum::{
    Router,
    extract::{Query, State},
    routing::get,
};
use desk::{Desk, FIGURES, figure_page, figure_text};
use indicators::{Indicator, Value};
use kernel::fold;
use maud::{Markup, html};
use web::{
    SignedIn,
    components::{
        empty,
        filter::{self, FilterBar},
        table::{Column, Row, Table, table},
        tile::grade,
    },
    http::Problem,
    tr,
};

use super::parts;
use crate::{
    Error,
    asked::{Asked, View},
    queries,
};

pub(super) fn routes() -> Router<Desk> {
    Router::new().route(FIGURES, get(show))
}

async fn show(
    State(desk): State<Desk>,
    me: SignedIn,
    Query(asked): Query<Asked>,
) -> Result<Markup, Problem> {
    let view = asked.view(&desk, &me);
    view.may_see(&desk, &me)?;
    let (shared, wanted, looked) = (desk.clone(), fold(&asked.q), view.clone());
    let read = desk.front.store.read(move |tx| {
        let found = found(&shared, &wanted);
        let values = queries::all(tx, &shared, &found, &looked)?;
        let found = found.into_iter().cloned().zip(values).collect::<Vec<_>>();
        Ok::<_, Error>(found)
    });
    let found: Vec<(Indicator, Option<Value>)> = read.await?;
    let ctx = desk::context(&desk, &me).await?;
    let title = tr!(me, "figures-list-title");
    let search = (tr!(me, "figures-search"), tr!(me, "figures-search-hint"), asked.q.clone());
    let main = html! {
        p.muted { (tr!(me, "figures-lead", n = found.len())) }
        (filter::bar(&ctx, &FilterBar {
            action: FIGURES.to_owned(),
            search: Some(search),
            selects: vec![parts::scopes(&desk, &me, &view.scope), parts::periods(&me, view.period)],
            clear: (!asked.q.is_empty()).then(|| format!("{FIGURES}?{}", view.query())),
            ..FilterBar::default()
        }))
        @if found.is_empty() {
            (empty::empty(&tr!(me, "figures-not-found", q = asked.q.as_str()), Some((&tr!(me, "figures-all"), FIGURES))))
        } @else {
            section.card.box aria-label=(title) { (table(&lines(&me, &view, &found))) }
        }
    };
    Ok(desk::page(&ctx, &title, html! {}, main))
}

/// The indicators that hold every word that was typed, with or without marks, by their group.
fn found<'d>(desk: &'d Desk, wanted: &str) -> Vec<&'d Indicator> {
    let holds = |one: &&Indicator| {
        let text = fold(&format!("{} {} {} {}", one.code, one.name, one.name_en, one.concept));
        wanted.split(' ').all(|word| text.contains(word))
    };
    desk.definitions().iter().filter(holds).collect()
}

fn lines(me: &SignedIn, view: &View, found: &[(Indicator, Option<Value>)]) -> Table {
    let words = &me.words;
    let mut rows = Vec::with_capacity(found.len() + 16);
    let mut group = "";
    for (one, value) in found {
        let of = one.code.split('.').next().unwrap_or_default();
        if of != group {
            group = of;
            let key = format!("figures-group-{}", of.replace('_', "-"));
            let name = if words.has(&key) { words.t(&key) } else { of.to_owned() };
            rows.push(Row::Group(name, String::new()));
        }
        let page = figure_page(&one.code, &view.scope, view.period);
        let value = match value {
            Some(value) => figure_text(words, one, *value),
            None => tr!(me, "figure-none-nothing-counted"),
        };
        rows.push(Row::Cells(vec![
            html! { a href=(page) { (parts::name(words, one)) } " " (grade(words, parts::grade(one.grade))) },
            html! { (value) },
            html! { code.small { (one.code) } },
        ]));
    }
    Table {
        caption: tr!(me, "figures-list-title"),
        caption_shown: false,
        columns: vec![
            Column::text(tr!(me, "figures-indicator")),
            Column::figures(tr!(me, "figures-value")),
            Column::text(tr!(me, "figures-code")).dispensable(),
        ],
        rows,
    }
}
