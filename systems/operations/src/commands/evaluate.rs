//! Rules held against figures and clocks. It may run in several processes at once: a sample that
//! comes too soon is none, and of two that write one row, one is turned away and comes again.

use std::collections::BTreeMap;

use desk::Desk;
use kernel::{CaseId, Instant};
use store::{Tx, args};

use super::{Raised, by_itself, open};
use crate::{
    Error, Result,
    model::{Reading, Rule, Sample, Verdict, Watch},
    queries::{self, Fresh, Sampled},
};

/// What an evaluation did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Evaluated {
    /// Alerts that opened an incident.
    pub opened: u32,
    /// Alerts whose figure is well again.
    pub cleared: u32,
}

/// How a rule stands for a scope, with what belongs to it.
#[derive(Debug, Clone, Default)]
struct Row {
    version: u32,
    watch: Watch,
    case: Option<CaseId>,
    silenced_until: Option<Instant>,
}

/// Evaluates every rule once.
///
/// # Errors
/// Those of the store.
pub fn evaluate(desk: &Desk) -> Result<Evaluated> {
    let shared = desk.clone();
    let read = desk.front.store.read(move |tx| {
        let fresh = queries::fresh(tx, &shared)?;
        let rules = queries::rules(tx, &shared)?;
        let mut sampled = Vec::new();
        for rule in rules.iter() {
            sampled.push((rule.clone(), queries::sample(tx, &shared, rule, &fresh)?));
        }
        Ok::<_, Error>((fresh, sampled))
    });
    let (fresh, sampled) = read.wait()?;
    let mut done = Evaluated::default();
    for (rule, sampled) in sampled {
        let shared = desk.clone();
        let settled =
            desk.front.store.write(move |tx| settle(tx, &shared, &rule, &fresh, &sampled));
        let settled = settled.wait()?;
        done.opened += settled.opened;
        done.cleared += settled.cleared;
    }
    Ok(done)
}

/// Takes what was read for one rule: watches go on, incidents are opened, alerts end.
///
/// # Errors
/// Those of the store, and where an incident cannot be filed.
pub fn settle(
    tx: &mut Tx<'_>,
    desk: &Desk,
    rule: &Rule,
    fresh: &Fresh,
    sampled: &[Sampled],
) -> Result<Evaluated> {
    let mut rows = rows(tx, desk, rule)?;
    let mut done = Evaluated::default();
    for of in sampled {
        let scope = of.scope.to_string();
        let row = rows.remove(&scope).unwrap_or_default();
        let sample = Sample { at: fresh.now, reading: of.reading };
        let (watch, verdict) = row.watch.step(&rule.band(), rule.samples, &sample);
        let mut next = Row { watch, ..row.clone() };
        if verdict == Some(Verdict::Clear) {
            done.cleared += 1;
            clear(tx, desk, next.case.take(), fresh.now)?;
        }
        let silenced = row.silenced_until.is_some_and(|until| until > fresh.now);
        // What was raised while it was silenced opens once the silence is over.
        if let (true, None, false, Reading::Value(reading)) =
            (watch.raised, next.case, silenced, of.reading)
        {
            let raised = Raised { rule, of, reading, pos: fresh.as_of.pos };
            let (case, new) = open(tx, desk, &raised, &by_itself(fresh.now))?;
            next.case = Some(case);
            done.opened += u32::from(new);
        }
        let same = (row.watch.raised, row.watch.run, row.case)
            == (next.watch.raised, next.watch.run, next.case);
        if !same {
            keep(tx, desk, rule, &scope, &next, of.reading, verdict.map(|_| fresh.now))?;
        }
    }
    Ok(done)
}

fn rows(tx: &mut Tx<'_>, desk: &Desk, rule: &Rule) -> Result<BTreeMap<String, Row>> {
    let rows = tx.all(
        "select scope, version, raised, run, counted_at, case_id, silenced_until from alert_watch
         where tenant = $1 and rule = $2",
        args!(&desk.front.tenant, &rule.id),
        |row| {
            // Whoever silenced it first has not counted anything.
            let counted = Some(row.get::<Instant>(4)?).filter(|at| *at != Instant::UNIX_EPOCH);
            let watch = Watch { raised: row.get(2)?, run: row.get(3)?, counted };
            let (version, case) = (row.get(1)?, row.get(5)?);
            Ok((row.get(0)?, Row { version, watch, case, silenced_until: row.get(6)? }))
        },
    )?;
    Ok(rows.into_iter().collect())
}

fn keep(
    tx: &mut Tx<'_>,
    desk: &Desk,
    rule: &Rule,
    scope: &str,
    row: &Row,
    reading: Reading,
    since: Option<Instant>,
) -> Result<()> {
    let value = match reading {
        Reading::Value(value) => Some(value),
        Reading::None | Reading::Stale => None,
    };
    let counted = row.watch.counted.unwrap_or(Instant::UNIX_EPOCH);
    let written = tx.exec(
        "insert into alert_watch
             (tenant, rule, scope, version, raised, run, counted_at, reading, since_at, case_id)
         values ($1, $2, $3, 1, $4, $5, $6, $7, $8, $9)
         on conflict (tenant, rule, scope) do update set
             version = alert_watch.version + 1, raised = $4, run = $5, counted_at = $6,
             reading = $7, since_at = coalesce($8, alert_watch.since_at), case_id = $9
         where alert_watch.version = $10",
        args!(
            &desk.front.tenant,
            &rule.id,
            scope,
            row.watch.raised,
            row.watch.run,
            counted,
            value,
            since,
            row.case,
            row.version
        ),
    )?;
    // Another process was faster; what it counted stands.
    if written == 1 { Ok(()) } else { Err(store::Error::Conflict.into()) }
}

/// The figure is well again; the incident goes on until somebody closes it.
fn clear(tx: &mut Tx<'_>, desk: &Desk, case: Option<CaseId>, now: Instant) -> Result<()> {
    let Some(case) = case else { return Ok(()) };
    tx.exec(
        "update alert set cleared_at = $3, updated_at = $3
         where tenant = $1 and case_id = $2 and closed_at is null",
        args!(&desk.front.tenant, case, now),
    )?;
    Ok(())
}
