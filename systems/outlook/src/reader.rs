//! From the journal to records: the last months, found by position, read in order.

use std::{
    collections::{BTreeMap, HashMap, HashSet},
    sync::{Mutex, PoisonError},
};

use desk::{Desk, Moment};
use forecast::{Arrived, At, History, Next, Record, Resumed, StepDone, StepName, Successors};
use jiff::civil::Date;
use kernel::{Actor, CaseId, Instant, ProcedureCode, Tenant};
use procedure::Matter;
use store::{Arg, Tx, args};

use crate::{
    Result,
    life::{ENDS, Fields, KINDS, Learned, Life},
};

/// Events that are read in one statement.
const AT_ONCE: i64 = 4096;
/// Cases that are asked for in one statement.
const CASES_AT_ONCE: usize = 200;
/// Events beyond this are not read: the oldest of the time asked for are left out.
const EVENTS_MAX: i64 = 3_000_000;

/// What was read, and where the cases in hand stood then: the next run of the day reads on from
/// there. Another day begins anew, so that what is too old is let go of; so does another
/// directory, by whose mergers the records are told.
pub(crate) struct Past {
    pub(crate) history: History,
    /// Records that were added.
    pub(crate) records: u64,
    /// One past the last position that was read.
    pub(crate) pos: u64,
    lives: HashMap<CaseId, Life>,
    began: (Date, i64),
}

impl Past {
    /// Nothing yet, from where the journal of the time since an instant begins.
    fn begin(tx: &mut Tx<'_>, desk: &Desk, since: Instant) -> Result<Self> {
        let tenant = &desk.front.tenant;
        let end = end(tx, tenant)?;
        let from = position(tx, tenant, since, end)?.max(end - EVENTS_MAX);
        Ok(Self {
            history: History::new(successors(&desk.moment())),
            records: 0,
            pos: u64::try_from(from).unwrap_or_default(),
            lives: HashMap::new(),
            began: beginning(desk),
        })
    }

    /// Reads what was sealed since.
    fn go_on(&mut self, tx: &mut Tx<'_>, desk: &Desk) -> Result<()> {
        let tenant = &desk.front.tenant;
        let end = end(tx, tenant)?;
        let mut learned = Vec::new();
        let mut next = i64::try_from(self.pos).unwrap_or(i64::MAX);
        while next < end {
            let until = end.min(next + AT_ONCE);
            lives_of(tx, tenant, (next, until), &mut self.lives, &mut learned)?;
            next = until;
        }
        let unknown = learned.iter().filter(|one| one.procedure.is_none()).map(|one| one.case);
        let procedures = procedures(tx, tenant, unknown.collect())?;
        self.records += tell(desk, learned, &procedures, &mut self.history)?;
        self.pos = u64::try_from(next).unwrap_or_default();
        Ok(())
    }
}

/// What the last run read, while no other one has it in hand.
#[derive(Default)]
struct Kept(Mutex<Option<Past>>);

/// Reads what happened since an instant; of the same day only what is new.
pub(crate) fn read(tx: &mut Tx<'_>, desk: &Desk, since: Instant) -> Result<Past> {
    let mut past = match taken(desk).filter(|past| past.began == beginning(desk)) {
        Some(past) => past,
        None => Past::begin(tx, desk, since)?,
    };
    past.go_on(tx, desk)?;
    Ok(past)
}

/// What was kept, out of the hands of others.
pub(crate) fn taken(desk: &Desk) -> Option<Past> {
    desk.kept::<Kept>().0.lock().unwrap_or_else(PoisonError::into_inner).take()
}

/// Keeps what was read for the next run.
pub(crate) fn keep(desk: &Desk, past: Past) {
    *desk.kept::<Kept>().0.lock().unwrap_or_else(PoisonError::into_inner) = Some(past);
}

/// The day, and the version of the directory.
fn beginning(desk: &Desk) -> (Date, i64) {
    (kernel::today(desk.now()), desk.front.directory.get().version())
}

/// Who took over from whom.
fn successors(moment: &Moment) -> Successors {
    let ended = moment.directory.agencies().filter(|agency| agency.successor.is_some());
    ended
        .filter_map(|agency| Some((agency.id, moment.directory.successor(agency.id)?.id)))
        .collect()
}

/// What was learned of a case, with its procedure where the journal that was read said it.
struct Lesson {
    case: CaseId,
    procedure: Option<ProcedureCode>,
    one: Learned,
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
    learned: &mut Vec<Lesson>,
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
                    let life = lives.entry(case).or_default();
                    let told = life.go_on(&kind, fields, at, &actor).into_iter();
                    learned.extend(told.map(|one| Lesson {
                        case,
                        procedure: life.procedure.clone(),
                        one,
                    }));
                    if ENDS.contains(&kind.as_str()) {
                        lives.remove(&case);
                    }
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

/// Adds dossiers as the forecast takes them, other matters being in the hands of others; answers
/// how many records came of them.
fn tell(
    desk: &Desk,
    learned: Vec<Lesson>,
    procedures: &HashMap<CaseId, ProcedureCode>,
    history: &mut History,
) -> Result<u64> {
    let moment = desk.moment();
    let dossiers: HashSet<&ProcedureCode> =
        moment.shelf.of_matter(Matter::Dossier).into_iter().map(|p| &p.code).collect();
    let (mut names, mut records) = (BTreeMap::new(), 0);
    let mut name = |text: &str| -> Result<StepName> {
        if let Some(known) = names.get(text) {
            return Ok(StepName::clone(known));
        }
        let step: StepName = text.parse()?;
        names.insert(text.to_owned(), step.clone());
        Ok(step)
    };
    for Lesson { case, procedure, one } in learned {
        let procedure = procedure.or_else(|| procedures.get(&case).cloned());
        let Some(procedure) = procedure.filter(|code| dossiers.contains(code)) else { continue };
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
    Ok(records)
}
