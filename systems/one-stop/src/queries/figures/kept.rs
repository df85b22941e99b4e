//! What was counted already: sums by month, and a narrow row for each dossier that is over.

use std::collections::{BTreeMap, BTreeSet};

use kernel::{CaseId, Instant, from_micros, micros};
use store::{Arg, Tx};
use uuid::Uuid;

use super::{Counted, Place, Shelf, Wanted, judged};
use crate::{
    Desk, Result,
    counting::{self, Over},
    measures::{Ending, Month, Period},
};

/// Dossiers that are read in one statement.
const AT_ONCE: usize = 200;

/// How many ended in the period, by how.
pub(super) fn endings(
    tx: &mut Tx<'_>,
    desk: &Desk,
    wanted: &Wanted,
) -> Result<BTreeMap<Ending, i64>> {
    let mut sums = BTreeMap::new();
    let Parts { months, edges } = Parts::of(wanted.period);
    if let Some((first, last)) = months {
        let procedure = wanted.procedure.as_ref().map_or("", |code| code.as_str());
        let mut args: Vec<Arg<'_>> = vec![(&desk.front.tenant).into(), procedure.into()];
        args.extend([first.to_string().into(), last.to_string().into()]);
        let agencies = wanted.scope.condition("agency_id", &mut args);
        let sql = format!(
            "select ending, cast(sum(n) as bigint) from count_month
             where tenant = $1 and procedure_code = $2 and month >= $3 and month <= $4{agencies}
             group by ending"
        );
        add_up(tx, &sql, &args, &mut sums)?;
    }
    for (from, to) in edges {
        let mut args: Vec<Arg<'_>> = vec![(&desk.front.tenant).into(), from.into(), to.into()];
        let rest = conditions(wanted, &mut args);
        let sql = format!(
            "select ending, count(*) from count_over
             where tenant = $1 and ended_at >= $2 and ended_at < $3{rest} and {} group by ending",
            any_ending()
        );
        add_up(tx, &sql, &args, &mut sums)?;
    }
    Ok(sums)
}

fn add_up(
    tx: &mut Tx<'_>,
    sql: &str,
    args: &[Arg<'_>],
    sums: &mut BTreeMap<Ending, i64>,
) -> Result<()> {
    tx.each(sql, args, |row| {
        let word: String = row.get(0)?;
        let ending = Ending::from_word(&word);
        let ending = ending.ok_or(store::Error::Column { index: 0, reason: word })?;
        *sums.entry(ending).or_default() += row.get::<i64>(1)?;
        Ok(())
    })?;
    Ok(())
}

/// A period, as it is read.
struct Parts {
    /// Its first and its last whole month, where it has any.
    months: Option<(Month, Month)>,
    /// What of it lies before and after them.
    edges: Vec<(Instant, Instant)>,
}

impl Parts {
    fn of(period: Period) -> Self {
        let (begin, end) = (period.begin(), period.end());
        let first = Month::of(begin);
        let first = if first.begin() == begin { first } else { first.next() };
        let last = Month::of(end).before();
        if last < first {
            return Self { months: None, edges: vec![(begin, end)] };
        }
        let edges = [(begin, first.begin()), (last.end(), end)];
        let edges = edges.into_iter().filter(|(from, to)| from < to).collect();
        Self { months: Some((first, last)), edges }
    }
}

/// How many were in hand at an instant and are over now.
pub(super) fn open_count(
    tx: &mut Tx<'_>,
    desk: &Desk,
    wanted: &Wanted,
    at: Instant,
) -> Result<i64> {
    let mut args: Vec<Arg<'_>> = vec![(&desk.front.tenant).into()];
    let open = open_at(wanted, at, &mut args);
    let sql = format!("select count(*) from ({open}) as k");
    Ok(tx.one(&sql, &args, |row| row.get(0))?)
}

/// A statement for the dossiers that were in hand at an instant (taken on before it, ended then
/// or later) and are over now; `$1` is the tenant.
pub(super) fn open_at<'a>(wanted: &'a Wanted, at: Instant, args: &mut Vec<Arg<'a>>) -> String {
    let month = Month::of(at);
    let rest = conditions(wanted, args);
    let mut arg = |value: Arg<'a>| {
        args.push(value);
        format!("${}", args.len())
    };
    if month.begin() == at {
        let before = arg(month.before().to_string().into());
        return format!(
            "select case_id from count_carried where tenant = $1 and month = {before}{rest}"
        );
    }
    // In this month they either ended after the instant, or went on over its end.
    let (at, end, month) = (arg(at.into()), arg(month.end().into()), arg(month.to_string().into()));
    format!(
        "select case_id from count_over where tenant = $1 and {} and ended_at >= {at}
             and ended_at < {end} and accepted_at < {at}{rest}
         union all select case_id from count_carried where tenant = $1 and month = {month}
             and accepted_at < {at}{rest}",
        any_ending()
    )
}

/// What is kept of dossiers that are judged by themselves.
pub(super) fn stale(
    tx: &mut Tx<'_>,
    desk: &Desk,
    wanted: &Wanted,
    fresh: &BTreeSet<CaseId>,
) -> Result<Vec<Over>> {
    let fresh: Vec<CaseId> = fresh.iter().copied().collect();
    let mut stale = Vec::new();
    for some in fresh.chunks(AT_ONCE) {
        stale.extend(counting::kept(tx, &desk.front.tenant, some)?.into_values());
    }
    stale.retain(|over| {
        let procedure = wanted.procedure.as_ref();
        wanted.scope.agencies.contains(&over.agency)
            && procedure.is_none_or(|code| *code == over.procedure)
    });
    Ok(stale)
}

/// The next of a shelf among what ended in the period. Each agency and ending is a walk down one
/// index, so that the first page of a year costs as much as that of a day.
pub(super) fn walk(
    tx: &mut Tx<'_>,
    desk: &Desk,
    wanted: &Wanted,
    shelf: Shelf,
    fresh: &BTreeSet<CaseId>,
    after: Option<Place>,
    limit: usize,
) -> Result<Vec<(Place, Counted)>> {
    let mut places = Vec::new();
    let eve = from_micros(micros(wanted.period.begin()) - 1);
    for agency in &wanted.scope.agencies {
        for ending in Ending::ALL.into_iter().filter(|ending| shelf.takes(*ending)) {
            let mut from = Place::Over(*agency, ending, eve, CaseId::from_uuid(Uuid::max()));
            if let Some(after @ Place::Over(of, so, ..)) = after {
                match (of, so).cmp(&(*agency, ending)) {
                    std::cmp::Ordering::Less => {}
                    std::cmp::Ordering::Equal => from = after,
                    std::cmp::Ordering::Greater => continue,
                }
            }
            while places.len() < limit {
                let read = lane(tx, desk, wanted, shelf, from, limit)?;
                let Some(last) = read.last().copied() else { break };
                let new = read.iter().filter(|(_, id)| !fresh.contains(id));
                places.extend(new.map(|(place, id)| (*place, *id)));
                if read.len() < limit {
                    break;
                }
                from = last.0;
            }
        }
    }
    places.truncate(limit);
    let ids = places.iter().map(|(_, id)| *id).collect();
    let mut rows = BTreeMap::new();
    judged::these(tx, desk, wanted, &ids, |counted| {
        rows.insert(counted.id, counted);
    })?;
    Ok(places.into_iter().filter_map(|(place, id)| Some((place, rows.remove(&id)?))).collect())
}

fn lane(
    tx: &mut Tx<'_>,
    desk: &Desk,
    wanted: &Wanted,
    shelf: Shelf,
    from: Place,
    limit: usize,
) -> Result<Vec<(Place, CaseId)>> {
    let Place::Over(agency, ending, at, after) = from else { return Ok(Vec::new()) };
    let (begin, end) = (wanted.period.begin(), wanted.period.end());
    let mut args: Vec<Arg<'_>> = vec![(&desk.front.tenant).into(), agency.into()];
    args.extend([ending.word().into(), at.into(), after.into(), end.into(), begin.into()]);
    args.push(i64::try_from(limit).unwrap_or(i64::MAX).into());
    let received = match shelf {
        Shelf::Received => "accepted_at >= $7",
        Shelf::CarriedOver => "accepted_at < $7",
        _ => "ended_at >= $7",
    };
    let procedure = wanted.procedure.as_ref().map_or_else(String::new, |code| {
        args.push(code.into());
        format!(" and procedure_code = ${}", args.len())
    });
    let sql = format!(
        "select ended_at, case_id from count_over
         where tenant = $1 and agency_id = $2 and ending = $3
             and (ended_at, case_id) > ($4, $5) and ended_at < $6 and {received}{procedure}
         order by ended_at, case_id limit $8"
    );
    let rows = tx.all(&sql, &args, |row| {
        let (at, id) = (row.get(0)?, row.get(1)?);
        Ok((Place::Over(agency, ending, at, id), id))
    })?;
    Ok(rows)
}

/// Agencies and procedure.
fn conditions<'a>(wanted: &'a Wanted, args: &mut Vec<Arg<'a>>) -> String {
    let mut rest = wanted.scope.condition("agency_id", args);
    if let Some(procedure) = &wanted.procedure {
        args.push(procedure.into());
        rest.push_str(&format!(" and procedure_code = ${}", args.len()));
    }
    rest
}

/// Named one by one, so that the index by ending is walked.
fn any_ending() -> String {
    let words = Ending::ALL.map(|ending| format!("'{}'", ending.word()));
    format!("ending in ({})", words.join(", "))
}
