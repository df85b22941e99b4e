//! Keys of programs that may send reports. Only their hashes are kept.

use kernel::{Instant, Mint, Tenant, hex};
use sha2::{Digest, Sha256};
use store::{Tx, args};

use crate::Result;

/// A key that is in force.
#[derive(Debug, Clone)]
pub struct Key {
    /// SHA-256 of the key.
    pub hash: Vec<u8>,
    /// Whose it is.
    pub name: String,
}

/// Makes a key for a program; it is shown once, and only its hash is kept.
///
/// # Errors
/// Those of the store.
pub fn make(
    tx: &mut Tx<'_>,
    tenant: &Tenant,
    name: &str,
    now: Instant,
    mint: &Mint,
) -> Result<String> {
    let key = hex(&mint.bytes::<20>());
    tx.put(
        "insert into open311_key (tenant, hash, name, created_at, revoked_at)
         values ($1, $2, $3, $4, null)",
        args!(tenant, hashed(&key), name, now),
    )?;
    Ok(key)
}

/// Takes every key of that name out of force; answers how many.
///
/// # Errors
/// Those of the store.
pub fn revoke(tx: &mut Tx<'_>, tenant: &Tenant, name: &str, now: Instant) -> Result<u64> {
    Ok(tx.exec(
        "update open311_key set revoked_at = $3
         where tenant = $1 and name = $2 and revoked_at is null",
        args!(tenant, name, now),
    )?)
}

/// The key, if it is in force.
///
/// # Errors
/// Those of the store.
pub fn find(tx: &mut Tx<'_>, tenant: &Tenant, given: &str) -> Result<Option<Key>> {
    let hash = hashed(given.trim());
    let name = tx.opt(
        "select name from open311_key where tenant = $1 and hash = $2 and revoked_at is null",
        args!(tenant, hash.clone()),
        |row| row.get(0),
    )?;
    Ok(name.map(|name| Key { hash, name }))
}

fn hashed(key: &str) -> Vec<u8> {
    Sha256::digest(key.as_bytes()).to_vec()
}
