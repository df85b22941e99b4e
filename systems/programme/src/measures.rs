//! Where the targets stand: their figures month by month, from the cube or from what was declared,
//! and what that says of them.

use std::collections::{BTreeMap, BTreeSet};

use desk::Desk;
use indicators::{Exact, Period, Scope, Why};
use kernel::{Instant, today};
use scorecards::{Likelihood, Month, Number, PACE_MONTHS};
use store::Tx;
use web::components::tile::Grade;

use crate::{
    Result,
    model::{Code, Declared, Judged, Measure, Override, Target, Task, judge, judged_month},
    queries,
};

/// The figure of a target at the end of a month; of the month that runs, as it is now.
#[derive(Debug, Clone, PartialEq)]
pub struct Actual {
    /// Which month.
    pub month: Month,
    /// The figure, or why there is none.
    pub value: std::result::Result<Number, Why>,
    /// How well it is proved.
    pub grade: Grade,
    /// Of which period it is; none where it was declared.
    pub period: Option<Period>,
}

/// Where a target stands.
#[derive(Debug, Clone)]
pub struct Standing {
    /// The target.
    pub target: Target,
    /// Its figures, the oldest first.
    pub actuals: Vec<Actual>,
    /// What was computed; none where there is no figure to judge.
    pub judged: Option<Judged>,
    /// What a head says against it.
    pub said: Option<Override>,
}

/// How far back figures are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Window {
    /// As far as a judgement looks.
    Recent,
    /// The whole way.
    Whole,
}

impl Standing {
    /// What holds: what a head said, or else what was computed.
    #[must_use]
    pub fn likelihood(&self) -> Option<Likelihood> {
        let said = self.said.as_ref().map(|said| said.likelihood);
        said.or_else(|| self.judged.as_ref().map(|judged| judged.likelihood))
    }

    /// The newest figure there is.
    #[must_use]
    pub fn newest(&self) -> Option<(&Actual, &Number)> {
        let mut newest_first = self.actuals.iter().rev();
        newest_first.find_map(|one| Some((one, one.value.as_ref().ok()?)))
    }

    /// Why there is no figure, where there is none at all.
    #[must_use]
    pub fn why_none(&self) -> Option<Why> {
        if self.newest().is_some() {
            return None;
        }
        self.actuals.last().and_then(|actual| actual.value.as_ref().err().copied())
    }
}

/// The month that runs at `now`.
#[must_use]
pub fn running(now: Instant) -> Month {
    Month::of(today(now))
}

/// The month that figures are shown of: the one that runs, or in its first days, when a handful of
/// cases would speak for all, the one before.
#[must_use]
pub fn month_shown(now: Instant) -> Month {
    const FEW_DAYS: i8 = 5;
    let running = running(now);
    if today(now).day() <= FEW_DAYS { running.plus(-1) } else { running }
}

/// Where targets stand now; `tasks` are those of their programmes, as far as they are open.
///
/// # Errors
/// Those of the store.
pub fn standings(
    tx: &mut Tx<'_>,
    desk: &Desk,
    targets: Vec<Target>,
    tasks: &[Task],
    window: Window,
) -> Result<Vec<Standing>> {
    let now = desk.now();
    let running = running(now);
    let tenant = &desk.front.tenant;
    let programmes: BTreeSet<Code> = targets.iter().map(|one| one.programme.clone()).collect();
    let programmes: Vec<Code> = programmes.into_iter().collect();
    let mut said = queries::overridden(tx, tenant, &programmes)?;
    let shown = month_shown(now);
    let figures = computed(tx, desk, &targets, window, shown)?;
    let mut standings = Vec::with_capacity(targets.len());
    for target in targets {
        let months = months(&target, window, shown);
        let actuals: Vec<Actual> = match &target.measure {
            Measure::Indicator { code, scope, .. } => months
                .into_iter()
                .map(|month| {
                    let period = target.period(month);
                    let key = period.map(|period| (scope.clone(), code.clone(), period));
                    let value = key.and_then(|key| figures.get(&key).cloned());
                    let value = value.unwrap_or(Err(Why::NothingCounted));
                    Actual { month, value, grade: Grade::A, period }
                })
                .collect(),
            Measure::Declared { .. } => {
                let declared = queries::declared(tx, tenant, &target)?;
                months.into_iter().filter_map(|month| of_declared(&declared, month)).collect()
            }
        };
        let late = |task: &&Task| {
            task.programme == target.programme
                && task.target.as_ref() == Some(&target.code)
                && task.is_late(now)
        };
        let late = u32::try_from(tasks.iter().filter(late).count()).unwrap_or(u32::MAX);
        let judged = of_figures(&target, &actuals, running, late);
        let said = said.remove(&(target.programme.clone(), target.code.clone()));
        standings.push(Standing { target, actuals, judged, said });
    }
    Ok(standings)
}

fn of_figures(
    target: &Target,
    actuals: &[Actual],
    running: Month,
    late_tasks: u32,
) -> Option<Judged> {
    let known = |actual: &Actual| Some((actual.month, actual.value.as_ref().ok()?.clone()));
    let figures: Vec<(Month, Number)> = actuals.iter().filter_map(known).collect();
    // What is declared is said at the end of a month, or not at all.
    let month = match target.measure {
        Measure::Indicator { .. } => judged_month(&target.way, running),
        Measure::Declared { .. } => running,
    };
    judge(&target.way, month, &figures, late_tasks)
}

/// The newest that was declared of a month.
fn of_declared(declared: &[Declared], month: Month) -> Option<Actual> {
    let found = declared.iter().rev().find(|one| one.month == month)?;
    let grade = if found.checked.is_some() { Grade::B } else { Grade::C };
    Some(Actual { month, value: Ok(found.value.clone()), grade, period: None })
}

/// The months of a target that are looked at, the one that is shown the last.
fn months(target: &Target, window: Window, shown: Month) -> Vec<Month> {
    let last = shown.min(target.way.to);
    let first = match window {
        Window::Recent => last.plus(-(PACE_MONTHS + 1)).max(target.way.from),
        Window::Whole => target.way.from,
    };
    (0..=last.since(first)).map(|n| first.plus(n)).collect()
}

type Key = (Scope, String, Period);

/// The figures of those targets that have an indicator: one read of the cube for each scope.
fn computed(
    tx: &mut Tx<'_>,
    desk: &Desk,
    targets: &[Target],
    window: Window,
    shown: Month,
) -> Result<BTreeMap<Key, std::result::Result<Number, Why>>> {
    let mut asked: BTreeMap<Scope, (BTreeSet<String>, BTreeSet<Period>)> = BTreeMap::new();
    for target in targets {
        let Measure::Indicator { code, scope, .. } = &target.measure else { continue };
        // A definition that was taken away has no figures; the page says so.
        if desk.definitions().get(code).is_none() {
            continue;
        }
        let (codes, periods) = asked.entry(scope.clone()).or_default();
        codes.insert(code.clone());
        let months = months(target, window, shown);
        periods.extend(months.into_iter().filter_map(|month| target.period(month)));
    }
    let mut found = BTreeMap::new();
    for (scope, (codes, periods)) in asked {
        let codes: Vec<&str> = codes.iter().map(String::as_str).collect();
        let periods: Vec<Period> = periods.into_iter().collect();
        let read = desk.grid(tx, &codes, vec![scope.clone()], periods.clone());
        let grid = match read {
            Ok(grid) => grid,
            Err(desk::Error::Figures(indicators::Error::Nothing)) => continue,
            Err(error) => return Err(error.into()),
        };
        for (p, period) in periods.iter().enumerate() {
            for (c, code) in codes.iter().enumerate() {
                let value = grid.value(0, p, c).map(number);
                found.insert((scope.clone(), (*code).to_owned(), *period), value);
            }
        }
    }
    Ok(found)
}

/// A figure of the cube as an exact number of scorecards.
#[must_use]
pub fn number(exact: Exact) -> Number {
    let (num, den) = exact.parts();
    Number::from(num).over(&Number::from(den)).unwrap_or_default()
}
