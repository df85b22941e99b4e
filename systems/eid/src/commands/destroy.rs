//! Destroying what is known of a person.

use identity::party;
use journal::EventKind;
use kernel::{Actor, Instant, Mint, PartyId, Tenant};
use serde::Serialize;
use store::{Tx, args};

use super::tell;
use crate::Result;

const DESTROYED: EventKind = EventKind::named("party.destroyed");

#[derive(Serialize)]
struct Told<'a> {
    reason: &'a str,
}

/// Destroys what is known of a person, for good, on a ground that stands in the journal in clear
/// and therefore names nobody: the number of the decision. The journal stays whole: it never held
/// anything but hashes and what was sealed. Answers whether there was such a person.
///
/// # Errors
/// Those of the store.
pub fn destroy(
    tx: &mut Tx<'_>,
    tenant: &Tenant,
    party: PartyId,
    reason: &str,
    now: Instant,
    mint: &Mint,
) -> Result<bool> {
    if !party::destroy(tx, tenant, party, now)? {
        return Ok(false);
    }
    for table in ["correction", "consent"] {
        let sql = format!("delete from {table} where tenant = $1 and party_id = $2");
        tx.exec(&sql, args!(tenant, party))?;
    }
    let actor = Actor::System("operator".to_owned());
    tell(tx, (tenant, mint), party, DESTROYED, actor, now, &Told { reason })?;
    Ok(true)
}
