//! A request that must run once, however often it is sent: its answer is kept in the same
//! transaction as what it did, under a key that the caller chose.

use std::sync::Arc;

use identity::seal::Label;
use jiff::SignedDuration;
use kernel::{AccountId, Instant, Tenant};
use store::{Tx, args};

use crate::{Desk, Error, Result};

/// How long an answer is kept.
const KEPT: SignedDuration = SignedDuration::from_hours(24);

/// Under which name a request is known, and what it was.
#[derive(Debug, Clone)]
pub struct Key {
    /// Whose key it is; keys of different accounts never meet.
    pub account: AccountId,
    /// What the caller chose.
    pub key: String,
    /// SHA-256 of the request.
    pub request: [u8; 32],
}

impl Key {
    /// The key of a form of a page. Both the form's own name and what was sent are kept only as
    /// what a key of the house makes of them.
    pub fn of_form(desk: &Desk, account: AccountId, name: &str, sent: &str) -> Self {
        let request = desk.keyring.blind(&desk.front.tenant, Label("form sent"), sent);
        Self { account, key: format!("form {name}"), request }
    }
}

/// An answer as it is kept; no personal data.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// The HTTP status.
    pub status: u16,
    /// Version of the dossier, for the header `ETag`.
    pub version: Option<u32>,
    /// Where it sends the caller.
    pub location: Option<String>,
    /// JSON.
    pub body: String,
}

/// [`once`] in a transaction of its own.
///
/// # Errors
/// Those of `work`, and [`Error::KeyReused`].
pub async fn write_once(
    desk: &Desk,
    key: Option<Key>,
    now: Instant,
    work: impl Fn(&mut Tx<'_>) -> Result<Kept> + Send + Sync + 'static,
) -> Result<(Kept, bool)> {
    let work = Arc::new(work);
    let mut out = Err(Error::KeyTaken);
    // Whoever was overtaken meets the new state the second time: the answer that was kept under
    // the same key, or a version that is no longer the one that was seen.
    for _ in 0..2 {
        let (shared, key, work) = (desk.clone(), key.clone(), work.clone());
        let run = desk
            .front
            .store
            .write(move |tx| once(tx, &shared.front.tenant, key.as_ref(), now, |tx| work(tx)));
        out = run.await;
        if !out.as_ref().is_err_and(Error::was_overtaken) {
            break;
        }
    }
    out
}

/// What was kept under a key, whatever the request was.
///
/// # Errors
/// Those of the store.
pub fn kept_under(
    tx: &mut Tx<'_>,
    tenant: &Tenant,
    key: &Key,
    now: Instant,
) -> Result<Option<Kept>> {
    Ok(find(tx, tenant, key, now)?.map(|(_, kept)| kept))
}

/// Runs `work` where the key is new; answers what was kept where it is not, and whether that is
/// so. A refusal is not kept, since it changed nothing.
///
/// # Errors
/// [`Error::KeyReused`] for another request; [`Error::KeyTaken`] where the same was being run at
/// the same time, which the caller may ask once more.
fn once(
    tx: &mut Tx<'_>,
    tenant: &Tenant,
    key: Option<&Key>,
    now: Instant,
    work: impl FnOnce(&mut Tx<'_>) -> Result<Kept>,
) -> Result<(Kept, bool)> {
    let Some(key) = key else { return Ok((work(tx)?, false)) };
    if let Some((request, kept)) = find(tx, tenant, key, now)? {
        return if request == key.request { Ok((kept, true)) } else { Err(Error::KeyReused) };
    }
    let done = work(tx)?;
    keep(tx, tenant, key, &done, now)?;
    Ok((done, false))
}

/// Deletes answers that are old enough, `limit` at most; answers how many.
///
/// # Errors
/// Those of the store.
pub fn purge_answers(tx: &mut Tx<'_>, tenant: &Tenant, now: Instant, limit: u32) -> Result<u64> {
    let deleted = tx.exec(
        "delete from idempotency where tenant = $1 and (account_id, key) in (
             select account_id, key from idempotency
             where tenant = $1 and recorded_at <= $2 order by recorded_at limit $3)",
        args!(tenant, oldest(now), limit),
    )?;
    Ok(deleted)
}

fn find(
    tx: &mut Tx<'_>,
    tenant: &Tenant,
    key: &Key,
    now: Instant,
) -> Result<Option<(Vec<u8>, Kept)>> {
    let found = tx.opt(
        "select request, status, version, location, body from idempotency
         where tenant = $1 and account_id = $2 and key = $3 and recorded_at > $4",
        args!(tenant, key.account, &key.key, oldest(now)),
        |row| {
            let status: u32 = row.get(1)?;
            let kept = Kept {
                status: u16::try_from(status).unwrap_or(500),
                version: row.get(2)?,
                location: row.get(3)?,
                body: row.get(4)?,
            };
            Ok((row.get(0)?, kept))
        },
    )?;
    Ok(found)
}

/// Where another has just kept an answer under this key, this transaction must leave nothing.
fn keep(tx: &mut Tx<'_>, tenant: &Tenant, key: &Key, done: &Kept, now: Instant) -> Result<()> {
    let kept = tx.exec(
        "insert into idempotency (tenant, account_id, key, request, status, version, location,
             body, recorded_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
         on conflict (tenant, account_id, key) do update set request = excluded.request,
             status = excluded.status, version = excluded.version, location = excluded.location,
             body = excluded.body, recorded_at = excluded.recorded_at
         where idempotency.recorded_at <= $10",
        args!(
            tenant,
            key.account,
            &key.key,
            &key.request[..],
            i64::from(done.status),
            done.version,
            done.location.as_deref(),
            &done.body,
            now,
            oldest(now)
        ),
    )?;
    if kept == 1 { Ok(()) } else { Err(Error::KeyTaken) }
}

fn oldest(now: Instant) -> Instant {
    now.checked_sub(KEPT).unwrap_or(Instant::MIN)
}
