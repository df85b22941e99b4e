//! What can happen to a report, each one function: it asks the policies in plain sight, moves the
//! case, and brings the row beside it up to date.

mod deadline;
mod draft;
mod freeze;
mod revise;
mod send;

pub use deadline::{NewDeadline, move_deadline};
pub use draft::{Edit, Edits, save, submit};
pub use revise::revise;
pub(crate) use send::digest;
pub use send::{Ready, comment, give_back, prepare, receive, send};

use casework::{Case, Command, Note, Stamp};
use desk::Desk;
use identity::access::{Action, Target};
use kernel::{CaseCode, Instant};
use procedure::StepId;
use store::{Tx, args};
use web::SignedIn;

use crate::{
    Error, Result,
    model::{self, Report, State},
};

/// Somebody who acts: as they signed in, or as the demonstration has them.
#[derive(Clone)]
pub struct Acting<'a> {
    /// The desk.
    pub desk: &'a Desk,
    /// Who signed in; none where a history is invented.
    pub me: Option<&'a SignedIn>,
    /// In whose name, and when.
    pub stamp: Stamp,
}

impl<'a> Acting<'a> {
    /// Whoever signed in.
    #[must_use]
    pub fn of(desk: &'a Desk, me: &'a SignedIn) -> Self {
        let stamp = Stamp { actor: me.actor(), happened_at: me.now, recorded_at: me.now };
        Self { desk, me: Some(me), stamp }
    }

    pub(crate) const fn now(&self) -> Instant {
        self.stamp.recorded_at
    }

    /// Asks the policies.
    pub(crate) fn may(&self, action: Action, case: &Case) -> Result<()> {
        let Some(me) = self.me else { return Ok(()) };
        let facts = self.desk.facts(case, &self.desk.moment());
        me.may(&self.desk.front, action, Target::Case(&facts)).check()?;
        Ok(())
    }

    /// The report and its case.
    pub(crate) fn open(&self, tx: &mut Tx<'_>, code: &CaseCode) -> Result<(Report, Case)> {
        let tenant = &self.desk.front.tenant;
        let report = model::by_code(tx, tenant, code)?;
        let case = casework::load(tx, tenant, report.case)?.ok_or(Error::NoReport)?;
        Ok((report, case))
    }

    /// Completes the step in hand.
    pub(crate) fn complete(
        &self,
        tx: &mut Tx<'_>,
        case: Case,
        (step, outcome): (&str, &str),
        note: &str,
    ) -> Result<Case> {
        let step: StepId = step.parse().map_err(|_| Error::NotNow)?;
        if !case.holdings.contains_key(&step) {
            return Err(Error::NotNow);
        }
        self.may(Action::CompleteStep, &case)?;
        let outcome = outcome.parse().map_err(|_| Error::NotNow)?;
        let command = Command::Complete { step, outcome, note: Note::from(note) };
        Ok(desk::act(tx, self.desk, case, None, &command, &self.stamp)?.case)
    }

    /// Writes where the report stands.
    pub(crate) fn stand(&self, tx: &mut Tx<'_>, case: &Case, state: State) -> Result<()> {
        tx.put(
            "update report set state = $3, owner = $4, recipient = $5, updated_at = $6
             where tenant = $1 and case_id = $2",
            args!(
                &self.desk.front.tenant,
                case.id,
                state.word(),
                case.decided_by,
                case.received_by,
                self.now()
            ),
        )?;
        Ok(())
    }
}
