//! A command on a dossier, by an officer.

use casework::{Case, Command, Done, Stamp};
use desk::log_denial;
use identity::access::{Action, Target};
use kernel::{CaseId, Instant};
use store::Tx;
use web::SignedIn;

use crate::{Desk, Error, Result};

/// A command and what belongs to it.
#[derive(Debug, Clone)]
pub struct Act {
    /// On which dossier.
    pub case: CaseId,
    /// The version that the officer saw, if the form knew it.
    pub expected: Option<u32>,
    /// When it is said to have happened; now, where nothing else was said.
    pub happened_at: Option<Instant>,
    /// What.
    pub command: Command,
}

/// Which permission a command needs; none for what no officer asks directly.
#[must_use]
pub const fn action_of(command: &Command) -> Action {
    match command {
        Command::Submit(_) | Command::Accept { .. } => Action::Accept,
        Command::Decline { .. } => Action::Decline,
        Command::Assign { .. } => Action::Assign,
        Command::Forward { .. } => Action::Forward,
        Command::Complete { .. } => Action::CompleteStep,
        Command::SendBack { .. } => Action::SendBack,
        Command::RequestSupplement { .. } => Action::RequestSupplement,
        Command::ApproveSecondSupplement { .. } => Action::ApproveSecondSupplement,
        Command::Correct(_) | Command::ReceiveSupplement { .. } => Action::ReceiveSupplement,
        Command::SetObligation { .. } | Command::WaiveObligation { .. } => Action::SetObligation,
        Command::RecordPayment { .. } => Action::RecordPayment,
        Command::Suspend { .. } => Action::Suspend,
        Command::Resume => Action::Resume,
        Command::Extend { .. } | Command::SetTerm { .. } => Action::Extend,
        Command::Discontinue { .. } => Action::Discontinue,
        Command::Withdraw { .. } => Action::Withdraw,
        Command::ReturnResult { .. } => Action::ReturnResult,
    }
}

/// Runs the command.
///
/// # Errors
/// [`Error::Denied`] where this person may not, [`Error::Case`] where the rules say no.
pub async fn act(desk: &Desk, me: &SignedIn, act: Act) -> Result<Done> {
    let (shared, me_too, case) = (desk.clone(), me.clone(), act.case);
    let done = desk.front.store.write(move |tx| {
        let case = casework::load(tx, &shared.front.tenant, act.case)?;
        act_in(tx, &shared, &me_too, case.ok_or(casework::Error::NoSuchCase)?, &act)
    });
    let out = done.await;
    if let Err(Error::Denied(denial)) = &out {
        log_denial(desk, me, Some(case), denial.clone()).await;
    }
    out
}

/// As [`act`] in a transaction of the caller, on a dossier that was loaded in it; a denial is
/// for the caller to log.
pub(crate) fn act_in(
    tx: &mut Tx<'_>,
    desk: &Desk,
    me: &SignedIn,
    case: Case,
    act: &Act,
) -> Result<Done> {
    let moment = desk.moment();
    let facts = desk.facts(&case, &moment);
    me.may(&desk.front, action_of(&act.command), Target::Case(&facts)).check()?;
    desk::act(tx, desk, case, act.expected, &act.command, &stamp(me, act))
}

fn stamp(me: &SignedIn, act: &Act) -> Stamp {
    Stamp { actor: me.actor(), happened_at: act.happened_at.unwrap_or(me.now), recorded_at: me.now }
}
