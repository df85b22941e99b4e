//! What the figures and clocks of a rule say now, for each of those it watches.

use std::collections::HashMap;

use calendar::Calendar;
use desk::{Desk, Moment};
use directory::{AgencyLevel, Directory};
use indicators::{Day, Of, Scope};
use jiff::{SignedDuration, civil::Date};
use kernel::{AgencyId, Instant, today};
use store::{Tx, args};

use super::Fresh;
use crate::{
    Result,
    model::{Reading, Rule, RuleScope, Source, What, quiet_days, unlike},
};

/// Weeks that a weekday is held against.
const WEEKS: i32 = 8;
/// Days that are looked at for silence.
const QUIET_DAYS: i32 = 31;
/// Most agencies that one rule watches.
const SCOPES_MAX: usize = 500;

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

fn day(number: i32) -> indicators::Period {
    crate::model::one_day(Day::from_number(number))
}

/// Reads an indicator in some periods, and makes one reading of them for each scope.
fn by_days(
    tx: &mut Tx<'_>,
    desk: &Desk,
    indicator: &str,
    whom: &[(Scope, AgencyId)],
    periods: Vec<indicators::Period>,
    of: impl Fn(&[Option<f64>]) -> Option<f64>,
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
    let calendar = moment.calendars.usual();
    let Some(last) = working_days(calendar, now, 1).first().copied() else {
        return Ok(vec![Reading::None; whom.len()]);
    };
    let last = Day::from(last);
    let others = (1..=WEEKS).map(|week| last.number() - 7 * week);
    let others = others.filter(|number| calendar.is_working_day(Day::from_number(*number).date()));
    let periods = std::iter::once(last.number()).chain(others).map(day).collect();
    by_days(tx, desk, indicator, whom, periods, |values| {
        let others: Vec<f64> = values[1..].iter().copied().flatten().collect();
        unlike(values[0]?, &others).map(|usual| usual.score)
    })
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
