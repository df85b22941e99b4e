//! How an agency compares: with itself in the quarter before, and with others of its kind.

use desk::Desk;
use directory::{Directory, PlaceKind};
use indicators::{Exact, Scope, Value};
use kernel::{AgencyId, Instant};
use scorecards::Month;
use store::Tx;

use super::quarter;
use crate::Result;

/// What is compared.
pub const COMPARED: [&str; 3] =
    ["timeliness.finished_on_time", "online.full_share", "results.electronic_share_766"];
/// Others that one agency is compared with.
const PEERS_MAX: usize = 150;

/// One figure beside its own of the quarter before, and beside those of others. Who the others are
/// is not said: they are there to see where one stands.
#[derive(Debug, Clone)]
pub struct Compared {
    /// The code of the indicator.
    pub code: &'static str,
    /// In the quarter that runs.
    pub now: Value,
    /// In the one before.
    pub before: Value,
    /// Of the others that have one, in order of size.
    pub others: Vec<Exact>,
    /// How many others there are, with a figure or without.
    pub peers: usize,
}

/// Compares an agency in the quarter of a month.
///
/// # Errors
/// Those of the store.
pub fn compared(
    tx: &mut Tx<'_>,
    desk: &Desk,
    directory: &Directory,
    (agency, scope): (AgencyId, &Scope),
    month: Month,
) -> Result<Vec<Compared>> {
    let peers = peers_of(directory, agency, desk.now());
    let scopes: Vec<Scope> =
        std::iter::once(scope.clone()).chain(peers.iter().map(|id| Scope::agency(*id))).collect();
    let periods = vec![quarter(month, 0), quarter(month, -1)];
    let grid = match desk.grid(tx, &COMPARED, scopes, periods) {
        Ok(grid) => grid,
        Err(desk::Error::Figures(indicators::Error::Nothing)) => return Ok(Vec::new()),
        Err(error) => return Err(error.into()),
    };
    let one = |(at, code): (usize, &'static str)| {
        let mut others: Vec<Exact> =
            (1..=peers.len()).filter_map(|peer| grid.value(peer, 0, at).ok()).collect();
        others.sort_unstable();
        let (now, before) = (grid.value(0, 0, at), grid.value(0, 1, at));
        Compared { code, now, before, others, peers: peers.len() }
    };
    Ok(COMPARED.into_iter().enumerate().map(one).collect())
}

/// The others of its kind: on the same floor below the same agency, and wards with wards.
#[must_use]
pub fn peers_of(directory: &Directory, agency: AgencyId, now: Instant) -> Vec<AgencyId> {
    let Some(own) = directory.agency(agency) else { return Vec::new() };
    let Some(parent) = own.parent else { return Vec::new() };
    let kind = kind(directory, agency);
    let alike = |id: &AgencyId| {
        directory.agency(*id).is_some_and(|other| {
            other.id != agency && other.level == own.level && other.validity.covers(now)
        }) && self::kind(directory, *id) == kind
    };
    directory.children(parent).iter().copied().filter(alike).take(PEERS_MAX).collect()
}

fn kind(directory: &Directory, agency: AgencyId) -> Option<PlaceKind> {
    let own = directory.agency(agency)?;
    let is_commune = own.level == directory::AgencyLevel::Commune;
    let place = own.place.as_ref().filter(|_| is_commune)?;
    directory.places().get(place).map(|place| place.kind)
}
