//! What a run rests on: the past, what is in hand, offices and their hours, what procedures
//! promise.

use calendar::WorkingTime;
use desk::{Desk, Moment};
use forecast::{At, Inputs, Office, OpenWork, Procedure, Promise, StepName, StepRule};
use jiff::SignedDuration;
use kernel::{CaseId, Instant};
use procedure::{ChannelKind, Matter, Target};
use store::{Tx, args};

use crate::{
    Result,
    reader::{self, Past},
};

/// How far back the journal is read, in days: about four months.
const DAYS_BACK: i64 = 120;
/// Steps in hand beyond this are not looked at.
const OPEN_MAX: i64 = 500_000;

/// What a run rests on.
pub(crate) struct Ground {
    pub(crate) past: Past,
    pub(crate) since: Instant,
    pub(crate) now: Instant,
    pub(crate) offices: Vec<Office>,
    pub(crate) procedures: Vec<Procedure>,
    pub(crate) open: Vec<OpenWork>,
}

impl Ground {
    /// Reads it.
    pub(crate) fn read(tx: &mut Tx<'_>, desk: &Desk, now: Instant) -> Result<Self> {
        let since = now - SignedDuration::from_hours(24 * DAYS_BACK);
        let past = reader::read(tx, desk, since)?;
        let moment = desk.moment();
        Ok(Self {
            past,
            since,
            now,
            offices: offices(&moment),
            procedures: procedures(&moment)?,
            open: open(tx, desk)?,
        })
    }

    /// The inputs of a forecast from now on.
    pub(crate) fn inputs(&self) -> Inputs {
        self.past.history.inputs(self.since..self.now, &self.offices, &self.procedures, &self.open)
    }
}

/// Every open agency with its hours.
fn offices(moment: &Moment) -> Vec<Office> {
    let open = moment.directory.agencies().filter(|agency| agency.successor.is_none());
    let mut offices: Vec<Office> = open
        .map(|agency| Office {
            agency: agency.id,
            calendar: moment.calendars.shared(agency.id),
            hours: [0; 24],
        })
        .collect();
    // In one order, so that the same past gives the same figures.
    offices.sort_by_key(|office| office.agency);
    offices
}

fn procedures(moment: &Moment) -> Result<Vec<Procedure>> {
    let dossiers = moment.shelf.of_matter(Matter::Dossier).into_iter();
    dossiers.map(|procedure| of_procedure(procedure)).collect()
}

fn of_procedure(procedure: &procedure::Procedure) -> Result<Procedure> {
    let promised = |kind| procedure.channel(kind).and_then(procedure::Channel::promise);
    let limit = [ChannelKind::Counter, ChannelKind::Online, ChannelKind::Postal]
        .into_iter()
        .find_map(promised);
    let promise = match procedure.same_day_cutoff {
        Some(cutoff) => Some(Promise::SameDay { cutoff }),
        None => limit.map(|limit| Promise::Within(limit.time_limit().into())),
    };
    let rule = |step: &procedure::Step| -> Result<StepRule> {
        let next = step.outcomes.first().and_then(|outcome| match &outcome.target {
            Target::To(steps) => steps.first(),
            Target::End(_) => None,
        });
        Ok(StepRule {
            step: step.id.as_str().parse()?,
            limit: Some(WorkingTime::from(step.hours)),
            next: next.map(|next| next.as_str().parse()).transpose()?,
            join: step.join,
        })
    };
    let steps = procedure.workflow.steps().iter().map(rule).collect::<Result<_>>()?;
    Ok(Procedure { code: procedure.code.clone(), promise, steps })
}

/// The steps of dossiers that somebody has in hand.
fn open(tx: &mut Tx<'_>, desk: &Desk) -> Result<Vec<OpenWork>> {
    let mut open = Vec::new();
    tx.each(
        "select w.case_id, w.step, w.agency_id, w.since_at, c.due_at, c.paused_at,
             c.procedure_code
         from work_item w join case_state c on c.tenant = w.tenant and c.id = w.case_id
         where w.tenant = $1 and w.post_id is not null and c.matter = $2 limit $3",
        args!(&desk.front.tenant, Matter::Dossier.word(), OPEN_MAX),
        |row| {
            let (case, step): (CaseId, String) = (row.get(0)?, row.get(1)?);
            let Ok(step) = step.parse::<StepName>() else { return Ok(()) };
            let at = At { agency: row.get(2)?, procedure: row.get(6)?, step };
            let (entered, due, paused) = (row.get(3)?, row.get(4)?, row.get(5)?);
            open.push(OpenWork { case, at, entered, due, paused });
            Ok(())
        },
    )?;
    // In one order, so that chance falls on the same cases.
    open.sort_by(|one, two| (one.case, &one.at).cmp(&(two.case, &two.at)));
    Ok(open)
}
