//! Keys of programs. A key reaches the reports of one agency and of those below it. Only its hash is
//! kept; that it was made, and by whom, stands in the journal.

use desk::Desk;
use journal::{Data, EventKind, Happened};
use kernel::{AgencyId, Instant, Tenant, hex};
use sha2::{Digest, Sha256};
use store::{Tx, args};
use web::SignedIn;

use crate::Result;

/// Keys that an agency may have.
const KEYS_MAX: u32 = 50;

/// Makes a key for a program of the agency of whoever asks; it is shown once.
///
/// # Errors
/// Those of the store.
pub fn make(tx: &mut Tx<'_>, desk: &Desk, name: &str, me: &SignedIn) -> Result<String> {
    let front = &desk.front;
    let key = hex(&front.mint.bytes::<20>());
    tx.put(
        "insert into report_key (tenant, hash, name, agency, created_at, revoked_at)
         values ($1, $2, $3, $4, $5, null)",
        args!(&front.tenant, hashed(&key), name, me.agency, me.now),
    )?;
    tell(tx, desk, me, "report.key_made", name)?;
    Ok(key)
}

/// Takes every key of that name of the agency of whoever asks out of force; answers how many.
///
/// # Errors
/// Those of the store.
pub fn revoke(tx: &mut Tx<'_>, desk: &Desk, name: &str, me: &SignedIn) -> Result<u64> {
    let done = tx.exec(
        "update report_key set revoked_at = $4
         where tenant = $1 and name = $2 and agency = $3 and revoked_at is null",
        args!(&desk.front.tenant, name, me.agency, me.now),
    )?;
    if done > 0 {
        tell(tx, desk, me, "report.key_revoked", name)?;
    }
    Ok(done)
}

/// The keys of an agency that are in force: name, and since when.
///
/// # Errors
/// Those of the store.
pub fn of_agency(
    tx: &mut Tx<'_>,
    tenant: &Tenant,
    agency: AgencyId,
) -> Result<Vec<(String, Instant)>> {
    Ok(tx.all(
        "select name, created_at from report_key
         where tenant = $1 and agency = $2 and revoked_at is null order by created_at limit $3",
        args!(tenant, agency, KEYS_MAX),
        |row| Ok((row.get(0)?, row.get(1)?)),
    )?)
}

/// Whose key it is: its name and its agency, if it is in force.
///
/// # Errors
/// Those of the store.
pub(crate) fn find(
    tx: &mut Tx<'_>,
    tenant: &Tenant,
    given: &str,
) -> Result<Option<(String, AgencyId)>> {
    Ok(tx.opt(
        "select name, agency from report_key
         where tenant = $1 and hash = $2 and revoked_at is null",
        args!(tenant, hashed(given.trim())),
        |row| Ok((row.get(0)?, row.get(1)?)),
    )?)
}

fn hashed(key: &str) -> Vec<u8> {
    Sha256::digest(key.as_bytes()).to_vec()
}

fn tell(tx: &mut Tx<'_>, desk: &Desk, me: &SignedIn, kind: &'static str, name: &str) -> Result<()> {
    let what = Happened {
        kind: EventKind::named(kind),
        actor: me.actor(),
        happened_at: me.now,
        recorded_at: me.now,
        data: Data::of(&serde_json::json!({ "name": name, "agency": me.agency }))?,
    };
    let front = &desk.front;
    journal::record(tx, &front.tenant, &front.mint, &format!("report keys {}", me.agency), what)?;
    Ok(())
}
