//! The programmes, each with how its targets stand.

use axum::{
    extract::State,
    response::{IntoResponse, Response},
};
use desk::Desk;
use identity::access::Action;
use maud::{Markup, html};
use web::{
    Icon, SignedIn,
    components::{
        empty,
        table::{Column, Row, Table, table},
        tag,
    },
    http::Problem,
    icon, tr,
};

use super::{PROGRAMMES, common, parts};
use crate::{
    measures::{self, Standing, Window},
    model::{LIKELIHOODS, Programme, Task, month_words},
    queries,
};

/// Programmes whose targets are counted on the list; older ones are one page on.
const COUNTED_MAX: usize = 12;

/// A programme with what is counted of it.
struct Counted {
    programme: Programme,
    standings: Option<Vec<Standing>>,
    tasks: Vec<Task>,
}

pub(super) async fn list(State(desk): State<Desk>, me: SignedIn) -> Result<Response, Problem> {
    common::reads(&desk, &me)?;
    let read = common::read(&desk, |tx, desk| {
        let tenant = &desk.front.tenant;
        let mut all = Vec::new();
        for (at, programme) in queries::programmes(tx, tenant)?.into_iter().enumerate() {
            if at >= COUNTED_MAX {
                all.push(Counted { programme, standings: None, tasks: Vec::new() });
                continue;
            }
            let targets = queries::targets_of(tx, tenant, &programme.code)?;
            let tasks = queries::tasks_of(tx, tenant, &programme.code)?;
            let standings = measures::standings(tx, desk, targets, &tasks, Window::Recent)?;
            all.push(Counted { programme, standings: Some(standings), tasks });
        }
        Ok(all)
    });
    let all = read.await?;
    let ctx = desk::context(&desk, &me).await?;
    let directs = common::may(&desk, &me, Action::Direct, me.agency);
    let beside = html! {
        @if directs { span.row.push {
            a.btn.go href={ (PROGRAMMES) "/moi" } { (icon(Icon::Plus)) (tr!(me, "programme-new")) }
            a.btn href={ (PROGRAMMES) "/nhap" } { (icon(Icon::Up)) (tr!(me, "programme-import")) }
        } }
    };
    let main = html! {
        p.muted { (tr!(me, "programme-list-lead")) }
        @if all.is_empty() {
            @let make = format!("{PROGRAMMES}/nhap");
            @let action = tr!(me, "programme-import");
            (empty::empty(&tr!(me, "programme-list-empty"), directs.then_some((action.as_str(), make.as_str()))))
        } @else { (table(&rows(&me, &all))) }
    };
    Ok(desk::page(&ctx, &tr!(me, "programme-nav"), beside, main).into_response())
}

fn rows(me: &SignedIn, all: &[Counted]) -> Table {
    let row = |one: &Counted| {
        let programme = &one.programme;
        let months = format!("{} – {}", month_words(programme.from), month_words(programme.to));
        let late = one.tasks.iter().filter(|task| task.is_late(me.now)).count();
        let done = one.tasks.iter().filter(|task| task.is_done()).count();
        Row::Cells(vec![
            html! {
                b { a href={ (PROGRAMMES) "/" (programme.code) } { (programme.name) } }
                br; span.small.muted { (programme.number) ", " (parts::short(&me.directory, programme.agency)) }
                @if programme.invented { " " (tag::tag(&tr!(me, "programme-invented"))) }
                @if programme.issued_at.is_none() { " " (tag::tag(&tr!(me, "programme-draft"))) }
            },
            html! { (months) },
            match &one.standings {
                Some(standings) => colours(me, standings),
                None => {
                    html! { a href={ (PROGRAMMES) "/" (programme.code) } { (tr!(me, "programme-open")) } }
                }
            },
            html! {
                @if one.standings.is_some() {
                    (tr!(me, "programme-tasks-counted", done = done, all = one.tasks.len()))
                    @if late > 0 { br; b { (tr!(me, "programme-tasks-late", n = late)) } }
                }
            },
        ])
    };
    Table {
        caption: tr!(me, "programme-nav"),
        caption_shown: false,
        columns: ["programme-name", "programme-period", "programme-targets", "programme-nav-tasks"]
            .map(|key| Column::text(me.words.t(key)))
            .into(),
        rows: all.iter().map(row).collect(),
    }
}

/// How many targets have which colour.
pub(super) fn colours(me: &SignedIn, standings: &[Standing]) -> Markup {
    let count = |wanted| standings.iter().filter(|one| one.likelihood() == wanted).count();
    html! {
        span.row {
            @for likelihood in LIKELIHOODS.map(Some).into_iter().chain([None]) {
                @let n = count(likelihood);
                @if n > 0 { span { b.num { (n) } " " (parts::of_likelihood(&me.words, likelihood)) } }
            }
            @if standings.is_empty() { span.muted { (tr!(me, "programme-no-targets")) } }
        }
    }
}
