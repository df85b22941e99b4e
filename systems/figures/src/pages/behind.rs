//! The cases behind a figure, a page at a time: where a number ends and work begins.

use axum::{
    Router,
    extract::{Path, Query, State},
    routing::get,
};
use desk::{Desk, period_text};
use indicators::Behind;
use maud::{Markup, html};
use web::{
    SignedIn,
    components::{
        crumbs, empty, pager,
        table::{Column, Row, Table, table},
    },
    http::Problem,
    tr,
};

use super::{figure::unknown, parts};
use crate::{
    asked::{Asked, View},
    queries::{self, Opened},
};

pub(super) fn routes() -> Router<Desk> {
    Router::new().route("/chi-tieu/{code}/ho-so", get(show))
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
    let from = match asked.tu.as_str() {
        "" => None,
        text => Some(text.parse().map_err(|_| unknown(&me, &code))?),
    };
    let (shared, looked, of) = (desk.clone(), view.clone(), code.clone());
    let part = asked.phan;
    let read =
        desk.front.store.read(move |tx| queries::opened(tx, &shared, &of, &looked, (part, from)));
    let opened = read.await?.ok_or_else(|| unknown(&me, &code))?;
    let ctx = desk::context(&desk, &me).await?;
    let title = parts::fact_name(&me.words, &opened.opening.reference);
    let up = format!("{}?{}", figure_page_path(&code), view.query());
    let main = html! {
        (crumbs::crumbs(&me.words, &[
            (&tr!(me, "figures-list-title"), desk::FIGURES),
            (parts::name(&me.words, indicator), &up),
        ], &title))
        p.lead { (sentence(&me, &view, &opened)) }
        @if opened.page.lines.is_empty() {
            (empty::empty(&tr!(me, "figures-behind-none"), Some((&tr!(me, "figures-back"), &up))))
        } @else {
            section.card.box aria-label=(title) { (table(&lines(&desk, &me, &opened))) }
            (pager::pager(&me.words, None, opened.page.next.map(|next| {
                format!("{}/ho-so?{}&phan={part}&tu={next}", figure_page_path(&code), view.query())
            }).as_deref()))
        }
    };
    let title = web::i18n::capital(&title);
    Ok(desk::page(&ctx, &title, html! {}, main))
}

fn figure_page_path(code: &str) -> String {
    format!("{}/{code}", desk::FIGURES)
}

fn sentence(me: &SignedIn, view: &View, opened: &Opened) -> String {
    tr!(
        me,
        "figures-behind",
        n = me.words.number(opened.n),
        who = parts::scope_name(me, &view.scope),
        period = period_text(&me.words, view.period)
    )
}

fn lines(desk: &Desk, me: &SignedIn, opened: &Opened) -> Table {
    let rows = opened.page.lines.iter().map(|behind| one(desk, me, opened, behind));
    Table {
        caption: tr!(me, "figures-cases"),
        caption_shown: false,
        columns: vec![
            Column::text(tr!(me, "figures-case")),
            Column::text(tr!(me, "figures-day")),
            Column::text(tr!(me, "figures-agency")),
            Column::text(tr!(me, "figures-procedure")).dispensable(),
            Column::figures(tr!(me, "figures-pos")).dispensable(),
        ],
        rows: rows.collect(),
    }
}

fn one(desk: &Desk, me: &SignedIn, opened: &Opened, behind: &Behind) -> Row {
    let words = &me.words;
    let agency = me.directory.agency(behind.agency).map(|a| a.short_name.clone());
    let procedure = behind
        .procedure
        .code()
        .and_then(|code| Some(desk.book.shelf().newest(&code)?.name.clone()));
    Row::Cells(vec![
        html! {
            @match opened.case(behind) {
                Some(line) => a href=(line.address()) { (line.code) },
                None => span.muted { (tr!(me, "figures-no-case")) },
            }
        },
        html! { (words.date(behind.day.date())) },
        html! { (agency.unwrap_or_default()) },
        html! { (procedure.unwrap_or_default()) },
        html! {
            @match behind.pos {
                Some(pos) => (words.number(pos)),
                None => (tr!(me, "figures-lasting")),
            }
        },
    ])
}
