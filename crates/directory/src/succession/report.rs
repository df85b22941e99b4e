//! What a plan would move, before anything moves.

use std::{collections::BTreeSet, sync::Arc};

use kernel::{AgencyCode, AgencyId, Instant, PersonId, PlaceCode, PostId, Tenant};
use serde::Serialize;
use store::{Store, Tx, args};

use super::{CaseMover, Plan, PostMove, Step};
use crate::{Directory, Error, Result};

/// What applying a plan would do now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Report {
    /// The name of the plan.
    pub name: String,
    /// The resolution that orders it.
    pub basis: String,
    /// The first instant of the new order.
    pub effective: Instant,
    /// Places that end or give way to another form, and who takes over.
    pub places_end: Vec<(PlaceCode, Vec<PlaceCode>)>,
    /// New places and forms.
    pub places_begin: Vec<(PlaceCode, String)>,
    /// Agencies that come into being.
    pub agencies_open: Vec<(AgencyCode, String)>,
    /// Agencies that get another name.
    pub agencies_renamed: Vec<(AgencyCode, String)>,
    /// Agencies that end.
    pub agencies_end: Vec<AgencyEnd>,
    /// The steps that an earlier run finished.
    pub steps_done: Vec<String>,
}

impl Report {
    /// Open cases that would move.
    #[must_use]
    pub fn open_work(&self) -> u64 {
        self.agencies_end.iter().map(|end| end.open_work).sum()
    }

    /// The people who would be left without the seat they have, for whom somebody must find
    /// another.
    pub fn unseated(&self) -> impl Iterator<Item = PersonId> {
        let seats = self.agencies_end.iter().flat_map(|end| &end.seats);
        seats.filter(|seat| !seat.holder_moves).filter_map(|seat| seat.holder)
    }
}

/// The end of one agency.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AgencyEnd {
    /// Which.
    pub agency: AgencyId,
    /// Its code.
    pub code: AgencyCode,
    /// Who takes over; the first takes what no post decides.
    pub into: Vec<AgencyId>,
    /// How many open cases it holds.
    pub open_work: u64,
    /// What becomes of its seats.
    pub seats: Vec<SeatEnd>,
    /// Whether an earlier run did this already.
    pub done: bool,
}

/// The end of one seat.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SeatEnd {
    /// The seat.
    pub from: PostId,
    /// The seat that takes over its work.
    pub to: PostId,
    /// Whether that seat is made for this.
    pub opens: bool,
    /// Who sits there now.
    pub holder: Option<PersonId>,
    /// Whether the holder gets the seat that takes over; not, where somebody sits there.
    pub holder_moves: bool,
}

/// Says what applying `plan` would do at `at`; changes nothing.
///
/// # Errors
/// [`Error::Store`], and what `mover` refuses.
pub fn dry_run(
    store: &Store,
    tenant: &Tenant,
    plan: &Plan,
    mover: Arc<dyn CaseMover>,
    at: Instant,
) -> Result<Report> {
    let (tenant, plan) = (tenant.clone(), plan.clone());
    let look = move |tx: &mut Tx<'_>| -> Result<Report, Error> {
        let directory = Directory::load(tx, &tenant)?;
        let done: BTreeSet<String> = tx
            .all(
                "select step from succession_progress where tenant = $1 and plan = $2",
                args!(&tenant, &plan.name),
                |row| row.get(0),
            )?
            .into_iter()
            .collect();
        let mut count = |agency| mover.open_work(tx, &tenant, agency);
        report(&directory, &plan, &done, at, &mut count)
    };
    store.read(look).wait()
}

fn report(
    directory: &Directory,
    plan: &Plan,
    steps_done: &BTreeSet<String>,
    at: Instant,
    count: &mut dyn FnMut(AgencyId) -> Result<u64>,
) -> Result<Report> {
    let mut report = Report {
        name: plan.name.clone(),
        basis: plan.basis.clone(),
        effective: plan.effective,
        places_end: Vec::new(),
        places_begin: Vec::new(),
        agencies_open: Vec::new(),
        agencies_renamed: Vec::new(),
        agencies_end: Vec::new(),
        steps_done: steps_done.iter().cloned().collect(),
    };
    for step in &plan.steps {
        match step {
            Step::Places { end, begin } => {
                let ends = end.iter().map(|e| (e.place.code.clone(), e.successors.clone()));
                report.places_end.extend(ends);
                let begins = begin.iter().map(|p| (p.code.clone(), p.name.to_string()));
                report.places_begin.extend(begins);
            }
            Step::Open { agency } => {
                report.agencies_open.push((agency.code.clone(), agency.name.clone()));
            }
            Step::Rename { code, name, .. } => {
                report.agencies_renamed.push((code.clone(), name.clone()));
            }
            Step::Close { agency, code, into, posts, .. } => {
                report.agencies_end.push(AgencyEnd {
                    agency: *agency,
                    code: code.clone(),
                    into: into.clone(),
                    open_work: count(*agency)?,
                    seats: seats(directory, posts, at),
                    done: steps_done.contains(&step.key()),
                });
            }
        }
    }
    Ok(report)
}

/// In the order of the moves, as applying them goes: who comes first gets an empty seat.
fn seats(directory: &Directory, posts: &[PostMove], at: Instant) -> Vec<SeatEnd> {
    let mut given = BTreeSet::new();
    let seat = |change: &PostMove| {
        let holder = directory.holder(change.from, at).map(|person| person.id);
        let empty = directory.holder(change.to, at).is_none();
        let holder_moves = holder.is_some() && empty && given.insert(change.to);
        let opens = change.opens.is_some();
        SeatEnd { from: change.from, to: change.to, opens, holder, holder_moves }
    };
    posts.iter().map(seat).collect()
}
