//! Filing at the counter: an application that an officer receives, and taking it on, in one
//! transaction.

use casework::{Channel, Command, Stamp};
use desk::{Answers, Applicant, Charge, Filed, Filing, Paper, log_denial};
use identity::{
    access::{Action, Target},
    party::Party,
};
use kernel::{AgencyId, CaseId, ProcedureCode};
use procedure::Matter;
use store::Tx;
use web::SignedIn;

use super::act::{Act, act_in};
use crate::{Desk, Error, Result};

/// A filing at the counter.
#[derive(Debug, Clone)]
pub struct CounterFiling {
    /// Which procedure.
    pub procedure: ProcedureCode,
    /// How it came in.
    pub channel: Channel,
    /// Whose matter it is.
    pub applicant: Party,
    /// The answers.
    pub answers: Answers,
    /// The papers.
    pub papers: Vec<Paper>,
    /// Who decides it, where that is another agency than the one that receives.
    pub decided_by: Option<AgencyId>,
    /// The dossier that this one reopens.
    pub reopens: Option<CaseId>,
    /// What is charged of it.
    pub charge: Charge,
    /// Number of the receipt, where what is owed was paid at the counter.
    pub paid: Option<String>,
    /// Whether to take it on at once.
    pub accept: bool,
}

/// Files, and takes on where asked.
///
/// # Errors
/// [`Error::Denied`] where this person may not receive here, [`Error::NoProcedure`] where it is
/// not in force today, [`Error::Case`] where the rules say no; then nothing is kept.
pub async fn file_at_counter(desk: &Desk, me: &SignedIn, filing: CounterFiling) -> Result<Filed> {
    let (shared, me_too) = (desk.clone(), me.clone());
    let filed = desk.front.store.write(move |tx| file(tx, &shared, &me_too, &filing));
    let out = filed.await;
    if let Err(Error::Denied(denial)) = &out {
        log_denial(desk, me, None, denial.clone()).await;
    }
    out
}

/// As [`file_at_counter`] in a transaction of the caller; a denial is for the caller to log.
pub(crate) fn file(
    tx: &mut Tx<'_>,
    desk: &Desk,
    me: &SignedIn,
    filing: &CounterFiling,
) -> Result<Filed> {
    let stamp = Stamp { actor: me.actor(), happened_at: me.now, recorded_at: me.now };
    let handed_in = Filing {
        matter: Matter::Dossier,
        procedure: filing.procedure.clone(),
        channel: filing.channel,
        applicant: Applicant::Described(filing.applicant.clone()),
        answers: filing.answers.clone(),
        papers: filing.papers.clone(),
        received_by: me.agency,
        decided_by: filing.decided_by,
        reopens: filing.reopens,
        term: None,
        charge: filing.charge.clone(),
    };
    let mut filed = desk::file(tx, desk, &handed_in, &stamp)?;
    // Whether this person may receive here is asked of the dossier as it now stands.
    let facts = desk.facts(&filed.case, &desk.moment());
    me.may(&desk.front, Action::Accept, Target::Case(&facts)).check()?;
    if let Some(reference) = &filing.paid {
        filed = pay(tx, desk, me, filed, reference)?;
    }
    if filing.accept { desk::accept(tx, desk, filed, &stamp) } else { Ok(filed) }
}

/// Records that all that is owed was paid at the counter.
fn pay(
    tx: &mut Tx<'_>,
    desk: &Desk,
    me: &SignedIn,
    filed: Filed,
    reference: &str,
) -> Result<Filed> {
    let Filed { mut case, mut events } = filed;
    let owed: Vec<(u32, u64)> =
        case.obligations.iter().filter(|o| o.is_owed()).map(|o| (o.number, o.amount)).collect();
    for (number, amount) in owed {
        let reference = reference.to_owned();
        let command = Command::RecordPayment { number, amount, online: false, reference };
        let act = Act { case: case.id, expected: None, happened_at: None, command };
        let done = act_in(tx, desk, me, case, &act)?;
        case = done.case;
        events.extend(done.events);
    }
    Ok(Filed { case, events })
}
