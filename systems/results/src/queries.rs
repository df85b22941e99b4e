//! Whether a document is real.

use std::io::Cursor;

use desk::{Desk, Result, SignedResult, result_by_check, result_of_file, result_subject};
use files::{
    Kind, Sha256Hash,
    sign::{Standing, seals},
};
use identity::party::{self, PartyNumber};
use journal::Receipt;
use kernel::CaseCode;
use store::{Tx, args};

/// A result of ours, with what a stranger may know of it.
#[derive(Debug, Clone)]
pub struct Genuine {
    /// The result.
    pub result: SignedResult,
    /// Code of its dossier.
    pub code: CaseCode,
    /// Initials of whom it was given to; none for an organisation, and where the data was
    /// destroyed.
    pub initials: Option<String>,
    /// Whether it was given to an organisation.
    pub organization: bool,
    /// The journal's receipt for its issue, showing the event: it names nobody.
    pub receipt: Option<Receipt>,
}

/// What is found of a file.
#[derive(Debug, Clone)]
pub enum Found {
    /// It is ours, to the byte.
    Ours(Box<Genuine>),
    /// It begins as ours, and something was added after.
    AddedTo(Box<Genuine>),
    /// It was altered after it was signed.
    Altered,
    /// It is not ours; these are the names in the certificates of whole signatures.
    Foreign(Vec<String>),
    /// Nobody signed it.
    Unsigned,
    /// It is no PDF.
    NoPdf,
}

/// The result with this code and check code; nothing tells which of the two is wrong.
///
/// # Errors
/// Those of the store.
pub fn by_code(
    tx: &mut Tx<'_>,
    desk: &Desk,
    code: &str,
    check: &str,
) -> Result<Option<Box<Genuine>>> {
    let Ok(code) = code.trim().to_uppercase().parse::<CaseCode>() else { return Ok(None) };
    let case = tx.opt(
        "select id from case_state where tenant = $1 and code = $2",
        args!(&desk.front.tenant, &code),
        |row| row.get(0),
    )?;
    let Some(case) = case else { return Ok(None) };
    match result_by_check(tx, desk, case, check)? {
        Some(result) => genuine(tx, desk, result).map(Some),
        None => Ok(None),
    }
}

/// What a file is. It is looked at and not kept.
///
/// # Errors
/// Those of the store.
pub fn by_file(tx: &mut Tx<'_>, desk: &Desk, file: &[u8]) -> Result<Found> {
    if Kind::Pdf.check(Cursor::new(file)).is_err() {
        return Ok(Found::NoPdf);
    }
    let hash = Sha256Hash::of(file).to_string();
    if let Some(result) = result_of_file(tx, desk, &hash)? {
        return Ok(Found::Ours(genuine(tx, desk, result)?));
    }
    let seals = seals(file);
    for seal in &seals {
        if let Some(result) = result_of_file(tx, desk, &seal.then.to_string())? {
            return Ok(Found::AddedTo(genuine(tx, desk, result)?));
        }
    }
    if seals.iter().any(|seal| seal.standing == Standing::Broken) {
        return Ok(Found::Altered);
    }
    let whole = seals.iter().filter_map(|seal| match &seal.standing {
        Standing::Whole(certificate) => Some(certificate.subject()),
        _ => None,
    });
    if seals.is_empty() { Ok(Found::Unsigned) } else { Ok(Found::Foreign(whole.collect())) }
}

fn genuine(tx: &mut Tx<'_>, desk: &Desk, result: SignedResult) -> Result<Box<Genuine>> {
    let tenant = &desk.front.tenant;
    let code = tx.one(
        "select code from case_state where tenant = $1 and id = $2",
        args!(tenant, result.case),
        |row| row.get(0),
    )?;
    let party = party::load(tx, tenant, &desk.keyring, result.party)?;
    let organization =
        party.as_ref().is_some_and(|party| matches!(party.number, Some(PartyNumber::Tax(_))));
    let initials = party.filter(|_| !organization).map(|party| initials(&party.name));
    let receipt = receipt(tx, desk, &result)?;
    Ok(Box::new(Genuine { result, code, initials, organization, receipt }))
}

/// The journal's receipt for the issue of a result.
fn receipt(tx: &mut Tx<'_>, desk: &Desk, result: &SignedResult) -> Result<Option<Receipt>> {
    let tenant = &desk.front.tenant;
    let subject = journal::subject(&result_subject(result.case, result.serial));
    let events = journal::read_case(tx, tenant, subject)?;
    let Some(event) = events.first() else { return Ok(None) };
    let receipt = Receipt::showing(tenant, event);
    match receipt.complete(tx) {
        Ok(complete) => Ok(Some(complete)),
        Err(journal::Error::ReceiptUnsealed) => Ok(Some(receipt)),
        Err(error) => Err(error.into()),
    }
}

/// `N. V. T.`
fn initials(name: &str) -> String {
    let letters = name.split_whitespace().filter_map(|word| word.chars().next());
    let letters: Vec<String> = letters.map(|c| format!("{}.", c.to_uppercase())).collect();
    letters.join(" ")
}

#[cfg(test)]
mod tests {
    use super::initials;

    #[test]
    fn a_stranger_sees_initials() {
        assert_eq!(initials("Đặng  Thị Ứng"), "Đ. T. Ứ.");
    }
}
