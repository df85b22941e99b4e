//! Destroying a person's data, and correcting it.

use kernel::{Instant, Mint, PartyId, Tenant};
use store::{Tx, args};

use super::{Party, load, names, upsert};
use crate::{
    Error, Result,
    passkey::{self, Owner},
    seal::Keyring,
};

/// Destroys what is known of a person, for good: the key under which everything was sealed, the
/// name, the hashes by which they were found, the accounts and sessions. What stays is that there
/// was somebody: events and dossiers with a number that leads to nobody. Whoever has the same
/// official number is a stranger from now on. Answers whether there was such a person.
///
/// Sessions of this process are closed by [`crate::CitizenSessions::close_all`] as well.
///
/// # Errors
/// Those of the store.
pub fn destroy(tx: &mut Tx<'_>, tenant: &Tenant, party: PartyId, now: Instant) -> Result<bool> {
    let sql = "select name from party where tenant = $1 and id = $2";
    let Some(name) = tx.opt(sql, args!(tenant, party), |row| row.get::<String>(0))? else {
        return Ok(false);
    };
    Keyring::destroy(tx, tenant, party, now)?;
    names::change(tx, tenant, party, &name, "")?;
    tx.put(
        "update party set name = '', name_folded = '', number_blind = null, phone_blind = null,
             sealed = $3
         where tenant = $1 and id = $2",
        args!(tenant, party, &[][..]),
    )?;
    for table in ["citizen_session", "citizen_account"] {
        let sql = format!("delete from {table} where tenant = $1 and party_id = $2");
        tx.exec(&sql, args!(tenant, party))?;
    }
    passkey::remove_all(tx, tenant, Owner::Citizen(party))?;
    Ok(true)
}

/// Puts right what is known of a person. The official number stays: it says who this is.
///
/// # Errors
/// [`Error::NoKey`] for somebody who is not known, or no more.
pub fn correct(
    tx: &mut Tx<'_>,
    tenant: &Tenant,
    keyring: &Keyring,
    id: PartyId,
    change: impl FnOnce(&mut Party),
    now: Instant,
    mint: &Mint,
) -> Result<()> {
    let known = load(tx, tenant, keyring, id)?.ok_or(Error::NoKey)?;
    let mut right = known.clone();
    change(&mut right);
    right.number = known.number;
    let key = keyring.load(tx, tenant, id)?;
    upsert(tx, tenant, keyring, id, &right, &key, now, mint)?;
    names::change(tx, tenant, id, &known.name, &right.name)
}
