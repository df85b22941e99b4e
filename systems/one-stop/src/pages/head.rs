//! What a head answers for: a sentence before the numbers, and each number is a way to its list.

use axum::{
    Router,
    extract::{Query, State},
    routing::get,
};
use identity::access::Action;
use maud::{Markup, html};
use serde::Deserialize;
use web::{
    SignedIn,
    components::{
        filter::{self, FilterBar},
        table::{self, Column, Row, Table},
        tile::{self, Figure, Grade, Judgement, TileView},
    },
    http::Problem,
    i18n::capital,
    tr, tr_rich,
};

use super::{FIGURES, HEAD, ONLINE, REGISTER, RESULTS, asked};
use crate::{
    Desk, Error, pages,
    queries::{self, Overview, Scope},
};

pub(super) fn routes() -> Router<Desk> {
    Router::new().route(HEAD, get(show))
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
struct Asked {
    don_vi: String,
}

async fn show(
    State(desk): State<Desk>,
    me: SignedIn,
    Query(asked): Query<Asked>,
) -> Result<Markup, Problem> {
    let scope = asked::scope(&desk, &me, Action::ViewFigures, &asked.don_vi).await?;
    let (shared, of, now) = (desk.clone(), scope.clone(), me.now);
    let read = desk.front.store.read(move |tx| queries::overview(tx, &shared, &of, now)).await;
    let overview = read.map_err(|error: Error| Problem::from(error))?;
    let ctx = pages::context(&desk, &me).await?;
    let code = asked::code_of(&me.directory, &scope);
    let name = asked::name_of(&me.directory, &scope);
    let day = capital(&me.words.date_long(kernel::today(now)));
    let figures = asked::address(FIGURES, &[("don_vi", &code)]);
    let select = asked::agency_select(&me, &scope);
    let title = tr!(me, "head-title", agency = name);
    let beside = html! {
        span.row.push.noprint { a.btn.sm href=(figures) { (tr!(me, "head-figures")) } }
    };
    let main = html! {
        p.muted { (day) ", " (me.words.time(now)) }
        p.lead { (tr_rich!(me, "head-lead", open = overview.open, late = overview.late,
            soon = overview.soon, paused = overview.paused, accept = overview.to_accept,
            back = overview.to_return)) }
        @if let Some(select) = select {
            (filter::bar(&ctx, &FilterBar {
                action: HEAD.to_owned(), selects: vec![select], ..FilterBar::default()
            }))
        }
        div.stack {
        (tile::tiles(&me.words, &tr!(me, "head-figures-name"), &tiles(&me, &scope, &code, &overview)))
        (late_agencies(&me, &scope, &overview))
        (seats(&me, &overview))
        }
    };
    Ok(pages::page(&ctx, &title, beside, main))
}

fn tiles(me: &SignedIn, scope: &Scope, code: &str, of: &Overview) -> Vec<TileView> {
    let list =
        |pairs: &[(&str, &str)]| asked::address(REGISTER, &[&[("don_vi", code)], pairs].concat());
    let own = scope.top == me.agency;
    let desk_list = |path: &str, status: &str| {
        if own && scope.agencies.len() == 1 {
            path.to_owned()
        } else {
            list(&[("vai", "nhan"), ("trang_thai", status)])
        }
    };
    let fresh = tr!(me, "head-fresh", time = me.words.time(me.now));
    let tile = |key: &str, count: u64, bad: bool, said: String, href: String| TileView {
        name: me.words.t(key),
        grade: Grade::A,
        figure: Figure::Value(me.words.number(count), String::new()),
        comparison: said,
        judgement: if bad { Judgement::Bad } else { Judgement::None },
        freshness: fresh.clone(),
        opens: Some((tr!(me, "head-open", n = count), href)),
    };
    let longest = of.paused_longest.as_ref().map_or_else(String::new, |(code, since)| {
        let since = me.words.moment_near(*since, me.now);
        tr!(me, "head-longest", code = code.as_str(), since = since)
    });
    let accept_late = if of.to_accept_late > 0 {
        tr!(me, "head-accept-late", n = of.to_accept_late)
    } else {
        String::new()
    };
    vec![
        tile("head-late", of.late, of.late > 0, String::new(), list(&[("tre", "dang")])),
        tile("head-soon", of.soon, false, String::new(), list(&[("tre", "sap")])),
        tile("head-paused", of.paused, false, longest, list(&[("trang_thai", "tam_dung")])),
        tile(
            "head-accept",
            of.to_accept,
            of.to_accept_late > 0,
            accept_late,
            desk_list(ONLINE, "submitted"),
        ),
        tile("head-return", of.to_return, false, String::new(), desk_list(RESULTS, "finished")),
        tile("head-running", of.open, false, String::new(), list(&[("trang_thai", "dang")])),
    ]
}

fn late_agencies(me: &SignedIn, scope: &Scope, of: &Overview) -> Markup {
    if scope.agencies.len() < 2 || of.late_by_agency.is_empty() {
        return html! {};
    }
    let rows = of.late_by_agency.iter().take(20).filter_map(|(id, count)| {
        let agency = me.directory.agency(*id)?;
        let pairs = [("don_vi", agency.code.as_str()), ("tre", "dang")];
        let href = asked::address(REGISTER, &pairs);
        let below = asked::address(HEAD, &[("don_vi", agency.code.as_str())]);
        Some(Row::Cells(vec![
            html! { a href=(below) { (agency.name) } },
            html! { a href=(href) { (me.words.number(*count)) } },
        ]))
    });
    table::table(&Table {
        caption: tr!(me, "head-late-by-agency"),
        caption_shown: true,
        columns: vec![Column::text(tr!(me, "ask-agency")), Column::figures(tr!(me, "head-late"))],
        rows: rows.collect(),
    })
}

fn seats(me: &SignedIn, of: &Overview) -> Markup {
    let rows = of.seats.iter().map(|load| {
        let post = me.directory.post(load.post);
        let holder = me.directory.holder(load.post, me.now).map(|person| person.name.clone());
        let agency = me.directory.agency(load.agency).map(|agency| agency.short_name.clone());
        Row::Cells(vec![
            html! {
                b { (holder.unwrap_or_else(|| tr!(me, "head-vacant"))) }
                span.sub { (post.map_or("", |post| post.title.as_str())) }
            },
            html! { (agency.unwrap_or_default()) },
            html! { (me.words.number(load.held)) },
            html! { (me.words.number(load.step_late)) },
            html! { (me.words.number(load.paused)) },
        ])
    });
    let rows: Vec<Row> = rows.collect();
    if rows.is_empty() {
        return html! {};
    }
    table::table(&Table {
        caption: tr!(me, "head-seats"),
        caption_shown: true,
        columns: vec![
            Column::text(tr!(me, "head-seat")),
            Column::text(tr!(me, "ask-agency")).dispensable(),
            Column::figures(tr!(me, "head-held")),
            Column::figures(tr!(me, "head-step-late")),
            Column::figures(tr!(me, "head-seat-paused")),
        ],
        rows,
    })
}
