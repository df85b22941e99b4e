//! A mandate on paper, written down at the counter: for a person without a telephone. The officer is
//! shown the identity card of the one who entrusts and the paper that both signed; the paper is
//! kept, its hash stands in the journal, and whoever entrusts is told. The helper still takes it
//! under their own name, so that nobody acts by a paper alone.

use std::io::Cursor;

use crate::{Desk, Result};
use identity::{
    party::{self, Party, PartyNumber},
    seal::Label,
};
use journal::{Data, EventKind, Happened};
use kernel::{Actor, AgencyId, CitizenId, Instant, PartyId, ProcedureCode, fold};
use store::{Tx, args};

use super::{COLUMNS, GOOD_FOR, Mandate, MandateId, SHOWN_MAX, has_many, read, tell};

/// What the officer was shown.
#[derive(Debug, Clone)]
pub struct Entrusted {
    /// Name on the card of the one who entrusts.
    pub name: String,
    /// Its number.
    pub number: CitizenId,
    /// The number of the one who helps.
    pub helper: CitizenId,
    /// For which procedures; every one where none is named.
    pub procedures: Option<Vec<ProcedureCode>>,
    /// Until when; at most [`GOOD_FOR`] from now.
    pub valid_to: Instant,
    /// The paper that both signed, as it is kept.
    pub evidence: files::Stored,
    /// The agency at whose counter it was.
    pub agency: AgencyId,
    /// Who wrote it down.
    pub actor: Actor,
}

/// Why a mandate is not written down.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotEntrusted {
    /// The number is known under another name.
    OtherName,
    /// Nobody helps themselves.
    Oneself,
    /// Too many are open.
    TooMany,
    /// It would be good for too long, or for no time.
    Term,
    /// The data of that person was destroyed as they wished.
    Destroyed,
}

/// Writes a mandate down; answers whose it is, too. The same paper once more is the same mandate.
///
/// # Errors
/// Outside, those of the store.
pub fn entrust(
    tx: &mut Tx<'_>,
    desk: &Desk,
    new: &Entrusted,
    now: Instant,
) -> Result<Result<(MandateId, PartyId), NotEntrusted>> {
    if new.number == new.helper {
        return Ok(Err(NotEntrusted::Oneself));
    }
    if new.valid_to <= now || new.valid_to > now + GOOD_FOR {
        return Ok(Err(NotEntrusted::Term));
    }
    let principal = match principal(tx, desk, new, now)? {
        Ok(principal) => principal,
        Err(why) => return Ok(Err(why)),
    };
    let front = &desk.front;
    let blind = desk.keyring.blind(&front.tenant, Label::CITIZEN_ID, new.helper.as_str());
    let evidence = new.evidence.hash.to_string();
    let known: Option<MandateId> = tx.opt(
        "select id from mandate
         where tenant = $1 and principal = $2 and helper_blind = $3 and evidence = $4
             and ended_at is null",
        args!(&front.tenant, principal, &blind[..], &evidence),
        |row| row.get(0),
    )?;
    if let Some(known) = known {
        return Ok(Ok((known, principal)));
    }
    if has_many(tx, desk, principal, now)? {
        return Ok(Err(NotEntrusted::TooMany));
    }
    let id: MandateId = front.mint.id(now);
    let procedures = new.procedures.as_ref().map(serde_json::to_string).transpose()?;
    tx.put(
        "insert into mandate (tenant, id, principal, helper_blind, offered_at, valid_to,
             procedures, agency_id, evidence, evidence_kind)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        args!(
            &front.tenant,
            id,
            principal,
            &blind[..],
            now,
            new.valid_to,
            procedures,
            new.agency,
            &evidence,
            new.evidence.kind.extension()
        ),
    )?;
    let what = Happened {
        kind: EventKind::named("mandate.recorded"),
        actor: new.actor.clone(),
        happened_at: now,
        recorded_at: now,
        data: Data::of(&serde_json::json!({
            "mandate": id,
            "sha256": evidence,
            "procedures": new.procedures,
            "until": new.valid_to,
        }))?,
    };
    let event = journal::record(tx, &front.tenant, &front.mint, &party::subject(principal), what)?;
    notices::announce(tx, &front.tenant, &event, principal).map_err(of_notices)?;
    Ok(Ok((id, principal)))
}

fn of_notices(error: notices::Error) -> crate::Error {
    match error {
        notices::Error::Store(error) => error.into(),
        other => crate::Error::Store(store::Error::Damaged(other.to_string())),
    }
}

/// Who entrusts: found by number, if the name is theirs, or recorded.
fn principal(
    tx: &mut Tx<'_>,
    desk: &Desk,
    new: &Entrusted,
    now: Instant,
) -> Result<Result<PartyId, NotEntrusted>> {
    let (front, number) = (&desk.front, PartyNumber::Citizen(new.number.clone()));
    match party::find(tx, &front.tenant, &desk.keyring, &number) {
        Ok(Some(known)) if fold(&known.party.name) == fold(&new.name) => Ok(Ok(known.id)),
        Ok(Some(_)) => Ok(Err(NotEntrusted::OtherName)),
        Ok(None) => {
            let party = Party {
                name: new.name.clone(),
                number: Some(number),
                born: None,
                phone: None,
                email: None,
                address: None,
            };
            let kept = party::keep(tx, &front.tenant, &desk.keyring, &party, now, &front.mint)?;
            Ok(Ok(kept))
        }
        Err(identity::Error::KeyDestroyed { .. }) => Ok(Err(NotEntrusted::Destroyed)),
        Err(error) => Err(error.into()),
    }
}

/// What was written down at the counter of an agency and stands, the newest first.
///
/// # Errors
/// Those of the store.
pub fn given_at(
    tx: &mut Tx<'_>,
    desk: &Desk,
    agency: AgencyId,
    now: Instant,
) -> Result<Vec<Mandate>> {
    let sql = format!("select {COLUMNS} and m.agency_id = $3 order by m.offered_at desc limit $4");
    Ok(tx.all(&sql, args!(&desk.front.tenant, now, agency, SHOWN_MAX), read)?)
}

/// Ends a mandate at the counter where it was written down, as the one who gave it asks there;
/// answers whether there was one.
///
/// # Errors
/// Those of the store.
pub fn end_at(
    tx: &mut Tx<'_>,
    desk: &Desk,
    id: MandateId,
    agency: AgencyId,
    actor: &Actor,
    now: Instant,
) -> Result<bool> {
    let ended: Option<PartyId> = tx.opt(
        "update mandate set ended_at = $4
         where tenant = $1 and id = $2 and agency_id = $3 and ended_at is null
         returning principal",
        args!(&desk.front.tenant, id, agency, now),
        |row| row.get(0),
    )?;
    let Some(principal) = ended else { return Ok(false) };
    tell(tx, desk, principal, "mandate.ended", id, actor.clone(), now)?;
    Ok(true)
}

/// The paper behind a mandate that was written down here: whose it is, its content and its kind.
///
/// # Errors
/// Those of the store and of the files.
pub fn evidence(
    tx: &mut Tx<'_>,
    desk: &Desk,
    id: MandateId,
    agency: AgencyId,
) -> Result<Option<(PartyId, Vec<u8>, files::Kind)>> {
    let found: Option<(PartyId, String, String)> = tx.opt(
        "select principal, evidence, evidence_kind from mandate
         where tenant = $1 and id = $2 and agency_id = $3 and evidence is not null",
        args!(&desk.front.tenant, id, agency),
        |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
    )?;
    let Some((principal, hash, kind)) = found else { return Ok(None) };
    let content = desk.blobs.get(hash.parse()?)?;
    let kind = files::Kind::of_name(&format!("x.{kind}"))?;
    kind.check(Cursor::new(&content))?;
    Ok(Some((principal, content, kind)))
}
