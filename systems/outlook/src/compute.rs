//! The heavy work: from what a run rests on to what came of it. Pure but for the threads.

use std::{num::NonZeroUsize, thread};

use desk::ForeseenDay;
use forecast::{Change, FEW, Model, Runs, Wish};
use jiff::ToSpan;
use kernel::AgencyId;

use crate::{
    Result,
    ground::Ground,
    model::{LEAST_SAVED, Question, Supposed, Told},
    told,
};

/// How many days a forecast looks ahead.
pub(crate) const DAYS: u16 = 14;
/// How many days a back-test holds out.
pub(crate) const DAYS_TESTED: u16 = 30;
/// How often the days to come are run, for a forecast and a comparison.
const RUNS: u32 = 100;
/// How often for each trial of a plan.
const RUNS_OF_PLAN: u32 = 30;
/// Trials of a plan; past them it says what was proven so far.
const TRIALS_MAX: u32 = 800;
/// Most moves of a plan.
const MOVES_MAX: u16 = 12;
/// Of chance: the same past gives the same figures.
const SEED: u64 = 766;
/// Processors that are used, so that pages are answered meanwhile.
const THREADS_MAX: usize = 2;

/// What came of a question.
pub(crate) struct Answer {
    pub(crate) told: Told,
    /// What is overdue at the end of each day to come, of all and of each agency; of a forecast.
    pub(crate) overdue: Vec<(Option<AgencyId>, Vec<ForeseenDay>)>,
}

/// Answers a question.
pub(crate) fn answer(ground: &Ground, question: &Question) -> Result<Answer> {
    let threads = thread::available_parallelism().map_or(1, NonZeroUsize::get).min(THREADS_MAX);
    let threads = NonZeroUsize::new(threads).unwrap_or(NonZeroUsize::MIN);
    let runs = |count: u32| Runs::new(count, SEED).map(|runs| runs.on(threads));
    let told = match question {
        Question::Forecast => {
            let forecast = model(ground)?.forecast(runs(RUNS)?);
            let told = Told::Forecast(Box::new(told::foreseen(&forecast, ground)));
            return Ok(Answer { told, overdue: told::overdue(&forecast) });
        }
        Question::WhatIf { supposed } => {
            let changes = supposed.iter().map(change).collect::<Result<Vec<Change>>>()?;
            let comparison = model(ground)?.compare(&changes, runs(RUNS)?)?;
            Told::WhatIf(told::compared(&comparison, (DAYS, RUNS)))
        }
        Question::Plan { agency } => {
            let wish = Wish {
                agency: *agency,
                moves_max: MOVES_MAX,
                trials_max: TRIALS_MAX,
                least: LEAST_SAVED,
                ..Wish::default()
            };
            let plan = model(ground)?.plan(&wish, runs(RUNS_OF_PLAN)?)?;
            Told::Plan(told::drawn(&plan, (DAYS, RUNS_OF_PLAN)))
        }
        Question::BackTest { days } => {
            let split = kernel::today(ground.now).saturating_sub(i64::from(*days).days());
            let known = (&ground.offices[..], &ground.procedures[..]);
            let runs = runs(RUNS)?;
            let test = ground.past.history.back_test(split, *days, known, &ground.open, runs)?;
            Told::BackTest(told::tested(&test, RUNS))
        }
    };
    Ok(Answer { told, overdue: Vec::new() })
}

fn model(ground: &Ground) -> Result<Model> {
    Ok(Model::new(&ground.inputs(), DAYS, FEW)?)
}

fn change(supposed: &Supposed) -> Result<Change> {
    Ok(match supposed {
        Supposed::Officers { agency, step, more } => {
            Change::Officers { agency: *agency, step: step.parse()?, more: *more }
        }
        Supposed::Overtime { agency, step, minutes } => {
            Change::Overtime { agency: *agency, step: step.parse()?, minutes: *minutes }
        }
        Supposed::Work { procedure, percent } => {
            Change::Work { procedure: procedure.clone(), step: None, percent: *percent }
        }
        Supposed::Arrivals { agency, percent } => {
            Change::Arrivals { agency: *agency, procedure: None, percent: *percent }
        }
        Supposed::Holiday { date } => Change::Holiday { date: *date },
    })
}
