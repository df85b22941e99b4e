//! Leave to file for another. Both record it: the one whose matter it is offers it to whoever has
//! an identity number, online or by a paper that an officer is shown ([`entrust`]), and only the
//! person who signs in with that number can take it. Whoever helps acts under their own name; whose
//! matter it is stays the applicant, and the journal has both.
//!
//! Its table was made when it was a part of the online services, whose sequence it belongs to; a
//! migration never changes.

mod entrust;

pub use entrust::{Entrusted, NotEntrusted, end_at, entrust, evidence, given_at};

use identity::{party, seal::Label};
use jiff::SignedDuration;
use journal::{Data, EventKind, Happened};
use kernel::{Actor, AgencyId, CitizenId, Instant, PartyId, ProcedureCode};
use store::{Row, Tx, args};

use crate::{Desk, Result};

kernel::ids! {
    /// A mandate to file for another.
    MandateId = MandateKind, "mandate";
}

/// How long a mandate is good for, unless it is ended before.
pub const GOOD_FOR: SignedDuration = SignedDuration::from_hours(365 * 24);
/// Most mandates that one person has given and not ended.
pub const MANDATES_MAX: u64 = 10;
/// Most that a page shows.
const SHOWN_MAX: u32 = 30;

/// A mandate.
#[derive(Debug, Clone)]
pub struct Mandate {
    /// Which.
    pub id: MandateId,
    /// Whose matters.
    pub principal: PartyId,
    /// Their name.
    pub principal_name: String,
    /// Who may file for them, once they have taken it.
    pub helper: Option<PartyId>,
    /// Their name.
    pub helper_name: Option<String>,
    /// Until when it is good.
    pub valid_to: Instant,
    /// For which procedures; every one where none is named.
    pub procedures: Option<Vec<ProcedureCode>>,
    /// The agency whose officer wrote it down, where one did.
    pub agency: Option<AgencyId>,
}

impl Mandate {
    /// Whether it is for this procedure too.
    #[must_use]
    pub fn covers(&self, procedure: &ProcedureCode) -> bool {
        self.procedures.as_ref().is_none_or(|named| named.contains(procedure))
    }
}

/// Offers a mandate to whoever has that number; none where too many are open.
///
/// # Errors
/// Those of the store.
pub fn offer(
    tx: &mut Tx<'_>,
    desk: &Desk,
    principal: PartyId,
    helper: &CitizenId,
    now: Instant,
) -> Result<Option<MandateId>> {
    let front = &desk.front;
    if has_many(tx, desk, principal, now)? {
        return Ok(None);
    }
    let id: MandateId = front.mint.id(now);
    let blind = desk.keyring.blind(&front.tenant, Label::CITIZEN_ID, helper.as_str());
    tx.put(
        "insert into mandate (tenant, id, principal, helper_blind, offered_at, valid_to)
         values ($1, $2, $3, $4, $5, $6)",
        args!(&front.tenant, id, principal, &blind[..], now, now + GOOD_FOR),
    )?;
    tell(tx, desk, principal, "mandate.offered", id, Actor::Party(principal), now)?;
    Ok(Some(id))
}

/// Whether somebody has given as many as may be.
fn has_many(tx: &mut Tx<'_>, desk: &Desk, principal: PartyId, now: Instant) -> Result<bool> {
    let open: u64 = tx.one(
        "select count(*) from mandate
         where tenant = $1 and principal = $2 and ended_at is null and valid_to > $3",
        args!(&desk.front.tenant, principal, now),
        |row| row.get(0),
    )?;
    Ok(open >= MANDATES_MAX)
}

/// Takes a mandate that was offered to this number; answers whether there was one.
///
/// # Errors
/// Those of the store.
pub fn take(
    tx: &mut Tx<'_>,
    desk: &Desk,
    id: MandateId,
    helper: PartyId,
    number: &CitizenId,
    now: Instant,
) -> Result<bool> {
    let tenant = &desk.front.tenant;
    let blind = desk.keyring.blind(tenant, Label::CITIZEN_ID, number.as_str());
    let taken: Option<PartyId> = tx.opt(
        "update mandate set helper = $3, taken_at = $4
         where tenant = $1 and id = $2 and helper_blind = $5 and helper is null
             and principal <> $3 and ended_at is null and valid_to > $4
         returning principal",
        args!(tenant, id, helper, now, &blind[..]),
        |row| row.get(0),
    )?;
    let Some(principal) = taken else { return Ok(false) };
    tell(tx, desk, principal, "mandate.taken", id, Actor::Party(helper), now)?;
    Ok(true)
}

/// Ends a mandate, by either of the two; answers whether there was one.
///
/// # Errors
/// Those of the store.
pub fn end(
    tx: &mut Tx<'_>,
    desk: &Desk,
    id: MandateId,
    party: PartyId,
    now: Instant,
) -> Result<bool> {
    let tenant = &desk.front.tenant;
    let ended: Option<PartyId> = tx.opt(
        "update mandate set ended_at = $4
         where tenant = $1 and id = $2 and (principal = $3 or helper = $3) and ended_at is null
         returning principal",
        args!(tenant, id, party, now),
        |row| row.get(0),
    )?;
    let Some(principal) = ended else { return Ok(false) };
    tell(tx, desk, principal, "mandate.ended", id, Actor::Party(party), now)?;
    Ok(true)
}

/// For whom this person may file by that procedure now.
///
/// # Errors
/// Those of the store.
pub fn stands(
    tx: &mut Tx<'_>,
    desk: &Desk,
    id: MandateId,
    helper: PartyId,
    procedure: &ProcedureCode,
    now: Instant,
) -> Result<Option<PartyId>> {
    let sql = format!("select {COLUMNS} and m.id = $3 and m.helper = $4");
    let found = tx.opt(&sql, args!(&desk.front.tenant, now, id, helper), read)?;
    Ok(found.filter(|mandate| mandate.covers(procedure)).map(|mandate| mandate.principal))
}

/// Whether this person may act for that one in a matter of this procedure now, by any mandate that
/// stands.
///
/// # Errors
/// Those of the store.
pub fn acts_for(
    tx: &mut Tx<'_>,
    desk: &Desk,
    helper: PartyId,
    principal: PartyId,
    procedure: &ProcedureCode,
    now: Instant,
) -> Result<bool> {
    let sql = format!("select {COLUMNS} and m.helper = $3 and m.principal = $4 limit $5");
    let tenant = &desk.front.tenant;
    let found = tx.all(&sql, args!(tenant, now, helper, principal, SHOWN_MAX), read)?;
    Ok(found.iter().any(|mandate| mandate.covers(procedure)))
}

const COLUMNS: &str = "m.id, m.principal, p.name, m.helper, h.name, m.valid_to, m.procedures,
         m.agency_id
     from mandate m
     join party p on p.tenant = m.tenant and p.id = m.principal
     left join party h on h.tenant = m.tenant and h.id = m.helper
     where m.tenant = $1 and m.ended_at is null and m.valid_to > $2";

/// What this person has given and not ended, the newest first.
///
/// # Errors
/// Those of the store.
pub fn given_by(
    tx: &mut Tx<'_>,
    desk: &Desk,
    principal: PartyId,
    now: Instant,
) -> Result<Vec<Mandate>> {
    let sql = format!("select {COLUMNS} and m.principal = $3 order by m.offered_at desc limit $4");
    Ok(tx.all(&sql, args!(&desk.front.tenant, now, principal, SHOWN_MAX), read)?)
}

/// For whom this person may file.
///
/// # Errors
/// Those of the store.
pub fn held_by(
    tx: &mut Tx<'_>,
    desk: &Desk,
    helper: PartyId,
    now: Instant,
) -> Result<Vec<Mandate>> {
    let sql = format!("select {COLUMNS} and m.helper = $3 order by m.valid_to desc limit $4");
    Ok(tx.all(&sql, args!(&desk.front.tenant, now, helper, SHOWN_MAX), read)?)
}

/// What was offered to this number and not taken yet.
///
/// # Errors
/// Those of the store.
pub fn offered_to(
    tx: &mut Tx<'_>,
    desk: &Desk,
    number: &CitizenId,
    now: Instant,
) -> Result<Vec<Mandate>> {
    let tenant = &desk.front.tenant;
    let blind = desk.keyring.blind(tenant, Label::CITIZEN_ID, number.as_str());
    let sql = format!(
        "select {COLUMNS} and m.helper_blind = $3 and m.helper is null
         order by m.offered_at desc limit $4"
    );
    Ok(tx.all(&sql, args!(tenant, now, &blind[..], SHOWN_MAX), read)?)
}

fn read(row: &Row<'_>) -> store::Result<Mandate> {
    Ok(Mandate {
        id: row.get(0)?,
        principal: row.get(1)?,
        principal_name: row.get(2)?,
        helper: row.get(3)?,
        helper_name: row.get(4)?,
        valid_to: row.get(5)?,
        procedures: row.get::<Option<String>>(6)?.map(|text| codes(&text)).transpose()?,
        agency: row.get(7)?,
    })
}

fn codes(text: &str) -> store::Result<Vec<ProcedureCode>> {
    let wrong =
        |error: serde_json::Error| store::Error::Column { index: 6, reason: error.to_string() };
    serde_json::from_str(text).map_err(wrong)
}

/// The journal tells it of the one whose matters they are.
fn tell(
    tx: &mut Tx<'_>,
    desk: &Desk,
    principal: PartyId,
    kind: &'static str,
    id: MandateId,
    actor: Actor,
    now: Instant,
) -> Result<()> {
    let what = Happened {
        kind: EventKind::named(kind),
        actor,
        happened_at: now,
        recorded_at: now,
        data: Data::of(&serde_json::json!({ "mandate": id }))?,
    };
    let (tenant, mint) = (&desk.front.tenant, &desk.front.mint);
    journal::record(tx, tenant, mint, &party::subject(principal), what)?;
    Ok(())
}
