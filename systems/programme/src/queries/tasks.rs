//! Tasks, each with what its case says of it.

use casework::Status;
use desk::values::Values;
use kernel::{CaseCode, CaseId, Instant, PostId, Tenant};
use store::{Arg, Row, Tx, args};

use super::rows::{json, parsed};
use crate::{
    Error, Result,
    model::{Code, TASKS_MAX, Task, TaskCase, TaskChange},
};

/// Changes of a task that a page shows.
const CHANGES_SHOWN: u32 = 20;

/// The columns that [`read`] reads, and the tables that they are of. A task has one open step at
/// most, in the hands of one seat.
const FROM: &str = "select t.programme, t.code, t.goal, t.target, t.name, t.head, t.assigner,
        t.supporters, t.budget, t.term_at, t.case_id, c.code, c.status, c.due_at, c.soon_at,
        c.ended_at, c.decided_by, w.post_id, w.step
    from programme_task t
    left join case_state c on c.tenant = t.tenant and c.id = t.case_id
    left join work_item w
        on w.tenant = c.tenant and w.case_id = c.id and w.post_id is not null";

/// The tasks of a programme, by goal and code.
///
/// # Errors
/// Those of the store.
pub fn tasks_of(tx: &mut Tx<'_>, tenant: &Tenant, programme: &Code) -> Result<Vec<Task>> {
    let sql =
        format!("{FROM} where t.tenant = $1 and t.programme = $2 order by t.goal, t.code limit $3");
    let limit = TASKS_MAX as i64;
    tx.all(&sql, args!(tenant, programme.as_str(), limit), read)?.into_iter().collect()
}

/// The tasks of these seats that are not over, soonest due first.
///
/// # Errors
/// Those of the store.
pub fn tasks_of_heads(
    tx: &mut Tx<'_>,
    tenant: &Tenant,
    heads: &[PostId],
    limit: u32,
) -> Result<Vec<Task>> {
    let mut values = Values::default();
    let tenant = values.place(tenant.as_str().to_owned());
    let heads = values.places(heads.iter().map(|post| Arg::from(*post)));
    let limit = values.place(limit);
    let Some(heads) = heads else { return Ok(Vec::new()) };
    let sql = format!(
        "{FROM} where t.tenant = {tenant} and t.head in ({heads}) and c.ended_at is null
             and t.case_id is not null
         order by c.due_at, t.programme, t.code limit {limit}"
    );
    tx.all(&sql, &values.0, read)?.into_iter().collect()
}

/// The task behind a case.
///
/// # Errors
/// Those of the store.
pub fn task_of_case(tx: &mut Tx<'_>, tenant: &Tenant, case: CaseId) -> Result<Option<Task>> {
    let sql = format!("{FROM} where t.tenant = $1 and t.case_id = $2");
    tx.opt(&sql, args!(tenant, case), read)?.transpose()
}

/// The task of a programme by its code.
///
/// # Errors
/// [`Error::Nothing`] where there is none, and those of the store.
pub fn task_of_code(
    tx: &mut Tx<'_>,
    tenant: &Tenant,
    programme: &Code,
    code: &Code,
) -> Result<Task> {
    let sql = format!("{FROM} where t.tenant = $1 and t.programme = $2 and t.code = $3");
    let found = tx.opt(&sql, args!(tenant, programme.as_str(), code.as_str()), read)?;
    found.ok_or(Error::Nothing)?
}

/// What was changed of a task after it was given, the newest first.
///
/// # Errors
/// Those of the store.
pub fn changes_of(tx: &mut Tx<'_>, tenant: &Tenant, task: &Task) -> Result<Vec<TaskChange>> {
    const TABLE: &str = "programme_task_change";
    let rows = tx.all(
        "select number, fields, reason, changed_by, changed_at from programme_task_change
         where tenant = $1 and programme = $2 and task = $3 order by number desc limit $4",
        args!(tenant, task.programme.as_str(), task.code.as_str(), CHANGES_SHOWN),
        |row| {
            let (number, fields) = (row.get(0)?, row.get::<String>(1)?);
            let (reason, by) = (row.get(2)?, (row.get(3)?, row.get(4)?));
            Ok(json(&fields, TABLE).map(|fields| TaskChange { number, fields, reason, by }))
        },
    )?;
    rows.into_iter().collect()
}

fn read(row: &Row<'_>) -> store::Result<Result<Task>> {
    const TABLE: &str = "programme_task";
    let (programme, code) = (row.get::<String>(0)?, row.get::<String>(1)?);
    let (goal, target) = (row.get::<u32>(2)?, row.get::<Option<String>>(3)?);
    let (name, head, assigner) = (row.get(4)?, row.get(5)?, row.get(6)?);
    let (supporters, budget, term) = (row.get::<String>(7)?, row.get(8)?, row.get(9)?);
    let case = case(row, TABLE)?;
    let made = || {
        Ok(Task {
            programme: parsed(&programme, TABLE)?,
            code: parsed(&code, TABLE)?,
            goal: usize::try_from(goal).unwrap_or_default(),
            target: target.map(|code| parsed(&code, TABLE)).transpose()?,
            name,
            head,
            assigner,
            supporters: json(&supporters, TABLE)?,
            budget,
            term,
            case: case?,
        })
    };
    Ok(made())
}

fn case(row: &Row<'_>, table: &'static str) -> store::Result<Result<Option<TaskCase>>> {
    let id: Option<CaseId> = row.get(10)?;
    let (code, status) = (row.get::<Option<CaseCode>>(11)?, row.get::<Option<String>>(12)?);
    let (due, soon): (Option<Instant>, Option<Instant>) = (row.get(13)?, row.get(14)?);
    let (ended, agency) = (row.get(15)?, row.get(16)?);
    let holder = row.get::<Option<PostId>>(17)?.zip(row.get::<Option<String>>(18)?);
    let Some((((id, code), status), agency)) = id.zip(code).zip(status).zip(agency) else {
        return Ok(Ok(None));
    };
    let Some(status) = Status::from_word(&status) else { return Ok(Err(Error::Damaged(table))) };
    Ok(Ok(Some(TaskCase { id, code, status, due, soon, ended, holder, agency })))
}
