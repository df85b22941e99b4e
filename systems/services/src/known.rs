//! Once only: what the state knows already is filled in, with its source, and not asked.
//!
//! The rule is the counter's: a field is filled in where its procedure says from where it is
//! known. `name`, `number`, `born`, `phone` and `address` are those of the applicant; `earlier` is
//! the answer to the field of the same name and kind, marked the same, in the newest earlier
//! dossier. That they were read is in the access log, which the person can see.

use desk::{Desk, Moment, Result};
use identity::{
    audit::{self, Basis, Entry, Reader, What},
    consent::{self, Purpose},
    party::{self, Party, PartyNumber},
};
use kernel::{AccountId, Instant, PartyId};
use procedure::{Field, FieldKind, KnownFrom, Procedure};
use serde_json::Value;
use store::Tx;

use crate::{
    model::{Sheet, Source},
    offices,
};

/// Who reads, and whose data.
#[derive(Debug, Clone, Copy)]
pub struct Asker {
    /// The account that is signed in.
    pub account: AccountId,
    /// Whose data.
    pub applicant: PartyId,
    /// When.
    pub now: Instant,
}

/// A sheet with all that is known of the applicant.
///
/// # Errors
/// Those of the store, and where what is stored cannot be read.
pub fn sheet(
    tx: &mut Tx<'_>,
    desk: &Desk,
    moment: &Moment,
    procedure: &Procedure,
    asker: Asker,
) -> Result<Sheet> {
    let mut sheet = Sheet::default();
    let tenant = &desk.front.tenant;
    let party = party::load(tx, tenant, &desk.keyring, asker.applicant)?;
    if let Some(party) = &party {
        for field in &procedure.fields {
            if let Some(value) = of_party(field, party) {
                put(&mut sheet, procedure, field, value, Source::Person);
            }
        }
    }
    earlier(tx, desk, moment, procedure, asker, &mut sheet)?;
    let receiving = offices::offices(moment, procedure, asker.now);
    sheet.office = match &receiving[..] {
        [one] => Some(one.id),
        several => {
            let address = party.and_then(|party| party.address);
            address.and_then(|address| offices::of_address(moment, several, &address))
        }
    };
    log(tx, desk, asker, procedure, None)?;
    Ok(sheet)
}

fn earlier(
    tx: &mut Tx<'_>,
    desk: &Desk,
    moment: &Moment,
    procedure: &Procedure,
    asker: Asker,
    sheet: &mut Sheet,
) -> Result<()> {
    let asked: Vec<Field> = procedure
        .fields
        .iter()
        .filter(|field| field.known == Some(KnownFrom::Earlier))
        .cloned()
        .collect();
    let tenant = &desk.front.tenant;
    // What one dossier says is used for another only where the person agreed to it.
    if asked.is_empty() || !consent::given(tx, tenant, asker.applicant, Purpose::Reuse)? {
        return Ok(());
    }
    for earlier in desk::earlier(tx, desk, moment, asker.applicant, &asked, |_| true)? {
        log(tx, desk, asker, procedure, Some(earlier.case.id))?;
        for field in asked.iter().filter(|field| desk::asks_the_same(&earlier.procedure, field)) {
            let answer = earlier.answers.get(field.id.as_str());
            if let Some(value) = answer.filter(|_| !sheet.answers.contains_key(field.id.as_str())) {
                let source = Source::Dossier(earlier.case.code.clone());
                put(sheet, procedure, field, value.clone(), source);
            }
        }
    }
    Ok(())
}

/// Fills in a value that still fits its question.
fn put(sheet: &mut Sheet, procedure: &Procedure, field: &Field, value: Value, source: Source) {
    let alone = std::iter::once((field.id.to_string(), value.clone())).collect();
    let fits = |c: &procedure::Complaint| c.field.as_ref() != Some(&field.id);
    if procedure.form.check(&alone).iter().all(fits) {
        sheet.answers.insert(field.id.to_string(), value);
        sheet.known.insert(field.id.to_string(), source);
    }
}

fn of_party(field: &Field, party: &Party) -> Option<Value> {
    let text = match (field.known?, &party.number) {
        (KnownFrom::Name, _) => party.name.clone(),
        (KnownFrom::Number, Some(PartyNumber::Citizen(id))) => id.as_str().to_owned(),
        (KnownFrom::Born, _) => party.born?.to_string(),
        (KnownFrom::Phone, _) => party.phone.as_ref()?.as_str().to_owned(),
        (KnownFrom::Address, _) => party.address.clone()?,
        _ => return None,
    };
    (field.kind != FieldKind::Integer && !text.is_empty()).then(|| text.into())
}

fn log(
    tx: &mut Tx<'_>,
    desk: &Desk,
    asker: Asker,
    procedure: &Procedure,
    case: Option<kernel::CaseId>,
) -> Result<()> {
    let entry = Entry {
        at: asker.now,
        reader: Reader { account: Some(asker.account), person: None, post: None },
        action: "prefill".to_owned(),
        case,
        party: Some(asker.applicant),
        allowed: true,
        reason: None,
        what: Some(What::Known),
        basis: Some(Basis::Procedure(procedure.code.clone())),
    };
    audit::record(tx, &desk.front.tenant, &entry, &desk.front.mint)?;
    Ok(())
}
