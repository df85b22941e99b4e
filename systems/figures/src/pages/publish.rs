//! Publishing a figure: it stays as it is, with its place in the journal; what changes later is a
//! correction with a reason, and both are seen.

use axum::{
    Form, Router,
    extract::{Path, Query, State},
    response::Response,
    routing::post,
};
use desk::{Desk, FIGURES, figure_text, typed};
use identity::access::Action;
use indicators::{Indicator, Revised};
use maud::{Markup, html};
use web::{
    PageContext, SignedIn,
    components::{
        fields::{self, Field},
        flash::Flash,
        note::{self, Tone},
        section,
        table::{Column, Row, Table, table},
    },
    http::{Problem, flash::see_other_with},
    page::csrf_field,
    tr,
};

use super::figure::{read, unknown};
use crate::{
    asked::{Asked, View},
    queries::Shown,
};

/// Most letters of a reason.
const REASON_MAX: usize = 1000;

pub(super) fn routes() -> Router<Desk> {
    Router::new().route("/chi-tieu/{code}/cong-bo", post(publish))
}

/// What was published, what has moved since, and the button.
pub(super) fn section(
    (desk, ctx): (&Desk, &PageContext),
    me: &SignedIn,
    of: &Indicator,
    view: &View,
    shown: &Shown,
) -> Markup {
    let may = view.may(desk, me, Action::Direct).is_ok();
    let last = shown.published.last();
    let changed = last.is_some_and(|last| last.value != shown.figure.value);
    let over = view.period.last().date() < kernel::today(me.now);
    if last.is_none() && !(may && over) {
        return html! {};
    }
    let action = format!("{FIGURES}/{}/cong-bo?{}", of.code, view.query());
    let reason = tr!(me, "figures-reason");
    let body = html! {
        @if shown.published.is_empty() { p.muted { (tr!(me, "figures-not-published")) } }
        @else { (table(&revisions(me, of, &shown.published))) }
        @if changed {
            (note::note(Tone::Soon, html! { (tr!(me, "figures-moved", n = shown.moved.len())) }))
        }
        @if may && over && (last.is_none() || changed) {
            form.stack method="post" action=(action) {
                (csrf_field(ctx))
                (fields::textarea(&me.words, &Field::new("ly-do", &reason).letters_max(1000), ""))
                div.row { button.btn.go {
                    @if last.is_none() { (tr!(me, "figures-publish")) } @else { (tr!(me, "figures-correct")) }
                } }
            }
        }
    };
    section::card("cong-bo", &tr!(me, "figures-published"), body)
}

fn revisions(me: &SignedIn, of: &Indicator, published: &[Revised]) -> Table {
    let words = &me.words;
    let rows = published.iter().map(|one| {
        Row::Cells(vec![
            html! { (words.number(one.number)) },
            html! { (figure_text(words, of, one.value)) },
            html! { (words.moment(one.at)) },
            html! { (one.reason) },
            html! { (words.number(one.pos)) },
        ])
    });
    Table {
        caption: tr!(me, "figures-published"),
        caption_shown: false,
        columns: vec![
            Column::figures(tr!(me, "figures-revision")),
            Column::figures(tr!(me, "figures-value")),
            Column::text(tr!(me, "figures-published-at")),
            Column::text(tr!(me, "figures-reason")),
            Column::figures(tr!(me, "figures-pos")).dispensable(),
        ],
        rows: rows.collect(),
    }
}

async fn publish(
    State(desk): State<Desk>,
    me: SignedIn,
    Path(code): Path<String>,
    Query(asked): Query<Asked>,
    Form(fields): Form<Vec<(String, String)>>,
) -> Result<Response, Problem> {
    let form = typed::Typed(fields);
    if !form.is_own(&me) {
        return Err(typed::forged());
    }
    let view = asked.view(&desk, &me);
    view.may(&desk, &me, Action::Direct)?;
    desk.indicator(&code).map_err(|_| unknown(&me, &code))?;
    let back = format!("{FIGURES}/{code}?{}", view.query());
    let reason: String = form.get("ly-do").chars().take(REASON_MAX).collect();
    let shown = read(&desk, &code, &view).await?;
    if view.period.last().date() >= kernel::today(me.now) {
        return Ok(see_other_with(&back, Flash::failed(tr!(me, "figures-not-over"))));
    }
    if !shown.published.is_empty() && reason.is_empty() {
        return Ok(see_other_with(&back, Flash::failed(tr!(me, "figures-reason-missing"))));
    }
    let (shared, of, looked, actor, now) = (desk.clone(), code, view, me.actor(), me.now);
    let written = desk.front.store.write(move |tx| {
        let at = (&looked.scope, looked.period, &looked.slice);
        shared.publish_part(tx, &of, at, &reason, (&actor, now))
    });
    written.await?;
    Ok(see_other_with(&back, Flash::done(tr!(me, "figures-was-published"))))
}
