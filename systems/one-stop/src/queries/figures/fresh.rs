//! What was not counted yet.

use std::collections::BTreeSet;

use kernel::CaseId;
use store::{Tx, args};

use crate::{Desk, Result, counting};

/// More events than are ever written between two runs of the counting; a program that has just
/// been installed over a full store may have more to count.
const EVENTS_MAX: u32 = 20_000;

/// The dossiers whose last changes were not counted yet; none where there are so many that every
/// dossier is to be judged by itself.
pub(super) fn read(tx: &mut Tx<'_>, desk: &Desk) -> Result<Option<BTreeSet<CaseId>>> {
    let tenant = &desk.front.tenant;
    let sql = "select pos from count_place where tenant = $1";
    let from: i64 = tx.opt(sql, args!(tenant), |row| row.get(0))?.unwrap_or(0);
    let mut fresh = BTreeSet::new();
    let mut events = 0;
    let sql = "select * from (
                   select case_id, kind from event
                   where tenant = $1 and pos is null limit $3) as unsealed
               union all select * from (
                   select case_id, kind from event
                   where tenant = $1 and pos is not null and pos >= $2 limit $3) as sealed";
    tx.each(sql, args!(tenant, from, EVENTS_MAX), |row| {
        events += 1;
        if counting::counts(&row.get::<String>(1)?) {
            fresh.insert(row.get(0)?);
        }
        Ok(())
    })?;
    Ok((events < EVENTS_MAX).then_some(fresh))
}
