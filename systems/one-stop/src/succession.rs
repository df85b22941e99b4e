//! When agencies merge or split: open dossiers go to the successor with their codes and clocks;
//! nothing that happened is rewritten.

use std::{fmt::Write as _, sync::Arc};

use casework::{Case, Change, Opened, Stamp};
use directory::{
    Directory, DirectoryChange, Error, Result,
    succession::{CaseMover, Report, WorkMove},
};
use kernel::{Actor, AgencyId, CaseId, Instant, Mint, Tenant};
use store::{Tx, args};

use crate::record_directory;

/// Who moves, in the journal.
const SUCCESSION: &str = "succession";

/// Moves open dossiers for [`directory::succession::apply`].
#[derive(Debug)]
pub struct Mover(Arc<Mint>);

impl Mover {
    /// A mover that takes identifiers of events from `mint`.
    #[must_use]
    pub fn new(mint: Arc<Mint>) -> Self {
        Self(mint)
    }
}

impl CaseMover for Mover {
    fn open_work(&self, tx: &mut Tx<'_>, tenant: &Tenant, agency: AgencyId) -> Result<u64> {
        // As many as would move: also those that somebody elsewhere holds for this agency.
        Ok(open_cases(tx, tenant, agency)?.len() as u64)
    }

    fn move_open_work(&self, tx: &mut Tx<'_>, order: &WorkMove<'_>) -> Result<u64> {
        let mut moved = 0;
        for id in open_cases(tx, order.tenant, order.from)? {
            let case = casework::load(tx, order.tenant, id).map_err(refused)?;
            let Some(case) = case else { continue };
            let Some(change) = moved_to(&case, order) else { continue };
            let stamp = Stamp {
                actor: Actor::System(SUCCESSION.into()),
                happened_at: order.effective.max(case.last_happened_at),
                recorded_at: order.now,
            };
            casework::apply(tx, order.tenant, &self.0, case, &change, &stamp).map_err(refused)?;
            moved += 1;
        }
        Ok(moved)
    }

    fn record(
        &self,
        tx: &mut Tx<'_>,
        tenant: &Tenant,
        changes: &[DirectoryChange],
        now: Instant,
    ) -> Result<()> {
        let actor = Actor::System(SUCCESSION.into());
        record_directory(tx, tenant, &self.0, changes, &actor, now).map_err(|error| match error {
            journal::Error::Store(error) => Error::Store(error),
            other => Error::Mover(other.to_string()),
        })
    }
}

fn refused(error: casework::Error) -> Error {
    match error {
        casework::Error::Store(error) => Error::Store(error),
        other => Error::Mover(other.to_string()),
    }
}

/// Open dossiers that the agency holds, receives or decides.
fn open_cases(tx: &mut Tx<'_>, tenant: &Tenant, agency: AgencyId) -> Result<Vec<CaseId>> {
    let cases = tx.all(
        "select c.id from case_state c
         where c.tenant = $1 and (c.decided_by = $2 or c.received_by = $2)
           and exists (select 1 from work_item w where w.tenant = c.tenant and w.case_id = c.id)
         union
         select w.case_id from work_item w where w.tenant = $1 and w.agency_id = $2",
        args!(tenant, agency),
        |row| row.get(0),
    )?;
    Ok(cases)
}

/// What changes for a case; none where the order does not touch it.
fn moved_to(case: &Case, order: &WorkMove<'_>) -> Option<Change> {
    let opened: Vec<Opened> = case
        .holdings
        .iter()
        .filter_map(|(step, holding)| {
            let post = *order.posts.get(&holding.post)?;
            Some(Opened { step: step.clone(), post, agency: order.to, due: holding.due })
        })
        .collect();
    let heir = |agency: AgencyId| if agency == order.from { order.to } else { agency };
    let (decided_by, received_by) = (heir(case.decided_by), heir(case.received_by));
    let belongs = decided_by != case.decided_by || received_by != case.received_by;
    let touched = !opened.is_empty() || (order.rest && belongs);
    touched.then_some(Change::Moved { decided_by, received_by, opened })
}

/// What a plan would do, for the terminal.
#[must_use]
pub fn succession_in_words(report: &Report, directory: &Directory) -> String {
    let mut out = String::new();
    let name = |id: AgencyId| directory.agency(id).map_or("(new)", |agency| agency.name.as_str());
    // Writing to a string cannot fail.
    let _ = writeln!(out, "{} ({}), from {}", report.name, report.basis, report.effective);
    for (code, agency) in &report.agencies_open {
        let _ = writeln!(out, "  opens    {code} {agency}");
    }
    for (code, agency) in &report.agencies_renamed {
        let _ = writeln!(out, "  renamed  {code} {agency}");
    }
    for end in &report.agencies_end {
        let into: Vec<&str> = end.into.iter().map(|id| name(*id)).collect();
        let done = if end.done { ", done already" } else { "" };
        let (from, into) = (name(end.agency), into.join(", "));
        let (cases, seats) = (end.open_work, end.seats.len());
        let _ = writeln!(
            out,
            "  ends     {} {from} → {into}: {cases} open cases, {seats} seats{done}",
            end.code
        );
    }
    for (code, into) in &report.places_end {
        let into: Vec<String> = into.iter().map(ToString::to_string).collect();
        let _ = writeln!(out, "  place    {code} → {}", into.join(", "));
    }
    for person in report.unseated() {
        let who = directory.person(person).map_or("", |person| person.name.as_str());
        let _ = writeln!(out, "  without a seat: {who}");
    }
    let _ = write!(out, "{} open cases move", report.open_work());
    out
}
