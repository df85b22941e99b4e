//! What people say of a programme: figures that nobody can compute, a judgement against what was
//! computed, and what was seen when a month was looked at.

use casework::Stamp;
use desk::Desk;
use journal::EventKind;
use kernel::{Actor, hex, nfc};
use scorecards::{Likelihood, Month, Number};
use serde_json::json;
use sha2::{Digest, Sha256};
use store::{Tx, args};

use super::tell;
use crate::{
    Error, Result,
    model::{Code, Measure, Programme, Target, likelihood_word},
    queries,
};

/// Times that one month of one target is declared anew.
const DECLARED_MAX: u32 = 20;
/// Notes on one month.
const NOTES_MAX: u32 = 50;

/// A figure with its paper.
#[derive(Debug, Clone)]
pub struct NewFigure {
    /// At the end of which month.
    pub month: Month,
    /// The figure.
    pub value: Number,
    /// The paper, as it was kept, and its name.
    pub evidence: (files::Stored, String),
}

/// Declares a figure of a target that has no indicator. It is of grade C until a second person
/// checks it; declared anew, the earlier one stays in sight.
///
/// # Errors
/// [`Error::NotNow`] where the target has an indicator, or the month is none of its way;
/// [`Error::TooMany`]; those of the store.
pub fn declare(
    tx: &mut Tx<'_>,
    desk: &Desk,
    target: &Target,
    new: &NewFigure,
    stamp: &Stamp,
) -> Result<()> {
    let on_the_way = (target.way.from..=target.way.to).contains(&new.month);
    if !matches!(target.measure, Measure::Declared { .. }) || !on_the_way {
        return Err(Error::NotNow);
    }
    let (programme, code, month) =
        (target.programme.as_str(), target.code.as_str(), new.month.to_string());
    let last: u32 = tx.one(
        "select coalesce(max(number), 0) from programme_declared
         where tenant = $1 and programme = $2 and target = $3 and month = $4",
        args!(&desk.front.tenant, programme, code, &month),
        |row| row.get(0),
    )?;
    if last >= DECLARED_MAX {
        return Err(Error::TooMany { max: DECLARED_MAX as usize });
    }
    let (stored, name) = &new.evidence;
    let hash = stored.hash.to_string();
    tx.put(
        "insert into programme_declared (tenant, programme, target, month, number, value, evidence,
             evidence_name, evidence_kind, declared_by, declared_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
        args!(
            &desk.front.tenant,
            programme,
            code,
            &month,
            last + 1,
            new.value.to_string(),
            &hash,
            name,
            stored.kind.extension(),
            &stamp.actor,
            stamp.recorded_at
        ),
    )?;
    let data = json!({
        "target": code, "month": month, "number": last + 1, "value": new.value.to_string(),
        "sha256": hash,
    });
    let kind = EventKind::named("programme.figure_declared");
    tell(tx, desk, &target.programme, kind, &data, stamp)
}

/// A second person held a declared figure against its paper: it is of grade B from now on.
///
/// # Errors
/// [`Error::SamePerson`] where it is the one who declared it, [`Error::NotNow`] where it is checked
/// or was declared anew, and those of the store.
pub fn check(
    tx: &mut Tx<'_>,
    desk: &Desk,
    target: &Target,
    (month, number): (Month, u32),
    stamp: &Stamp,
) -> Result<()> {
    let declared = queries::declared(tx, &desk.front.tenant, target)?;
    let newest = declared.iter().rev().find(|one| one.month == month).ok_or(Error::Nothing)?;
    if newest.number != number || newest.checked.is_some() {
        return Err(Error::NotNow);
    }
    if person(&newest.by.0) == person(&stamp.actor) {
        return Err(Error::SamePerson);
    }
    let (programme, code) = (target.programme.as_str(), target.code.as_str());
    tx.put(
        "update programme_declared set checked_by = $6, checked_at = $7
         where tenant = $1 and programme = $2 and target = $3 and month = $4 and number = $5",
        args!(
            &desk.front.tenant,
            programme,
            code,
            month.to_string(),
            number,
            &stamp.actor,
            stamp.recorded_at
        ),
    )?;
    let data = json!({
        "target": code, "month": month.to_string(), "number": number, "sha256": newest.evidence.0,
    });
    let kind = EventKind::named("programme.figure_checked");
    tell(tx, desk, &target.programme, kind, &data, stamp)
}

fn person(actor: &Actor) -> String {
    match actor {
        Actor::Officer { person, .. } => person.to_string(),
        other => other.to_string(),
    }
}

/// A head says otherwise than what was computed, and signs the reason: who and why stand in the
/// journal, and both judgements are shown until this one is taken back.
///
/// # Errors
/// Those of the store.
pub fn overrule(
    tx: &mut Tx<'_>,
    desk: &Desk,
    target: &Target,
    (said, computed): (Likelihood, Option<Likelihood>),
    reason: &str,
    stamp: &Stamp,
) -> Result<()> {
    let before = queries::overrides(tx, &desk.front.tenant, target)?;
    end_all(tx, desk, target, stamp)?;
    let number = before.first().map_or(1, |last| last.number + 1);
    let (programme, code) = (target.programme.as_str(), target.code.as_str());
    let reason = nfc(reason.trim());
    tx.put(
        "insert into programme_override (tenant, programme, target, number, likelihood, computed,
             reason, said_by, said_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        args!(
            &desk.front.tenant,
            programme,
            code,
            number,
            likelihood_word(said),
            computed.map(likelihood_word),
            &reason,
            &stamp.actor,
            stamp.recorded_at
        ),
    )?;
    let data = json!({
        "target": code, "said": likelihood_word(said), "computed": computed.map(likelihood_word),
        "reason": reason,
    });
    tell(tx, desk, &target.programme, EventKind::named("programme.overruled"), &data, stamp)
}

/// What a head said is taken back: what is computed holds again.
///
/// # Errors
/// [`Error::NotNow`] where nothing was said, and those of the store.
pub fn end_override(tx: &mut Tx<'_>, desk: &Desk, target: &Target, stamp: &Stamp) -> Result<()> {
    if end_all(tx, desk, target, stamp)? == 0 {
        return Err(Error::NotNow);
    }
    let data = json!({ "target": target.code.as_str() });
    let kind = EventKind::named("programme.overruling_ended");
    tell(tx, desk, &target.programme, kind, &data, stamp)
}

fn end_all(tx: &mut Tx<'_>, desk: &Desk, target: &Target, stamp: &Stamp) -> Result<u64> {
    let ended = tx.exec(
        "update programme_override set ended_at = $4
         where tenant = $1 and programme = $2 and target = $3 and ended_at is null",
        args!(
            &desk.front.tenant,
            target.programme.as_str(),
            target.code.as_str(),
            stamp.recorded_at
        ),
    )?;
    Ok(ended)
}

/// Writes down what was seen when a month of a programme was looked at. The words may name people:
/// the journal has their hash.
///
/// # Errors
/// [`Error::NotNow`] for a month outside the programme, [`Error::TooMany`], those of the store.
pub fn review(
    tx: &mut Tx<'_>,
    desk: &Desk,
    programme: &Programme,
    month: Month,
    words: &str,
    stamp: &Stamp,
) -> Result<()> {
    if !(programme.from..=programme.to).contains(&month) {
        return Err(Error::NotNow);
    }
    let code: &Code = &programme.code;
    let month = month.to_string();
    let last: u32 = tx.one(
        "select coalesce(max(number), 0) from programme_review
         where tenant = $1 and programme = $2 and month = $3",
        args!(&desk.front.tenant, code.as_str(), &month),
        |row| row.get(0),
    )?;
    if last >= NOTES_MAX {
        return Err(Error::TooMany { max: NOTES_MAX as usize });
    }
    let words = nfc(words.trim());
    tx.put(
        "insert into programme_review (tenant, programme, month, number, words, said_by, said_at)
         values ($1, $2, $3, $4, $5, $6, $7)",
        args!(
            &desk.front.tenant,
            code.as_str(),
            &month,
            last + 1,
            &words,
            &stamp.actor,
            stamp.recorded_at
        ),
    )?;
    let sha256 = hex(&Sha256::digest(words.as_bytes()));
    let data = json!({ "month": month, "number": last + 1, "sha256": sha256 });
    tell(tx, desk, code, EventKind::named("programme.reviewed"), &data, stamp)
}
