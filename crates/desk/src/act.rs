//! A command on a case, whoever gives it, with the numbers of the forms that it gives rise to.

use casework::{Case, Command, Done, Stamp};
use identity::{
    access::{Decision, Denial},
    audit,
};
use kernel::CaseId;
use store::Tx;
use web::SignedIn;

use crate::{Desk, Result, number::number_forms};

/// Runs a command on a case that was loaded in this transaction. Whether the actor may is for the
/// caller to have asked.
///
/// # Errors
/// [`crate::Error::Case`] where the rules say no, or where the case is no longer the `expected`
/// version.
pub fn act(
    tx: &mut Tx<'_>,
    desk: &Desk,
    case: Case,
    expected: Option<u32>,
    command: &Command,
    stamp: &Stamp,
) -> Result<Done> {
    let moment = desk.moment();
    let done = desk.in_office(&moment, |office| {
        casework::handle_loaded(tx, office, case, expected, command, stamp)
    })?;
    number_forms(tx, &desk.front.tenant, &done.case, &done.events)?;
    Ok(done)
}

/// Keeps that an officer was refused, in a transaction of its own.
pub async fn log_denial(desk: &Desk, me: &SignedIn, case: Option<CaseId>, denial: Box<Denial>) {
    let reader = audit::Reader::officer(me.session.account, &me.officer);
    let entry = audit::Entry::of(reader, denial.action, &Decision::Denied(denial), me.now);
    let entry = entry.on(case, None);
    let shared = desk.clone();
    let written = desk
        .front
        .store
        .write(move |tx| audit::record(tx, &shared.front.tenant, &entry, &shared.front.mint));
    if let Err(error) = written.await {
        tracing::error!(%error, "a refusal was not logged");
    }
}
