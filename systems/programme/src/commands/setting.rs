//! What is set: a programme as a draft, its targets and tasks, and the day on which it is issued
//! and its tasks begin to run.

use casework::{Channel, Stamp};
use desk::{Applicant, Charge, Desk, Filing};
use journal::EventKind;
use kernel::{AgencyId, PostId};
use procedure::Matter;
use scorecards::Better;
use serde_json::{Map, Value, json};
use store::{Tx, args};

use super::tell;
use crate::{
    Error, Result,
    model::{Code, Measure, Programme, TARGETS_MAX, TASKS_MAX, Target, Task},
    queries,
};

/// The procedure of tasks.
pub(crate) const PROCEDURE: &str = "9.920001";
/// Its first step: the head does it and reports.
pub(crate) const DOING: &str = "thuc-hien";

/// A programme with all that is in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// The programme.
    pub programme: Programme,
    /// Its targets.
    pub targets: Vec<Target>,
    /// Its tasks.
    pub tasks: Vec<Task>,
}

/// Keeps a programme as a draft.
///
/// # Errors
/// [`Error::Taken`] where its code is, [`Error::TooMany`], and those of the store.
pub fn draft(tx: &mut Tx<'_>, desk: &Desk, draft: &Draft, stamp: &Stamp) -> Result<()> {
    let (tenant, programme) = (&desk.front.tenant, &draft.programme);
    let written = tx.exec(
        "insert into programme (tenant, code, number, name, agency_id, signed_on, from_month,
             to_month, invented, goals, recorded_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
         on conflict (tenant, code) do nothing",
        args!(
            tenant,
            programme.code.as_str(),
            &programme.number,
            &programme.name,
            programme.agency,
            programme.signed_on.to_string(),
            programme.from.to_string(),
            programme.to.to_string(),
            programme.invented,
            serde_json::to_string(&programme.goals)?,
            stamp.recorded_at
        ),
    )?;
    if written == 0 {
        return Err(Error::Taken(programme.code.to_string()));
    }
    tell(
        tx,
        desk,
        &programme.code,
        EventKind::named("programme.drafted"),
        &told(programme),
        stamp,
    )?;
    for target in &draft.targets {
        add_target(tx, desk, target, stamp)?;
    }
    for task in &draft.tasks {
        add_task(tx, desk, task, stamp)?;
    }
    Ok(())
}

/// Puts down anew what a programme says of itself; its code stays.
///
/// # Errors
/// [`Error::Nothing`] where there is none, and those of the store.
pub fn edit(tx: &mut Tx<'_>, desk: &Desk, programme: &Programme, stamp: &Stamp) -> Result<()> {
    let written = tx.exec(
        "update programme set number = $3, name = $4, signed_on = $5, from_month = $6,
             to_month = $7, goals = $8
         where tenant = $1 and code = $2",
        args!(
            &desk.front.tenant,
            programme.code.as_str(),
            &programme.number,
            &programme.name,
            programme.signed_on.to_string(),
            programme.from.to_string(),
            programme.to.to_string(),
            serde_json::to_string(&programme.goals)?
        ),
    )?;
    if written == 0 {
        return Err(Error::Nothing);
    }
    tell(tx, desk, &programme.code, EventKind::named("programme.edited"), &told(programme), stamp)
}

/// Adds a target.
///
/// # Errors
/// [`Error::Taken`] where its code is, [`Error::TooMany`], and those of the store.
pub fn add_target(tx: &mut Tx<'_>, desk: &Desk, target: &Target, stamp: &Stamp) -> Result<()> {
    bounded(tx, desk, "programme_target", &target.programme, TARGETS_MAX)?;
    if put_target(tx, desk, target, "do nothing")? == 0 {
        return Err(Error::Taken(target.code.to_string()));
    }
    told_target(tx, desk, target, stamp)
}

/// Puts a target down anew. The journal has what it was before.
///
/// # Errors
/// [`Error::Nothing`] where there is none, and those of the store.
pub fn set_target(tx: &mut Tx<'_>, desk: &Desk, target: &Target, stamp: &Stamp) -> Result<()> {
    queries::target(tx, &desk.front.tenant, &target.programme, &target.code)?;
    put_target(
        tx,
        desk,
        target,
        "do update set goal = excluded.goal, name = excluded.name, indicator = excluded.indicator,
             scope = excluded.scope, span = excluded.span, unit = excluded.unit,
             places = excluded.places, better = excluded.better,
             from_month = excluded.from_month, start = excluded.start,
             to_month = excluded.to_month, target = excluded.target, steps = excluded.steps,
             head = excluded.head",
    )?;
    told_target(tx, desk, target, stamp)
}

fn put_target(tx: &mut Tx<'_>, desk: &Desk, target: &Target, taken: &str) -> Result<u64> {
    let (way, goal) = (&target.way, i64::try_from(target.goal).unwrap_or_default());
    let (indicator, scope, span, unit, places) = match &target.measure {
        Measure::Indicator { code, scope, span } => {
            (Some(code.as_str()), scope.to_string(), span.word(), "", 0)
        }
        Measure::Declared { unit, places } => (None, String::new(), "", unit.as_str(), *places),
    };
    let sql = format!(
        "insert into programme_target (tenant, programme, code, goal, name, indicator, scope,
             span, unit, places, better, from_month, start, to_month, target, steps, head)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)
         on conflict (tenant, programme, code) {taken}"
    );
    let values = args!(
        &desk.front.tenant,
        target.programme.as_str(),
        target.code.as_str(),
        goal,
        &target.name,
        indicator,
        scope,
        span,
        unit,
        i64::from(places),
        better_word(way.better),
        way.from.to_string(),
        way.start.to_string(),
        way.to.to_string(),
        way.target.to_string(),
        serde_json::to_string(&way.steps)?,
        target.head
    );
    Ok(tx.exec(&sql, values)?)
}

fn told_target(tx: &mut Tx<'_>, desk: &Desk, target: &Target, stamp: &Stamp) -> Result<()> {
    let way = &target.way;
    let measure = match &target.measure {
        Measure::Indicator { code, scope, span } => {
            json!({ "indicator": code, "scope": scope, "span": span })
        }
        Measure::Declared { unit, .. } => json!({ "unit": unit }),
    };
    let data = json!({
        "target": target.code.as_str(),
        "goal": target.goal,
        "name": target.name,
        "measure": measure,
        "better": better_word(way.better),
        "from": [way.from.to_string(), way.start.to_string()],
        "to": [way.to.to_string(), way.target.to_string()],
        "steps": way.steps,
        "head": target.head,
    });
    tell(tx, desk, &target.programme, EventKind::named("programme.target_set"), &data, stamp)
}

/// Adds a task; where the programme was issued, its case begins.
///
/// # Errors
/// [`Error::Taken`] where its code is, [`Error::TooMany`], what the rules of cases say, and those
/// of the store.
pub fn add_task(tx: &mut Tx<'_>, desk: &Desk, task: &Task, stamp: &Stamp) -> Result<()> {
    let programme = queries::known(tx, &desk.front.tenant, &task.programme)?;
    bounded(tx, desk, "programme_task", &task.programme, TASKS_MAX)?;
    let goal = i64::try_from(task.goal).unwrap_or_default();
    let written = tx.exec(
        "insert into programme_task (tenant, programme, code, goal, target, name, head, assigner,
             supporters, budget, term_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
         on conflict (tenant, programme, code) do nothing",
        args!(
            &desk.front.tenant,
            task.programme.as_str(),
            task.code.as_str(),
            goal,
            task.target.as_ref().map(Code::as_str),
            &task.name,
            task.head,
            task.assigner,
            serde_json::to_string(&task.supporters)?,
            i64::try_from(task.budget).unwrap_or(i64::MAX),
            task.term
        ),
    )?;
    if written == 0 {
        return Err(Error::Taken(task.code.to_string()));
    }
    if programme.issued_at.is_some() { give(tx, desk, &programme, task, stamp) } else { Ok(()) }
}

/// Issues a programme: from now on its tasks run, each as a case in the hands of its head.
///
/// # Errors
/// [`Error::NotNow`] where it was issued, what the rules of cases say, and those of the store.
pub fn issue(tx: &mut Tx<'_>, desk: &Desk, code: &Code, stamp: &Stamp) -> Result<u64> {
    let tenant = &desk.front.tenant;
    let programme = queries::known(tx, tenant, code)?;
    let issued = tx.exec(
        "update programme set issued_at = $3 where tenant = $1 and code = $2 and issued_at is null",
        args!(tenant, code.as_str(), stamp.recorded_at),
    )?;
    if issued == 0 {
        return Err(Error::NotNow);
    }
    let tasks = queries::tasks_of(tx, tenant, code)?;
    for task in &tasks {
        give(tx, desk, &programme, task, stamp)?;
    }
    let data = json!({ "tasks": tasks.len() });
    tell(tx, desk, code, EventKind::named("programme.issued"), &data, stamp)?;
    Ok(tasks.len() as u64)
}

/// A task becomes a case, in the hands of the one seat that answers for it.
fn give(
    tx: &mut Tx<'_>,
    desk: &Desk,
    programme: &Programme,
    task: &Task,
    stamp: &Stamp,
) -> Result<()> {
    let (head, assigner) = (seat(desk, task.head)?, seat(desk, task.assigner)?);
    let filing = Filing {
        matter: Matter::Task,
        procedure: PROCEDURE.parse().map_err(|_| Error::Damaged("procedure"))?,
        channel: Channel::Online,
        applicant: Applicant::Agency(programme.agency),
        answers: answers(programme, task),
        papers: Vec::new(),
        received_by: assigner.1,
        decided_by: Some(head.1),
        reopens: None,
        term: Some(task.term),
        charge: Charge::default(),
    };
    let filed = desk::file(tx, desk, &filing, stamp)?;
    let id = desk::accept(tx, desk, filed, stamp)?.case.id;
    tx.put(
        "update programme_task set case_id = $4 where tenant = $1 and programme = $2 and code = $3",
        args!(&desk.front.tenant, task.programme.as_str(), task.code.as_str(), id),
    )?;
    let data = json!({
        "task": task.code.as_str(),
        "case": id,
        "head": task.head,
        "assigner": task.assigner,
        "term": task.term,
        "target": task.target.as_ref().map(Code::as_str),
    });
    tell(tx, desk, &task.programme, EventKind::named("programme.task_given"), &data, stamp)
}

fn answers(programme: &Programme, task: &Task) -> Map<String, Value> {
    let said = [
        ("noi_dung", task.name.as_str()),
        ("chuong_trinh", programme.code.as_str()),
        ("ma_nhiem_vu", task.code.as_str()),
    ];
    said.into_iter().map(|(key, value)| (key.to_owned(), value.into())).collect()
}

/// A seat as it is today, with its agency: who took over where agencies merged.
pub(super) fn seat(desk: &Desk, post: PostId) -> Result<(PostId, AgencyId)> {
    let directory = desk.front.directory.get();
    let today = queries::seat_today(&directory, post);
    let agency = directory.post(today).map(|post| post.agency).ok_or(Error::Nothing)?;
    Ok((today, agency))
}

fn bounded(
    tx: &mut Tx<'_>,
    desk: &Desk,
    table: &'static str,
    programme: &Code,
    max: usize,
) -> Result<()> {
    let sql = format!("select count(*) from {table} where tenant = $1 and programme = $2");
    let args = args!(&desk.front.tenant, programme.as_str());
    let count: u64 = tx.one(&sql, args, |row| row.get(0))?;
    if count >= max as u64 { Err(Error::TooMany { max }) } else { Ok(()) }
}

fn told(programme: &Programme) -> Value {
    json!({
        "number": programme.number,
        "name": programme.name,
        "agency": programme.agency,
        "signed_on": programme.signed_on.to_string(),
        "from": programme.from.to_string(),
        "to": programme.to.to_string(),
        "goals": programme.goals,
    })
}

/// The word of a direction in the store and in files.
pub(crate) const fn better_word(better: Better) -> &'static str {
    match better {
        Better::More => "more",
        Better::Less => "less",
    }
}
