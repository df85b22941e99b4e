//! Who may append to the tree: one worker at a time, though several processes run.
//!
//! The lease spares the others the work. That two never seal the same events does not depend
//! on it: the unique positions, tiles and checkpoints refuse the slower one.

use kernel::{Instant, Tenant, from_micros, micros};
use store::{Tx, args};

/// How long a worker that fell silent keeps the others out.
const LEASE_MICROS: i64 = 30_000_000;

/// Takes or renews the lease; `false` where another worker holds it.
pub(crate) fn take(
    tx: &mut Tx<'_>,
    tenant: &Tenant,
    holder: &str,
    now: Instant,
) -> store::Result<bool> {
    let until = from_micros(micros(now).saturating_add(LEASE_MICROS));
    let touched = tx.exec(
        "insert into journal_lease (tenant, holder, until) values ($1, $2, $3)
         on conflict (tenant) do update set holder = excluded.holder, until = excluded.until
         where journal_lease.holder = excluded.holder or journal_lease.until < $4",
        args!(tenant, holder, until, now),
    )?;
    Ok(touched == 1)
}
