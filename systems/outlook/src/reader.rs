//! From the journal to records: the last months, found by position, read in order.

use std::collections::{BTreeMap, HashMap, HashSet};

use desk::Desk;
use forecast::{Arrived, At, History, Next, Record, Resumed, StepDone, StepName, Successors};
use kernel::{Actor, CaseId, Instant, ProcedureCode, Tenant};
use procedure::Matter;
use store::{Arg, Tx, args};

use crate::{
    Result,
    life::{Fields, KINDS, Learned, Life},
};

/// Events that are read in one statement.
const AT_ONCE: i64 = 4096;
/// Cases that are asked for in one statement.
const CASES_AT_ONCE: usize = 200;
/// Events beyond this are not read: the oldest of the time asked for are left out.
const EVENTS_MAX: i64 = 3_000_000;

/// What was read.
pub(crate) struct Past {
    pub(crate) history: History,
    /// Records that were added.
    pub(crate) records: u64,
    /// One past the last position that was read.
    pub(crate) pos: u64,
}

/// Reads what happened since an instant.
pub(crate) fn read(tx: &mut Tx<'_>, desk: &Desk, since: Instant) -> Result<Past> {
    let tenant = &desk.front.tenant;
    let end = end(tx, tenant)?;
    let from = position(tx, tenant, since, end)?.max(end - EVENTS_MAX);
    let mut lives: HashMap<CaseId, Life> = HashMap::new();
    let mut learned: Vec<(CaseId, Learned)> = Vec::new();
    let mut next = from;
    while next < end {
        let until = end.min(next + AT_ONCE);
        lives_of(tx, tenant, (next, until), &mut lives, &mut learned)?;
        next = until;
    }
    let unknown: HashSet<CaseId> = learned
        .iter()
        .map(|(case, _)| *case)
        .filter(|case| lives.get(case).is_none_or(|life| life.procedure.is_none()))
        .collect();
    let mut procedures = procedures(tx, tenant, unknown)?;
    procedures.extend(lives.into_iter().filter_map(|(case, life)| Some((case, life.procedure?))));
    let history = told(desk, learned, &procedures)?;
    let (history, records) = history;
    Ok(Past { history, records, pos: u64::try_from(end).unwrap_or_default() })
}

/// One past the last sealed position.
fn end(tx: &mut Tx<'_>, tenant: &Tenant) -> Result<i64> {
    let sql = "select pos from event where tenant = $1 and pos is not null
               order by pos desc limit 1";
    let last: Option<i64> = tx.opt(sql, args!(tenant), |row| row.get(0))?;
    Ok(last.map_or(0, |last| last + 1))
}

/// The first position that was recorded at an instant or later. Positions follow the time of
/// recording, so that halving finds it by a few reads.
fn position(tx: &mut Tx<'_>, tenant: &Tenant, since: Instant, end: i64) -> Result<i64> {
    let (mut low, mut high) = (0, end);
    while low < high {
        let middle = low + (high - low) / 2;
        let sql = "select recorded_at from event where tenant = $1 and pos = $2";
        let recorded: Option<Instant> = tx.opt(sql, args!(tenant, middle), |row| row.get(0))?;
        match recorded {
            Some(recorded) if recorded < since => low = middle + 1,
            _ => high = middle,
        }
    }
    Ok(low)
}

fn lives_of(
    tx: &mut Tx<'_>,
    tenant: &Tenant,
    (from, to): (i64, i64),
    lives: &mut HashMap<CaseId, Life>,
    learned: &mut Vec<(CaseId, Learned)>,
) -> Result<()> {
    let mut broken = None;
    tx.each(
        "select case_id, kind, actor, happened_at, data from event
         where tenant = $1 and pos >= $2 and pos < $3 order by pos",
        args!(tenant, from, to),
        |row| {
            let kind: String = row.get(1)?;
            if !KINDS.contains(&kind.as_str()) {
                return Ok(());
            }
            let (case, actor): (CaseId, Actor) = (row.get(0)?, row.get(2)?);
            let (at, data): (Instant, String) = (row.get(3)?, row.get(4)?);
            match serde_json::from_str::<Fields>(&data) {
                Ok(fields) => {
                    let told = lives.entry(case).or_default().go_on(&kind, fields, at, &actor);
                    learned.extend(told.into_iter().map(|one| (case, one)));
                }
                Err(error) => broken = broken.take().or(Some(error)),
            }
            Ok(())
        },
    )?;
    broken.map_or(Ok(()), |error| Err(error.into()))
}

/// The procedures of cases that were filed before reading began.
fn procedures(
    tx: &mut Tx<'_>,
    tenant: &Tenant,
    cases: HashSet<CaseId>,
) -> Result<HashMap<CaseId, ProcedureCode>> {
    let cases: Vec<CaseId> = cases.into_iter().collect();
    let mut found = HashMap::with_capacity(cases.len());
    for some in cases.chunks(CASES_AT_ONCE) {
        let mut values: Vec<Arg<'_>> = vec![tenant.into()];
        values.extend(some.iter().map(|case| Arg::from(*case)));
        let places: Vec<String> = (2..=values.len()).map(|n| format!("${n}")).collect();
        let sql = format!(
            "select id, procedure_code from case_state where tenant = $1 and id in ({})",
            places.join(", ")
        );
        let rows: Vec<(CaseId, ProcedureCode)> =
            tx.all(&sql, &values, |row| Ok((row.get(0)?, row.get(1)?)))?;
        found.extend(rows);
    }
    Ok(found)
}

/// Dossiers as the forecast takes them; other matters are in the hands of others.
fn told(
    desk: &Desk,
    learned: Vec<(CaseId, Learned)>,
    procedures: &HashMap<CaseId, ProcedureCode>,
) -> Result<(History, u64)> {
    let moment = desk.moment();
    let dossiers: HashSet<&ProcedureCode> =
        moment.shelf.of_matter(Matter::Dossier).into_iter().map(|p| &p.code).collect();
    let ended = moment.directory.agencies().filter(|agency| agency.successor.is_some());
    let successors: Successors = ended
        .filter_map(|agency| Some((agency.id, moment.directory.successor(agency.id)?.id)))
        .collect();
    let mut history = History::new(successors);
    let (mut names, mut records) = (BTreeMap::new(), 0);
    let mut name = |text: &str| -> Result<StepName> {
        if let Some(known) = names.get(text) {
            return Ok(StepName::clone(known));
        }
        let step: StepName = text.parse()?;
        names.insert(text.to_owned(), step.clone());
        Ok(step)
    };
    for (case, one) in learned {
        let Some(procedure) = procedures.get(&case).filter(|code| dossiers.contains(code)) else {
            continue;
        };
        let procedure = procedure.clone();
        let record = match one {
            Learned::Came { agency, step, when } => {
                let at = At { agency, procedure, step: name(&step)? };
                Record::Arrived(Arrived { at, when })
            }
            Learned::Resumed { from, to } => Record::Resumed(Resumed { procedure, from, to }),
            Learned::Done { agency, step, post, entered, done, due, stood, next } => {
                let calendar = moment.calendars.agency(agency);
                let held = stood.iter().fold(calendar::WorkingTime::ZERO, |sum, (from, to)| {
                    sum + calendar.elapsed(*from, *to)
                });
                let next = next
                    .into_iter()
                    .map(|(agency, step)| Ok(Next { agency, step: name(&step)? }))
                    .collect::<Result<_>>()?;
                let at = At { agency, procedure, step: name(&step)? };
                Record::Done(StepDone { case, at, post, entered, done, due, held, next })
            }
        };
        history.add(record);
        records += 1;
    }
    Ok((history, records))
}
