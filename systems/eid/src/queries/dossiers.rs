//! What a person has filed, of every matter.

use casework::Case;
use desk::{AttachedFile, Desk};
use kernel::{CaseCode, CaseId, PartyId};
use procedure::Matter;
use serde_json::{Map, Value};
use store::{Tx, args};

use crate::Result;

/// At most so many are given out at once, newest first.
pub const DOSSIERS_MAX: i64 = 300;

/// A case of mine, with what was said in it.
#[derive(Debug, Clone)]
pub struct Mine {
    /// Its state.
    pub case: Case,
    /// Answers of its form.
    pub answers: Map<String, Value>,
    /// Its files.
    pub files: Vec<AttachedFile>,
}

/// The cases of a person, newest first.
///
/// # Errors
/// Those of the store.
pub fn dossiers(tx: &mut Tx<'_>, desk: &Desk, party: PartyId) -> Result<Vec<Mine>> {
    let tenant = &desk.front.tenant;
    let ids: Vec<CaseId> = tx.all(
        "select id from case_state where tenant = $1 and applicant = $2
         order by submitted_at desc, id limit $3",
        args!(tenant, party, DOSSIERS_MAX),
        |row| row.get(0),
    )?;
    let mut mine = Vec::with_capacity(ids.len());
    for id in ids {
        let Some(case) = casework::load(tx, tenant, id)? else { continue };
        let answers = desk::answers(tx, desk, &case)?;
        let files = desk::files_of(tx, desk, id)?;
        mine.push(Mine { case, answers, files });
    }
    Ok(mine)
}

/// Code of a case, and what kind of matter it is.
///
/// # Errors
/// Those of the store.
pub fn code_of(tx: &mut Tx<'_>, desk: &Desk, case: CaseId) -> Result<Option<(CaseCode, Matter)>> {
    let sql = "select code, matter from case_state where tenant = $1 and id = $2";
    let found: Option<(CaseCode, String)> =
        tx.opt(sql, args!(&desk.front.tenant, case), |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(found.and_then(|(code, matter)| Some((code, Matter::from_word(&matter)?))))
}
