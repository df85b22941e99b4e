//! Counting behind whoever acts: dossiers that are over are added up by month, so that a figure
//! of a year is read and not counted.
//!
//! The journal says which dossiers changed, and `count_place` up to where it was read. Nothing of
//! this is written by the transaction that changes a dossier: that one stays as short as it is,
//! and officers of one agency, who would all write the sum of its month, do not wait for each
//! other. What was not counted yet is judged by itself when a figure is read
//! ([`crate::queries::figures`]), so that no figure is ever behind.

use std::collections::{BTreeMap, BTreeSet};

use calendar::Calendar;
use casework::{Case, Status};
use kernel::{AgencyId, CaseId, Instant, ProcedureCode, Tenant};
use store::{Arg, Row, Tx, args};

use crate::{
    Desk, Result,
    measures::{Ending, Month},
};

/// Events that are read in one transaction, so that nobody waits long behind it.
pub const COUNT_MAX: u32 = 4096;
/// Dossiers that are read in one statement.
const AT_ONCE: usize = 200;
/// Events after which a dossier that was over counts otherwise, or is over now.
const KINDS: [&str; 4] = ["finished", "discontinued", "withdrawn", "moved"];

/// Whether an event of that kind may change what is counted.
pub(crate) fn counts(kind: &str) -> bool {
    KINDS.contains(&kind)
}

/// A dossier that was taken on and is over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Over {
    pub(crate) id: CaseId,
    pub(crate) agency: AgencyId,
    pub(crate) procedure: ProcedureCode,
    pub(crate) accepted: Instant,
    pub(crate) ended: Instant,
    pub(crate) ending: Ending,
}

impl Over {
    /// What the dossier counts as; none while it is not over, and where it was never taken on.
    pub(crate) fn of(case: &Case, calendar: &Calendar) -> Option<Self> {
        let (accepted, ended) = (case.accepted_at?, case.ended_at?);
        let requests = case.supplements.len();
        let ending = Ending::of(case.status, accepted, case.due(), ended, requests, calendar);
        let (id, agency, procedure) = (case.id, case.decided_by, case.procedure.code.clone());
        Some(Self { id, agency, procedure, accepted, ended, ending })
    }

    /// Reads `case_id, agency_id, procedure_code, accepted_at, ended_at, ending`.
    pub(crate) fn read(row: &Row<'_>) -> store::Result<Self> {
        let word: String = row.get(5)?;
        let ending = Ending::from_word(&word);
        Ok(Self {
            id: row.get(0)?,
            agency: row.get(1)?,
            procedure: row.get(2)?,
            accepted: row.get(3)?,
            ended: row.get(4)?,
            ending: ending.ok_or(store::Error::Column { index: 5, reason: word })?,
        })
    }
}

/// Counts what happened since the last time, at most `limit` events of it, in the order of the
/// journal; answers whether there may be more. Several processes may do so at once: one waits
/// for the other.
///
/// # Errors
/// Those of the store.
pub fn count(tx: &mut Tx<'_>, desk: &Desk, limit: u32) -> Result<bool> {
    let tenant = &desk.front.tenant;
    // Nothing is written where there is nothing to count.
    let sql = "select 1 from event where tenant = $1 and pos is not null and pos >= coalesce(
                   (select pos from count_place where tenant = $1), 0) limit 1";
    if tx.opt(sql, args!(tenant), |row| row.get::<i64>(0))?.is_none() {
        return Ok(false);
    }
    let from: i64 = tx.one(
        "insert into count_place (tenant, pos) values ($1, 0)
         on conflict (tenant) do update set pos = count_place.pos returning pos",
        args!(tenant),
        |row| row.get(0),
    )?;
    let mut changed = BTreeSet::new();
    let mut next = from;
    let mut read = 0;
    tx.each(
        "select pos, case_id, kind from event
         where tenant = $1 and pos is not null and pos >= $2 order by pos limit $3",
        args!(tenant, from, limit),
        |row| {
            next = row.get::<i64>(0)? + 1;
            read += 1;
            if counts(&row.get::<String>(2)?) {
                changed.insert(row.get::<CaseId>(1)?);
            }
            Ok(())
        },
    )?;
    let changed: Vec<CaseId> = changed.into_iter().collect();
    let mut tally = Tally::default();
    for some in changed.chunks(AT_ONCE) {
        let before = kept(tx, tenant, some)?;
        let now = over(tx, desk, some)?;
        for id in some {
            let (before, now) = (before.get(id), now.get(id));
            if before != now {
                before.map_or(Ok(()), |over| tally.take(tx, tenant, over))?;
                now.map_or(Ok(()), |over| tally.add(tx, tenant, over))?;
            }
        }
    }
    tally.write(tx, tenant)?;
    tx.put("update count_place set pos = $2 where tenant = $1", args!(tenant, next))?;
    Ok(read >= limit)
}

/// Says that all of the journal was counted, by who wrote it.
pub(crate) fn counted_all(tx: &mut Tx<'_>, tenant: &Tenant) -> Result<()> {
    let sql = "select max(pos) from event where tenant = $1 and pos is not null";
    let last: Option<i64> = tx.one(sql, args!(tenant), |row| row.get(0))?;
    tx.put(
        "insert into count_place (tenant, pos) values ($1, $2)
         on conflict (tenant) do update set pos = excluded.pos",
        args!(tenant, last.map_or(0, |last| last + 1)),
    )?;
    Ok(())
}

/// What is kept of these dossiers.
pub(crate) fn kept(
    tx: &mut Tx<'_>,
    tenant: &Tenant,
    ids: &[CaseId],
) -> Result<BTreeMap<CaseId, Over>> {
    let (places, args) = among(tenant, ids);
    let sql = format!(
        "select case_id, agency_id, procedure_code, accepted_at, ended_at, ending
         from count_over where tenant = $1 and case_id in ({places})"
    );
    let rows = tx.all(&sql, &args, Over::read)?;
    Ok(rows.into_iter().map(|over| (over.id, over)).collect())
}

/// What is to be kept of these dossiers.
fn over(tx: &mut Tx<'_>, desk: &Desk, ids: &[CaseId]) -> Result<BTreeMap<CaseId, Over>> {
    let (places, args) = among(&desk.front.tenant, ids);
    let sql = format!(
        "select id, decided_by, procedure_code, accepted_at, ended_at, status, due_at, supplements
         from case_state where tenant = $1 and id in ({places}) and matter = 'dossier'
             and accepted_at is not null and ended_at is not null"
    );
    let moment = desk.moment();
    let rows = tx.all(&sql, &args, |row| {
        let (id, agency) = (row.get(0)?, row.get(1)?);
        let (accepted, ended) = (row.get(3)?, row.get(4)?);
        let status = Status::from_word(&row.get::<String>(5)?).unwrap_or(Status::Finished);
        let requests = usize::try_from(row.get::<i64>(7)?).unwrap_or(0);
        let calendar = moment.calendars.agency(agency);
        let ending = Ending::of(status, accepted, row.get(6)?, ended, requests, calendar);
        Ok(Over { id, agency, procedure: row.get(2)?, accepted, ended, ending })
    })?;
    Ok(rows.into_iter().map(|over| (over.id, over)).collect())
}

/// `$2, $3, …` for these dossiers, after the tenant.
pub(crate) fn among<'a>(tenant: &'a Tenant, ids: &[CaseId]) -> (String, Vec<Arg<'a>>) {
    let mut args: Vec<Arg<'_>> = vec![tenant.into()];
    args.extend(ids.iter().map(|id| Arg::from(*id)));
    let places: Vec<String> = (2..=args.len()).map(|n| format!("${n}")).collect();
    (places.join(", "), args)
}

/// Sums to be written together, in one order whoever writes them.
#[derive(Debug, Default)]
pub(crate) struct Tally(BTreeMap<(String, Month, AgencyId, Ending), i64>);

impl Tally {
    /// One more is over.
    pub(crate) fn add(&mut self, tx: &mut Tx<'_>, tenant: &Tenant, over: &Over) -> Result<()> {
        tx.put(
            "insert into count_over (tenant, case_id, agency_id, procedure_code, accepted_at,
                 ended_at, ending)
             values ($1, $2, $3, $4, $5, $6, $7)",
            args!(
                tenant,
                over.id,
                over.agency,
                &over.procedure,
                over.accepted,
                over.ended,
                over.ending.word()
            ),
        )?;
        for month in Month::ends_between(over.accepted, over.ended) {
            tx.put(
                "insert into count_carried (tenant, agency_id, month, case_id, procedure_code,
                     accepted_at)
                 values ($1, $2, $3, $4, $5, $6)",
                args!(
                    tenant,
                    over.agency,
                    month.to_string(),
                    over.id,
                    &over.procedure,
                    over.accepted
                ),
            )?;
        }
        self.note(over, 1);
        Ok(())
    }

    /// One is no longer what it was.
    fn take(&mut self, tx: &mut Tx<'_>, tenant: &Tenant, over: &Over) -> Result<()> {
        let sql = "delete from count_over where tenant = $1 and case_id = $2";
        tx.put(sql, args!(tenant, over.id))?;
        for month in Month::ends_between(over.accepted, over.ended) {
            tx.put(
                "delete from count_carried
                 where tenant = $1 and agency_id = $2 and month = $3 and case_id = $4",
                args!(tenant, over.agency, month.to_string(), over.id),
            )?;
        }
        self.note(over, -1);
        Ok(())
    }

    fn note(&mut self, over: &Over, n: i64) {
        for procedure in ["", over.procedure.as_str()] {
            let key = (procedure.to_owned(), Month::of(over.ended), over.agency, over.ending);
            *self.0.entry(key).or_default() += n;
        }
    }

    /// Writes the sums.
    pub(crate) fn write(self, tx: &mut Tx<'_>, tenant: &Tenant) -> Result<()> {
        for ((procedure, month, agency, ending), n) in self.0 {
            tx.put(
                "insert into count_month (tenant, procedure_code, month, agency_id, ending, n)
                 values ($1, $2, $3, $4, $5, $6)
                 on conflict (tenant, procedure_code, month, agency_id, ending)
                 do update set n = count_month.n + excluded.n",
                args!(tenant, procedure, month.to_string(), agency, ending.word(), n),
            )?;
        }
        Ok(())
    }
}
