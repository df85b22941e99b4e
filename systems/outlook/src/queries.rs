//! What can be asked of runs.

use desk::Desk;
use jiff::civil::Date;
use kernel::{AgencyId, Instant};
use store::{Row, Tx, args};

use crate::{
    Result,
    model::{Foreseen, Kind, Run, RunId, Stage, State, Told},
};

/// What an agency is expected to have late on a day, for whoever asks from outside: the mean, and
/// the ends of the interval in which eight runs of ten lie.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Expected {
    /// Which agency.
    pub agency: AgencyId,
    /// On which day.
    pub date: Date,
    /// Cases whose promise passes on that day without a result.
    pub late: f64,
    /// One run in ten has fewer.
    pub low: f64,
    /// One run in ten has more.
    pub high: f64,
}

/// What each agency is expected to have late on each of the next days, by the newest forecast,
/// with the instant from which it looks ahead; none where none was computed yet.
///
/// # Errors
/// Those of the store.
pub fn expected(tx: &mut Tx<'_>, desk: &Desk) -> Result<Option<(Instant, Vec<Expected>)>> {
    let Some((_, foreseen)) = newest_forecast(tx, desk)? else { return Ok(None) };
    let days = foreseen.agencies.iter().flat_map(|(agency, ahead)| {
        ahead.days.iter().map(|day| Expected {
            agency: *agency,
            date: day.date,
            late: day.late.mean,
            low: day.late.low,
            high: day.late.high,
        })
    });
    Ok(Some((foreseen.from, days.collect())))
}

const RUN: &str = "select id, question, state, stage, asked_by, asked_at, ended_at, pos, failure
     from outlook_run where tenant = $1";

type Read = (Run, String);

fn read(row: &Row<'_>) -> store::Result<Read> {
    let word = |index: usize| row.get::<String>(index);
    let (question, state, stage) = (word(1)?, word(2)?, word(3)?);
    let state = State::from_word(&state).ok_or(store::Error::Column { index: 2, reason: state })?;
    let stage = Stage::from_word(&stage).ok_or(store::Error::Column { index: 3, reason: stage })?;
    let run = Run {
        id: row.get(0)?,
        question: crate::model::Question::Forecast,
        state,
        stage,
        asked_by: row.get(4)?,
        asked_at: row.get(5)?,
        ended_at: row.get(6)?,
        pos: row.get(7)?,
        failure: row.get(8)?,
    };
    Ok((run, question))
}

fn with_question((run, question): Read) -> Result<Run> {
    Ok(Run { question: serde_json::from_str(&question)?, ..run })
}

/// A run.
pub(crate) fn run(tx: &mut Tx<'_>, desk: &Desk, id: RunId) -> Result<Option<Run>> {
    let sql = format!("{RUN} and id = $2");
    tx.opt(&sql, args!(&desk.front.tenant, id), read)?.map(with_question).transpose()
}

/// What came of a run that is done.
pub(crate) fn told(tx: &mut Tx<'_>, desk: &Desk, id: RunId) -> Result<Option<Told>> {
    let text: Option<Option<String>> = tx.opt(
        "select result from outlook_run where tenant = $1 and id = $2",
        args!(&desk.front.tenant, id),
        |row| row.get(0),
    )?;
    Ok(text.flatten().map(|text| serde_json::from_str(&text)).transpose()?)
}

/// The newest runs of a kind, whatever their state, the newest first.
pub(crate) fn newest(tx: &mut Tx<'_>, desk: &Desk, kind: Kind, limit: u32) -> Result<Vec<Run>> {
    let mut all = Vec::new();
    for state in State::ALL {
        let sql = format!("{RUN} and kind = $2 and state = $3 order by asked_at desc limit $4");
        let values = args!(&desk.front.tenant, kind.word(), state.word(), limit);
        all.extend(tx.all(&sql, values, read)?);
    }
    let mut runs = all.into_iter().map(with_question).collect::<Result<Vec<Run>>>()?;
    runs.sort_by_key(|run| std::cmp::Reverse((run.asked_at, run.id)));
    runs.truncate(limit as usize);
    Ok(runs)
}

/// The newest run of a kind that is done.
pub(crate) fn newest_done(tx: &mut Tx<'_>, desk: &Desk, kind: Kind) -> Result<Option<Run>> {
    let sql = format!("{RUN} and kind = $2 and state = $3 order by asked_at desc limit 1");
    let values = args!(&desk.front.tenant, kind.word(), State::Done.word());
    tx.opt(&sql, values, read)?.map(with_question).transpose()
}

/// The newest forecast.
pub(crate) fn newest_forecast(tx: &mut Tx<'_>, desk: &Desk) -> Result<Option<(Run, Foreseen)>> {
    let Some(run) = newest_done(tx, desk, Kind::Forecast)? else { return Ok(None) };
    Ok(match told(tx, desk, run.id)? {
        Some(Told::Forecast(foreseen)) => Some((run, *foreseen)),
        _ => None,
    })
}

/// A run of the same question that is done since an instant, or still to be.
pub(crate) fn same(
    tx: &mut Tx<'_>,
    desk: &Desk,
    (kind, question): (Kind, &str),
    since: Instant,
) -> Result<Option<RunId>> {
    let recent = tx.all(
        "select id, question from outlook_run
         where tenant = $1 and kind = $2 and asked_at > $3 and state in ($4, $5, $6)
         order by asked_at desc limit 100",
        args!(
            &desk.front.tenant,
            kind.word(),
            since,
            State::Waiting.word(),
            State::Running.word(),
            State::Done.word()
        ),
        |row| Ok((row.get::<RunId>(0)?, row.get::<String>(1)?)),
    )?;
    Ok(recent.into_iter().find(|(_, asked)| asked == question).map(|(id, _)| id))
}
