//! Adding a file to a dossier that is there already.

use casework::Case;
use desk::{Paper, keep_files};
use identity::access::{Action, Decision, Target};
use kernel::CaseCode;
use store::{Tx, args};
use web::SignedIn;

use crate::{Desk, Error, Result};

/// Most files of one dossier.
const FILES_MAX: usize = 200;

/// Writes that a kept file belongs to a dossier; the same content again changes nothing. Whoever
/// may take papers in or works on the dossier may.
///
/// # Errors
/// [`Error::Denied`], [`Error::TooManyFiles`].
pub(crate) fn attach(
    tx: &mut Tx<'_>,
    desk: &Desk,
    me: &SignedIn,
    code: &CaseCode,
    paper: &Paper,
) -> Result<Case> {
    let case = attachable(tx, desk, me, code)?;
    keep_files(tx, desk, case.id, std::slice::from_ref(paper), me.now)?;
    Ok(case)
}

/// The dossier, if this person may add a file to it and it takes one more: asked before a file
/// is even read, and again when it is kept.
///
/// # Errors
/// As [`attach`].
pub(crate) fn attachable(
    tx: &mut Tx<'_>,
    desk: &Desk,
    me: &SignedIn,
    code: &CaseCode,
) -> Result<Case> {
    let tenant = &desk.front.tenant;
    let case = desk::load_dossier(tx, tenant, code)?.ok_or(casework::Error::NoSuchCase)?;
    let facts = desk.facts(&case, &desk.moment());
    let may = |action| me.may(&desk.front, action, Target::Case(&facts));
    if may(Action::CompleteStep) != Decision::Allowed {
        may(Action::ReceiveSupplement).check()?;
    }
    let files: usize = tx.one(
        "select count(*) from dossier_file where tenant = $1 and case_id = $2",
        args!(tenant, case.id),
        |row| Ok(usize::try_from(row.get::<u64>(0)?).unwrap_or(usize::MAX)),
    )?;
    if files >= FILES_MAX {
        return Err(Error::TooManyFiles { max: FILES_MAX });
    }
    Ok(case)
}
