//! One dossier, whole.

use std::collections::BTreeMap;

use casework::{Case, Told};
use identity::{
    party::{self, Party},
    seal::Label,
};
use kernel::{CaseCode, CaseId, Instant, Tenant};
use procedure::Matter;
use serde_json::{Map, Value};
use store::{Tx, args};

use crate::{
    Desk, Result,
    results::{ResultsOf, SignedResult, results_of},
};

/// A dossier with all that belongs to it.
#[derive(Debug, Clone)]
pub struct Dossier {
    /// Its state.
    pub case: Case,
    /// Its story, oldest first.
    pub story: Vec<Told>,
    /// Whose it is; none where the data was destroyed.
    pub applicant: Option<Party>,
    /// The answers of its form; empty where the data was destroyed.
    pub answers: Map<String, Value>,
    /// Its files.
    pub files: Vec<AttachedFile>,
    /// What was issued as its result, newest first.
    pub results: Vec<SignedResult>,
    /// Numbers of its forms, by the version of the event that gave rise to each.
    pub numbers: BTreeMap<u32, u32>,
}

/// A file of a dossier.
#[derive(Debug, Clone)]
pub struct AttachedFile {
    /// SHA-256 of the content, in hexadecimal.
    pub hash: String,
    /// Which component it is.
    pub component: Option<String>,
    /// Its name, as it was sent.
    pub name: String,
    /// Its kind, as an extension.
    pub kind: String,
    /// In bytes.
    pub size: u64,
    /// When it came.
    pub recorded_at: Instant,
}

/// The identifier of a dossier, from its code.
///
/// # Errors
/// Those of the store.
pub fn dossier_id(tx: &mut Tx<'_>, tenant: &Tenant, code: &CaseCode) -> Result<Option<CaseId>> {
    let id = tx.opt(
        "select id from case_state where tenant = $1 and code = $2 and matter = $3",
        args!(tenant, code, Matter::Dossier.word()),
        |row| row.get(0),
    )?;
    Ok(id)
}

/// The state of a dossier, from its code; a case of another matter is none.
///
/// # Errors
/// Those of the store.
pub fn load_dossier(tx: &mut Tx<'_>, tenant: &Tenant, code: &CaseCode) -> Result<Option<Case>> {
    match dossier_id(tx, tenant, code)? {
        Some(id) => Ok(casework::load(tx, tenant, id)?),
        None => Ok(None),
    }
}

/// The dossier of a code, if there is one.
///
/// # Errors
/// Those of the store, and where what is stored cannot be read.
pub fn dossier(tx: &mut Tx<'_>, desk: &Desk, code: &CaseCode) -> Result<Option<Dossier>> {
    let tenant = &desk.front.tenant;
    let Some(case) = load_dossier(tx, tenant, code)? else { return Ok(None) };
    let moment = desk.moment();
    let story =
        desk.in_office(&moment, |office| casework::story(tx, tenant, office.vault, &case))?;
    let applicant = party::load(tx, tenant, &desk.keyring, case.applicant)?;
    let answers = answers(tx, desk, &case)?;
    let files = files_of(tx, desk, case.id)?;
    let results = results_of(tx, desk, ResultsOf::Case(case.id))?;
    let numbers = numbers(tx, desk, case.id)?;
    Ok(Some(Dossier { case, story, applicant, answers, files, results, numbers }))
}

/// The answers of a dossier's form; empty where the data was destroyed.
///
/// # Errors
/// Those of the store, and where what is stored cannot be read.
pub fn answers(tx: &mut Tx<'_>, desk: &Desk, case: &Case) -> Result<Map<String, Value>> {
    let tenant = &desk.front.tenant;
    let sealed: Option<Vec<u8>> = tx.opt(
        "select sealed from dossier_form where tenant = $1 and case_id = $2",
        args!(tenant, case.id),
        |row| row.get(0),
    )?;
    let Some(sealed) = sealed else { return Ok(Map::new()) };
    match desk.keyring.load(tx, tenant, case.applicant) {
        Ok(key) => Ok(serde_json::from_slice(&key.open(Label::FORM, &sealed)?)?),
        Err(identity::Error::KeyDestroyed { .. }) => Ok(Map::new()),
        Err(error) => Err(error.into()),
    }
}

fn numbers(tx: &mut Tx<'_>, desk: &Desk, case: CaseId) -> Result<BTreeMap<u32, u32>> {
    let numbers = tx.all(
        "select version, number from form_number where tenant = $1 and case_id = $2",
        args!(&desk.front.tenant, case),
        |row| Ok((row.get(0)?, row.get(1)?)),
    )?;
    Ok(numbers.into_iter().collect())
}

/// The files of a dossier, oldest first.
///
/// # Errors
/// Those of the store.
pub fn files_of(tx: &mut Tx<'_>, desk: &Desk, case: CaseId) -> Result<Vec<AttachedFile>> {
    let files = tx.all(
        "select hash, component, name, kind, size, recorded_at from dossier_file
         where tenant = $1 and case_id = $2 order by recorded_at, name",
        args!(&desk.front.tenant, case),
        |row| {
            Ok(AttachedFile {
                hash: row.get(0)?,
                component: row.get(1)?,
                name: row.get(2)?,
                kind: row.get(3)?,
                size: row.get(4)?,
                recorded_at: row.get(5)?,
            })
        },
    )?;
    Ok(files)
}
