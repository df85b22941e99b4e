//! Asking that something be put right.

use desk::Desk;
use identity::{party, seal::Label};
use journal::EventKind;
use kernel::EventId;
use serde::Serialize;
use sha2::{Digest, Sha256};
use store::{Tx, args};
use web::Citizen;

use super::tell;
use crate::{
    Result,
    model::{CORRECTIONS_OPEN_MAX, CorrectField, LETTERS_MAX, Said, Status},
};

const FILED: EventKind = EventKind::named("correction.filed");
/// What is sealed of a request.
pub(crate) const SAID: Label = Label("correction");

/// Why a request was not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotFiled {
    /// What should stand there cannot.
    Right,
    /// It stands there already.
    Same,
    /// Nothing says why, or it is too long.
    Why,
    /// Too many wait already.
    TooMany,
}

/// What the journal holds of a request: that there was one, and the hash of what is sealed, so
/// that nobody can change it after. It cannot be guessed from, since the sealing is random.
#[derive(Serialize)]
struct Filed {
    correction: EventId,
    field: CorrectField,
    sha256: String,
}

/// Takes a request.
///
/// # Errors
/// Those of the store. What does not fit is an answer like any other.
pub fn file_correction(
    tx: &mut Tx<'_>,
    desk: &Desk,
    me: &Citizen,
    field: CorrectField,
    right: &str,
    why: &str,
) -> Result<Result<EventId, NotFiled>> {
    let (tenant, mint) = (&desk.front.tenant, &*desk.front.mint);
    let (right, why) = (right.trim().to_owned(), why.trim().to_owned());
    if right.chars().count() > LETTERS_MAX || !field.fits(&right) {
        return Ok(Err(NotFiled::Right));
    }
    if why.is_empty() || why.chars().count() > LETTERS_MAX {
        return Ok(Err(NotFiled::Why));
    }
    let known = party::load(tx, tenant, &desk.keyring, me.party)?.ok_or(identity::Error::NoKey)?;
    let wrong = field.of(&known);
    if wrong == right {
        return Ok(Err(NotFiled::Same));
    }
    let open: u64 = tx.one(
        "select count(*) from (
             select id from correction where tenant = $1 and party_id = $2 and status = $3 limit $4
         ) as waiting",
        args!(tenant, me.party, Status::Open.word(), CORRECTIONS_OPEN_MAX as i64),
        |row| row.get(0),
    )?;
    if open >= CORRECTIONS_OPEN_MAX {
        return Ok(Err(NotFiled::TooMany));
    }
    let id: EventId = mint.id(me.now);
    let plain = serde_json::to_vec(&Said { wrong, right, why })?;
    let key = desk.keyring.key(tx, tenant, me.party, mint)?;
    let sealed = key.seal(SAID, &plain, mint);
    let sha256 = kernel::hex(&Sha256::digest(&sealed));
    tx.put(
        "insert into correction (tenant, id, party_id, field, sealed, filed_at, status)
         values ($1, $2, $3, $4, $5, $6, $7)",
        args!(tenant, id, me.party, field.word(), sealed, me.now, Status::Open.word()),
    )?;
    let told = Filed { correction: id, field, sha256 };
    tell(tx, (tenant, mint), me.party, FILED, me.actor(), me.now, &told)?;
    Ok(Ok(id))
}
