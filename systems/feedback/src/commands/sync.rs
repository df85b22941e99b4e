//! A command on the case of a report, and its row beside it.

use casework::{Case, Command, Done, Stamp};
use kernel::{CaseId, EventId, Instant};
use store::{Tx, args};

use crate::{
    Feedback, Result,
    model::{self, State},
    queries,
};

/// Runs a command on a case and brings the row of the report up to date. Whether the actor may
/// is for the caller to have asked.
///
/// # Errors
/// Where the rules say no, or somebody was faster.
pub(crate) fn act(
    tx: &mut Tx<'_>,
    feedback: &Feedback,
    case: Case,
    expected: Option<u32>,
    command: &Command,
    stamp: &Stamp,
) -> Result<Done> {
    let done = desk::act(tx, feedback.desk(), case, expected, command, stamp)?;
    sync(tx, feedback, &done.case, stamp.recorded_at)?;
    Ok(done)
}

/// Writes what the case says into the row of its report.
///
/// # Errors
/// Those of the store.
pub(crate) fn sync(tx: &mut Tx<'_>, feedback: &Feedback, case: &Case, now: Instant) -> Result<()> {
    let merged: bool = tx.one(
        "select merged_into is not null from feedback where tenant = $1 and case_id = $2",
        args!(&feedback.front.tenant, case.id),
        |row| row.get(0),
    )?;
    let state = State::of(case, merged);
    let due = case.due().unwrap_or(case.accept_by);
    let on_time = case.ended_at.map(|ended| ended <= due);
    tx.put(
        "update feedback set agency = $3, state = $4, is_open = $5, forwarded_at = $6,
             due_at = $7, ended_at = $8, on_time = $9, published_at = $10, updated_at = $11
         where tenant = $1 and case_id = $2",
        args!(
            &feedback.front.tenant,
            case.id,
            case.decided_by,
            state.word(),
            case.ended_at.is_none(),
            case.accepted_at,
            due,
            case.ended_at,
            on_time,
            case.returned_at,
            now
        ),
    )?;
    Ok(())
}

/// Writes a line of what the public is told, and puts it where whoever reported is told from. The
/// answer is told to whoever reported the same too.
///
/// # Errors
/// Those of the store.
pub(crate) fn tell(
    tx: &mut Tx<'_>,
    feedback: &Feedback,
    case: CaseId,
    kind: &str,
    words: Option<&str>,
    stamp: &Stamp,
) -> Result<EventId> {
    let front = &feedback.front;
    let id: EventId = front.mint.id(stamp.recorded_at);
    tx.put(
        "insert into feedback_update (tenant, id, case_id, at, kind, is_open, words, media, source)
         select tenant, $3, case_id, $4, $5, is_open, $6, null, null
         from feedback where tenant = $1 and case_id = $2",
        args!(&front.tenant, case, id, stamp.recorded_at, kind, words),
    )?;
    let announced = format!("feedback.{kind}");
    casework::announce(tx, &front.tenant, id, case, &announced, stamp.recorded_at)?;
    if matches!(kind, "answered" | "published") && is_closed(tx, feedback, case)? {
        // None of them has any of its own, so this goes no deeper.
        for joined in queries::joined(tx, feedback, case)? {
            tell(tx, feedback, joined.case, "answered", words, stamp)?;
        }
    }
    Ok(id)
}

/// Whether its answer is there for everybody who reported it.
fn is_closed(tx: &mut Tx<'_>, feedback: &Feedback, case: CaseId) -> Result<bool> {
    let report = model::by_case(tx, &feedback.front.tenant, case)?;
    Ok(report.is_some_and(|report| report.state == State::Closed))
}
