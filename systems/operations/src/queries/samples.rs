//! What the figures and clocks of a rule say now, for each of those it watches.

use std::collections::HashMap;

use calendar::Calendar;
use desk::{Desk, Moment};
use directory::{AgencyLevel, Directory};
use indicators::{Day, Of, Period, Scope};
use jiff::{SignedDuration, civil::Date};
use kernel::{AgencyId, Instant, today};
use store::{Tx, args};

use super::{Alert, Fresh};
use crate::{
    Result,
    model::{Reading, Rule, RuleScope, Source, Usual, What, one_day, quiet_days, unlike},
};

/// Weeks that a weekday is held against.
const WEEKS: i32 = 8;
/// Days that are looked at for silence.
const QUIET_DAYS: i32 = 31;
/// Most agencies that one rule watches.
const SCOPES_MAX: usize = 500;

/// Most alerts of weekdays that are explained at once.
const EXPLAINED_MAX: usize = 20;

/// What was read for one scope.
#[derive(Debug, Clone, PartialEq)]
pub struct Sampled {
    /// Whose figure it is.
    pub scope: Scope,
    /// The agency: the topmost one for the whole authority.
    pub agency: AgencyId,
    /// What it says.
    pub reading: Reading,
}

/// A count that is unlike those of the same weekday.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Unusual {
    /// The day.
    pub day: Date,
    /// How much it was.
    pub value: f64,
    /// The middle of the other weeks.
    pub usual: f64,
}

/// Over what time a rule measured what was read at an instant: the way to what is behind it.
#[must_use]
pub fn measured(rule: &Rule, (reading, at): (f64, Instant), calendar: &Calendar) -> Period {
    let today = one_day(Day::of(at));
    let before = |days| working_days(calendar, at, days).into_iter().map(Day::from);
    match &rule.watch {
        What::Threshold { period, .. } => period.period(at),
        What::Weekday { .. } => before(1).next().map_or(today, one_day),
        What::Silence { source: Source::Indicator(_) } => {
            let quiet =
                before(QUIET_DAYS).zip(1u32..).take_while(|(_, n)| f64::from(*n) <= reading);
            let quiet: Vec<Day> = quiet.map(|(day, _)| day).collect();
            let ends = quiet.last().zip(quiet.first());
            ends.and_then(|(first, last)| Period::days(*first, *last).ok()).unwrap_or(today)
        }
        What::Trend { .. } | What::Silence { .. } | What::Clock { .. } => today,
    }
}

/// Fills in what was unusual about the newest alerts of rules that watch weekdays. A figure that has
/// changed since, so that it gives another score than the one that was read, is left out: it would
/// explain something else.
///
/// # Errors
/// Those of the store.
pub fn explain(tx: &mut Tx<'_>, desk: &Desk, alerts: &mut [Alert]) -> Result<()> {
    let moment = desk.moment();
    let mut left = EXPLAINED_MAX;
    for alert in alerts {
        let Some(What::Weekday { indicator }) = alert.rule.as_ref().map(|rule| &rule.watch) else {
            continue;
        };
        let Some(periods) = same_weekdays(moment.calendars.usual(), alert.raised_at) else {
            continue;
        };
        // An old alert may be of an indicator that is measured no more.
        if desk.indicator(indicator).is_err() {
            continue;
        }
        if left == 0 {
            break;
        }
        left -= 1;
        let (day, whom) = (periods[0].first().date(), [(alert.scope.clone(), alert.agency)]);
        let mut seen = None;
        by_days(tx, desk, indicator, &whom, periods, |values| {
            seen = values[0].zip(against(values));
            None
        })?;
        let same = seen.filter(|(_, usual)| (usual.score - alert.reading).abs() < 0.05);
        alert.unusual = same.map(|(value, usual)| Unusual { day, value, usual: usual.median });
    }
    Ok(())
}

/// Reads what a rule watches.
///
/// # Errors
/// Those of the store.
pub fn sample(tx: &mut Tx<'_>, desk: &Desk, rule: &Rule, fresh: &Fresh) -> Result<Vec<Sampled>> {
    let moment = desk.moment();
    let now = fresh.now;
    let whom = scopes(&rule.scope, &moment.directory, now);
    let readings = match &rule.watch {
        // How late figures are is known when they are.
        What::Silence { source: Source::Cube } => vec![behind(fresh); whom.len()],
        _ if fresh.behind => vec![Reading::Stale; whom.len()],
        What::Silence { source: Source::Journal } => {
            vec![journal(fresh, moment.calendars.usual()); whom.len()]
        }
        What::Clock { hours } => clocks(tx, desk, &moment, &whom, now, *hours)?,
        What::Threshold { indicator, period } => {
            by_days(tx, desk, indicator, &whom, vec![period.period(now)], |v| v[0])?
        }
        What::Trend { indicator, days } => {
            let today = Day::of(now);
            let periods = vec![day(today.number()), day(today.number() - i32::from(*days))];
            by_days(tx, desk, indicator, &whom, periods, |v| Some(v[0]? - v[1]?))?
        }
        What::Weekday { indicator } => weekday(tx, desk, indicator, &whom, &moment, now)?,
        What::Silence { source: Source::Indicator(code) } => {
            silence(tx, desk, code, &whom, &moment, now)?
        }
    };
    let both = whom.into_iter().zip(readings);
    Ok(both.map(|((scope, agency), reading)| Sampled { scope, agency, reading }).collect())
}

/// Whom a rule watches.
fn scopes(of: &RuleScope, directory: &Directory, now: Instant) -> Vec<(Scope, AgencyId)> {
    let there = || directory.agencies().filter(|agency| agency.validity.covers(now));
    let at = |level: AgencyLevel| {
        let some = there().filter(move |agency| agency.level == level).take(SCOPES_MAX);
        some.map(|agency| (Scope::agency(agency.id), agency.id)).collect()
    };
    match of {
        RuleScope::All => {
            let top = there().find(|agency| agency.level == AgencyLevel::Province);
            top.map(|top| (Scope::all(), top.id)).into_iter().collect()
        }
        RuleScope::Communes => at(AgencyLevel::Commune),
        RuleScope::Departments => at(AgencyLevel::Department),
        RuleScope::Agency(code) => {
            let agency = there().find(|agency| agency.code == *code);
            agency.map(|agency| (Scope::agency(agency.id), agency.id)).into_iter().collect()
        }
    }
}

fn day(number: i32) -> Period {
    one_day(Day::from_number(number))
}

/// Reads an indicator in some periods, and makes one reading of them for each scope.
fn by_days(
    tx: &mut Tx<'_>,
    desk: &Desk,
    indicator: &str,
    whom: &[(Scope, AgencyId)],
    periods: Vec<Period>,
    mut of: impl FnMut(&[Option<f64>]) -> Option<f64>,
) -> Result<Vec<Reading>> {
    let count = periods.len();
    let scopes: Vec<Scope> = whom.iter().map(|(scope, _)| scope.clone()).collect();
    let grid = match desk.grid(tx, &[indicator], scopes, periods) {
        Ok(grid) => grid,
        Err(desk::Error::Figures(indicators::Error::Nothing)) => {
            return Ok(vec![Reading::None; whom.len()]);
        }
        Err(error) => return Err(error.into()),
    };
    let one = |scope: usize| {
        let values = (0..count).map(|at| grid.value(scope, at, 0).ok().map(|value| value.to_f64()));
        of(&values.collect::<Vec<_>>()).map_or(Reading::None, Reading::Value)
    };
    Ok((0..whom.len()).map(one).collect())
}

/// The last working day before today against the same weekday of the weeks before it.
fn weekday(
    tx: &mut Tx<'_>,
    desk: &Desk,
    indicator: &str,
    whom: &[(Scope, AgencyId)],
    moment: &Moment,
    now: Instant,
) -> Result<Vec<Reading>> {
    let Some(periods) = same_weekdays(moment.calendars.usual(), now) else {
        return Ok(vec![Reading::None; whom.len()]);
    };
    by_days(tx, desk, indicator, whom, periods, |values| Some(against(values)?.score))
}

/// The last working day before an instant, and the same weekday of the weeks before it.
fn same_weekdays(calendar: &Calendar, now: Instant) -> Option<Vec<Period>> {
    let last = Day::from(*working_days(calendar, now, 1).first()?);
    let others = (1..=WEEKS).map(|week| last.number() - 7 * week);
    let others = others.filter(|number| calendar.is_working_day(Day::from_number(*number).date()));
    Some(std::iter::once(last.number()).chain(others).map(day).collect())
}

/// The first of some values against the others.
fn against(values: &[Option<f64>]) -> Option<Usual> {
    let others: Vec<f64> = values[1..].iter().copied().flatten().collect();
    unlike(values[0]?, &others)
}

/// Working days in a row, up to yesterday, on which nothing was counted.
fn silence(
    tx: &mut Tx<'_>,
    desk: &Desk,
    code: &str,
    whom: &[(Scope, AgencyId)],
    moment: &Moment,
    now: Instant,
) -> Result<Vec<Reading>> {
    let mut days = working_days(moment.calendars.usual(), now, QUIET_DAYS);
    days.reverse();
    let mut periods: Vec<_> = days.iter().map(|date| day(Day::from(*date).number())).collect();
    // Today is no day of silence yet, but ends it.
    periods.push(day(Day::of(now).number()));
    by_days(tx, desk, code, whom, periods, |values| {
        let (today, before) = values.split_last()?;
        let alive = today.is_some_and(|today| today > 0.0);
        let days = if alive { 0 } else { quiet_days(before) };
        Some(f64::from(u32::try_from(days).unwrap_or(u32::MAX)))
    })
}

/// The working days before today, the last one first.
pub(super) fn working_days(calendar: &Calendar, now: Instant, days: i32) -> Vec<Date> {
    let today = Day::from(today(now)).number();
    let before = (1..=days * 2 + 14).map(|back| Day::from_number(today - back).date());
    let working = before.filter(|date| calendar.is_working_day(*date));
    working.take(usize::try_from(days).unwrap_or(0)).collect()
}

fn behind(fresh: &Fresh) -> Reading {
    let minutes = fresh.oldest.map_or(0, |oldest| fresh.now.duration_since(oldest).as_mins());
    #[expect(clippy::cast_precision_loss, reason = "minutes")]
    Reading::Value(minutes.max(0) as f64)
}

/// Working minutes since anything was recorded; nothing was ever recorded: nothing to say.
fn journal(fresh: &Fresh, calendar: &Calendar) -> Reading {
    let Some(recorded) = fresh.as_of.recorded else { return Reading::None };
    let minutes = calendar.elapsed(recorded.min(fresh.now), fresh.now).as_minutes();
    Reading::Value(f64::from(u32::try_from(minutes).unwrap_or(u32::MAX)))
}

/// What is not done and falls due within some hours, and does not stand.
fn clocks(
    tx: &mut Tx<'_>,
    desk: &Desk,
    moment: &Moment,
    whom: &[(Scope, AgencyId)],
    now: Instant,
    hours: u16,
) -> Result<Vec<Reading>> {
    let until = now + SignedDuration::from_hours(i64::from(hours));
    let due: Vec<(AgencyId, u32)> = tx.all(
        "select decided_by, count(*) from case_state
         where tenant = $1 and ended_at is null and due_at > $2 and due_at <= $3
             and paused_at is null
         group by decided_by",
        args!(&desk.front.tenant, now, until),
        |row| Ok((row.get(0)?, row.get(1)?)),
    )?;
    let mut by_agency: HashMap<AgencyId, u32> = HashMap::new();
    let mut all = 0;
    for (agency, count) in due {
        all += count;
        for id in std::iter::once(agency).chain(moment.directory.ancestors(agency)) {
            *by_agency.entry(id).or_default() += count;
        }
    }
    let one = |(scope, agency): &(Scope, AgencyId)| match scope.of {
        Of::All => all,
        _ => by_agency.get(agency).copied().unwrap_or(0),
    };
    Ok(whom.iter().map(|of| Reading::Value(f64::from(one(of)))).collect())
}
