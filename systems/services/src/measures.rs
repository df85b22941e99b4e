//! What this system measures: how often nobody had to say twice what the state knew.

use desk::Result;
use kernel::{Instant, Tenant};
use store::{Tx, args};

/// What was saved in a period.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct OnceOnly {
    /// Online filings.
    pub filings: u64,
    /// Questions that their forms ask.
    pub fields: u64,
    /// Those that nobody had to answer.
    pub fields_known: u64,
    /// Papers that came with them.
    pub papers: u64,
    /// Those that nobody had to send, since the state had them.
    pub papers_known: u64,
}

/// What was saved in the filings from `from` to before `to`.
///
/// # Errors
/// Those of the store.
pub fn once_only(tx: &mut Tx<'_>, tenant: &Tenant, from: Instant, to: Instant) -> Result<OnceOnly> {
    let found = tx.one(
        "select count(*), cast(coalesce(sum(fields), 0) as bigint),
             cast(coalesce(sum(fields_known), 0) as bigint),
             cast(coalesce(sum(papers), 0) as bigint),
             cast(coalesce(sum(papers_known), 0) as bigint)
         from once_only where tenant = $1 and recorded_at >= $2 and recorded_at < $3",
        args!(tenant, from, to),
        |row| {
            Ok(OnceOnly {
                filings: row.get(0)?,
                fields: row.get(1)?,
                fields_known: row.get(2)?,
                papers: row.get(3)?,
                papers_known: row.get(4)?,
            })
        },
    )?;
    Ok(found)
}
