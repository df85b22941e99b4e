//! Tasks that run: of one head, of a programme, or of whoever this officer leads.

use axum::{
    extract::{Query, State},
    response::{IntoResponse, Response},
};
use desk::Desk;
use identity::access::Action;
use kernel::PostId;
use maud::html;
use serde::Deserialize;
use web::{
    SignedIn,
    components::{
        empty,
        table::{Column, Row, Table, table},
    },
    http::Problem,
    tr,
};

use super::{PROGRAMMES, TASKS, common, parts};
use crate::{
    head::subtree,
    model::{Code, Task},
    queries,
};

/// Tasks on one page.
const SHOWN: u32 = 300;

/// What may be asked.
#[derive(Debug, Clone, Default, Deserialize)]
pub(super) struct Asked {
    /// Of one head.
    nguoi: Option<String>,
    /// Of one programme.
    #[serde(rename = "chuong-trinh")]
    programme: Option<String>,
}

pub(super) async fn list(
    State(desk): State<Desk>,
    me: SignedIn,
    Query(asked): Query<Asked>,
) -> Result<Response, Problem> {
    common::reads(&desk, &me)?;
    let programme = asked.programme.as_deref().map(common::code).transpose()?;
    let heads = heads(&desk, &me, asked.nguoi.as_deref())?;
    let tasks = common::read(&desk, move |tx, desk| {
        let tenant = &desk.front.tenant;
        match &programme {
            Some(code) => of_programme(tx, tenant, code),
            None => queries::tasks_of_heads(tx, tenant, &heads, SHOWN),
        }
    });
    let tasks = tasks.await?;
    let ctx = desk::context(&desk, &me).await?;
    let title = tr!(me, "programme-nav-tasks");
    let main = html! {
        p.muted { (tr!(me, "programme-tasks-lead")) }
        @if tasks.is_empty() {
            (empty::empty(&tr!(me, "programme-tasks-none"), Some((&tr!(me, "programme-nav"), PROGRAMMES))))
        } @else { (table(&rows(&desk, &me, &tasks))) }
    };
    Ok(desk::page(&ctx, &title, html! {}, main).into_response())
}

fn of_programme(
    tx: &mut store::Tx<'_>,
    tenant: &kernel::Tenant,
    code: &Code,
) -> crate::Result<Vec<Task>> {
    queries::known(tx, tenant, code)?;
    queries::tasks_of(tx, tenant, code)
}

/// Whose tasks: of the head that is named, where this officer may see that one's figures; else of
/// the head of the own agency, and of those below for whoever leads them.
fn heads(desk: &Desk, me: &SignedIn, named: Option<&str>) -> Result<Vec<PostId>, Problem> {
    if let Some(text) = named {
        let post: PostId = text.parse().map_err(|_| Problem::not_found())?;
        let agency = me.directory.post(post).ok_or_else(Problem::not_found)?.agency;
        common::on(desk, me, Action::ViewFigures, agency)?;
        return Ok(queries::seats_behind(&me.directory, post));
    }
    let leads = common::may(desk, me, Action::ViewFigures, me.agency);
    let agencies = if leads { subtree(&me.directory, me.agency, me.now) } else { vec![me.agency] };
    let heads = agencies.iter().filter_map(|id| me.directory.head_of(*id, me.now));
    Ok(heads.flat_map(|head| queries::seats_behind(&me.directory, head)).collect())
}

fn rows(desk: &Desk, me: &SignedIn, tasks: &[Task]) -> Table {
    let row = |task: &Task| {
        let due = task.case.as_ref().and_then(|case| case.due).unwrap_or(task.term);
        let taking = task.case.as_ref().and_then(|case| case.holder.as_ref());
        let taking = taking.is_some_and(|(_, step)| step == crate::commands::TAKING);
        Row::Cells(vec![
            html! {
                b { @if let Some(case) = &task.case { a href={ (TASKS) "/" (case.code) } { (task.name) } } @else { (task.name) } }
                br; span.small.muted { a href={ (PROGRAMMES) "/" (task.programme) } { (task.programme) } ", " (task.code)
                    @if taking { "; " (tr!(me, "programme-task-taking")) } }
            },
            parts::head_link(&me.directory, task.head, me.now),
            html! { span.num { (me.words.date(kernel::today(due))) } },
            parts::task_chip(desk, me, task),
        ])
    };
    Table {
        caption: tr!(me, "programme-nav-tasks"),
        caption_shown: false,
        columns: ["programme-task", "programme-head", "programme-due", "programme-clock"]
            .map(|key| Column::text(me.words.t(key)))
            .into(),
        rows: tasks.iter().map(row).collect(),
    }
}
