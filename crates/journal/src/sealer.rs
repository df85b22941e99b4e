//! The sealer: from events that are written to a journal that can be proved.

use kernel::{Instant, Tenant};
use store::{Tx, args};

use crate::{
    Error, LogKey, TreeHash, VerifierKey, appender::Appender, bigint, event::RawEvent, lease,
};

/// What one run sealed: the positions `from .. to`. The journal has `to` events now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sealed {
    /// First position that was given.
    pub from: u64,
    /// One past the last.
    pub to: u64,
}

impl Sealed {
    /// Whether there was nothing to seal.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.from == self.to
    }
}

/// Gives events their positions, in the order in which they were recorded, and their leaves in
/// the tree; signs for the result. Run it when something [`waits`], some times a second, and again
/// at once while it comes back with a full batch.
#[derive(Debug, Clone)]
pub struct Sealer {
    tenant: Tenant,
    key: LogKey,
    keys: Vec<VerifierKey>,
    holder: String,
}

impl Sealer {
    /// Most events in one transaction.
    pub const BATCH_MAX: u32 = 16_384;

    /// A sealer for the journal of `tenant`. `holder` names the process that it runs in, apart
    /// from every other process on the same store.
    #[must_use]
    pub fn new(tenant: Tenant, key: LogKey, holder: &str) -> Self {
        let keys = vec![key.verifier().clone()];
        Self { tenant, key, keys, holder: holder.to_owned() }
    }

    /// Also goes on from a checkpoint that one of these earlier keys signed.
    #[must_use]
    pub fn trusting(mut self, earlier: impl IntoIterator<Item = VerifierKey>) -> Self {
        self.keys.extend(earlier);
        self
    }

    /// Seals at most `limit` events, and never more than [`Self::BATCH_MAX`], in the given
    /// transaction. `None` where another process holds the journal.
    ///
    /// # Errors
    /// [`Error::Tree`], [`Error::Forged`] or [`Error::Unsigned`] where what is stored is not
    /// what was signed: then somebody altered it, and [`crate::verify`] tells what.
    pub fn seal(&self, tx: &mut Tx<'_>, now: Instant, limit: u32) -> Result<Option<Sealed>, Error> {
        if !lease::take(tx, &self.tenant, &self.holder, now)? {
            return Ok(None);
        }
        let mut appender = Appender::open(tx, &self.tenant, &self.keys)?;
        let leaves = place(tx, &self.tenant, appender.size(), limit.min(Self::BATCH_MAX))?;
        for (pos, leaf) in leaves {
            if pos != appender.size() {
                return Err(Error::Tree("positions have a gap"));
            }
            appender.push(tx, &self.tenant, leaf)?;
        }
        appender.finish(tx, &self.tenant, &self.key, now).map(Some)
    }
}

/// Whether an event waits to be sealed: one look at an index, so it may be asked often.
///
/// # Errors
/// Those of the store.
pub fn waits(tx: &mut Tx<'_>, tenant: &Tenant) -> Result<bool, Error> {
    let first: Option<i64> = tx.opt(
        "select 1 from event where tenant = $1 and pos is null
         order by recorded_at, case_id, version limit 1",
        args!(tenant),
        |row| row.get(0),
    )?;
    Ok(first.is_some())
}

/// Gives positions from `size` on, and answers the leaves in order. One statement chooses,
/// numbers and reads, so that an event which commits meanwhile cannot come between.
fn place(
    tx: &mut Tx<'_>,
    tenant: &Tenant,
    size: u64,
    limit: u32,
) -> Result<Vec<(u64, TreeHash)>, Error> {
    let mut leaves = tx.all(
        "update event set pos = numbered.place
         from (select event_id, $2 - 1 + row_number() over
                      (order by at_instant, of_case, at_version) as place
               from (select id as event_id, recorded_at as at_instant, case_id as of_case,
                            version as at_version
                     from event where tenant = $1 and pos is null
                     order by recorded_at, case_id, version limit $3) as batch) as numbered
         where tenant = $1 and id = numbered.event_id
         returning id, case_id, version, kind, actor, happened_at, recorded_at, data, pos",
        args!(tenant, bigint(size), i64::from(limit)),
        |row| {
            let text = RawEvent::read(row)?.leaf_text(tenant);
            Ok((row.get(8)?, TreeHash::leaf(text.as_bytes())))
        },
    )?;
    // The engines hand the rows back in any order.
    leaves.sort_unstable_by_key(|(pos, _)| *pos);
    Ok(leaves)
}
