//! What waits to be done: at a seat, or at the counter of an agency. Only rows of `work_item`
//! are read, which closed dossiers do not have, so that no answer grows with history.

use casework::Case;
use jiff::{ToSpan, civil::Weekday};
use kernel::{AgencyId, Instant, PostId, fold, from_local, today};
use store::{Row, Tx, args};
use uuid::Uuid;

use crate::{Desk, Result};

/// Rows on one page of a list of work.
pub const PAGE_ROWS: usize = 50;

/// One thing to do.
#[derive(Debug, Clone)]
pub struct WorkRow {
    /// The dossier.
    pub case: Case,
    /// The step that waits.
    pub step: String,
    /// Since when it is in these hands.
    pub since: Instant,
    /// Until when the dossier is promised.
    pub due: Instant,
    /// Whether the clock stands.
    pub paused: bool,
    /// Name of the applicant.
    pub applicant: String,
}

/// Where a page of a list begins: behind this row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct After {
    paused: bool,
    due: i64,
    case: Uuid,
    step: String,
}

/// Which part of the work is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Part {
    /// Everything.
    #[default]
    All,
    /// Past the promised instant.
    Late,
    /// Due before the day ends.
    Today,
    /// Due before Sunday ends.
    Week,
    /// Due later.
    Later,
    /// The clock stands.
    Paused,
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

/// How many things wait in each part.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// All.
    pub all: u64,
    /// [`Part::Late`], and so on.
    pub late: u64,
    /// Due today.
    pub today: u64,
    /// Due this week, not today.
    pub week: u64,
    /// Due later.
    pub later: u64,
    /// The clock stands.
    pub paused: u64,
}

/// Where the parts begin and end at one moment.
#[derive(Debug, Clone, Copy)]
pub struct Bounds {
    now: Instant,
    tomorrow: Instant,
    monday: Instant,
}

impl Bounds {
    /// The bounds as seen at `now`, in the days of Việt Nam.
    #[must_use]
    pub fn at(now: Instant) -> Self {
        let day = today(now);
        let tomorrow = day.saturating_add(1.day());
        // A week ends with Sunday.
        let left = 8 - i64::from(day.weekday().to_monday_one_offset());
        let monday = day.saturating_add(left.days());
        debug_assert_eq!(monday.weekday(), Weekday::Monday);
        let midnight = |day: jiff::civil::Date| from_local(day.at(0, 0, 0, 0));
        Self { now, tomorrow: midnight(tomorrow), monday: midnight(monday) }
    }

    /// The part that a row belongs to.
    #[must_use]
    pub fn part(&self, row: &WorkRow) -> Part {
        match row.due {
            _ if row.paused => Part::Paused,
            due if due < self.now => Part::Late,
            due if due < self.tomorrow => Part::Today,
            due if due < self.monday => Part::Week,
            _ => Part::Later,
        }
    }

    /// Least and greatest `paused`, and the range of `due_at`, of a part.
    fn range(&self, part: Part) -> (bool, bool, i64, i64) {
        let (now, tomorrow) = (kernel::micros(self.now), kernel::micros(self.tomorrow));
        let monday = kernel::micros(self.monday);
        match part {
            Part::All => (false, true, i64::MIN, i64::MAX),
            Part::Late => (false, false, i64::MIN, now),
            Part::Today => (false, false, now, tomorrow),
            Part::Week => (false, false, tomorrow, monday.max(tomorrow)),
            Part::Later => (false, false, monday.max(tomorrow), i64::MAX),
            Part::Paused => (true, true, i64::MIN, i64::MAX),
        }
    }
}

impl After {
    /// Before the first row.
    fn start() -> Self {
        Self { paused: false, due: i64::MIN, case: Uuid::nil(), step: String::new() }
    }

    fn of(row: &WorkRow) -> Self {
        let (due, case) = (kernel::micros(row.due), row.case.id.uuid());
        Self { paused: row.paused, due, case, step: row.step.clone() }
    }

    /// The text that stands in the address of the next page.
    #[must_use]
    pub fn text(&self) -> String {
        format!("{}.{}.{}.{}", u8::from(self.paused), self.due, self.case.simple(), self.step)
    }

    /// The place that such a text names.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let mut parts = text.splitn(4, '.');
        let paused = parts.next()? == "1";
        let due = parts.next()?.parse().ok()?;
        let case = parts.next()?.parse().ok()?;
        Some(Self { paused, due, case, step: parts.next()?.to_owned() })
    }
}

/// What a seat holds, by time left, and where the next page begins.
///
/// # Errors
/// Those of the store, and where a stored case cannot be read.
pub fn held(
    tx: &mut Tx<'_>,
    desk: &Desk,
    seat: PostId,
    narrow: &Narrow,
    bounds: Bounds,
    after: Option<&After>,
) -> Result<(Vec<WorkRow>, Option<After>)> {
    let (start, tenant) = (After::start(), &desk.front.tenant);
    let after = after.unwrap_or(&start);
    let (paused_from, paused_to, from, to) = bounds.range(narrow.part);
    let typed: String = narrow.typed.chars().filter(|c| !matches!(c, '%' | '_')).collect();
    let (name, code) =
        (format!("%{}%", fold(&typed)), format!("%{}%", typed.trim().to_uppercase()));
    let found = tx.all(
        "select w.step, w.since_at, w.due_at, w.paused, c.state, p.name
         from work_item w
             join case_state c on c.tenant = w.tenant and c.id = w.case_id
             left join party p on p.tenant = c.tenant and p.id = c.applicant
         where w.tenant = $1 and w.post_id = $2 and w.paused >= $3 and w.paused <= $4
             and w.due_at >= $5 and w.due_at < $6
             and (w.paused, w.due_at, w.case_id, w.step) > ($7, $8, $9, $10)
             and ($11 = '' or c.procedure_code = $11) and ($12 = '' or c.channel = $12)
             and ($13 = '%%' or p.name_folded like $13 or c.code like $14)
         order by w.paused, w.due_at, w.case_id, w.step limit $15",
        args!(
            tenant,
            seat,
            paused_from,
            paused_to,
            from,
            to,
            after.paused,
            after.due,
            after.case,
            &after.step,
            &narrow.procedure,
            &narrow.channel,
            name,
            code,
            (PAGE_ROWS + 1) as i64
        ),
        work_row,
    )?;
    page(found)
}

/// How many things a seat has to do, by part; read from the index alone.
///
/// # Errors
/// Those of the store.
pub fn counts(tx: &mut Tx<'_>, desk: &Desk, seat: PostId, bounds: Bounds) -> Result<Counts> {
    let week = bounds.monday.max(bounds.tomorrow);
    let counted = tx.one(
        "select count(*),
             cast(coalesce(sum(case when not paused and due_at < $3 then 1 else 0 end), 0) as bigint),
             cast(coalesce(sum(case when not paused and due_at < $4 then 1 else 0 end), 0) as bigint),
             cast(coalesce(sum(case when not paused and due_at < $5 then 1 else 0 end), 0) as bigint),
             cast(coalesce(sum(case when paused then 1 else 0 end), 0) as bigint)
         from work_item where tenant = $1 and post_id = $2",
        args!(&desk.front.tenant, seat, bounds.now, bounds.tomorrow, week),
        |row| {
            let (all, late): (u64, u64) = (row.get(0)?, row.get(1)?);
            let (today, week, paused): (u64, u64, u64) = (row.get(2)?, row.get(3)?, row.get(4)?);
            let later = all.saturating_sub(week + paused);
            Ok(Counts { all, late, today: today - late, week: week - today, later, paused })
        },
    )?;
    Ok(counted)
}

/// Results that wait at an agency to be handed over, the longest first.
///
/// # Errors
/// As [`held`].
pub fn results(
    tx: &mut Tx<'_>,
    desk: &Desk,
    agency: AgencyId,
    after: Option<&After>,
) -> Result<(Vec<WorkRow>, Option<After>)> {
    let start = After::start();
    let after = after.unwrap_or(&start);
    let found = tx.all(
        "select w.step, w.since_at, w.due_at, w.paused, c.state, p.name
         from work_item w
             join case_state c on c.tenant = w.tenant and c.id = w.case_id
             left join party p on p.tenant = c.tenant and p.id = c.applicant
         where w.tenant = $1 and w.agency_id = $2 and w.post_id is null and w.step = $3
             and (w.paused, w.due_at, w.case_id, w.step) > ($4, $5, $6, $7)
         order by w.paused, w.due_at, w.case_id, w.step limit $8",
        args!(
            &desk.front.tenant,
            agency,
            casework::RETURN,
            after.paused,
            after.due,
            after.case,
            &after.step,
            (PAGE_ROWS + 1) as i64
        ),
        work_row,
    )?;
    page(found)
}

type Raw = (String, Instant, Instant, bool, String, Option<String>);

fn work_row(row: &Row<'_>) -> store::Result<Raw> {
    Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?, row.get(5)?))
}

fn page(found: Vec<Raw>) -> Result<(Vec<WorkRow>, Option<After>)> {
    let more = found.len() > PAGE_ROWS;
    let mut rows = Vec::with_capacity(found.len());
    for (step, since, due, paused, state, applicant) in found.into_iter().take(PAGE_ROWS) {
        let case: Case = serde_json::from_str(&state)?;
        let applicant = applicant.unwrap_or_default();
        rows.push(WorkRow { case, step, since, due, paused, applicant });
    }
    let next = rows.last().filter(|_| more).map(After::of);
    Ok((rows, next))
}
