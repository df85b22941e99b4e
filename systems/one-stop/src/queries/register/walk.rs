//! A walk down the register: lanes side by side, the newest line of all of them first.

use casework::Status;
use desk::{Line, line};
use identity::party;
use jiff::ToSpan;
use kernel::{PartyId, today};
use store::Tx;

use super::{
    Cursor, Filter, Role,
    lane::{Key, Lane, Ways},
};
use crate::{
    Desk, Result,
    queries::{CodePart, Sought},
};

/// At most so many codes are tried for a serial number alone, …
const CODES_MAX: usize = 2000;
/// … and at most so many days back.
const DAYS_MAX: usize = 120;
/// Dossiers of at most so many people of a name are looked up. A name that more have is looked
/// for down the list.
const PEOPLE_MAX: u32 = 400;
/// So many lines are looked at for a page where no index knows which ones fit.
const LOOKED_AT_MAX: u32 = 1000;

/// A walk down the register, newest first.
#[derive(Debug, Clone)]
pub struct Walk {
    ways: Ways,
    lanes: Vec<Lane>,
    pace: Pace,
    looked_at: u32,
}

/// How many rows are read of a lane at once, and in all.
#[derive(Debug, Clone, Copy)]
struct Pace {
    first: u32,
    most: u32,
    look: Option<u32>,
}

impl Walk {
    /// A walk for one page of so many rows, that ends when enough was looked at.
    ///
    /// # Errors
    /// Those of the store.
    pub fn page(
        tx: &mut Tx<'_>,
        desk: &Desk,
        filter: Filter,
        after: Option<Cursor>,
        rows: usize,
    ) -> Result<Self> {
        let rows = u32::try_from(rows).unwrap_or(LOOKED_AT_MAX).min(LOOKED_AT_MAX) + 1;
        let mut walk = Self::begin(tx, desk, filter, after)?;
        let lanes = u32::try_from(walk.lanes.len()).unwrap_or(1).max(1);
        let (first, most) = match walk.is_sparse() {
            true => ((8 * rows / lanes).clamp(16, 8 * rows), LOOKED_AT_MAX),
            false => ((2 * rows / lanes).clamp(rows.min(8), rows), rows),
        };
        walk.pace = Pace { first, most, look: Some(LOOKED_AT_MAX) };
        Ok(walk)
    }

    /// A walk over everything, so many rows at once.
    ///
    /// # Errors
    /// Those of the store.
    pub fn whole(tx: &mut Tx<'_>, desk: &Desk, filter: Filter, rows: usize) -> Result<Self> {
        let mut walk = Self::begin(tx, desk, filter, None)?;
        let rows = u32::try_from(rows).unwrap_or(LOOKED_AT_MAX);
        let lanes = u32::try_from(walk.lanes.len()).unwrap_or(1).max(1);
        walk.pace =
            Pace { first: (8 * rows / lanes).clamp(rows.min(50), rows), most: rows, look: None };
        Ok(walk)
    }

    fn begin(
        tx: &mut Tx<'_>,
        desk: &Desk,
        mut filter: Filter,
        after: Option<Cursor>,
    ) -> Result<Self> {
        let sought = filter.sought.take();
        let (keys, terms) = match &sought {
            None => (None, Vec::new()),
            Some(sought) => searched(tx, desk, &filter, sought)?,
        };
        let ways = Ways::new(desk.front.tenant.clone(), filter, terms, keys.is_some());
        let lanes = match (ways.statuses(), keys) {
            (None, _) => Vec::new(),
            (_, Some(keys)) => keys.into_iter().map(|key| Lane::new(key, None, after)).collect(),
            (Some(statuses), None) => ways.lanes(&statuses, after),
        };
        let pace = Pace { first: 50, most: 50, look: None };
        Ok(Self { ways, lanes, pace, looked_at: 0 })
    }

    /// The next `count` lines, or those that there are.
    ///
    /// # Errors
    /// Those of the store.
    pub fn take(&mut self, tx: &mut Tx<'_>, desk: &Desk, count: usize) -> Result<Vec<Line>> {
        let places = self.places(tx, count)?;
        let ids: Vec<_> = places.into_iter().map(|place| place.id).collect();
        line::lines(tx, &desk.front.tenant, &ids)
    }

    /// The next `count` places, or those that there are.
    pub(super) fn places(&mut self, tx: &mut Tx<'_>, count: usize) -> Result<Vec<Cursor>> {
        let mut taken = Vec::with_capacity(count.min(2048));
        while taken.len() < count {
            self.fill(tx)?;
            // Nothing behind a lane that was not looked through may come before what is in it.
            let stuck = self.cut();
            let lane = self.lanes.iter_mut().max_by_key(|lane| lane.rows.front().copied());
            let Some(lane) = lane.filter(|lane| lane.rows.front().copied() > stuck) else { break };
            taken.extend(lane.rows.pop_front());
        }
        Ok(taken)
    }

    /// Whether rows have to be looked at that do not fit.
    fn is_sparse(&self) -> bool {
        self.lanes.first().is_some_and(|lane| !lane.is_exact(&self.ways))
    }

    /// The place from which the walk goes on where it ended because enough was looked at.
    pub(super) fn cut(&self) -> Option<Cursor> {
        let unread = self.lanes.iter().filter(|lane| lane.rows.is_empty() && !lane.done);
        unread.filter_map(|lane| lane.after).max()
    }

    /// Reads on where a lane has run out, each lane at least once.
    fn fill(&mut self, tx: &mut Tx<'_>) -> Result<()> {
        for lane in &mut self.lanes {
            while lane.rows.is_empty() && !lane.done {
                let spent = self.pace.look.is_some_and(|most| self.looked_at >= most);
                if spent && lane.read > 0 {
                    break;
                }
                let chunk = self.pace.first.max(lane.read.saturating_mul(2)).min(self.pace.most);
                self.looked_at += lane.fill(tx, &self.ways, chunk)?;
            }
        }
        Ok(())
    }
}

/// Where a search looks: at certain places, or, for a name that many have, down the list for
/// its words.
fn searched(
    tx: &mut Tx<'_>,
    desk: &Desk,
    filter: &Filter,
    sought: &Sought,
) -> Result<(Option<Vec<Key>>, Vec<String>)> {
    let tenant = &desk.front.tenant;
    let people = |people: Vec<PartyId>| match people.is_empty() {
        true => Vec::new(),
        false => vec![Key::Parties(people)],
    };
    let keys = match sought {
        Sought::Code(code) => vec![Key::Codes(vec![code.to_string()])],
        Sought::Part(CodePart::Prefix(prefix)) => vec![Key::Prefix(prefix.clone())],
        Sought::Part(CodePart::DaySerial(part)) => {
            vec![Key::Codes(agency_codes(desk, filter, part))]
        }
        Sought::Part(CodePart::Serial(serial)) => {
            vec![Key::Codes(recent_codes(desk, filter, serial))]
        }
        Sought::Number(number) => {
            let found = match party::find(tx, tenant, &desk.keyring, number) {
                Err(identity::Error::KeyDestroyed { .. }) => None,
                other => other?,
            };
            people(found.map(|known| known.id).into_iter().collect())
        }
        Sought::Name(name) => {
            let named = party::named(tx, tenant, name, PEOPLE_MAX)?;
            if named.more {
                return Ok((None, kernel::search_terms(name)));
            }
            people(named.parties.into_iter().map(|(id, _)| id).collect())
        }
    };
    Ok((Some(keys), Vec::new()))
}

fn recent_codes(desk: &Desk, filter: &Filter, serial: &str) -> Vec<String> {
    let days = (CODES_MAX / filter.scope.agencies.len().max(1)).clamp(1, DAYS_MAX);
    let codes = (0..days).flat_map(|back| {
        let back = i64::try_from(back).unwrap_or(0);
        let day = today(filter.now).saturating_sub(back.days());
        let (year, month, date) = (day.year().rem_euclid(100), day.month(), day.day());
        agency_codes(desk, filter, &format!("{year:02}{month:02}{date:02}-{serial}"))
    });
    codes.collect()
}

fn agency_codes(desk: &Desk, filter: &Filter, part: &str) -> Vec<String> {
    let directory = desk.front.directory.get();
    let agencies = filter.scope.agencies.iter().filter_map(|id| directory.agency(*id));
    agencies.map(|agency| format!("{}-{part}", agency.code)).collect()
}

impl Ways {
    /// The lanes of a list that nothing was sought in.
    fn lanes(&self, statuses: &[Status], after: Option<Cursor>) -> Vec<Lane> {
        let scope = &self.filter.scope;
        let decides = self.filter.role == Role::Decides;
        let running = |status: &Status| *status == Status::Submitted || status.is_running();
        let open = !statuses.is_empty() && statuses.iter().all(running);
        // What is late is few even of what one agency has open: its index knows them by their day.
        let few = scope.agencies.len() > 1 || self.filter.late.is_some();
        if open && few && (scope.whole || decides) {
            return vec![Lane::new(Key::Open, None, after)];
        }
        if scope.whole && !self.by_procedure() {
            return vec![Lane::new(Key::Tenant, None, after)];
        }
        let by_status = decides && !self.by_procedure();
        let statuses: Vec<Option<Status>> = match statuses {
            some @ [_, ..] if by_status => some.iter().copied().map(Some).collect(),
            _ => vec![None],
        };
        let agencies = scope.agencies.iter().map(|agency| Key::Agency(*agency));
        let lanes = agencies.flat_map(|key| {
            statuses.iter().map(move |status| Lane::new(key.clone(), *status, after))
        });
        lanes.collect()
    }
}
