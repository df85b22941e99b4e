//! What this system measures: how often nobody had to say twice what the state knew.
//!
//! Each online filing leaves what it saved as an event of the journal and as a row; one job adds
//! rows up by month ([`add_up`]). What was not added up yet is counted when a figure is read, so
//! that a figure is exact at every moment and costs as much as a year has months, procedures and
//! agencies.

use std::{collections::BTreeMap, fmt, str::FromStr};

use desk::{Desk, Result};
use jiff::civil::{Date, date};
use journal::{Data, EventKind, Happened};
use kernel::{AgencyId, CaseCode, CaseId, Instant, ProcedureCode, Tenant, from_local, today};
use serde::Serialize;
use store::{Arg, Row, Tx, args};

/// Filings that are added up in one transaction.
pub const ADDED_MAX: u32 = 1000;

/// What was saved.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct OnceOnly {
    /// Online filings.
    pub filings: u64,
    /// Questions that their forms ask.
    pub fields: u64,
    /// Those that nobody had to answer.
    pub fields_known: u64,
    /// Papers that came with them.
    pub papers: u64,
    /// Those that nobody had to send, since the state had them.
    pub papers_known: u64,
}

impl OnceOnly {
    /// The sum of two.
    #[must_use]
    pub fn and(self, other: &Self) -> Self {
        Self {
            filings: self.filings + other.filings,
            fields: self.fields + other.fields,
            fields_known: self.fields_known + other.fields_known,
            papers: self.papers + other.papers,
            papers_known: self.papers_known + other.papers_known,
        }
    }

    fn read(row: &Row<'_>, from: usize) -> store::Result<Self> {
        Ok(Self {
            filings: row.get(from)?,
            fields: row.get(from + 1)?,
            fields_known: row.get(from + 2)?,
            papers: row.get(from + 3)?,
            papers_known: row.get(from + 4)?,
        })
    }
}

/// A month (`2026-11`) or a year (`2026`) in Việt Nam.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    year: i16,
    month: Option<i8>,
}

impl Span {
    /// The year of a day.
    #[must_use]
    pub fn year_of(day: Date) -> Self {
        Self { year: day.year(), month: None }
    }

    /// The month of a day.
    #[must_use]
    pub fn month_of(day: Date) -> Self {
        Self { year: day.year(), month: Some(day.month()) }
    }

    /// Its first day.
    #[must_use]
    pub fn first(self) -> Date {
        date(self.year, self.month.unwrap_or(1), 1)
    }

    /// Whether it is a month.
    #[must_use]
    pub const fn is_month(self) -> bool {
        self.month.is_some()
    }

    fn months(self) -> (String, String) {
        let last = self.month.unwrap_or(12);
        let first = self.month.unwrap_or(1);
        (format!("{:04}-{first:02}", self.year), format!("{:04}-{last:02}", self.year))
    }

    fn bounds(self) -> (Instant, Instant) {
        let next = match self.month {
            Some(month) if month < 12 => date(self.year, month + 1, 1),
            _ => date(self.year + 1, 1, 1),
        };
        let start = |day: Date| from_local(day.at(0, 0, 0, 0));
        (start(self.first()), start(next))
    }
}

impl fmt::Display for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.month {
            Some(month) => write!(f, "{:04}-{month:02}", self.year),
            None => write!(f, "{:04}", self.year),
        }
    }
}

/// The text is no month and no year of our time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("neither a month nor a year")]
pub struct NoSpan;

impl FromStr for Span {
    type Err = NoSpan;

    fn from_str(text: &str) -> Result<Self, NoSpan> {
        let (year, month) = match text.split_once('-') {
            Some((year, month)) => (year, Some(month.parse().map_err(|_| NoSpan)?)),
            None => (text, None),
        };
        let year = year.parse().ok().filter(|year| (2000..=2200).contains(year)).ok_or(NoSpan)?;
        if month.is_some_and(|month| !(1..=12).contains(&month)) {
            return Err(NoSpan);
        }
        Ok(Self { year, month })
    }
}

/// What is asked for.
#[derive(Debug, Clone)]
pub struct Wanted {
    /// The agencies that received.
    pub agencies: Vec<AgencyId>,
    /// When.
    pub span: Span,
    /// One procedure alone.
    pub procedure: Option<ProcedureCode>,
}

impl Wanted {
    /// ` and agency_id in ($4, …) and procedure_code = $9`, with the arguments added.
    fn narrowed(&self, args: &mut Vec<Arg<'_>>) -> String {
        let mut sql = String::from(" and agency_id in (");
        for (index, agency) in self.agencies.iter().enumerate() {
            args.push((*agency).into());
            let comma = if index == 0 { "" } else { ", " };
            sql.push_str(&format!("{comma}${}", args.len()));
        }
        sql.push(')');
        if let Some(procedure) = &self.procedure {
            args.push(Arg::from(procedure.as_str().to_owned()));
            sql.push_str(&format!(" and procedure_code = ${}", args.len()));
        }
        sql
    }
}

/// What was saved in one month by one procedure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Saved {
    /// `2026-11`.
    pub month: String,
    /// Which procedure.
    pub procedure: ProcedureCode,
    /// What.
    pub of: OnceOnly,
}

/// What one filing saved: kept beside the dossier, and told to the journal.
///
/// # Errors
/// Those of the store.
pub(crate) fn keep(
    tx: &mut Tx<'_>,
    desk: &Desk,
    case: &casework::Case,
    saved: OnceOnly,
    happened: &casework::Stamp,
) -> Result<()> {
    let (tenant, mint) = (&desk.front.tenant, &desk.front.mint);
    let number = |n: u64| i64::try_from(n).unwrap_or(i64::MAX);
    tx.put(
        "insert into once_only (tenant, case_id, fields, fields_known, papers, papers_known,
             recorded_at, agency_id, procedure_code, counted)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        args!(
            tenant,
            case.id,
            number(saved.fields),
            number(saved.fields_known),
            number(saved.papers),
            number(saved.papers_known),
            happened.recorded_at,
            case.received_by,
            &case.procedure.code,
            false
        ),
    )?;
    let what = Happened {
        kind: EventKind::named("once_only.saved"),
        actor: happened.actor.clone(),
        happened_at: happened.happened_at,
        recorded_at: happened.recorded_at,
        data: Data::of(&serde_json::json!({ "code": case.code, "saved": saved }))?,
    };
    journal::record(tx, tenant, mint, &subject(case.id), what)?;
    Ok(())
}

/// Under which name the journal tells what a filing saved.
#[must_use]
pub fn subject(case: CaseId) -> String {
    format!("once only {case}")
}

/// Adds up filings that were not yet, `limit` at most; answers whether there may be more.
///
/// # Errors
/// [`store::Error::Conflict`] where another process was faster.
pub fn add_up(tx: &mut Tx<'_>, tenant: &Tenant, limit: u32) -> Result<bool> {
    let fresh: Vec<(CaseId, Instant, AgencyId, ProcedureCode, OnceOnly)> = tx.all(
        "select case_id, recorded_at, agency_id, procedure_code, cast(1 as bigint), fields, fields_known, papers,
             papers_known
         from once_only where tenant = $1 and counted = false and agency_id is not null
         order by recorded_at limit $2",
        args!(tenant, limit),
        |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, OnceOnly::read(row, 4)?)),
    )?;
    let mut sums: BTreeMap<(String, AgencyId, ProcedureCode), OnceOnly> = BTreeMap::new();
    for (case, at, agency, procedure, of) in &fresh {
        let month = Span::month_of(today(*at)).to_string();
        let sum = sums.entry((month, *agency, procedure.clone())).or_default();
        *sum = sum.and(of);
        tx.put(
            "update once_only set counted = true
             where tenant = $1 and case_id = $2 and counted = false",
            args!(tenant, *case),
        )?;
    }
    let number = |n: u64| i64::try_from(n).unwrap_or(i64::MAX);
    for ((month, agency, procedure), sum) in &sums {
        tx.put(
            "insert into once_month (tenant, month, agency_id, procedure_code, filings, fields,
                 fields_known, papers, papers_known)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
             on conflict (tenant, month, agency_id, procedure_code) do update set
                 filings = once_month.filings + excluded.filings,
                 fields = once_month.fields + excluded.fields,
                 fields_known = once_month.fields_known + excluded.fields_known,
                 papers = once_month.papers + excluded.papers,
                 papers_known = once_month.papers_known + excluded.papers_known",
            args!(
                tenant,
                month,
                *agency,
                procedure,
                number(sum.filings),
                number(sum.fields),
                number(sum.fields_known),
                number(sum.papers),
                number(sum.papers_known)
            ),
        )?;
    }
    Ok(fresh.len() == limit as usize)
}

/// What was saved, by month and procedure.
///
/// # Errors
/// Those of the store.
pub fn saved(tx: &mut Tx<'_>, tenant: &Tenant, wanted: &Wanted) -> Result<Vec<Saved>> {
    let mut sums: BTreeMap<(String, ProcedureCode), OnceOnly> = BTreeMap::new();
    let (first, last) = wanted.span.months();
    let mut args: Vec<Arg<'_>> = args!(tenant, &first, &last).to_vec();
    let narrowed = wanted.narrowed(&mut args);
    let sql = format!(
        "select month, procedure_code, cast(sum(filings) as bigint), cast(sum(fields) as bigint),
             cast(sum(fields_known) as bigint), cast(sum(papers) as bigint),
             cast(sum(papers_known) as bigint)
         from once_month where tenant = $1 and month >= $2 and month <= $3{narrowed}
         group by month, procedure_code"
    );
    let read = |row: &Row<'_>| Ok(((row.get(0)?, row.get(1)?), OnceOnly::read(row, 2)?));
    sums.extend(tx.all(&sql, &args, read)?);
    let (from, to) = wanted.span.bounds();
    let mut args: Vec<Arg<'_>> = args!(tenant, from, to).to_vec();
    let narrowed = wanted.narrowed(&mut args);
    let sql = format!(
        "select recorded_at, procedure_code, cast(1 as bigint), fields, fields_known, papers, papers_known
         from once_only where tenant = $1 and counted = false
             and recorded_at >= $2 and recorded_at < $3{narrowed}"
    );
    let read = |row: &Row<'_>| {
        Ok((row.get::<Instant>(0)?, row.get::<ProcedureCode>(1)?, OnceOnly::read(row, 2)?))
    };
    for (at, procedure, of) in tx.all(&sql, &args, read)? {
        let sum = sums.entry((Span::month_of(today(at)).to_string(), procedure)).or_default();
        *sum = sum.and(&of);
    }
    let saved = sums.into_iter().map(|((month, procedure), of)| Saved { month, procedure, of });
    Ok(saved.collect())
}

/// A filing behind a figure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Behind {
    /// The dossier.
    pub case: CaseId,
    /// Its code.
    pub code: CaseCode,
    /// Its procedure.
    pub procedure: ProcedureCode,
    /// When it was filed.
    pub at: Instant,
    /// What it saved.
    pub of: OnceOnly,
}

/// The filings behind the figures, the newest first, from behind `after` on.
///
/// # Errors
/// Those of the store.
pub fn behind(
    tx: &mut Tx<'_>,
    tenant: &Tenant,
    wanted: &Wanted,
    after: Option<(Instant, CaseId)>,
    limit: u32,
) -> Result<Vec<Behind>> {
    let (from, to) = wanted.span.bounds();
    let mut args: Vec<Arg<'_>> = args!(tenant, from, to).to_vec();
    let mut narrowed = wanted.narrowed(&mut args);
    if let Some((at, case)) = after {
        args.extend([Arg::from(at), Arg::from(case)]);
        let last = args.len();
        narrowed.push_str(&format!(" and (recorded_at, case_id) < (${}, ${last})", last - 1));
    }
    args.push(Arg::from(limit));
    let sql = format!(
        "select o.case_id, c.code, o.procedure_code, o.recorded_at, cast(1 as bigint), o.fields, o.fields_known,
             o.papers, o.papers_known
         from (select * from once_only
               where tenant = $1 and recorded_at >= $2 and recorded_at < $3{narrowed}
               order by recorded_at desc, case_id desc limit ${}) o
         join case_state c on c.tenant = o.tenant and c.id = o.case_id
         order by o.recorded_at desc, o.case_id desc",
        args.len()
    );
    let found = tx.all(&sql, &args, |row| {
        Ok(Behind {
            case: row.get(0)?,
            code: row.get(1)?,
            procedure: row.get(2)?,
            at: row.get(3)?,
            of: OnceOnly::read(row, 4)?,
        })
    })?;
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_span_is_a_month_or_a_year() {
        for text in ["2026", "2026-11"] {
            assert_eq!(text.parse::<Span>().unwrap().to_string(), text);
        }
        for text in ["", "2026-13", "2026-0", "26-11", "nam nay"] {
            assert!(text.parse::<Span>().is_err(), "{text}");
        }
        let (from, to) = "2026-12".parse::<Span>().unwrap().bounds();
        let start = |text: &str| text.parse::<Instant>().unwrap();
        assert_eq!((from, to), (start("2026-11-30T17:00:00Z"), start("2026-12-31T17:00:00Z")));
    }
}
