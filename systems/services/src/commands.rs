//! What a person does with a dossier of theirs.

use casework::{Case, Command, Stamp};
use desk::{Desk, Paper, Result};
use files::Stored;
use identity::{
    consent::{self, Purpose},
    seal::Label,
};
use journal::{Data, EventKind, Happened};
use kernel::{Actor, CaseCode, Instant, PartyId};
use serde_json::{Map, Value};
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
    let case = own(tx, desk, party, code)?;
    let mut papers = papers.to_vec();
    if let Some(corrections) = corrections {
        correct(tx, desk, &case, &corrections.answers)?;
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

/// Agrees that what is in earlier dossiers is used again (Law 91/2025/QH15, article 9); the journal
/// tells it as the page of a person's data does.
///
/// # Errors
/// Those of the store.
pub fn agree_to_reuse(
    tx: &mut Tx<'_>,
    desk: &Desk,
    party: PartyId,
    actor: &Actor,
    now: Instant,
) -> Result<()> {
    let (tenant, mint) = (&desk.front.tenant, &desk.front.mint);
    if !consent::set(tx, tenant, party, Purpose::Reuse, true, now)? {
        return Ok(());
    }
    let what = Happened {
        kind: EventKind::named("consent.given"),
        actor: actor.clone(),
        happened_at: now,
        recorded_at: now,
        data: Data::of(&serde_json::json!({ "purpose": Purpose::Reuse.word() }))?,
    };
    journal::record(tx, tenant, mint, &format!("party {party}"), what)?;
    Ok(())
}

/// The answers with the corrected ones in their place, sealed anew.
fn correct(
    tx: &mut Tx<'_>,
    desk: &Desk,
    case: &Case,
    corrected: &Map<String, Value>,
) -> Result<()> {
    let front = &desk.front;
    let mut answers = desk::answers(tx, desk, case)?;
    answers.extend(corrected.clone());
    let key = desk.keyring.key(tx, &front.tenant, case.applicant, &front.mint)?;
    let sealed = key.seal(Label::FORM, &serde_json::to_vec(&answers)?, &front.mint);
    tx.put(
        "update dossier_form set sealed = $3 where tenant = $1 and case_id = $2",
        args!(&front.tenant, case.id, sealed),
    )?;
    Ok(())
}
