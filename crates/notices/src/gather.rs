//! From the outbox to what is to be said: read in order, decided, and taken off in the same
//! transaction, so that nothing is decided twice and nothing is lost.

use std::collections::BTreeMap;

use identity::{party, seal::Keyring};
use jiff::SignedDuration;
use kernel::{CaseId, EventId, Instant, Mint, PartyId, Tenant};
use procedure::Matter;
use store::{Tx, args};

use crate::{
    Address, Channel, Error, Occasion, Result, contacts,
    occasion::{occasion, worth_saying},
    queue::{self, Fresh},
};

/// Events that are decided in one transaction.
pub const BATCH: u32 = 200;
/// What is older was written while nobody told, or by an import: nobody is told of it now.
const AGE_MAX: SignedDuration = SignedDuration::from_hours(24);
/// Notices that may wait. Where so many do, the outbox waits too, and an alarm is due.
pub(crate) const WAITING_MAX: u32 = 100_000;
/// Notices to one person within [`AGE_MAX`]; more would be a fault of somebody's.
const PER_PARTY_MAX: i64 = 40;

/// Decides what is to be said of the oldest events of the outbox, [`BATCH`] at most; answers
/// whether there may be more. `texts_by_default`: who never chose a way gets text messages to
/// the telephone number on their application.
///
/// # Errors
/// Those of the store.
pub fn gather(
    tx: &mut Tx<'_>,
    tenant: &Tenant,
    keyring: &Keyring,
    mint: &Mint,
    texts_by_default: bool,
    now: Instant,
) -> Result<bool> {
    if queue::waiting_count(tx, tenant)? >= WAITING_MAX {
        return Ok(false);
    }
    let rows: Vec<(EventId, CaseId, String, Instant)> = tx.all(
        "select event_id, case_id, kind, recorded_at from outbox where tenant = $1
         order by event_id limit $2",
        args!(tenant, BATCH),
        |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)),
    )?;
    let mut by_case: BTreeMap<CaseId, Vec<(EventId, String)>> = BTreeMap::new();
    for (event, case, kind, recorded_at) in &rows {
        if now.duration_since(*recorded_at) < AGE_MAX {
            by_case.entry(*case).or_default().push((*event, kind.clone()));
        }
        tx.exec("delete from outbox where tenant = $1 and event_id = $2", args!(tenant, *event))?;
    }
    for (id, events) in by_case {
        let Some(case) = casework::load(tx, tenant, id)? else { continue };
        let matter = matter(tx, tenant, id)?;
        let decided =
            |(event, kind): (EventId, String)| Some((event, occasion(&kind, &case, matter)?));
        let mut said: Vec<(EventId, Occasion)> = events.into_iter().filter_map(decided).collect();
        worth_saying(&mut said);
        if said.is_empty() || too_many(tx, tenant, case.applicant, now)? {
            continue;
        }
        let addresses =
            addresses(tx, tenant, keyring, mint, case.applicant, texts_by_default, now)?;
        for (event, occasion) in said {
            let fresh = Fresh { party: case.applicant, case: Some(id), event, occasion };
            for (contact, channel) in &addresses {
                queue::put(tx, tenant, mint, &fresh, *contact, *channel, now)?;
            }
        }
    }
    Ok(rows.len() == BATCH as usize)
}

/// What kind of matter a case is.
fn matter(tx: &mut Tx<'_>, tenant: &Tenant, case: CaseId) -> Result<Matter> {
    let word: String = tx.one(
        "select matter from case_state where tenant = $1 and id = $2",
        args!(tenant, case),
        |row| row.get(0),
    )?;
    Matter::from_word(&word).ok_or(Error::Word(word))
}

pub(crate) fn too_many(
    tx: &mut Tx<'_>,
    tenant: &Tenant,
    party: PartyId,
    now: Instant,
) -> Result<bool> {
    let since = now.checked_sub(AGE_MAX).unwrap_or(Instant::MIN);
    let count: i64 = tx.one(
        "select count(*) from notice where tenant = $1 and party_id = $2 and created_at > $3",
        args!(tenant, party, since),
        |row| row.get(0),
    )?;
    Ok(count >= PER_PARTY_MAX)
}

/// The ways that somebody chose. Where they never chose any, and the province says so, the
/// telephone number on their application.
pub(crate) fn addresses(
    tx: &mut Tx<'_>,
    tenant: &Tenant,
    keyring: &Keyring,
    mint: &Mint,
    owner: PartyId,
    texts_by_default: bool,
    now: Instant,
) -> Result<Vec<(kernel::Id<crate::model::ContactKind>, Channel)>> {
    let chosen = contacts::used(tx, tenant, owner)?;
    if !chosen.is_empty() || !texts_by_default || has_wished(tx, tenant, owner)? {
        return Ok(chosen);
    }
    let phone = party::load(tx, tenant, keyring, owner)?.and_then(|known| known.phone);
    let Some(phone) = phone else { return Ok(chosen) };
    let id = contacts::add(tx, tenant, keyring, mint, owner, &Address::Sms(phone), now)?;
    Ok(vec![(id, Channel::Sms)])
}

/// Whether they ever said what they wish; then no address at all is a wish too.
fn has_wished(tx: &mut Tx<'_>, tenant: &Tenant, party: PartyId) -> Result<bool> {
    let row = tx.opt(
        "select 1 from notice_wish where tenant = $1 and party_id = $2",
        args!(tenant, party),
        |row| row.get::<i64>(0),
    )?;
    Ok(row.is_some())
}
