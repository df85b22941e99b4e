//! One task: what is to be done, by whom, until when, with which evidence; and what can be done
//! with it now.

mod deeds;
mod story;

pub(super) use deeds::act;

use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Response},
};
use casework::{Case, Told};
use desk::{AttachedFile, Desk};
use identity::{
    access::{Action, Decision, Target},
    audit,
};
use kernel::CaseCode;
use maud::{Markup, html};
use web::{
    Icon, SignedIn,
    components::{
        clock,
        crumbs::crumbs,
        documents::{Filed, filed},
        kv::kv,
        note::{Tone, note},
        section::card,
    },
    form::Faults,
    http::Problem,
    icon, tr,
};

use super::{PROGRAMMES, TASKS, common, parts, target::shown as paper};
use crate::{
    Error,
    commands::TAKING,
    model::{Programme, Task, TaskChange},
    queries,
};

/// All that the page shows.
struct Open {
    task: Task,
    programme: Programme,
    case: Case,
    story: Vec<Told>,
    changes: Vec<TaskChange>,
    files: Vec<AttachedFile>,
}

/// The task of a case's code, to somebody who may see the case.
async fn open(desk: &Desk, me: &SignedIn, code: &str) -> Result<Open, Problem> {
    let code: CaseCode = code.parse().map_err(|_| Problem::not_found())?;
    let who = me.clone();
    let read = common::write(desk, move |tx, desk| {
        let tenant = &desk.front.tenant;
        let case = casework::load_by_code(tx, tenant, &code)?.ok_or(Error::Nothing)?;
        let task = queries::task_of_case(tx, tenant, case.id)?.ok_or(Error::Nothing)?;
        let moment = desk.moment();
        let facts = desk.facts(&case, &moment);
        let decision = who.may(&desk.front, Action::View, Target::Case(&facts));
        let reader = audit::Reader::officer(who.session.account, &who.officer);
        let entry = audit::Entry::of(reader, Action::View, &decision, who.now);
        let entry = entry.on(Some(case.id), Some(case.applicant));
        audit::record(tx, tenant, &entry, &desk.front.mint)?;
        if let Decision::Denied(denial) = decision {
            return Ok(Err(denial));
        }
        let programme = queries::known(tx, tenant, &task.programme)?;
        let story =
            desk.in_office(&moment, |office| casework::story(tx, tenant, office.vault, &case))?;
        let changes = queries::changes_of(tx, tenant, &task)?;
        let files = desk::files_of(tx, desk, case.id)?;
        Ok(Ok(Open { task, programme, case, story, changes, files }))
    });
    read.await?.map_err(|denial| desk::forbidden(me, &denial))
}

pub(super) async fn page(
    State(desk): State<Desk>,
    me: SignedIn,
    Path(code): Path<String>,
) -> Result<Response, Problem> {
    let open = open(&desk, &me, &code).await?;
    shown(&desk, &me, &open, "", &Faults::default()).await
}

async fn shown(
    desk: &Desk,
    me: &SignedIn,
    open: &Open,
    typed: &str,
    faults: &Faults,
) -> Result<Response, Problem> {
    let ctx = desk::context(desk, me).await?;
    let (task, programme) = (&open.task, &open.programme);
    let base = format!("{PROGRAMMES}/{}", programme.code);
    let list = tr!(me, "programme-nav");
    let above = [(list.as_str(), PROGRAMMES), (programme.number.as_str(), base.as_str())];
    let moment = desk.moment();
    let calendar = moment.calendars.agency(open.case.decided_by);
    let view = desk::clock::view(&me.words, &open.case, me.now, calendar, &moment.thresholds);
    let main = html! {
        (crumbs(&me.words, &above, task.code.as_str()))
        div.cols {
            div.stack {
                (web::components::errors::summary(&me.words, faults))
                (moved(me, open))
                (evidence_card(me, open))
                (deeds::deeds(desk, me, &ctx, open, typed, faults))
            }
            aside.side2.stack {
                (facts(me, open))
                @if !open.changes.is_empty() { (story::changes(me, &open.changes)) }
                (story::story(me, open))
            }
        }
    };
    let directs = common::may(desk, me, Action::Direct, programme.agency);
    let beside = html! {
        (clock::large(&me.words, &view))
        @if directs && open.case.status.is_running() {
            a.btn.push.noprint href={ (base) "/nhiem-vu/" (task.code) "/sua" } {
                (icon(Icon::Pen)) (tr!(me, "programme-edit-task"))
            }
        }
    };
    let status = if faults.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    Ok((status, desk::page(&ctx, &task.name, beside, main)).into_response())
}

/// Said where the agency that promised is no more, or is not the one that answers now.
fn moved(me: &SignedIn, open: &Open) -> Markup {
    let at_first = me.directory.post(open.task.head).map(|post| post.agency);
    let now = open.case.decided_by;
    let Some(first) = at_first.filter(|first| *first != now) else { return html! {} };
    let said = tr!(
        me,
        "programme-task-moved",
        from = parts::agency(&me.directory, first),
        to = parts::agency(&me.directory, now)
    );
    note(Tone::Soon, html! { (said) })
}

fn facts(me: &SignedIn, open: &Open) -> Markup {
    let (task, case) = (&open.task, &open.case);
    let directory = &me.directory;
    let mut pairs: Vec<(String, Markup)> = Vec::new();
    let mut say = |key: &str, value: Markup| pairs.push((me.words.t(key), value));
    say("programme-head", parts::head_link(directory, task.head, me.now));
    if let Some((step, holding)) = case.holdings.iter().next() {
        let key =
            if step.as_str() == TAKING { "programme-held-taking" } else { "programme-held-doing" };
        say(key, html! { (parts::seat(directory, holding.post, me.now)) });
    }
    say(
        "programme-assigner",
        html! { (parts::seat(directory, queries::seat_today(directory, task.assigner), me.now)) },
    );
    say("programme-due", html! { (me.words.moment(case.due().unwrap_or(task.term))) });
    let supporters: Vec<String> =
        task.supporters.iter().map(|id| parts::short(directory, *id)).collect();
    if !supporters.is_empty() {
        say("programme-supporters", html! { (supporters.join(", ")) });
    }
    if task.budget > 0 {
        say("programme-budget", parts::money(&me.words, task.budget));
    }
    let goal = task.goal.checked_sub(1).and_then(|at| open.programme.goals.get(at));
    if let Some(goal) = goal {
        say("programme-goal", html! { (goal) });
    }
    if let Some(target) = &task.target {
        let href = format!("{PROGRAMMES}/{}/chi-tieu/{target}", task.programme);
        say("programme-target", html! { a href=(href) { (target) } });
    }
    card("facts", case.code.as_str(), kv(&pairs))
}

fn evidence_card(me: &SignedIn, open: &Open) -> Markup {
    let base = format!("{TASKS}/{}/minh-chung", open.case.code);
    let papers: Vec<Filed> = open
        .files
        .iter()
        .map(|file| Filed {
            title: file.name.clone(),
            href: Some(format!("{base}/{}.{}", file.hash, file.kind)),
            note: me.words.moment_near(file.recorded_at, me.now),
            kind: format!("{}, {}", file.kind.to_uppercase(), me.words.file_size(file.size)),
            hash: Some(file.hash.clone()),
        })
        .collect();
    let body = html! {
        @if papers.is_empty() { p.muted { (tr!(me, "programme-evidence-none")) } }
        @else { (filed(&me.words, &papers)) }
    };
    card("evidence", &tr!(me, "programme-evidence"), body)
}

/// A paper of a task.
pub(super) async fn evidence(
    State(desk): State<Desk>,
    me: SignedIn,
    Path((code, name)): Path<(String, String)>,
) -> Result<Response, Problem> {
    let open = open(&desk, &me, &code).await?;
    let known = |file: &&AttachedFile| name == format!("{}.{}", file.hash, file.kind);
    let found = open.files.iter().find(known).ok_or_else(Problem::not_found)?;
    paper(&desk, &found.hash, &found.kind, &found.name).await
}
