//! How well the last month would have been foreseen, with the error printed.

use axum::{
    Form, Router,
    extract::State as Extract,
    response::{IntoResponse, Response},
    routing::get,
};
use desk::typed::{Typed, forged};
use maud::{Markup, html};
use web::{
    SignedIn,
    components::{
        crumbs::crumbs,
        empty,
        flash::Flash,
        table::{self, Column, Row, Table},
    },
    http::{Problem, flash::see_other_with},
    page::csrf_field,
    tr, tr_rich,
};

use super::{OUTLOOK, Sight, State, admit, again, words};
use crate::{
    Error, commands,
    compute::DAYS_TESTED,
    model::{AgencyTested, Kind, Question, Tested, Told},
    queries,
};

pub(super) fn routes() -> Router<State> {
    Router::new().route(&format!("{OUTLOOK}/kiem-chung"), get(show).post(anew))
}

async fn show(Extract(state): Extract<State>, me: SignedIn) -> Result<Response, Problem> {
    admit(&state, &me)?;
    let desk = state.0.clone();
    let read = state.front.store.read(move |tx| {
        let newest = queries::newest(tx, &desk, Kind::BackTest, 1)?.pop();
        let told = match queries::newest_done(tx, &desk, Kind::BackTest)? {
            Some(run) => queries::told(tx, &desk, run.id)?,
            None => None,
        };
        Ok::<_, Error>((newest, told))
    });
    let (newest, told) = read.await?;
    let ctx = desk::context(&state, &me).await?;
    let title = tr!(me, "outlook-tested-title");
    let waits = newest.as_ref().is_some_and(|run| run.ended_at.is_none());
    let beside = html! {
        form.push.noprint method="post" action={ (OUTLOOK) "/kiem-chung" } {
            (csrf_field(&ctx))
            button.btn { (tr!(me, "outlook-tested-anew")) }
        }
    };
    let main = html! {
        (crumbs(&me.words, &[(&tr!(me, "outlook-title"), OUTLOOK)], &title))
        p.muted { (tr!(me, "outlook-tested-lead")) }
        @if let Some(run) = &newest { (words::standing(&me, run)) }
        @match &told {
            Some(Told::BackTest(tested)) => (errors(&me, tested, &Sight::of(&state, &me))),
            _ => (empty::empty(&tr!(me, "outlook-tested-none"), None)),
        }
    };
    let page = desk::page(&ctx, &title, beside, main);
    Ok(if waits { again(page) } else { page.into_response() })
}

fn errors(me: &SignedIn, tested: &Tested, sight: &Sight) -> Markup {
    let ways = ["forecast", "last", "weekday"].map(|way| me.words.t(&format!("outlook-way-{way}")));
    let row = |n: usize| {
        Row::Cells(vec![
            html! { @if n == 0 { b { (ways[n]) } } @else { (ways[n]) } },
            html! { (me.words.decimal(tested.period_errors[n], 2)) },
            html! { (me.words.decimal(tested.day_errors[n], 2)) },
        ])
    };
    let columns = vec![
        Column::text(tr!(me, "outlook-way")),
        Column::figures(tr!(me, "outlook-error-period", days = tested.days)),
        Column::figures(tr!(me, "outlook-error-day")),
    ];
    let rows = (0..3).map(row).collect();
    let caption = tr!(me, "outlook-errors");
    let judged = match tested.against_guess() {
        std::cmp::Ordering::Less => "outlook-tested-better",
        std::cmp::Ordering::Equal => "outlook-tested-same",
        std::cmp::Ordering::Greater => "outlook-tested-worse",
    };
    let (covered, of) = tested.covered_where_late;
    html! {
        p.lead { (tr_rich!(me, "outlook-tested-sentence", date = me.words.date(tested.split),
            days = tested.days, error = me.words.decimal(tested.period_errors[0], 2))) " "
            (me.words.t(judged)) }
        (table::table(&Table { caption, caption_shown: true, columns, rows }))
        p.after { (tr!(me, "outlook-covered", covered = tested.covered.0, of = tested.covered.1)) " "
            @if of > 0 { (tr!(me, "outlook-covered-late", covered = covered, of = of)) } }
        div.after { (agencies(me, tested, sight)) }
        p.small.muted { (tr!(me, "outlook-tested-how", runs = tested.runs)) }
    }
}

fn agencies(me: &SignedIn, tested: &Tested, sight: &Sight) -> Markup {
    let seen = tested.agencies.iter().filter(|one| sight.sees(me, one.agency));
    let quiet = |one: &&AgencyTested| one.actual == 0 && one.foreseen.high <= 0.0;
    let (silent, mut seen): (Vec<&AgencyTested>, Vec<&AgencyTested>) = seen.partition(quiet);
    seen.sort_by_key(|one| std::cmp::Reverse(one.actual));
    let row = |one: &AgencyTested| {
        let actual = f64::from(one.actual);
        let within = (one.foreseen.low..=one.foreseen.high).contains(&actual);
        Row::Cells(vec![
            html! { (words::agency(&me.directory, one.agency)) },
            html! { b { (one.actual) } },
            html! { (words::range(&me.words, one.foreseen)) },
            html! { (me.words.decimal(one.last_period, 1)) },
            html! { (me.words.decimal(one.weekdays, 1)) },
            html! { (tr!(me, if within { "outlook-within" } else { "outlook-outside" })) },
        ])
    };
    let columns = vec![
        Column::text(tr!(me, "outlook-agency")),
        Column::figures(tr!(me, "outlook-actual")),
        Column::figures(tr!(me, "outlook-way-forecast")),
        Column::figures(tr!(me, "outlook-way-last")),
        Column::figures(tr!(me, "outlook-way-weekday")),
        Column::text(tr!(me, "outlook-interval")),
    ];
    let caption = tr!(me, "outlook-tested-agencies");
    let rows = seen.into_iter().map(row).collect();
    html! {
        (table::table(&Table { caption, caption_shown: true, columns, rows }))
        @if !silent.is_empty() { p { (tr!(me, "outlook-tested-rest", n = silent.len())) } }
    }
}

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
    let question = Question::BackTest { days: DAYS_TESTED };
    let asked =
        state.front.store.write(move |tx| commands::ask(tx, &desk, &question, Some(by), now));
    asked.await?;
    let to = format!("{OUTLOOK}/kiem-chung");
    Ok(see_other_with(&to, Flash::done(tr!(me, "outlook-asked"))))
}
