//! A task is changed after it was written down: other words, another head, a later term.

use casework::{Command, Stamp};
use desk::Desk;
use journal::EventKind;
use kernel::{hex, nfc};
use serde_json::json;
use sha2::{Digest, Sha256};
use store::{Tx, args};

use super::{setting::seat, tell};
use crate::{
    Error, Result,
    exchange::of_task,
    model::{Code, FieldChange, Task, TaskCase},
    queries,
};

/// Times that one task is changed.
const CHANGES_MAX: u32 = 50;
/// The fields that can be changed; its code and who gave it stay.
pub(crate) const FIELDS: [&str; 7] =
    ["goal", "target", "name", "head", "supporters", "budget", "term"];

/// Changes a task. Of one that was given, the case follows: a later term is its clock's, another
/// head has it in hand; the page and the journal keep what was changed, by whom and why. Whether
/// nothing differs, nothing is written.
///
/// # Errors
/// [`Error::NotNow`] where it is over, [`Error::TooMany`], what the rules of cases say (a term is
/// set later, never earlier), and those of the store.
pub fn amend(
    tx: &mut Tx<'_>,
    desk: &Desk,
    (was, is): (&Task, &Task),
    reason: &str,
    stamp: &Stamp,
) -> Result<()> {
    let changes = changes(desk, was, is);
    if changes.is_empty() {
        return Ok(());
    }
    put(tx, desk, is)?;
    if let Some(case) = &was.case {
        follow(tx, desk, case, is, reason, stamp)?;
        keep(tx, desk, is, &changes, reason, stamp)?;
    }
    let reason = hex(&Sha256::digest(nfc(reason.trim()).as_bytes()));
    let data = json!({
        "task": is.code.as_str(), "case": was.case.as_ref().map(|case| case.id),
        "changed": changes, "reason_sha256": reason,
    });
    tell(tx, desk, &is.programme, EventKind::named("programme.task_changed"), &data, stamp)
}

/// What differs, as files write it.
fn changes(desk: &Desk, was: &Task, is: &Task) -> Vec<FieldChange> {
    let directory = desk.front.directory.get();
    let (was, is) = (of_task(&directory, was), of_task(&directory, is));
    let said = |item: &crate::exchange::Item, field: &str| {
        item.get(field).map(str::to_owned).unwrap_or_default()
    };
    let change = |field: &&str| FieldChange {
        field: (*field).to_owned(),
        was: said(&was, field),
        is: said(&is, field),
    };
    FIELDS.iter().map(change).filter(|one| one.was != one.is).collect()
}

fn put(tx: &mut Tx<'_>, desk: &Desk, task: &Task) -> Result<()> {
    let goal = i64::try_from(task.goal).unwrap_or_default();
    tx.put(
        "update programme_task set goal = $4, target = $5, name = $6, head = $7, supporters = $8,
             budget = $9, term_at = $10
         where tenant = $1 and programme = $2 and code = $3",
        args!(
            &desk.front.tenant,
            task.programme.as_str(),
            task.code.as_str(),
            goal,
            task.target.as_ref().map(Code::as_str),
            &task.name,
            task.head,
            serde_json::to_string(&task.supporters)?,
            i64::try_from(task.budget).unwrap_or(i64::MAX),
            task.term
        ),
    )?;
    Ok(())
}

/// The case of a task follows what it says now.
fn follow(
    tx: &mut Tx<'_>,
    desk: &Desk,
    known: &TaskCase,
    is: &Task,
    reason: &str,
    stamp: &Stamp,
) -> Result<()> {
    let mut case = casework::load(tx, &desk.front.tenant, known.id)?.ok_or(Error::Nothing)?;
    if !case.status.is_running() {
        return Err(Error::NotNow);
    }
    if case.due() != Some(is.term) {
        let command = Command::SetTerm { to: is.term, note: reason.into() };
        case = desk::act(tx, desk, case, None, &command, stamp)?.case;
    }
    let (_, agency) = seat(desk, is.head)?;
    if case.decided_by != agency {
        let command = Command::Forward { to: agency, note: reason.into() };
        desk::act(tx, desk, case, None, &command, stamp)?;
    }
    Ok(())
}

fn keep(
    tx: &mut Tx<'_>,
    desk: &Desk,
    task: &Task,
    changes: &[FieldChange],
    reason: &str,
    stamp: &Stamp,
) -> Result<()> {
    let before = queries::changes_of(tx, &desk.front.tenant, task)?;
    let last = before.first().map_or(0, |last| last.number);
    if last >= CHANGES_MAX {
        return Err(Error::TooMany { max: CHANGES_MAX as usize });
    }
    tx.put(
        "insert into programme_task_change (tenant, programme, task, number, fields, reason,
             changed_by, changed_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8)",
        args!(
            &desk.front.tenant,
            task.programme.as_str(),
            task.code.as_str(),
            last + 1,
            serde_json::to_string(changes)?,
            nfc(reason.trim()),
            &stamp.actor,
            stamp.recorded_at
        ),
    )?;
    Ok(())
}
