//! What a person may ask about their own matters. Every query takes whose they are, and answers
//! nothing of anybody else.

use casework::{Case, Told};
use desk::{AttachedFile, Desk, Line, Result, line};
use journal::Receipt;
use kernel::{CaseCode, CaseId, PartyId};
use serde_json::{Map, Value};
use store::{Tx, args};

/// Most dossiers that a list shows.
pub const LIST_MAX: u32 = 50;

/// The dossiers of a person, the newest first.
///
/// # Errors
/// Those of the store.
pub fn mine(tx: &mut Tx<'_>, desk: &Desk, party: PartyId, limit: u32) -> Result<Vec<Line>> {
    let tenant = &desk.front.tenant;
    let ids: Vec<CaseId> = tx.all(
        "select id from case_state
         where tenant = $1 and applicant = $2 and matter = $3
         order by submitted_at desc, id desc limit $4",
        args!(tenant, party, procedure::Matter::Dossier.word(), limit),
        |row| row.get(0),
    )?;
    line::lines(tx, tenant, &ids)
}

/// The dossiers that a person filed for others, by mandates that stand, the newest first.
///
/// # Errors
/// Those of the store.
pub fn helped(tx: &mut Tx<'_>, desk: &Desk, party: PartyId) -> Result<Vec<Line>> {
    let tenant = &desk.front.tenant;
    let ids: Vec<CaseId> = tx.all(
        "select d.filed_case from draft d
         join mandate m on m.tenant = d.tenant and m.id = d.mandate
         where d.tenant = $1 and d.owner = $2 and d.filed_case is not null
             and m.helper = $2 and m.ended_at is null and m.valid_to > $3
         order by d.updated_at desc limit $4",
        args!(tenant, party, desk.now(), LIST_MAX),
        |row| row.get(0),
    )?;
    line::lines(tx, tenant, &ids)
}

/// A dossier of a person, with all that they may see.
#[derive(Debug, Clone)]
pub struct Mine {
    /// Its state.
    pub case: Case,
    /// Its story, oldest first.
    pub story: Vec<Told>,
    /// What was answered.
    pub answers: Map<String, Value>,
    /// Its files.
    pub files: Vec<AttachedFile>,
    /// The journal's receipt of the promise, or of the filing.
    pub receipt: Option<Receipt>,
}

/// A dossier by its code; none where it is another's.
///
/// # Errors
/// Those of the store, and where what is stored cannot be read.
pub fn of_mine(
    tx: &mut Tx<'_>,
    desk: &Desk,
    party: PartyId,
    code: &CaseCode,
) -> Result<Option<Mine>> {
    let Some(case) = case_of(tx, desk, party, code)? else { return Ok(None) };
    let (tenant, moment) = (&desk.front.tenant, desk.moment());
    let story =
        desk.in_office(&moment, |office| casework::story(tx, tenant, office.vault, &case))?;
    let answers = desk::answers(tx, desk, &case)?;
    let files = desk::files_of(tx, desk, case.id)?;
    let receipt = receipt(tx, desk, case.id)?;
    Ok(Some(Mine { case, story, answers, files, receipt }))
}

/// The state of a dossier of a person: theirs, or one that they filed for another.
///
/// # Errors
/// Those of the store.
pub fn case_of(
    tx: &mut Tx<'_>,
    desk: &Desk,
    party: PartyId,
    code: &CaseCode,
) -> Result<Option<Case>> {
    let tenant = &desk.front.tenant;
    let Some(case) = desk::load_dossier(tx, tenant, code)? else { return Ok(None) };
    if case.applicant == party {
        return Ok(Some(case));
    }
    let helped: Option<CaseId> = tx.opt(
        "select d.filed_case from draft d
         join mandate m on m.tenant = d.tenant and m.id = d.mandate
         where d.tenant = $1 and d.owner = $2 and d.filed_case = $3
             and m.helper = $2 and m.ended_at is null and m.valid_to > $4",
        args!(tenant, party, case.id, desk.now()),
        |row| row.get(0),
    )?;
    Ok(helped.map(|_| case))
}

fn receipt(tx: &mut Tx<'_>, desk: &Desk, case: CaseId) -> Result<Option<Receipt>> {
    let tenant = &desk.front.tenant;
    let events = journal::read_case(tx, tenant, case)?;
    let promised = events.iter().find(|event| event.kind.as_str() == "accepted");
    let Some(event) = promised.or(events.first()) else { return Ok(None) };
    let receipt = Receipt::showing(tenant, event);
    match receipt.complete(tx) {
        Ok(complete) => Ok(Some(complete)),
        // In the first second there is no proof yet; the receipt is good all the same.
        Err(journal::Error::ReceiptUnsealed) => Ok(Some(receipt)),
        Err(error) => Err(error.into()),
    }
}
