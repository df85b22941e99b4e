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
        note::{self, Tone},
        section,
        table::{self, Column, Row, Table},
    },
    http::{self, Problem},
    tr, tr_rich,
};

use super::{OUTLOOK, Sight, State, admit, again, step_names, words};
use crate::{
    Error,
    model::{
        Compared, Differs, Drawn, Move, Moved, Proved, Question, Run, RunId, State as Standing,
        Told,
    },
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
        Ok::<_, Error>((run, queries::told(tx, &desk, id)?))
    });
    let (run, told) = read.await?;
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
        @match &told {
            Some(Told::WhatIf(compared)) => (difference(&me, compared, &sight)),
            Some(Told::Plan(drawn)) => (plan(&me, drawn, &sight, &steps)),
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

fn plan(me: &SignedIn, drawn: &Drawn, sight: &Sight, steps: &BTreeMap<String, String>) -> Markup {
    let step = |id: &str| steps.get(id).cloned().unwrap_or_else(|| id.to_owned());
    let what = |moved: &Moved, times: usize| {
        let (agency, at) = (words::agency(&me.directory, moved.agency), step(&moved.step));
        match &moved.what {
            Move::AddOfficer => {
                tr!(me, "outlook-move-officer", n = times, step = at, agency = agency)
            }
            Move::Lend { from } => {
                tr!(
                    me,
                    "outlook-move-lend",
                    n = times,
                    from = step(from),
                    step = at,
                    agency = agency
                )
            }
            Move::Overtime { minutes } => {
                tr!(me, "outlook-move-overtime", n = *minutes, step = at, agency = agency)
            }
            Move::ByDue => tr!(me, "outlook-move-by-due", step = at, agency = agency),
        }
    };
    // What is done several times stands once, with how often.
    let mut together: Vec<(&Moved, usize)> = Vec::new();
    for moved in drawn.moves.iter().filter(|moved| sight.sees(me, moved.agency)) {
        let same = |(known, _): &&mut (&Moved, usize)| {
            (&known.what, known.agency, &known.step) == (&moved.what, moved.agency, &moved.step)
        };
        match together.iter_mut().find(same) {
            Some((_, times)) => *times += 1,
            None => together.push((moved, 1)),
        }
    }
    let row = |(moved, times): &(&Moved, usize)| {
        Row::Cells(vec![
            html! { (what(moved, *times)) },
            html! { b { (me.words.decimal(moved.fewer, 1)) } },
            html! { (me.words.share(moved.used_without)) },
            html! { (me.words.share(moved.used_with)) },
        ])
    };
    let rows: Vec<Row> = together.iter().map(row).collect();
    let columns = vec![
        Column::text(tr!(me, "outlook-move")),
        Column::figures(tr!(me, "outlook-fewer-late")),
        Column::figures(tr!(me, "outlook-used-without")),
        Column::figures(tr!(me, "outlook-used-with")),
    ];
    let caption = tr!(me, "outlook-moves", n = drawn.moves.len());
    html! {
        p.lead { (tr_rich!(me, "outlook-plan-reaches", n = drawn.moves.len(),
            without = me.words.share(drawn.without.share), with = me.words.share(drawn.with.share))) }
        (note::note(Tone::Plain, html! { p { (proof(me, drawn)) } }))
        @if drawn.moves.is_empty() {
            (section::card("moves", &caption, html! { p { (tr!(me, "outlook-no-moves")) } }))
        } @else {
            div.after { (table::table(&Table { caption, caption_shown: true, columns, rows })) }
        }
        p.small.muted { (tr!(me, "outlook-plan-how", runs = drawn.runs, days = drawn.days, trials = me.words.number(drawn.trials))) }
    }
}

/// How sure it is that no fewer moves do.
fn proof(me: &SignedIn, drawn: &Drawn) -> String {
    match drawn.proof {
        Proved::Fewest => tr!(me, "outlook-proof-fewest"),
        Proved::AtLeast { moves } => tr!(me, "outlook-proof-at-least", n = moves),
        Proved::Impossible { best } => {
            tr!(me, "outlook-proof-impossible", best = me.words.share(best))
        }
        Proved::NotFound { moves } => tr!(me, "outlook-proof-not-found", n = moves),
    }
}
