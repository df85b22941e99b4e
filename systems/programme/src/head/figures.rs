//! The figures of a sheet, read of the cube at once.

use desk::Desk;
use directory::Directory;
use indicators::{Scope, Value};
use kernel::{AgencyId, Instant};
use scorecards::Month;
use store::Tx;

use super::period;
use crate::{Result, measures::running};

/// Agencies with something late that are shown.
const AGENCIES_SHOWN: usize = 5;
/// What is late now.
pub(super) const RUNNING_LATE: &str = "timeliness.running_late";
/// The figures of the sentence at the top, beside those of the tiles.
const SENTENCE: [&str; 3] = ["dossiers.finished", "timeliness.late", RUNNING_LATE];
/// The figures of the tiles; the last one is counted for the authority as a whole, and others
/// have the one before it instead.
pub const TILES: [&str; 5] = [
    "timeliness.finished_on_time",
    "online.full_share",
    "results.electronic_share_766",
    "feedback.on_time",
    "citizen.satisfied_share",
];

/// A figure of the month beside that of the month before.
#[derive(Debug, Clone)]
pub struct Tile {
    /// The code of the indicator.
    pub code: &'static str,
    /// In the month.
    pub now: Value,
    /// In the month before.
    pub before: Value,
    /// How many things the figure of the month is of.
    pub of: i64,
}

pub(super) struct Figures {
    pub(super) as_of: Option<Instant>,
    pub(super) finished: Option<(i64, i64)>,
    pub(super) running_late: Value,
    pub(super) late_then: Value,
    pub(super) tiles: Vec<Tile>,
}

pub(super) fn figures(
    tx: &mut Tx<'_>,
    desk: &Desk,
    scope: &Scope,
    month: Month,
) -> Result<Figures> {
    let tiles = tiles(scope);
    let codes: Vec<&str> = tiles.iter().copied().chain(SENTENCE).collect();
    // What is late now is read of the month that runs, or a month that is over would mix times.
    let (now, mut periods) = (running(desk.now()), vec![period(month), period(month.plus(-1))]);
    if month != now {
        periods.push(period(now));
    }
    let at_now = if month == now { 0 } else { 2 };
    let read = desk.grid(tx, &codes, vec![scope.clone()], periods);
    let nothing = Err(indicators::Why::NothingCounted);
    let grid = match read {
        Ok(grid) => Some(grid),
        Err(desk::Error::Figures(indicators::Error::Nothing)) => None,
        Err(error) => return Err(error.into()),
    };
    let value = |period, at| grid.as_ref().map_or(nothing, |grid| grid.value(0, period, at));
    let whole = |at: usize| value(0, tiles.len() + at).ok().map(|exact| exact.parts().0);
    let of = |at: usize| {
        let parts = grid.iter().flat_map(|grid| grid.parts(0, 0, at));
        parts.map(|(_, n)| n).max().unwrap_or_default()
    };
    let shown = tiles.iter().enumerate();
    let shown = shown.map(|(at, code)| Tile {
        code,
        now: value(0, at),
        before: value(1, at),
        // A part of what was finished is of all that was finished.
        of: if at == 0 { whole(0).unwrap_or_default() } else { of(at) },
    });
    Ok(Figures {
        as_of: grid.as_ref().and_then(|grid| grid.as_of.recorded),
        finished: whole(0).zip(whole(1)),
        running_late: value(at_now, tiles.len() + 2),
        late_then: value(0, tiles.len() + 2),
        tiles: shown.collect(),
    })
}

/// The figures of the tiles of a scope: four.
fn tiles(scope: &Scope) -> Vec<&'static str> {
    let whole = *scope == Scope::all();
    TILES
        .into_iter()
        .filter(|code| whole || *code != TILES[4])
        .filter(|code| !whole || *code != TILES[3])
        .collect()
}

/// The agencies right below with the most that is late now.
pub(super) fn late_agencies(
    tx: &mut Tx<'_>,
    desk: &Desk,
    directory: &Directory,
    agency: AgencyId,
) -> Result<Vec<(AgencyId, i64)>> {
    let now = desk.now();
    let open =
        |id: &AgencyId| directory.agency(*id).is_some_and(|agency| agency.validity.covers(now));
    let children: Vec<AgencyId> = directory.children(agency).iter().copied().filter(open).collect();
    if children.is_empty() {
        return Ok(Vec::new());
    }
    let scopes = children.iter().map(|id| Scope::agency(*id)).collect();
    let grid = match desk.grid(tx, &[RUNNING_LATE], scopes, vec![period(running(now))]) {
        Ok(grid) => grid,
        Err(desk::Error::Figures(indicators::Error::Nothing)) => return Ok(Vec::new()),
        Err(error) => return Err(error.into()),
    };
    let late = |at: usize| grid.value(at, 0, 0).map_or(0, |exact| exact.parts().0);
    let mut all: Vec<(AgencyId, i64)> =
        children.iter().enumerate().map(|(at, id)| (*id, late(at))).collect();
    all.retain(|(_, n)| *n > 0);
    all.sort_by_key(|(_, n)| std::cmp::Reverse(*n));
    all.truncate(AGENCIES_SHOWN);
    Ok(all)
}
