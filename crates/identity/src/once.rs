//! What may happen once only: an answer that somebody overheard opens nothing a second time.

use kernel::{Instant, Tenant};
use sha2::{Digest, Sha256};
use store::{Tx, args};

use crate::Result;

/// How many outdated rows are deleted at a time, more than are added.
const PURGE_MAX: i64 = 16;

/// Takes the one chance of `secret`; answers whether it was still there. After `until` it is
/// forgotten, so by then the answer must be refused for its age.
///
/// # Errors
/// What the store refuses.
pub fn take(
    tx: &mut Tx<'_>,
    tenant: &Tenant,
    secret: &[u8],
    now: Instant,
    until: Instant,
) -> Result<bool> {
    let hash: [u8; 32] = Sha256::digest(secret).into();
    let taken = tx.exec(
        "insert into spent (tenant, hash, forget_at) values ($1, $2, $3)
         on conflict (tenant, hash) do nothing",
        args!(tenant, &hash, until),
    )?;
    tx.exec(
        "delete from spent where tenant = $1 and hash in (
             select hash from spent where tenant = $1 and forget_at < $2 limit $3)",
        args!(tenant, now, PURGE_MAX),
    )?;
    Ok(taken == 1)
}
