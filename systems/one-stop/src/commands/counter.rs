//! Filing at the counter with all that follows at once: fees named and paid, papers asked for,
//! or not taken on. It is one transaction: a refusal at the counter leaves evidence, and no half
//! of a filing is ever kept. A form that is sent twice files once.

use casework::{Case, Command};
use desk::{Kept, Key, log_denial, write_once};
use kernel::CaseCode;
use store::Tx;
use web::SignedIn;

use super::{Act, CounterFiling, act::act_in, file::file};
use crate::{Desk, Error, Result};

/// Files, and runs `then` on the new dossier, in order. Answers the code of the dossier, and
/// whether it had been filed under the same key before.
///
/// # Errors
/// As [`super::file_at_counter`]; where any of it is refused, nothing is kept.
/// [`Error::KeyReused`] where something else was filed under the key.
pub(crate) async fn file_then(
    desk: &Desk,
    me: &SignedIn,
    key: Option<Key>,
    filing: CounterFiling,
    then: Vec<Command>,
) -> Result<(CaseCode, bool)> {
    let (shared, me_too) = (desk.clone(), me.clone());
    let filed = write_once(desk, key, me.now, move |tx| {
        let filed = file(tx, &shared, &me_too, &filing)?;
        let case = follow(tx, &shared, &me_too, filed.case, &then)?;
        let body = serde_json::to_string(&case.code)?;
        Ok(Kept { status: 303, version: Some(case.version), location: None, body })
    });
    let out = filed.await;
    if let Err(Error::Denied(denial)) = &out {
        log_denial(desk, me, None, denial.clone()).await;
    }
    let (kept, again) = out?;
    Ok((serde_json::from_str(&kept.body)?, again))
}

fn follow(
    tx: &mut Tx<'_>,
    desk: &Desk,
    me: &SignedIn,
    mut case: Case,
    then: &[Command],
) -> Result<Case> {
    for command in then {
        let command = command.clone();
        let act = Act { case: case.id, expected: None, happened_at: None, command };
        case = act_in(tx, desk, me, case, &act)?.case;
    }
    Ok(case)
}
