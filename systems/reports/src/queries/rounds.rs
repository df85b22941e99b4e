//! A round: the reports of everybody in one period; and how punctual everybody was in the last ones.

use std::collections::BTreeMap;

use desk::Desk;
use indicators::Period;
use kernel::{AgencyId, Instant, PostId};
use store::{Tx, args};

use crate::{
    Result,
    model::{COLUMNS, Report, State, read},
};

/// More units than a nation has.
const UNITS_MAX: u32 = 10_000;
/// So many periods are looked back on.
const PERIODS_MAX: u32 = 12;

/// How many reports of a round were owed, sent, and sent in time.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct RoundCount {
    /// How many were owed.
    pub owed: u32,
    /// How many were sent.
    pub sent: u32,
    /// How many in time.
    pub on_time: u32,
    /// How many are late: sent late, or not sent and past their deadline.
    pub late: u32,
    /// How many were taken on.
    pub received: u32,
}

/// How punctual a unit was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Punctual {
    /// Which unit.
    pub unit: AgencyId,
    /// How many it owed whose deadline has passed, or that it sent.
    pub judged: u32,
    /// How many of them were late.
    pub late: u32,
}

/// What a unit has done in each period: by period its state, and whether it is late.
pub type Kept = BTreeMap<AgencyId, BTreeMap<String, (State, bool)>>;

/// A deadline that was moved.
#[derive(Debug, Clone)]
pub struct Moved {
    /// On which level.
    pub level: String,
    /// From when.
    pub was: Instant,
    /// To when.
    pub to: Instant,
    /// Why.
    pub reason: String,
    /// From which seat.
    pub by: PostId,
    /// When.
    pub at: Instant,
}

impl Report {
    /// Whether it is, or was, late at an instant: what was sent is judged by when it was sent.
    #[must_use]
    pub fn is_late(&self, now: Instant) -> bool {
        match self.on_time {
            Some(on_time) => !on_time,
            None => self.sent_at.is_none() && self.due_at < now && self.state != State::Stopped,
        }
    }
}

/// The reports of everybody in a period, in their newest version that stands: a correction takes
/// the place of what it corrects once it is sent.
///
/// # Errors
/// Those of the store.
pub fn round(tx: &mut Tx<'_>, desk: &Desk, regime: &str, period: Period) -> Result<Vec<Report>> {
    let sql = format!(
        "select {COLUMNS} from report r
         where r.tenant = $1 and r.regime = $2 and r.period_last = $3 and r.period = $4
         order by r.unit, r.version limit $5"
    );
    let last = i64::from(period.last().number());
    let text = period.to_string();
    let all = tx.all(&sql, args!(&desk.front.tenant, regime, last, text, UNITS_MAX), read)?;
    let mut standing: Vec<Report> = Vec::with_capacity(all.len());
    for report in all {
        match standing.last_mut() {
            Some(known) if known.unit == report.unit => {
                if report.sent_at.is_some() {
                    // Whether it came in time is said of what was sent first.
                    let on_time = known.on_time;
                    *known = Report { on_time, ..report };
                }
            }
            _ => standing.push(report),
        }
    }
    Ok(standing)
}

/// The reports of a period that were sent.
///
/// # Errors
/// Those of the store.
pub fn sent(tx: &mut Tx<'_>, desk: &Desk, regime: &str, period: Period) -> Result<Vec<Report>> {
    let mut all = round(tx, desk, regime, period)?;
    all.retain(|report| report.sent_at.is_some());
    Ok(all)
}

/// How a round stands.
#[must_use]
pub fn counts<'r>(reports: impl Iterator<Item = &'r Report>, now: Instant) -> RoundCount {
    reports.fold(RoundCount::default(), |mut count, report| {
        count.owed += 1;
        count.sent += u32::from(report.sent_at.is_some());
        count.on_time += u32::from(report.on_time == Some(true));
        count.late += u32::from(report.is_late(now));
        count.received += u32::from(report.state == State::Received);
        count
    })
}

/// The periods of a regime of which there are reports, the newest first.
///
/// # Errors
/// Those of the store.
pub fn known_periods(tx: &mut Tx<'_>, desk: &Desk, regime: &str) -> Result<Vec<Period>> {
    let texts: Vec<String> = tx.all(
        "select period from report where tenant = $1 and regime = $2 and newest
         group by period, period_last order by period_last desc limit $3",
        args!(&desk.front.tenant, regime, PERIODS_MAX),
        |row| row.get(0),
    )?;
    Ok(texts.iter().filter_map(|text| text.parse().ok()).collect())
}

/// How punctual everybody was in these periods, and how each report of them stands; only of units
/// that `shown` lets through.
///
/// # Errors
/// Those of the store.
pub fn punctual(
    tx: &mut Tx<'_>,
    desk: &Desk,
    regime: &str,
    periods: &[Period],
    now: Instant,
    shown: impl Fn(&Report) -> bool,
) -> Result<(Vec<Punctual>, Kept)> {
    let (mut found, mut kept): (BTreeMap<AgencyId, Punctual>, Kept) = Default::default();
    for period in periods {
        for report in round(tx, desk, regime, *period)?.iter().filter(|report| shown(report)) {
            let late = report.is_late(now);
            let states = kept.entry(report.unit).or_default();
            states.insert(period.to_string(), (report.state, late));
            let unit = report.unit;
            let one = found.entry(unit).or_insert(Punctual { unit, judged: 0, late: 0 });
            one.judged += u32::from(report.on_time.is_some() || late);
            one.late += u32::from(late);
        }
    }
    Ok((found.into_values().collect(), kept))
}

/// The deadlines of a round that were moved, oldest first.
///
/// # Errors
/// Those of the store.
pub fn deadlines(tx: &mut Tx<'_>, desk: &Desk, regime: &str, period: Period) -> Result<Vec<Moved>> {
    Ok(tx.all(
        "select level, was, due_at, reason, by_post, at from report_deadline
         where tenant = $1 and regime = $2 and period = $3 order by at limit 100",
        args!(&desk.front.tenant, regime, period.to_string()),
        |row| {
            Ok(Moved {
                level: row.get(0)?,
                was: row.get(1)?,
                to: row.get(2)?,
                reason: row.get(3)?,
                by: row.get(4)?,
                at: row.get(5)?,
            })
        },
    )?)
}
