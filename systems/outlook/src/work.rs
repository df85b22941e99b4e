//! Behind the pages: one run after the other, on a thread that may be busy.

use desk::Desk;
use jiff::SignedDuration;
use kernel::Instant;

use crate::{
    Error, Result, commands,
    compute::{self, DAYS_TESTED},
    ground::Ground,
    model::{Kind, Question, RunId},
    queries, reader,
};

/// How old the newest forecast may become.
const FORECAST_EVERY: SignedDuration = SignedDuration::from_mins(15);
/// How old the newest back-test may become.
const TEST_EVERY: SignedDuration = SignedDuration::from_hours(24);

/// Computes the next run that waits, or a forecast where the newest is old; answers whether there
/// may be more at once.
///
/// # Errors
/// Those of the store. What cannot be computed is no error: the run says so.
pub(crate) fn next(desk: &Desk) -> Result<bool> {
    let now = desk.now();
    let shared = desk.clone();
    let taken = desk.front.store.write(move |tx| {
        due(tx, &shared, now)?;
        commands::take(tx, &shared, now)
    });
    let Some((id, question)) = taken.wait()? else { return Ok(false) };
    run(desk, id, &question)?;
    Ok(true)
}

/// Asks for what is due by itself.
fn due(tx: &mut store::Tx<'_>, desk: &Desk, now: Instant) -> Result<()> {
    for (kind, every, question) in [
        (Kind::Forecast, FORECAST_EVERY, Question::Forecast),
        (Kind::BackTest, TEST_EVERY, Question::BackTest { days: DAYS_TESTED }),
    ] {
        let newest = queries::newest(tx, desk, kind, 1)?;
        if newest.first().is_none_or(|run| run.asked_at + every <= now) {
            commands::ask(tx, desk, &question, None, now)?;
        }
    }
    Ok(())
}

/// Computes one run that was taken.
fn run(desk: &Desk, id: RunId, question: &Question) -> Result<()> {
    let shared = desk.clone();
    let now = desk.now();
    let read = desk.front.store.read(move |tx| Ground::read(tx, &shared, now)).wait();
    let answer = read.and_then(|ground| {
        let (shared, pos) = (desk.clone(), ground.past.pos);
        desk.front.store.write(move |tx| commands::go_on(tx, &shared, id, pos)).wait()?;
        let answer = compute::answer(&ground, question);
        reader::keep(desk, ground.past);
        answer.map(|answer| (answer, pos))
    });
    let (shared, kind, ended) = (desk.clone(), question.kind(), desk.now());
    // The store is away: the run is given up later, and asked for again.
    if let Err(error @ Error::Store(_)) = answer {
        return Err(error);
    }
    let ended = desk.front.store.write(move |tx| {
        let failure = answer.as_ref().err().map(ToString::to_string);
        let told = match (&answer, &failure) {
            (Ok((answer, pos)), _) => {
                if !answer.overdue.is_empty() {
                    commands::publish(tx, &shared, &answer.overdue, (now, *pos))?;
                }
                Ok(&answer.told)
            }
            (Err(_), failure) => Err(failure.as_deref().unwrap_or_default()),
        };
        commands::end(tx, &shared, (id, kind), told, ended)
    });
    ended.wait()
}
