//! Events by the million: written with their positions at once, for imports and for the
//! demonstration's history.

use kernel::{Instant, Tenant};
use store::Tx;

use crate::{Error, Event, LogKey, Sealed, VerifierKey, appender::Appender, bigint, event, lease};

/// Appends sealed events in one transaction. Open one in each transaction of an import, append
/// some ten thousand events, and finish it: after every commit the journal is whole.
#[derive(Debug)]
pub struct BulkJournal {
    tenant: Tenant,
    appender: Appender,
}

impl BulkJournal {
    /// Takes the journal for `holder`, who imports.
    ///
    /// # Errors
    /// [`Error::Held`] where another process seals; and those of [`crate::Sealer::seal`].
    pub fn open(
        tx: &mut Tx<'_>,
        tenant: &Tenant,
        keys: &[VerifierKey],
        holder: &str,
        now: Instant,
    ) -> Result<Self, Error> {
        if !lease::take(tx, tenant, holder, now)? {
            return Err(Error::Held);
        }
        Ok(Self { tenant: tenant.clone(), appender: Appender::open(tx, tenant, keys)? })
    }

    /// Appends an event, and answers its position. Give them in the order in which they were
    /// recorded.
    ///
    /// # Errors
    /// Those of [`crate::append`].
    pub fn append(&mut self, tx: &mut Tx<'_>, event: &Event) -> Result<u64, Error> {
        let pos = self.appender.size();
        event::insert(tx, &self.tenant, event, Some(bigint(pos)))?;
        self.appender.push(tx, &self.tenant, event.leaf(&self.tenant))?;
        Ok(pos)
    }

    /// Stores the tree and signs for it.
    ///
    /// # Errors
    /// Those of the store.
    pub fn finish(self, tx: &mut Tx<'_>, key: &LogKey, now: Instant) -> Result<Sealed, Error> {
        self.appender.finish(tx, &self.tenant, key, now)
    }
}
