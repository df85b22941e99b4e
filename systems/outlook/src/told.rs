//! What the runs come to, as it is kept.

use desk::ForeseenDay;
use forecast::{
    BackTest, CaseAtRisk, Comparison, Difference, Errors, Forecast, Note, Outlook, Plan, Proof,
    Spread,
};

use kernel::AgencyId;

use crate::{
    ground::Ground,
    model::{
        AgencyTested, Ahead, Compared, DayAhead, Differs, Drawn, Foreseen, Move, Moved, Noted,
        Proved, Reached, StepAhead, Tested,
    },
};

/// Cases at risk that are kept.
const AT_RISK_MAX: usize = 500;
/// Steps that are kept; those with the most late cases.
const STEPS_MAX: usize = 2000;
/// Steps that no plan can help, of those that are kept.
const TOO_LONG_MAX: usize = 20;

pub(crate) fn foreseen(forecast: &Forecast, ground: &Ground) -> Foreseen {
    let mut steps: Vec<StepAhead> = forecast.steps.iter().map(step).collect();
    steps.sort_by(|one, two| two.late.mean.total_cmp(&one.late.mean));
    steps.truncate(STEPS_MAX);
    let risk = |case: &CaseAtRisk| (case.case, case.probability);
    let dropped = forecast.dropped;
    Foreseen {
        from: ground.now,
        runs: forecast.runs.count(),
        province: ahead(&forecast.province),
        agencies: forecast.agencies.iter().map(|(id, outlook)| (*id, ahead(outlook))).collect(),
        steps,
        at_risk: forecast.at_risk.iter().take(AT_RISK_MAX).map(risk).collect(),
        late_already: forecast.late_already,
        open: forecast.flow.open,
        came: forecast.flow.came,
        notes: forecast.notes.iter().map(noted).collect(),
        dropped: dropped.backwards + dropped.ahead + dropped.nowhere,
        records: ground.past.records,
        since: ground.since,
    }
}

/// What is overdue at the end of each day, of all and of each agency.
pub(crate) fn overdue(forecast: &Forecast) -> Vec<(Option<AgencyId>, Vec<ForeseenDay>)> {
    let day = |day: &forecast::Day| {
        let Spread { median, low, high, .. } = day.overdue;
        ForeseenDay { date: day.date, median, low, high }
    };
    let days = |outlook: &Outlook| outlook.days.iter().map(day).collect();
    let agencies = forecast.agencies.iter().map(|(id, outlook)| (Some(*id), days(outlook)));
    std::iter::once((None, days(&forecast.province))).chain(agencies).collect()
}

fn ahead(outlook: &Outlook) -> Ahead {
    let day = |day: &forecast::Day| DayAhead {
        date: day.date,
        late: day.late.into(),
        overdue: day.overdue.into(),
        waiting: day.waiting.mean,
        used: day.utilisation,
    };
    Ahead {
        late: outlook.late.into(),
        share: outlook.share.map(Into::into),
        due: Some(outlook.late.mean + outlook.on_time.mean),
        days: outlook.days.iter().map(day).collect(),
        few: outlook.evidence.few,
        unlike: outlook.evidence.unlike_days,
    }
}

fn step(step: &forecast::StepOutlook) -> StepAhead {
    let used: Vec<f64> = step.outlook.days.iter().filter_map(|day| day.utilisation).collect();
    let mean = (!used.is_empty()).then(|| used.iter().sum::<f64>() / used.len() as f64);
    StepAhead {
        agency: step.agency,
        step: step.step.as_str().to_owned(),
        officers: step.officers,
        late: step.outlook.late.into(),
        days: step.outlook.days.iter().map(|day| day.late.mean).collect(),
        used: mean,
        few: step.outlook.evidence.few,
    }
}

fn noted(note: &Note) -> Noted {
    match note {
        Note::NoHistory => Noted::NoHistory,
        Note::NoOfficer(agency, step) => {
            Noted::NoOfficer { agency: *agency, step: step.as_str().to_owned() }
        }
        Note::NoTeam(agency, step) => {
            Noted::NoTeam { agency: *agency, step: step.as_str().to_owned() }
        }
        Note::Resting(count) => Noted::Resting { count: *count },
        Note::NoPromise(procedures) => Noted::NoPromise { procedures: procedures.clone() },
    }
}

pub(crate) fn compared(comparison: &Comparison, (days, runs): (u16, u32)) -> Compared {
    let agencies = comparison.agencies.iter();
    Compared {
        days,
        runs,
        province: differs(&comparison.province),
        agencies: agencies.map(|(id, difference)| (*id, differs(difference))).collect(),
    }
}

fn differs(difference: &Difference) -> Differs {
    Differs {
        without: difference.without.into(),
        with: difference.with.into(),
        more: difference.more.into(),
        better: difference.better,
    }
}

pub(crate) fn drawn(plan: &Plan, (days, runs): (u16, u32)) -> Drawn {
    let moved = |planned: &forecast::Planned| {
        let (agency, step, what) = match &planned.made {
            forecast::Move::AddOfficer { agency, step } => (agency, step, Move::AddOfficer),
            forecast::Move::Lend { agency, from, to } => {
                (agency, to, Move::Lend { from: from.as_str().to_owned() })
            }
            forecast::Move::Overtime { agency, step, minutes } => {
                (agency, step, Move::Overtime { minutes: *minutes })
            }
            forecast::Move::ByDue { agency, step } => (agency, step, Move::ByDue),
        };
        Moved {
            what,
            agency: *agency,
            step: step.as_str().to_owned(),
            fewer: -planned.effect.more.mean,
            used_without: planned.used_without,
            used_with: planned.used_with,
        }
    };
    let too_long = |one: &forecast::TooLong| (one.agency, one.step.as_str().to_owned(), one.late);
    let proof = match plan.proof {
        Proof::Fewest => Proved::Fewest,
        Proof::AtLeast(moves) => Proved::AtLeast { moves },
        Proof::Impossible { best } => Proved::Impossible { best },
        Proof::NotFound(moves) => Proved::NotFound { moves },
    };
    Drawn {
        days,
        runs,
        moves: plan.moves.iter().map(moved).collect(),
        without: reached(&plan.without),
        with: reached(&plan.with),
        proof,
        too_long: plan.too_long.iter().take(TOO_LONG_MAX).map(too_long).collect(),
        trials: plan.trials,
    }
}

fn reached(reached: &forecast::Reached) -> Reached {
    Reached { late: reached.late.into(), due: reached.due, share: reached.share }
}

pub(crate) fn tested(test: &BackTest, runs: u32) -> Tested {
    let errors =
        |of: fn(&Errors) -> f64| [of(&test.forecast), of(&test.last_period), of(&test.weekdays)];
    let agency = |one: &forecast::AgencyTest| AgencyTested {
        agency: one.agency,
        actual: one.actual,
        foreseen: one.forecast.into(),
        last_period: one.last_period,
        weekdays: one.weekdays,
    };
    let (all, late) = (test.covered, test.covered_where_late);
    Tested {
        split: test.split,
        days: test.days,
        runs,
        agencies: test.agencies.iter().map(agency).collect(),
        period_errors: errors(|errors| errors.period),
        day_errors: errors(|errors| errors.day),
        covered: (all.covered, all.of),
        covered_where_late: (late.covered, late.of),
    }
}
