//! Asking for a run, taking it, and saying what came of it.

use std::collections::BTreeSet;

use desk::{Desk, ForeseenDay};
use indicators::Scope;
use jiff::SignedDuration;
use kernel::{AgencyId, Instant, PersonId};
use store::{Tx, args};

use crate::{
    Error, Result,
    model::{Kind, Question, RunId, Stage, State, Told},
    queries,
};

/// The indicator that what is overdue at the end of a day goes on from.
const OVERDUE: &str = "timeliness.running_late";
/// Runs that one person may ask for within [`WINDOW`]: it is heavy work.
pub(crate) const RUNS_A_PERSON: u64 = 12;
/// Within what time they are counted.
pub(crate) const WINDOW: SignedDuration = SignedDuration::from_hours(1);
/// Runs that may wait at all.
const WAITING_MAX: u64 = 40;
/// An answer as fresh as this is not computed again.
const FRESH: SignedDuration = SignedDuration::from_mins(15);
/// A run that takes longer was left by a program that ended.
const LEFT_AFTER: SignedDuration = SignedDuration::from_mins(15);
/// Runs of each kind that are kept.
const KEPT: u32 = 60;

/// Asks for a run; answers with one that is as good, where there is one.
///
/// # Errors
/// [`Error::TooMuch`].
pub(crate) fn ask(
    tx: &mut Tx<'_>,
    desk: &Desk,
    question: &Question,
    by: Option<PersonId>,
    now: Instant,
) -> Result<RunId> {
    let tenant = &desk.front.tenant;
    let text = serde_json::to_string(question)?;
    if let Some(known) = queries::same(tx, desk, (question.kind(), &text), now - FRESH)? {
        return Ok(known);
    }
    if let Some(by) = by {
        let asked: u64 = tx.one(
            "select count(*) from outlook_run
             where tenant = $1 and asked_by = $2 and asked_at > $3",
            args!(tenant, by, now - WINDOW),
            |row| row.get(0),
        )?;
        let waiting: u64 = tx.one(
            "select count(*) from outlook_run where tenant = $1 and state = $2",
            args!(tenant, State::Waiting.word()),
            |row| row.get(0),
        )?;
        if asked >= RUNS_A_PERSON || waiting >= WAITING_MAX {
            return Err(Error::TooMuch);
        }
    }
    let id: RunId = desk.front.mint.id(now);
    tx.put(
        "insert into outlook_run (tenant, id, kind, question, state, stage, asked_by, asked_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8)",
        args!(
            tenant,
            id,
            question.kind().word(),
            &text,
            State::Waiting.word(),
            Stage::Queue.word(),
            by,
            now
        ),
    )?;
    Ok(id)
}

/// Takes the next run, where none is being computed; what was left by a program that ended is
/// given up first.
pub(crate) fn take(
    tx: &mut Tx<'_>,
    desk: &Desk,
    now: Instant,
) -> Result<Option<(RunId, Question)>> {
    let tenant = &desk.front.tenant;
    tx.exec(
        "update outlook_run set state = $3, stage = $4, ended_at = $5, failure = $6
         where tenant = $1 and state = $2 and began_at < $7",
        args!(
            tenant,
            State::Running.word(),
            State::Failed.word(),
            Stage::Over.word(),
            now,
            "left",
            now - LEFT_AFTER
        ),
    )?;
    let sql = "select 1 from outlook_run where tenant = $1 and state = $2 limit 1";
    if tx.opt(sql, args!(tenant, State::Running.word()), |row| row.get::<i64>(0))?.is_some() {
        return Ok(None);
    }
    let taken: Option<(RunId, String)> = tx.opt(
        "update outlook_run set state = $3, stage = $4, began_at = $5
         where tenant = $1 and state = $2 and id = (
             select id from outlook_run where tenant = $1 and state = $2
             order by asked_at, id limit 1)
         returning id, question",
        args!(tenant, State::Waiting.word(), State::Running.word(), Stage::Reading.word(), now),
        |row| Ok((row.get(0)?, row.get(1)?)),
    )?;
    let Some((id, question)) = taken else { return Ok(None) };
    Ok(Some((id, serde_json::from_str(&question)?)))
}

/// The journal was read up to a position; the days to come are run.
pub(crate) fn go_on(tx: &mut Tx<'_>, desk: &Desk, id: RunId, pos: u64) -> Result<()> {
    let pos = i64::try_from(pos).unwrap_or(i64::MAX);
    tx.put(
        "update outlook_run set stage = $3, pos = $4 where tenant = $1 and id = $2",
        args!(&desk.front.tenant, id, Stage::Running.word(), pos),
    )?;
    Ok(())
}

/// Lets other systems draw on what is overdue. An agency is among them where none that stands
/// below it has work of its own: what eight runs of ten say of two does not add up.
pub(crate) fn publish(
    tx: &mut Tx<'_>,
    desk: &Desk,
    overdue: &[(Option<AgencyId>, Vec<ForeseenDay>)],
    rests_on: (Instant, u64),
) -> Result<()> {
    let directory = desk.front.directory.get();
    let above: BTreeSet<AgencyId> =
        overdue.iter().filter_map(|(id, _)| *id).flat_map(|id| directory.ancestors(id)).collect();
    let series: Vec<(Scope, Vec<ForeseenDay>)> = overdue
        .iter()
        .filter(|(id, _)| id.is_none_or(|id| !above.contains(&id)))
        .map(|(id, days)| (id.map_or_else(Scope::all, Scope::agency), days.clone()))
        .collect();
    Ok(desk::foretell(tx, &desk.front.tenant, OVERDUE, rests_on, &series)?)
}

/// Says what came of a run, and lets go of the oldest of its kind.
pub(crate) fn end(
    tx: &mut Tx<'_>,
    desk: &Desk,
    (id, kind): (RunId, Kind),
    told: Result<&Told, &str>,
    now: Instant,
) -> Result<()> {
    let tenant = &desk.front.tenant;
    let (state, result, failure) = match told {
        Ok(told) => (State::Done, Some(serde_json::to_string(told)?), None),
        Err(failure) => (State::Failed, None, Some(failure)),
    };
    tx.put(
        "update outlook_run set state = $3, stage = $4, ended_at = $5, result = $6, failure = $7
         where tenant = $1 and id = $2",
        args!(tenant, id, state.word(), Stage::Over.word(), now, result.as_deref(), failure),
    )?;
    tx.exec(
        "delete from outlook_run where tenant = $1 and kind = $2 and id in (
             select id from outlook_run where tenant = $1 and kind = $2 and state in ($3, $4)
             order by asked_at desc limit 1000 offset $5)",
        args!(tenant, kind.word(), State::Done.word(), State::Failed.word(), i64::from(KEPT)),
    )?;
    Ok(())
}
