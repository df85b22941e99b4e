//! One head on one sheet: what was promised, where it stands, what is late, what is at risk, what
//! waits for a decision, and how it compares. The page and the letter of the month show the same.
//!
//! All of it is read of the cube and of what is in hand; nothing grows with history.

mod ahead;
mod compare;
mod figures;

pub use ahead::Ahead;
pub use compare::{COMPARED, Compared, compared, peers_of};
pub use figures::{TILES, Tile};

use desk::Desk;
use directory::Directory;
use indicators::{Period, Scope, Value};
use jiff::{ToSpan, civil::Weekday};
use kernel::{AgencyId, Instant, PostId, from_local, today};
use scorecards::Month;
use store::Tx;

use crate::{
    Result,
    measures::{self, Standing, Window},
    model::{Task, date_of},
    queries::{self, Heap, Risks, Waiting},
};

/// Matters that a card shows; the rest is one page on.
const SHOWN: u32 = 5;
/// Open tasks that are read.
const TASKS_READ: u32 = 50;
/// Seats below whose tasks are looked at.
const HEADS_BELOW_MAX: usize = 500;

/// Everything about one head.
#[derive(Debug)]
pub struct Sheet {
    /// The seat.
    pub seat: PostId,
    /// The agency that it answers for.
    pub agency: AgencyId,
    /// Whose figures are shown: the agency with all below it, or the whole authority.
    pub scope: Scope,
    /// Which month.
    pub month: Month,
    /// When now is.
    pub now: Instant,
    /// Until when "this week" goes: the end of its Friday.
    pub until: Instant,
    /// When the newest event that was counted was recorded.
    pub as_of: Option<Instant>,
    /// What was finished in the month, and how much of it late; none where nothing was counted.
    pub finished: Option<(i64, i64)>,
    /// What is late now, of the agency and all below it, whichever month is shown.
    pub running_late: Value,
    /// What was late at the end of the month.
    pub late_then: Value,
    /// The tiles, each with its figure in the month and in the month before.
    pub tiles: Vec<Tile>,
    /// What waits for the seat to decide: the most urgent, all, and what of it is late.
    pub waiting: (Vec<Waiting>, u64),
    /// What is late below: the longest, and how much in all.
    pub late: (Vec<Waiting>, u64),
    /// The agencies right below with the most that is late.
    pub late_agencies: Vec<(AgencyId, i64)>,
    /// What may become late this week, by the rule that looks at what is in hand.
    pub risks: Risks,
    /// What a simulation says of the end of the week, where one ran lately.
    pub ahead: Option<Ahead>,
    /// What was promised.
    pub promises: Vec<Standing>,
    /// Own tasks that are not over, soonest due first.
    pub tasks: Vec<Task>,
    /// Tasks of heads below that are late.
    pub tasks_below: Vec<Task>,
    /// How it compares with itself and with others.
    pub compared: Vec<Compared>,
}

impl Sheet {
    /// Whether the month is over: what is late, foreseen or waits now is not of it.
    #[must_use]
    pub fn is_past(&self) -> bool {
        self.month < measures::month_shown(self.now)
    }
}

/// The sheet of a head for a month.
///
/// # Errors
/// Those of the store.
pub fn sheet(tx: &mut Tx<'_>, desk: &Desk, seat: PostId, month: Month) -> Result<Option<Sheet>> {
    let (directory, now) = (desk.front.directory.get(), desk.now());
    let Some(post) = directory.post(seat) else { return Ok(None) };
    let (agency, tenant) = (post.agency, desk.front.tenant.clone());
    let is_top = directory.agency(agency).is_some_and(|one| one.parent.is_none());
    let scope = if is_top { Scope::all() } else { Scope::agency(agency) };
    let until = friday(now);
    let below = subtree(&directory, agency, now);
    let figures = figures::figures(tx, desk, &scope, month)?;
    let waits = Heap::Decides(seat);
    let late = Heap::Late(below.clone());
    let seats = queries::seats_behind(&directory, seat);
    let targets = queries::targets_of_heads(tx, &tenant, &seats, measures::running(now))?;
    let tasks = queries::tasks_of_heads(tx, &tenant, &seats, TASKS_READ)?;
    let heads: Vec<PostId> = heads_of(&directory, &below, now)
        .into_iter()
        .filter(|head| *head != seat)
        .take(HEADS_BELOW_MAX)
        .collect();
    let mut tasks_below = queries::tasks_of_heads(tx, &tenant, &heads, TASKS_READ)?;
    tasks_below.retain(|task| task.is_late(now));
    let behind = behind(tx, desk, &targets)?;
    Ok(Some(Sheet {
        seat,
        agency,
        month,
        now,
        until,
        as_of: figures.as_of,
        finished: figures.finished,
        running_late: figures.running_late,
        late_then: figures.late_then,
        tiles: figures.tiles,
        waiting: (
            queries::work(tx, &tenant, &waits, now, SHOWN)?,
            queries::count(tx, &tenant, &waits, now)?,
        ),
        late: (
            queries::work(tx, &tenant, &late, now, SHOWN)?,
            queries::count(tx, &tenant, &late, now)?,
        ),
        late_agencies: figures::late_agencies(tx, desk, &directory, agency)?,
        risks: queries::at_risk(tx, &tenant, &below, (now, until), SHOWN)?,
        ahead: ahead::ahead(tx, desk, &scope, until)?,
        promises: measures::standings(tx, desk, targets, &behind, Window::Recent)?,
        tasks,
        tasks_below,
        compared: compared(tx, desk, &directory, (agency, &scope), month)?,
        scope,
    }))
}

/// The tasks behind some targets, whoever has them.
fn behind(tx: &mut Tx<'_>, desk: &Desk, targets: &[crate::model::Target]) -> Result<Vec<Task>> {
    let mut programmes: Vec<_> = targets.iter().map(|target| &target.programme).collect();
    programmes.sort();
    programmes.dedup();
    let mut all = Vec::new();
    for programme in programmes {
        all.extend(queries::tasks_of(tx, &desk.front.tenant, programme)?);
    }
    Ok(all)
}

/// The period of a month.
#[must_use]
pub fn period(month: Month) -> Period {
    Period::month(indicators::Day::from(date_of(month)).month())
}

/// The quarter that many quarters away from that of a month.
#[must_use]
pub fn quarter(month: Month, away: i32) -> Period {
    let of_year = i32::from(date_of(month).month()) - 1;
    let first = month.plus(away * 3 - of_year % 3);
    let (first, last) = (period(first).first(), period(first.plus(2)).last());
    Period::days(first, last).unwrap_or_else(|_| period(month))
}

/// An agency with all that stand below it now.
#[must_use]
pub fn subtree(directory: &Directory, agency: AgencyId, now: Instant) -> Vec<AgencyId> {
    let mut all = vec![agency];
    let mut at = 0;
    while let Some(one) = all.get(at).copied() {
        let open =
            |id: &AgencyId| directory.agency(*id).is_some_and(|agency| agency.validity.covers(now));
        let children = directory.children(one).iter().copied();
        let children: Vec<AgencyId> =
            children.filter(open).filter(|id| !all.contains(id)).collect();
        all.extend(children);
        at += 1;
    }
    all
}

/// The heads of some agencies.
fn heads_of(directory: &Directory, agencies: &[AgencyId], now: Instant) -> Vec<PostId> {
    agencies.iter().filter_map(|agency| directory.head_of(*agency, now)).collect()
}

/// The end of the Friday of this week; on a weekend, of the next.
#[must_use]
pub fn friday(now: Instant) -> Instant {
    let day = today(now);
    let ahead = i32::from(day.weekday().until(Weekday::Friday));
    let end = day.saturating_add((ahead + 1).days());
    from_local(end.to_datetime(jiff::civil::Time::midnight()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn this_week_ends_with_its_friday() {
        let end = |text: &str| friday(text.parse().unwrap()).to_string();
        assert_eq!(end("2026-11-23T02:00:00Z"), "2026-11-27T17:00:00Z");
        assert_eq!(end("2026-11-27T09:00:00Z"), "2026-11-27T17:00:00Z");
        assert_eq!(end("2026-11-28T02:00:00Z"), "2026-12-04T17:00:00Z");
    }

    #[test]
    fn the_quarter_before() {
        let month: Month = "2026-11".parse().unwrap();
        assert_eq!(quarter(month, 0).to_string(), "2026-q4");
        assert_eq!(quarter(month, -1).to_string(), "2026-q3");
        assert_eq!(quarter("2026-02".parse().unwrap(), -1).to_string(), "2025-q4");
    }
}
