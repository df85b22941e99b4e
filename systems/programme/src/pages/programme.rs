//! One programme: goals, targets, tasks by head, and what was said month by month.

mod reviews;

pub(super) use reviews::review;

use axum::{
    extract::{Path, State},
    response::{IntoResponse, Response},
};
use desk::Desk;
use identity::access::Action;
use kernel::PostId;
use maud::{Markup, html};
use web::{
    Icon, SignedIn,
    components::{
        crumbs::crumbs,
        empty,
        kv::kv,
        note::{Tone, call, note},
        section::card,
        table::{Column, Row, Table, table},
    },
    http::Problem,
    icon, tr,
};

use super::{PROGRAMMES, TASKS, common, head, list, parts};
use crate::{
    Result as Done, exchange,
    measures::{self, Standing, Window, running},
    model::{Code, Programme, Review, Task, month_words},
    queries,
};

/// Everything of a programme.
pub(super) struct Whole {
    pub(super) programme: Programme,
    pub(super) standings: Vec<Standing>,
    pub(super) tasks: Vec<Task>,
    pub(super) reviews: Vec<Review>,
}

pub(super) async fn whole(desk: &Desk, code: Code) -> Done<Whole> {
    common::read(desk, move |tx, desk| {
        let tenant = &desk.front.tenant;
        let programme = queries::known(tx, tenant, &code)?;
        let targets = queries::targets_of(tx, tenant, &code)?;
        let tasks = queries::tasks_of(tx, tenant, &code)?;
        let standings = measures::standings(tx, desk, targets, &tasks, Window::Whole)?;
        let reviews = queries::reviews(tx, tenant, &code)?;
        Ok(Whole { programme, standings, tasks, reviews })
    })
    .await
}

pub(super) async fn page(
    State(desk): State<Desk>,
    me: SignedIn,
    Path(code): Path<String>,
) -> Result<Response, Problem> {
    common::reads(&desk, &me)?;
    let whole = whole(&desk, common::code(&code)?).await?;
    let ctx = desk::context(&desk, &me).await?;
    let programme = &whole.programme;
    let base = format!("{PROGRAMMES}/{}", programme.code);
    let directs = common::may(&desk, &me, Action::Direct, programme.agency);
    let list = tr!(me, "programme-nav");
    let beside = html! {
        span.row.push.noprint {
            a.btn.sm href={ (base) "/tep.xlsx" } download { "XLSX" }
            a.btn.sm href={ (base) "/tep.toml" } download { "TOML" }
            @if directs { a.btn.sm href={ (base) "/sua" } { (icon(Icon::Pen)) (tr!(me, "programme-edit")) } }
        }
    };
    let main = html! {
        (crumbs(&me.words, &[(list.as_str(), PROGRAMMES)], &programme.number))
        @if programme.invented { (note(Tone::Plain, html! { (tr!(me, "programme-invented-note")) })) }
        @if programme.issued_at.is_none() { (draft(&me, &base, directs)) }
        div.cols {
            div.stack {
                @for (at, goal) in programme.goals.iter().enumerate() { (goal_card(&desk, &me, &whole, at + 1, goal)) }
                @if programme.goals.is_empty() { (empty::empty(&tr!(me, "programme-no-goals"), None)) }
            }
            aside.side2.stack {
                (facts(&me, &whole))
                @if directs { (ways(&me, &base)) }
                (reviews::reviews(&me, &ctx, &whole, &base, directs))
            }
        }
        (by_head(&me, &whole))
    };
    Ok(desk::page(&ctx, &programme.name, beside, main).into_response())
}

fn draft(me: &SignedIn, base: &str, directs: bool) -> Markup {
    let href = format!("{base}/ban-hanh");
    let action = tr!(me, "programme-issue");
    call(
        Tone::Soon,
        html! { (tr!(me, "programme-draft-note")) },
        directs.then_some((action.as_str(), href.as_str())),
    )
}

fn ways(me: &SignedIn, base: &str) -> Markup {
    html! {
        div.can {
            a.btn href={ (base) "/them-chi-tieu" } { (icon(Icon::Plus)) (tr!(me, "programme-add-target")) }
            a.btn href={ (base) "/them-nhiem-vu" } { (icon(Icon::Plus)) (tr!(me, "programme-add-task")) }
        }
    }
}

fn facts(me: &SignedIn, whole: &Whole) -> Markup {
    let programme = &whole.programme;
    let months = format!("{} – {}", month_words(programme.from), month_words(programme.to));
    let late = whole.tasks.iter().filter(|task| task.is_late(me.now)).count();
    let done = whole.tasks.iter().filter(|task| task.is_done()).count();
    let budget: u64 = whole.tasks.iter().map(|task| task.budget).sum();
    let head = me.directory.head_of(programme.agency, me.now);
    let mut pairs: Vec<(String, Markup)> = Vec::new();
    let mut say = |key: &str, value: Markup| pairs.push((me.words.t(key), value));
    say("programme-number", html! { (programme.number) });
    say("programme-signed-on", html! { (me.words.date(programme.signed_on)) });
    say("programme-period", html! { (months) });
    say("programme-agency", html! { (parts::agency(&me.directory, programme.agency)) });
    if let Some(head) = head {
        say("programme-directs", parts::head_link(&me.directory, head, me.now));
    }
    say("programme-targets", list::colours(me, &whole.standings));
    say(
        "programme-nav-tasks",
        html! {
            a href={ (TASKS) "?chuong-trinh=" (programme.code) } { (tr!(me, "programme-tasks-counted", done = done, all = whole.tasks.len())) }
            @if late > 0 { ", " b { (tr!(me, "programme-tasks-late", n = late)) } }
        },
    );
    say("programme-budget", parts::money(&me.words, budget));
    card("facts", programme.code.as_str(), kv(&pairs))
}

fn goal_card(desk: &Desk, me: &SignedIn, whole: &Whole, at: usize, goal: &str) -> Markup {
    let standings: Vec<Standing> =
        whole.standings.iter().filter(|one| one.target.goal == at).cloned().collect();
    let tasks: Vec<&Task> = whole.tasks.iter().filter(|task| task.goal == at).collect();
    let body = html! {
        @if standings.is_empty() { p.muted { (tr!(me, "programme-no-targets")) } }
        @else {
            (head::promises_table(desk, me, &standings, true))
            details { summary { (tr!(me, "programme-ways")) }
                @for one in &standings { h3 { (one.target.name) } (parts::way(&me.words, desk, one, me.now)) }
            }
        }
        @if !tasks.is_empty() {
            h3.after { (tr!(me, "programme-nav-tasks")) }
            ul.todo { @for task in tasks { (task_row(desk, me, whole, task)) } }
        }
    };
    let title = tr!(me, "programme-goal-n", n = at, name = goal);
    card(&format!("goal-{at}"), &title, body)
}

fn task_row(desk: &Desk, me: &SignedIn, whole: &Whole, task: &Task) -> Markup {
    // One that was given is changed on its own page.
    let directs =
        task.case.is_none() && common::may(desk, me, Action::Direct, whole.programme.agency);
    html! {
        li {
            div {
                b { @if let Some(case) = &task.case { a href={ (TASKS) "/" (case.code) } { (task.name) } } @else { (task.name) } }
                span.w { (task.code) "; " (parts::head_line(&me.directory, task.head, me.now))
                    @if let Some(target) = &task.target { "; " (tr!(me, "programme-for-target", code = target.as_str())) }
                    @if directs { "; " a href={ (PROGRAMMES) "/" (task.programme) "/nhiem-vu/" (task.code) "/sua" } { (tr!(me, "programme-edit-task")) } } }
            }
            span.end {
                (parts::task_chip(desk, me, task))
                span.small.num { (tr!(me, "programme-term", day = me.words.date(kernel::today(task.case.as_ref().and_then(|case| case.due).unwrap_or(task.term))))) }
            }
        }
    }
}

/// How many tasks each head has, and how they stand.
fn by_head(me: &SignedIn, whole: &Whole) -> Markup {
    let mut heads: Vec<PostId> =
        whole.tasks.iter().map(|task| queries::seat_today(&me.directory, task.head)).collect();
    heads.sort_unstable();
    heads.dedup();
    let of = |head: PostId| {
        let its = whole
            .tasks
            .iter()
            .filter(move |task| queries::seat_today(&me.directory, task.head) == head);
        let late = its.clone().filter(|task| task.is_late(me.now)).count();
        let done = its.clone().filter(|task| task.is_done()).count();
        (its.count(), done, late)
    };
    let mut rows: Vec<(PostId, (usize, usize, usize))> =
        heads.into_iter().map(|head| (head, of(head))).collect();
    rows.sort_by_key(|(head, (all, _, late))| (std::cmp::Reverse((*late, *all)), *head));
    let cells = |(head, (all, done, late)): &(PostId, (usize, usize, usize))| {
        let running = all - done - late;
        let href = format!("{TASKS}?nguoi={head}");
        Row::Cells(vec![
            parts::head_link(&me.directory, *head, me.now),
            html! { a href=(href) { (all) } },
            html! { (done) },
            html! { (running) },
            html! { @if *late > 0 { b { (late) } } @else { (late) } },
        ])
    };
    let columns = vec![
        Column::text(tr!(me, "programme-head")),
        Column::figures(tr!(me, "programme-nav-tasks")),
        Column::figures(tr!(me, "programme-done")),
        Column::figures(tr!(me, "programme-running")),
        Column::figures(tr!(me, "programme-is-late")),
    ];
    html! {
        h2.after { (tr!(me, "programme-by-head")) }
        @if rows.is_empty() { (empty::empty(&tr!(me, "programme-no-tasks"), None)) }
        @else { (table(&Table { caption: tr!(me, "programme-by-head"), caption_shown: false, columns, rows: rows.iter().map(cells).collect() })) }
    }
}

/// The programme as a spreadsheet; it can be taken in again.
pub(super) async fn xlsx(
    State(desk): State<Desk>,
    me: SignedIn,
    Path(code): Path<String>,
) -> Result<Response, Problem> {
    common::reads(&desk, &me)?;
    let whole = whole(&desk, common::code(&code)?).await?;
    let name = format!("{}.xlsx", whole.programme.code);
    let running = running(me.now);
    let bytes =
        exchange::xlsx(&me.directory, &whole.programme, &whole.standings, &whole.tasks, running)?;
    Ok(common::file(common::XLSX, &name, bytes))
}

/// The programme as text; it can be taken in again.
pub(super) async fn toml(
    State(desk): State<Desk>,
    me: SignedIn,
    Path(code): Path<String>,
) -> Result<Response, Problem> {
    common::reads(&desk, &me)?;
    let whole = whole(&desk, common::code(&code)?).await?;
    let name = format!("{}.toml", whole.programme.code);
    let text = exchange::toml(&me.directory, &whole.programme, &whole.standings, &whole.tasks);
    Ok(common::file("application/toml; charset=utf-8", &name, text.into_bytes()))
}
