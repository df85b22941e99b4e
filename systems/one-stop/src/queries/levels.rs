//! Levels that operators watch.

use kernel::Tenant;
use store::{Tx, args};
use web::http::metrics::Levels;

/// Counting stops here: more is as bad.
const UNSEALED_MAX: u32 = 10_000;

/// How much waits and how many are signed in.
pub(crate) fn levels(tx: &mut Tx<'_>, tenant: &Tenant) -> store::Result<Levels> {
    let unsealed = tx.one(
        "select count(*) from (
             select 1 as one from event where tenant = $1 and pos is null limit $2) as waiting",
        args!(tenant, UNSEALED_MAX),
        |row| row.get(0),
    )?;
    let sessions =
        tx.one("select count(*) from session where tenant = $1", args!(tenant), |row| row.get(0))?;
    Ok(Levels { unsealed, sessions })
}
