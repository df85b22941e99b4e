//! The inputs of a forecast, compiled into arrays that a run can walk through.

mod build;
mod days;
mod evidence;
mod islands;
mod names;
mod reach;
mod units;

use std::ops::Range;

use jiff::{ToSpan, civil::Date};
use kernel::{AgencyId, CaseId, ProcedureCode};

use crate::{
    Dropped, Error, Result, StepName,
    minutes::{DAY, Due, Minutes},
};

pub(crate) use days::Draw;
pub use evidence::Basis;
pub(crate) use islands::Sets;

/// The most days that a forecast covers.
pub const DAYS_MAX: u16 = 92;

/// A model of offices, their queues and what comes; see [`Model::new`].
///
/// Instants in it are seconds since the beginning of its first day.
#[derive(Debug, Clone)]
pub struct Model {
    pub(crate) first: Date,
    pub(crate) now: u32,
    pub(crate) days: usize,
    pub(crate) tables: Vec<Minutes>,
    pub(crate) offices: Vec<Office>,
    pub(crate) pools: Vec<Pool>,
    pub(crate) stations: Vec<Station>,
    pub(crate) classes: Vec<Class>,
    /// Work and delay, in seconds of work.
    pub(crate) stays: Vec<(u32, u32)>,
    pub(crate) routes: Vec<Route>,
    /// Classes that routes lead to.
    pub(crate) goals: Vec<u32>,
    pub(crate) procedures: Vec<ProcedureCode>,
    pub(crate) dues: Vec<Due>,
    pub(crate) streams: Vec<Stream>,
    /// Observed counts of all streams, one row of observed days for each.
    pub(crate) counts: Vec<u16>,
    pub(crate) days_observed: usize,
    /// Observed days that a day to come is drawn from.
    pub(crate) candidates: Vec<u16>,
    pub(crate) cases: Vec<Case>,
    pub(crate) tokens: Vec<Token>,
    /// Lengths of pauses in seconds, each procedure's in order.
    pub(crate) pauses: Vec<u32>,
    pub(crate) islands: Vec<Island>,
    pub(crate) notes: Vec<Note>,
    pub(crate) dropped: Dropped,
}

/// Something about the inputs that a reader of the forecast must know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Note {
    /// Nothing was observed at all: no arrivals, no steps.
    NoHistory,
    /// Work passes a step whose team has no officer; it waits there until the end.
    NoOfficer(AgencyId, StepName),
    /// Work passes a step of which nobody knows who does it; one officer is assumed.
    NoTeam(AgencyId, StepName),
    /// So many open steps rest, and nothing is known of how long pauses last: they rest until
    /// the end of the forecast.
    Resting(u32),
    /// Of these procedures no promise is known: their new cases are never late.
    NoPromise(Vec<ProcedureCode>),
}

#[derive(Debug, Clone)]
pub(crate) struct Office {
    pub(crate) agency: AgencyId,
    /// Its hours, without overtime.
    pub(crate) table: u32,
    /// Arrivals until the end of each hour, where they are known.
    pub(crate) hours: Option<[u32; 24]>,
    /// For each day of the forecast, the observed days that it is like.
    pub(crate) days: Vec<Draw>,
}

/// A team: one queue and some officers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Pool {
    pub(crate) office: u32,
    /// Which unit of its island it is run with.
    pub(crate) unit: u32,
    /// Officers on each day of the forecast.
    pub(crate) officers: Vec<u16>,
    /// Minutes of overtime a day.
    pub(crate) overtime: u16,
    /// The hours in which it works.
    pub(crate) table: u32,
    /// Whether it takes what is due first, not what came first.
    pub(crate) by_due: bool,
}

/// A step of an agency.
#[derive(Debug, Clone)]
pub(crate) struct Station {
    pub(crate) office: u32,
    pub(crate) pool: u32,
    pub(crate) step: StepName,
}

/// A step of a procedure in an agency.
#[derive(Debug, Clone)]
pub(crate) struct Class {
    pub(crate) station: u32,
    pub(crate) procedure: u32,
    /// What its random numbers are drawn by.
    pub(crate) key: u64,
    pub(crate) stays: (u32, u32),
    pub(crate) routes: (u32, u32),
    pub(crate) join: bool,
    /// Hundredths of the observed work that it takes.
    pub(crate) percent: u16,
    pub(crate) basis: Basis,
}

/// Where a class leads, for 32 random bits up to a bound.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Route {
    pub(crate) upto: u32,
    pub(crate) goals: (u32, u32),
}

/// Cases that come.
#[derive(Debug, Clone)]
pub(crate) struct Stream {
    pub(crate) office: u32,
    pub(crate) class: u32,
    pub(crate) key: u64,
    /// Which row of the counts.
    pub(crate) row: u32,
    /// How many come for a hundred that came.
    pub(crate) percent: u32,
}

/// A case that is open.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Case {
    pub(crate) id: CaseId,
    pub(crate) key: u64,
    pub(crate) due: u32,
    /// Whether it was late before the forecast began.
    pub(crate) late: bool,
}

/// An open step of an open case.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Token {
    pub(crate) case: u32,
    pub(crate) class: u32,
    pub(crate) paused: Option<Rest>,
}

/// A clock that stands.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Rest {
    /// For how many seconds already.
    pub(crate) since: u32,
    /// Seconds of work that are left when it goes on; none where it was late or has no promise.
    pub(crate) left: Option<u32>,
    /// Known lengths of pauses.
    pub(crate) known: (u32, u32),
}

/// Agencies between which cases move; no case leaves an island, so that each is run alone.
#[derive(Debug, Clone, Default)]
pub(crate) struct Island {
    pub(crate) stations: Range<usize>,
    pub(crate) pools: Range<usize>,
    pub(crate) classes: Range<usize>,
    pub(crate) streams: Range<usize>,
    pub(crate) cases: Range<usize>,
    pub(crate) tokens: Range<usize>,
    /// Its teams, in units that are run together, in the order in which they are.
    pub(crate) units: Vec<Vec<u32>>,
}

impl Model {
    /// The end of the forecast.
    pub(crate) fn end(&self) -> u32 {
        self.days as u32 * DAY
    }

    /// The date of a day of the forecast.
    pub(crate) fn date(&self, day: usize) -> Date {
        self.first.saturating_add((day as i64).days())
    }

    /// The day of the forecast on which a date lies.
    pub(crate) fn day_of(&self, date: Date) -> Result<usize> {
        let day = usize::try_from((date - self.first).get_days()).ok();
        day.filter(|day| *day < self.days).ok_or(Error::Outside(date))
    }

    /// Where a step of an agency stands.
    pub(crate) fn station_of(&self, agency: AgencyId, step: &StepName) -> Result<usize> {
        let here =
            |s: &Station| self.offices[s.office as usize].agency == agency && s.step == *step;
        let found = self.stations.iter().position(here);
        found.ok_or_else(|| Error::Nowhere(agency, step.clone()))
    }

    /// The agency of a station.
    pub(crate) fn agency_of(&self, station: usize) -> AgencyId {
        self.offices[self.stations[station].office as usize].agency
    }

    /// Seconds of work that the officers of a pool have on a day.
    pub(crate) fn capacity(&self, pool: &Pool, day: usize) -> u64 {
        let worked = self.tables[pool.table as usize].of_day(day, self.now);
        u64::from(worked) * u64::from(pool.officers[day])
    }

    /// The table of an office with so much overtime; made where there is none yet.
    pub(crate) fn overtime_table(&mut self, office: u32, minutes: u16) -> u32 {
        let table = self.offices[office as usize].table;
        if minutes == 0 {
            return table;
        }
        let longer = self.tables[table as usize].with_overtime(minutes);
        let known = self.tables.iter().position(|table| *table == longer);
        let index = known.unwrap_or_else(|| {
            self.tables.push(longer);
            self.tables.len() - 1
        });
        index as u32
    }

    /// What a reader of a forecast must know, with the teams as they are after all changes.
    pub(crate) fn notes(&self) -> Vec<Note> {
        let nobody = |station: &&Station| {
            self.pools[station.pool as usize].officers.iter().all(|officers| *officers == 0)
        };
        let note = |station: &Station| {
            Note::NoOfficer(self.offices[station.office as usize].agency, station.step.clone())
        };
        let without = self.stations.iter().filter(nobody).map(note);
        self.notes.iter().cloned().chain(without).collect()
    }

    /// How many open cases it has.
    #[must_use]
    pub fn open_cases(&self) -> usize {
        self.cases.len()
    }

    /// How many steps of agencies work can pass.
    #[must_use]
    pub fn steps(&self) -> usize {
        self.stations.len()
    }

    /// How many parts of the province exchange no cases with each other.
    #[must_use]
    pub fn parts(&self) -> usize {
        self.islands.len()
    }
}
