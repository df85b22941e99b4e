//! What an applicant sees of a dossier: only with its code and the secret from the receipt.

use casework::{Case, Told};
use desk::{ResultsOf, SignedResult};
use identity::party::{self, Party};
use journal::Receipt;
use kernel::CaseCode;
use store::Tx;
use subtle::ConstantTimeEq;

use crate::{Desk, Result};

/// A dossier, opened with its secret.
#[derive(Debug, Clone)]
pub struct Tracked {
    /// Its state.
    pub case: Case,
    /// Its story, oldest first.
    pub story: Vec<Told>,
    /// Whose it is; the page shows the last word of the name.
    pub applicant: Option<Party>,
    /// The journal's receipt for the event that promised, or for the filing.
    pub receipt: Option<Receipt>,
    /// What was issued as its result, newest first.
    pub results: Vec<SignedResult>,
    /// Whether it can be said now how satisfied the applicant is, and was not said yet.
    pub may_be_rated: bool,
}

/// The dossier, if code and secret fit; nothing tells which of the two did not.
///
/// # Errors
/// Those of the store, and where what is stored cannot be read.
pub fn track(tx: &mut Tx<'_>, desk: &Desk, code: &str, secret: &str) -> Result<Option<Tracked>> {
    let tenant = &desk.front.tenant;
    let Ok(code) = code.trim().to_uppercase().parse::<CaseCode>() else { return Ok(None) };
    let Some(case) = desk::load_dossier(tx, tenant, &code)? else { return Ok(None) };
    let typed: String = secret.chars().filter(|c| c.is_ascii_alphanumeric()).collect();
    let fits = desk.tracking_secret(case.id).as_bytes().ct_eq(typed.to_uppercase().as_bytes());
    if !bool::from(fits) {
        return Ok(None);
    }
    let moment = desk.moment();
    let story =
        desk.in_office(&moment, |office| casework::story(tx, tenant, office.vault, &case))?;
    let applicant = party::load(tx, tenant, &desk.keyring, case.applicant)?;
    let receipt = receipt(tx, desk, &case)?;
    let results = desk::results_of(tx, desk, ResultsOf::Case(case.id))?;
    let may_be_rated = desk::may_be_rated(&case) && desk::rating_of(tx, desk, case.id)?.is_none();
    Ok(Some(Tracked { case, story, applicant, receipt, results, may_be_rated }))
}

fn receipt(tx: &mut Tx<'_>, desk: &Desk, case: &Case) -> Result<Option<Receipt>> {
    let tenant = &desk.front.tenant;
    let events = journal::read_case(tx, tenant, case.id)?;
    let promised = events.iter().find(|event| event.kind.as_str().ends_with("accepted"));
    let Some(event) = promised.or(events.first()) else { return Ok(None) };
    let receipt = Receipt::showing(tenant, event);
    match receipt.complete(tx) {
        Ok(complete) => Ok(Some(complete)),
        Err(journal::Error::ReceiptUnsealed) => Ok(Some(receipt)),
        Err(error) => Err(error.into()),
    }
}
