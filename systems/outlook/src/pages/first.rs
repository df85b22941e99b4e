//! The first page: what will be late in the next days if nothing changes, where, and which cases.

use std::collections::BTreeMap;

use axum::{
    Form, Router,
    extract::{Query, State as Extract},
    response::{IntoResponse, Response},
    routing::{get, post},
};
use desk::{
    Line,
    typed::{Typed, forged},
};
use jiff::civil::Date;
use kernel::{AgencyId, CaseId};
use maud::{Markup, html};
use serde::Deserialize;
use web::{
    PageContext, SignedIn,
    chart::{self, Band, LineChart, Mark, Series, Stroke},
    components::{
        crumbs::crumbs,
        empty,
        flash::Flash,
        section,
        table::{self, Column, Row, Table},
    },
    http::{Problem, flash::see_other_with},
    page::csrf_field,
    tr, tr_rich,
};

use super::{OUTLOOK, Sight, State, admit, again, measured, notes, places, step_names, words};
use crate::{
    Error, commands,
    model::{Ahead, Foreseen, Kind, Question, Run, Tested},
    queries,
};

/// Cases at risk that are shown.
const CASES_SHOWN: usize = 25;

pub(super) fn routes() -> Router<State> {
    Router::new().route(OUTLOOK, get(show)).route(&format!("{OUTLOOK}/tinh-lai"), post(anew))
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Asked {
    /// Code of an agency; all where it is empty.
    cua: String,
    /// Whether every agency is listed.
    #[serde(rename = "tat-ca")]
    all: String,
}

/// What was read.
struct Read {
    /// The newest run, done or not.
    newest: Option<Run>,
    foreseen: Option<(Run, Foreseen)>,
    /// How far it was off when that was last measured.
    tested: Option<Tested>,
    /// Cases at risk that may be seen, with how likely.
    cases: Vec<(Line, f64)>,
}

async fn read(state: &State, me: &SignedIn, only: Option<AgencyId>) -> Result<Read, Problem> {
    let (desk, me) = (state.0.clone(), me.clone());
    let read = state.front.store.read(move |tx| {
        let newest = queries::newest(tx, &desk, Kind::Forecast, 1)?.pop();
        let foreseen = queries::newest_forecast(tx, &desk)?;
        let tested = measured::newest(tx, &desk)?;
        let risks: BTreeMap<CaseId, f64> =
            foreseen.iter().flat_map(|(_, foreseen)| foreseen.at_risk.iter().copied()).collect();
        let ids: Vec<CaseId> =
            foreseen.iter().flat_map(|(_, f)| f.at_risk.iter().map(|(case, _)| *case)).collect();
        let sight = Sight::of(&desk, &me);
        let lines = desk::line::lines(tx, &desk.front.tenant, &ids)?.into_iter();
        let lines = lines
            .filter(|line| line.ended_at.is_none() && sight.sees(&me, line.decided_by))
            .filter(|line| only.is_none_or(|only| line.decided_by == only))
            .take(CASES_SHOWN);
        let cases = lines.map(|line| {
            let risk = risks.get(&line.id).copied();
            (line, risk.unwrap_or_default())
        });
        Ok::<_, Error>(Read { newest, foreseen, tested, cases: cases.collect() })
    });
    Ok(read.await?)
}

async fn show(
    Extract(state): Extract<State>,
    me: SignedIn,
    Query(asked): Query<Asked>,
) -> Result<Response, Problem> {
    admit(&state, &me)?;
    let sight = Sight::of(&state, &me);
    let only = match asked.cua.as_str() {
        "" => (!sight.all).then_some(me.agency),
        code => {
            let code = code.parse().map_err(|_| Problem::not_found())?;
            let agency = me.directory.agency_by_code(&code).ok_or_else(Problem::not_found)?;
            Some(agency.id).filter(|id| sight.sees(&me, *id))
        }
    };
    if only.is_none() && !sight.all {
        return Err(Problem::not_found());
    }
    let read = read(&state, &me, only).await?;
    let ctx = desk::context(&state, &me).await?;
    let title = tr!(me, "outlook-title");
    let waits = read.newest.as_ref().filter(|run| run.ended_at.is_none());
    let beside = html! {
        span.row.push.noprint {
            a.btn.go href={ (OUTLOOK) "/thu" } { (tr!(me, "outlook-suppose")) }
            a.btn href={ (OUTLOOK) "/kiem-chung" } { (tr!(me, "outlook-tested")) }
            form method="post" action={ (OUTLOOK) "/tinh-lai" } {
                (csrf_field(&ctx))
                button.btn { (tr!(me, "outlook-anew")) }
            }
        }
    };
    let main = html! {
        @if let Some(only) = only.filter(|_| sight.all) {
            (crumbs(&me.words, &[(&title, OUTLOOK)], &words::agency(&me.directory, only)))
        }
        @if let Some(run) = &read.newest { (words::standing(&me, run)) }
        @match &read.foreseen {
            None => (empty::empty(&tr!(me, "outlook-none"), None)),
            Some((run, foreseen)) => {
                (measured::warning(&me.words, read.tested.as_ref()))
                (told(&state, &me, &ctx, (run, foreseen, &read.cases), (only, &sight, !asked.all.is_empty())))
            }
        }
    };
    let page = desk::page(&ctx, &title, beside, main);
    Ok(if waits.is_some() { again(page) } else { page.into_response() })
}

fn told(
    state: &State,
    me: &SignedIn,
    ctx: &PageContext,
    (run, foreseen, cases): (&Run, &Foreseen, &[(Line, f64)]),
    (only, sight, whole): (Option<AgencyId>, &Sight, bool),
) -> Markup {
    let ahead = match only {
        None => Some(&foreseen.province),
        Some(only) => foreseen.agencies.iter().find(|(id, _)| *id == only).map(|(_, ahead)| ahead),
    };
    let steps = step_names(state);
    html! {
        @if let Some(ahead) = ahead {
            (sentence(me, foreseen, ahead, only))
            (freshness(me, run, foreseen))
            (chart(state, me, ahead, only))
        } @else {
            (empty::empty(&tr!(me, "outlook-nothing-here"), None))
        }
        div.after { @if only.is_none() { (places::agencies(me, foreseen, sight, whole)) } }
        div.after { (places::steps(me, foreseen, only, sight, &steps)) }
        div.after { (at_risk(me, ctx, cases)) }
        div.after { (notes::evidence(me, foreseen, sight, &steps)) }
        (notes::assumptions(me))
    }
}

/// The forecast in words, before any chart.
fn sentence(me: &SignedIn, foreseen: &Foreseen, ahead: &Ahead, only: Option<AgencyId>) -> Markup {
    let late = ahead.late;
    let who = match only {
        Some(only) => words::agency(&me.directory, only),
        None => tr!(me, "outlook-province"),
    };
    html! {
        p.lead { (tr_rich!(me, "outlook-sentence", who = who, days = ahead.days.len(),
            late = me.words.decimal(late.mean, 0), low = me.words.decimal(late.low, 0),
            high = me.words.decimal(late.high, 0), in_time = in_time(me, ahead))) }
        @if only.is_none() {
            p { (tr!(me, "outlook-flow", open = me.words.decimal(foreseen.open, 0),
                came = me.words.decimal(foreseen.came, 0), late = foreseen.late_already)) }
        }
    }
}

/// The share in time, where enough falls due to speak of one.
fn in_time(me: &SignedIn, ahead: &Ahead) -> String {
    let share = words::share(&me.words, ahead);
    match ahead.share {
        Some(_) if !words::is_little(ahead.due) => tr!(me, "outlook-in-time", share = share),
        Some(_) => tr!(me, "outlook-in-time-little"),
        None => share,
    }
}

fn freshness(me: &SignedIn, run: &Run, foreseen: &Foreseen) -> Markup {
    html! { p.small.muted { (tr!(me, "outlook-as-of", at = me.words.moment_near(foreseen.from, me.now),
    pos = me.words.number(run.pos.unwrap_or_default()), runs = foreseen.runs)) } }
}

fn chart(state: &State, me: &SignedIn, ahead: &Ahead, only: Option<AgencyId>) -> Markup {
    let moment = state.moment();
    let agency = only.unwrap_or(me.agency);
    let works = |date: Date| moment.calendars.agency(agency).is_working_day(date);
    let weekend = |date: Date| date.weekday().to_monday_zero_offset() >= 5;
    let marks = ahead.days.iter().enumerate();
    let marks = marks.filter(|(_, day)| !works(day.date) && !weekend(day.date));
    let most = ahead.days.iter().max_by(|one, two| one.late.mean.total_cmp(&two.late.mean));
    let finding = most.map_or_else(String::new, |day| {
        tr!(
            me,
            "outlook-chart-finding",
            date = me.words.date_long(day.date),
            late = me.words.decimal(day.late.mean, 1)
        )
    });
    let along = ahead.days.iter().map(|day| me.words.date_short(day.date)).collect();
    let line = LineChart {
        title: tr!(me, "outlook-chart"),
        finding,
        unit: tr!(me, "outlook-unit"),
        decimals: 1,
        along,
        series: vec![Series {
            name: tr!(me, "outlook-expected"),
            values: ahead.days.iter().map(|day| Some(day.late.mean)).collect(),
            stroke: Stroke::Foreseen,
        }],
        band: Some(Band {
            name: tr!(me, "outlook-band"),
            between: ahead.days.iter().map(|day| Some((day.late.low, day.late.high))).collect(),
        }),
        marks: marks
            .map(|(place, day)| Mark {
                place,
                name: tr!(me, "outlook-off", date = me.words.date_short(day.date)),
            })
            .collect(),
        from_zero: true,
        ..LineChart::default()
    };
    section::card("chart", &tr!(me, "outlook-chart"), chart::line(&me.words, &line))
}

fn at_risk(me: &SignedIn, _: &PageContext, cases: &[(Line, f64)]) -> Markup {
    let title = tr!(me, "outlook-at-risk");
    if cases.is_empty() {
        return section::card("risk", &title, html! { p { (tr!(me, "outlook-at-risk-none")) } });
    }
    let row = |(line, risk): &(Line, f64)| {
        Row::Cells(vec![
            html! { a.a.num href=(line.address()) { (line.code) } },
            html! { (words::agency(&me.directory, line.decided_by)) },
            html! { (line.due_at.map_or_else(String::new, |due| me.words.moment_near(due, me.now))) },
            html! { b { (me.words.share(*risk)) } },
        ])
    };
    let columns = vec![
        Column::text(tr!(me, "outlook-case")),
        Column::text(tr!(me, "outlook-agency")),
        Column::text(tr!(me, "outlook-due")),
        Column::figures(tr!(me, "outlook-risk")),
    ];
    let rows = cases.iter().map(row).collect();
    html! {
        (table::table(&Table { caption: title, caption_shown: true, columns, rows }))
        p.small.muted { (tr!(me, "outlook-at-risk-how")) }
    }
}

/// Computes the forecast anew.
async fn anew(
    Extract(state): Extract<State>,
    me: SignedIn,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Result<Response, Problem> {
    if !Typed(pairs).is_own(&me) {
        return Err(forged());
    }
    admit(&state, &me)?;
    let (desk, by, now) = (state.0.clone(), me.person, me.now);
    let asked = state
        .front
        .store
        .write(move |tx| commands::ask(tx, &desk, &Question::Forecast, Some(by), now));
    asked.await?;
    Ok(see_other_with(OUTLOOK, Flash::done(tr!(me, "outlook-asked"))))
}
