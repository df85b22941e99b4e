//! What a person does with a dossier of theirs.

use casework::{Case, Command, Stamp};
use desk::{Desk, Paper, Result};
use files::Stored;
use identity::seal::Label;
use kernel::{CaseCode, PartyId, hex};
use serde_json::{Map, Value};
use sha2::{Digest, Sha256};
use store::{Tx, args};

use crate::queries;

/// Answers that were corrected, and the sheet that says so.
#[derive(Debug, Clone)]
pub struct Correction {
    /// The new answers, by field.
    pub answers: Map<String, Value>,
    /// The sheet with what each was and is.
    pub stored: Stored,
    /// Name of the sheet.
    pub name: String,
}

/// Answers a request for papers: the clock goes on.
///
/// # Errors
/// [`casework::Error::NoSuchCase`] for a dossier of another; a refusal of the rules.
pub fn supplement(
    tx: &mut Tx<'_>,
    desk: &Desk,
    party: PartyId,
    code: &CaseCode,
    papers: &[Paper],
    corrections: Option<&Correction>,
    stamp: &Stamp,
) -> Result<()> {
    let mut case = own(tx, desk, party, code)?;
    let mut papers = papers.to_vec();
    if let Some(corrections) = corrections {
        case = correct(tx, desk, case, &corrections.answers, stamp)?;
        papers.push(Paper {
            component: None,
            copies: 1,
            source: "online",
            file: Some((corrections.stored, corrections.name.clone())),
        });
    }
    let (id, version) = (case.id, case.version);
    let components = papers.iter().map(Paper::component).collect();
    let command = Command::ReceiveSupplement { components };
    desk::act(tx, desk, case, Some(version), &command, stamp)?;
    desk::keep_files(tx, desk, id, &papers, stamp.recorded_at)
}

/// Takes a dossier back.
///
/// # Errors
/// As [`supplement`].
pub fn withdraw(
    tx: &mut Tx<'_>,
    desk: &Desk,
    party: PartyId,
    code: &CaseCode,
    note: &str,
    stamp: &Stamp,
) -> Result<()> {
    let case = own(tx, desk, party, code)?;
    let version = case.version;
    desk::act(tx, desk, case, Some(version), &Command::Withdraw { note: note.into() }, stamp)?;
    Ok(())
}

fn own(tx: &mut Tx<'_>, desk: &Desk, party: PartyId, code: &CaseCode) -> Result<Case> {
    let case = queries::case_of(tx, desk, party, code)?;
    Ok(case.ok_or(casework::Error::NoSuchCase)?)
}

/// The answers with the corrected ones in their place, sealed anew; the case reads what it may from
/// now on, and its story says which fields were put right.
fn correct(
    tx: &mut Tx<'_>,
    desk: &Desk,
    case: Case,
    corrected: &Map<String, Value>,
    stamp: &Stamp,
) -> Result<Case> {
    let front = &desk.front;
    let mut answers = desk::answers(tx, desk, &case)?;
    answers.extend(corrected.clone());
    let plain = serde_json::to_vec(&answers)?;
    let moment = desk.moment();
    let fields = moment.shelf.version(&case.procedure).map_or(&[][..], |p| &p.fields);
    let open = |id: &str| fields.iter().any(|field| field.id.as_str() == id && !field.personal);
    let facts = corrected.iter().filter(|(id, _)| open(id));
    let command = Command::Correct(casework::Correction {
        fields: corrected.keys().cloned().collect(),
        facts: facts.map(|(id, value)| (id.clone(), value.clone())).collect(),
        form_hash: hex(&Sha256::digest(&plain)),
    });
    let version = case.version;
    let done = desk::act(tx, desk, case, Some(version), &command, stamp)?;
    let key = desk.keyring.key(tx, &front.tenant, done.case.applicant, &front.mint)?;
    let sealed = key.seal(Label::FORM, &plain, &front.mint);
    tx.put(
        "update dossier_form set sealed = $3 where tenant = $1 and case_id = $2",
        args!(&front.tenant, done.case.id, sealed),
    )?;
    Ok(done.case)
}
