//! A run: where it stands, and what came of it.

use std::collections::BTreeMap;

use axum::{
    Router,
    extract::{Path, State as Extract},
    response::{IntoResponse, Response},
    routing::get,
};
use maud::{Markup, html};
use web::{
    SignedIn,
    components::{
        crumbs::crumbs,
        table::{self, Column, Row, Table},
    },
    http::{self, Problem},
    tr,
};

use super::{OUTLOOK, Sight, State, admit, again, measured, plan, step_names, words};
use crate::{
    Error,
    model::{Compared, Differs, Question, Run, RunId, State as Standing, Told},
    queries,
};

pub(super) fn routes() -> Router<State> {
    Router::new().route(&format!("{OUTLOOK}/lan/{{id}}"), get(show))
}

async fn show(
    Extract(state): Extract<State>,
    me: SignedIn,
    Path(id): Path<String>,
) -> Result<Response, Problem> {
    admit(&state, &me)?;
    let id: RunId = id.parse().map_err(|_| Problem::not_found())?;
    let desk = state.0.clone();
    let read = state.front.store.read(move |tx| {
        let run = queries::run(tx, &desk, id)?;
        Ok::<_, Error>((run, queries::told(tx, &desk, id)?, measured::newest(tx, &desk)?))
    });
    let (run, told, tested) = read.await?;
    let run = run.ok_or_else(Problem::not_found)?;
    let sight = Sight::of(&state, &me);
    // What somebody asked of agencies that the reader does not see is not shown.
    if !sight.all && run.asked_by != Some(me.person) {
        return Err(Problem::not_found());
    }
    match run.question {
        Question::Forecast => return Ok(http::see_other(OUTLOOK)),
        Question::BackTest { .. } => return Ok(http::see_other(&format!("{OUTLOOK}/kiem-chung"))),
        Question::WhatIf { .. } | Question::Plan { .. } => {}
    }
    let ctx = desk::context(&state, &me).await?;
    let steps = step_names(&state);
    let title = title(&me, &run, &steps);
    let (home, suppose) = (tr!(me, "outlook-title"), tr!(me, "outlook-suppose-title"));
    let back = format!("{OUTLOOK}/thu");
    let main = html! {
        (crumbs(&me.words, &[(&home, OUTLOOK), (&suppose, &back)], &title))
        (words::standing(&me, &run))
        @if told.is_some() { (measured::warning(&me.words, tested.as_ref())) }
        @match &told {
            Some(Told::WhatIf(compared)) => (difference(&me, compared, &sight)),
            Some(Told::Plan(drawn)) => (plan::plan(&me, drawn, &sight, &steps)),
            _ => {},
        }
        @if let Some(ended) = run.ended_at {
            p.small.muted.after { (tr!(me, "outlook-run-at", at = me.words.moment_near(ended, me.now),
                pos = me.words.number(run.pos.unwrap_or_default()))) }
        }
        p.after { a href=(back) { (tr!(me, "outlook-another")) } }
    };
    let page = desk::page(&ctx, &title, html! {}, main);
    let waits = matches!(run.state, Standing::Waiting | Standing::Running);
    Ok(if waits { again(page) } else { page.into_response() })
}

fn title(me: &SignedIn, run: &Run, steps: &BTreeMap<String, String>) -> String {
    match &run.question {
        Question::WhatIf { supposed } => words::supposed(me, supposed, steps),
        Question::Plan { agency: Some(agency) } => {
            tr!(me, "outlook-plan-of", agency = words::agency(&me.directory, *agency))
        }
        _ => tr!(me, "outlook-plan-all"),
    }
}

/// Without and with the change, in a sentence and by agency.
fn difference(me: &SignedIn, compared: &Compared, sight: &Sight) -> Markup {
    let whole = &compared.province;
    let more = whole.more.mean;
    let key = match more {
        more if more < -0.05 => "outlook-fewer",
        more if more > 0.05 => "outlook-more",
        _ => "outlook-same",
    };
    let values = [
        ("without", me.words.decimal(whole.without.mean, 1).into()),
        ("with", me.words.decimal(whole.with.mean, 1).into()),
        ("n", me.words.decimal(more.abs(), 1).into()),
        ("better", me.words.share(whole.better).into()),
        ("days", compared.days.into()),
    ];
    let row = |name: String, of: &Differs| {
        Row::Cells(vec![
            html! { (name) },
            html! { (words::range(&me.words, of.without)) },
            html! { (words::range(&me.words, of.with)) },
            html! { b { (signed(me, of.more.mean)) } },
            html! { (me.words.share(of.better)) },
        ])
    };
    let mut rows = vec![row(tr!(me, "outlook-province"), whole)];
    let seen = compared.agencies.iter().filter(|(id, _)| sight.sees(me, *id));
    rows.extend(seen.map(|(id, of)| row(words::agency(&me.directory, *id), of)));
    let columns = vec![
        Column::text(tr!(me, "outlook-agency")),
        Column::figures(tr!(me, "outlook-without")),
        Column::figures(tr!(me, "outlook-with")),
        Column::figures(tr!(me, "outlook-difference")),
        Column::figures(tr!(me, "outlook-better")),
    ];
    let caption = tr!(me, "outlook-comparison");
    html! {
        p.lead { (web::i18n::rich(&me.words.t_with(key, &values))) }
        (table::table(&Table { caption, caption_shown: true, columns, rows }))
        p.small.muted { (tr!(me, "outlook-comparison-how", runs = compared.runs)) }
    }
}

fn signed(me: &SignedIn, number: f64) -> String {
    let sign = if number > 0.0 { "+" } else { "" };
    format!("{sign}{}", me.words.decimal(number, 1))
}
