//! What a simulation says of the end of this week, where one ran lately.

use desk::{Desk, ForeseenDay};
use indicators::Scope;
use jiff::SignedDuration;
use kernel::{Instant, today};
use store::Tx;

use super::figures::RUNNING_LATE;
use crate::Result;

/// How much is foreseen to be late at the end of the week, if nothing changes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Ahead {
    /// The instant from which it looks ahead.
    pub from: Instant,
    /// The last day of the week that it tells of.
    pub day: ForeseenDay,
}

/// What is foreseen of the week that ends with `until`; none where nothing ran lately for that
/// scope, or nothing is left of the week.
pub(super) fn ahead(
    tx: &mut Tx<'_>,
    desk: &Desk,
    scope: &Scope,
    until: Instant,
) -> Result<Option<Ahead>> {
    let found = desk::foreseen(tx, &desk.front.tenant, RUNNING_LATE, scope, desk.now())?;
    let last = today(until - SignedDuration::from_secs(1));
    Ok(found.and_then(|found| {
        let day = found.days.iter().rfind(|day| day.date <= last)?;
        Some(Ahead { from: found.from, day: *day })
    }))
}
