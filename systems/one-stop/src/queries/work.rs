//! What waits to be done: at a seat, or at the counter of an agency. Only rows of `work_item`
//! are read, which closed dossiers do not have, so that no answer grows with history. Pages and
//! the API ask here alike.

mod parts;

use std::{fmt, str::FromStr};

use casework::Waits;
use desk::{Line, line, values::Values};
use kernel::{AgencyId, CaseId, Instant, PostId, from_micros, micros, search_terms};
use procedure::End;
use store::{Arg, Row, Tx, args};

use crate::{Desk, Error, Result};

pub use parts::{Bounds, Counts, Part};

/// At most so many words of a name narrow a list.
const TERMS_MAX: usize = 6;

/// Whose work.
#[derive(Debug, Clone, Copy)]
pub enum Whose {
    /// Of one seat.
    Seat(PostId),
    /// Of the counter of an agency, which whoever receives there may take: these steps.
    Counter(AgencyId, &'static [&'static str]),
}

/// One thing to do.
#[derive(Debug, Clone)]
pub struct WorkRow {
    /// The dossier.
    pub line: Line,
    /// The step that waits.
    pub step: String,
    /// Since when it is in these hands.
    pub since: Instant,
    /// Until when the dossier is promised, or must be taken on.
    pub due: Instant,
    /// Until when the step should be done.
    pub step_due: Instant,
    /// Who has to act first.
    pub waits: Waits,
    /// How the workflow ended, of a result.
    pub outcome: Option<String>,
    /// What is still to be paid, in đồng.
    pub unpaid: u64,
}

impl WorkRow {
    /// Whether the clock stands.
    #[must_use]
    pub const fn is_paused(&self) -> bool {
        self.waits.is_paused()
    }

    /// Its place in the order.
    #[must_use]
    pub fn mark(&self) -> Mark {
        Mark {
            waits: self.waits.number(),
            due: self.due,
            case: self.line.id,
            step: self.step.clone(),
        }
    }

    /// Name of the applicant; empty where the data was destroyed.
    #[must_use]
    pub fn applicant(&self) -> &str {
        self.line.applicant.as_deref().unwrap_or_default()
    }

    /// The word of how it ended.
    #[must_use]
    pub fn end(&self) -> &str {
        self.outcome.as_deref().unwrap_or(End::Result.word())
    }
}

/// The place of a thing in the order.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Mark {
    waits: i64,
    due: Instant,
    case: CaseId,
    step: String,
}

impl Mark {
    /// Before all that wait so, until so.
    fn before((waits, due): (i64, Instant)) -> Self {
        Self { waits, due, case: CaseId::from_uuid(uuid::Uuid::nil()), step: String::new() }
    }
}

/// What narrows a list.
#[derive(Debug, Clone, Default)]
pub struct Narrow {
    /// Which part.
    pub part: Part,
    /// Words of a name, with or without marks, or a piece of a code.
    pub typed: String,
    /// Code of a procedure, or empty.
    pub procedure: String,
    /// Word of a channel, or empty.
    pub channel: String,
}

/// A part of a list, and after which place it goes on; none at its end.
pub type WorkPage = (Vec<WorkRow>, Option<Mark>);

/// What waits, soonest due first, at most `limit` things after a place.
///
/// # Errors
/// Those of the store.
pub fn waiting(
    tx: &mut Tx<'_>,
    desk: &Desk,
    whose: Whose,
    narrow: &Narrow,
    bounds: Bounds,
    after: Option<&Mark>,
    limit: u32,
) -> Result<WorkPage> {
    let (begin, end) = bounds.edges(narrow.part);
    let begin = Mark::before(begin);
    let after = after.map_or(&begin, |after| after.max(&begin));
    let mut rows = Vec::new();
    let steps: &[_] = match whose {
        Whose::Seat(_) => &[""],
        Whose::Counter(_, steps) => steps,
    };
    for step in steps {
        let (sql, args) = statement(desk, whose, step, narrow, after, end, limit + 1);
        rows.extend(tx.all(&sql, &args, read)?);
    }
    if steps.len() > 1 {
        rows.sort_by_cached_key(WorkRow::mark);
    }
    let more = rows.len() > limit as usize;
    rows.truncate(limit as usize);
    let next = rows.last().filter(|_| more).map(WorkRow::mark);
    Ok((rows, next))
}

fn statement(
    desk: &Desk,
    whose: Whose,
    step: &'static str,
    narrow: &Narrow,
    after: &Mark,
    end: (i64, Instant),
    limit: u32,
) -> (String, Vec<Arg<'static>>) {
    let mut values = Values::default();
    let tenant = values.place(desk.front.tenant.as_str().to_owned());
    let whose = match whose {
        Whose::Seat(post) => format!("w.post_id = {}", values.place(post)),
        Whose::Counter(agency, _) => {
            let (agency, step) = (values.place(agency), values.place(step));
            format!("w.agency_id = {agency} and w.post_id is null and w.step = {step}")
        }
    };
    let (waits, due) = (values.place(after.waits), values.place(after.due));
    let (case, step) = (values.place(after.case), values.place(after.step.clone()));
    let (end_waits, end_due) = (values.place(end.0), values.place(end.1));
    let narrowed = narrowed(narrow, &mut values);
    let limit = values.place(limit);
    let sql = format!(
        "select {}, w.step, w.since_at, w.due_at, w.step_due_at, w.waits, c.outcome, c.unpaid
         from work_item w join case_state c on c.tenant = w.tenant and c.id = w.case_id {}
         where w.tenant = {tenant} and {whose}
             and (w.waits, w.due_at, w.case_id, w.step) > ({waits}, {due}, {case}, {step})
             and (w.waits, w.due_at) < ({end_waits}, {end_due}){narrowed}
         order by w.waits, w.due_at, w.case_id, w.step limit {limit}",
        line::COLUMNS,
        line::PARTY
    );
    (sql, values.0)
}

/// The conditions beside part and place; a seat holds so few things that they need no index.
fn narrowed(narrow: &Narrow, values: &mut Values) -> String {
    let mut all = String::new();
    if !narrow.procedure.is_empty() {
        let procedure = values.place(narrow.procedure.clone());
        all.push_str(&format!(" and c.procedure_code = {procedure}"));
    }
    if !narrow.channel.is_empty() {
        all.push_str(&format!(" and c.channel = {}", values.place(narrow.channel.clone())));
    }
    let code: String = narrow.typed.trim().chars().filter(|c| !matches!(c, '%' | '_')).collect();
    if !code.is_empty() {
        let code = values.place(format!("%{}%", code.to_uppercase()));
        let terms = search_terms(&narrow.typed).into_iter().take(TERMS_MAX);
        let begins =
            |term| format!("' ' || p.name_folded like {}", values.place(format!("% {term}%")));
        let name: Vec<String> = terms.map(begins).collect();
        let name = if name.is_empty() { "1 = 0".to_owned() } else { name.join(" and ") };
        all.push_str(&format!(" and (c.code like {code} or {name})"));
    }
    all
}

fn read(row: &Row<'_>) -> store::Result<WorkRow> {
    const AT: usize = line::COUNT;
    let waits: i64 = row.get(AT + 4)?;
    let unknown = || store::Error::Column { index: AT + 4, reason: waits.to_string() };
    Ok(WorkRow {
        line: line::read(row)?,
        step: row.get(AT)?,
        since: row.get(AT + 1)?,
        due: row.get(AT + 2)?,
        step_due: row.get(AT + 3)?,
        waits: Waits::of_number(waits).ok_or_else(unknown)?,
        outcome: row.get(AT + 5)?,
        unpaid: row.get(AT + 6)?,
    })
}

/// How many things a seat has to do, by part; read from the index alone.
///
/// # Errors
/// Those of the store.
pub fn counts(tx: &mut Tx<'_>, desk: &Desk, seat: PostId, bounds: Bounds) -> Result<Counts> {
    let mut counts = Counts::default();
    tx.each(
        "select waits, count(*),
             cast(sum(case when due_at < $3 then 1 else 0 end) as bigint),
             cast(sum(case when due_at < $4 then 1 else 0 end) as bigint),
             cast(sum(case when due_at < $5 then 1 else 0 end) as bigint)
         from work_item where tenant = $1 and post_id = $2 group by waits",
        args!(&desk.front.tenant, seat, bounds.now, bounds.tomorrow, bounds.monday),
        |row| {
            let (waits, all): (i64, u64) = (row.get(0)?, row.get(1)?);
            counts.all += all;
            match Waits::of_number(waits) {
                Some(Waits::Applicant) => counts.others = all,
                Some(Waits::Law) => counts.paused = all,
                Some(Waits::Holder) | None => {
                    let (late, today): (u64, u64) = (row.get(2)?, row.get(3)?);
                    let week: u64 = row.get(4)?;
                    (counts.late, counts.today) = (late, today - late);
                    (counts.week, counts.later) = (week - today, all - week);
                }
            }
            Ok(())
        },
    )?;
    Ok(counts)
}

/// The text of a place, as it stands in addresses: opaque to whoever gets it.
impl fmt::Display for Mark {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let case = self.case.uuid().simple();
        write!(f, "{}{:016x}{case}{}", self.waits, micros(self.due), self.step)
    }
}
impl FromStr for Mark {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        let parts = || {
            let (waits, rest) = text.split_at_checked(1)?;
            let (due, rest) = rest.split_at_checked(16)?;
            let (case, step) = rest.split_at_checked(32)?;
            let due = from_micros(i64::from_str_radix(due, 16).ok()?);
            let case = CaseId::from_uuid(uuid::Uuid::try_parse(case).ok()?);
            Some(Self { waits: waits.parse().ok()?, due, case, step: step.to_owned() })
        };
        parts().ok_or(Error::Cursor)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_read_back_and_anything_else_refused() {
        let case = CaseId::from_uuid(uuid::Uuid::from_u128(7));
        let due = from_micros(1_795_400_000_000_001);
        let mark = Mark { waits: 1, due, case, step: "tham-tra".to_owned() };
        assert_eq!(mark.to_string().parse::<Mark>().unwrap(), mark);
        for odd in ["", "x", "ả0000000000000000", &"f".repeat(60), &"0".repeat(40)] {
            assert!(odd.parse::<Mark>().is_err(), "{odd}");
        }
    }
}
