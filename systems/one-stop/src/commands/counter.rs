//! Filing at the counter with all that follows at once: fees named and paid, papers asked for,
//! or not taken on. It is one transaction: a refusal at the counter leaves evidence, and no half
//! of a filing is ever kept.

use casework::{Command, Stamp};
use identity::access::Target;
use store::Tx;
use web::SignedIn;

use super::{CounterFiling, Filed, act::log_denial, action_of, file::file};
use crate::{Desk, Error, Result};

/// Files, and runs `then` on the new dossier, in order.
///
/// # Errors
/// As [`super::file_at_counter`]; where any of it is refused, nothing is kept.
pub async fn file_then(
    desk: &Desk,
    me: &SignedIn,
    filing: CounterFiling,
    then: Vec<Command>,
) -> Result<Filed> {
    let (shared, me_too) = (desk.clone(), me.clone());
    let filed = desk.front.store.write(move |tx| {
        let filed = file(tx, &shared, &me_too, &filing)?;
        follow(tx, &shared, &me_too, filed, &then)
    });
    let out = filed.await;
    if let Err(Error::Denied(denial)) = &out {
        log_denial(desk, me, None, denial.clone()).await;
    }
    out
}

fn follow(
    tx: &mut Tx<'_>,
    desk: &Desk,
    me: &SignedIn,
    filed: Filed,
    then: &[Command],
) -> Result<Filed> {
    let moment = desk.moment();
    let stamp = Stamp { actor: me.actor(), happened_at: me.now, recorded_at: me.now };
    let Filed { mut case, mut events } = filed;
    for command in then {
        let facts = desk.facts(&case, &moment);
        me.may(&desk.front, action_of(command), Target::Case(&facts)).check()?;
        let done = desk.in_office(&moment, |office| {
            casework::handle_loaded(tx, office, case.clone(), None, command, &stamp)
        })?;
        case = done.case;
        events.extend(done.events);
    }
    Ok(Filed { case, events })
}
