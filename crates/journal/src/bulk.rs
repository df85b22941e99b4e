//! Events by the million: written with their positions at once, for imports and for the
//! demonstration's history.

use kernel::{Instant, Tenant};
use store::{Engine, Tx};

use crate::{Error, Event, LogKey, Sealed, VerifierKey, appender::Appender, event, lease};

/// Appends sealed events in one transaction. Open one in each transaction of an import, append
/// some ten thousand events, and finish it: after every commit the journal is whole.
#[derive(Debug)]
pub struct BulkJournal {
    tenant: Tenant,
    appender: Appender,
    /// Events that wait to be written together.
    waiting: Vec<(Option<u64>, Event)>,
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
        let appender = Appender::open(tx, tenant, keys)?;
        Ok(Self { tenant: tenant.clone(), appender, waiting: Vec::new() })
    }

    /// Appends an event, and answers its position. Give them in the order in which they were
    /// recorded. The row is written with others, so that a refusal may come from a later call.
    ///
    /// # Errors
    /// Those of [`crate::append`].
    pub fn append(&mut self, tx: &mut Tx<'_>, event: Event) -> Result<u64, Error> {
        let pos = self.appender.size();
        self.appender.push(tx, &self.tenant, event.leaf(&self.tenant))?;
        self.waiting.push((Some(pos), event));
        // A statement costs a server much and the embedded engine nothing.
        let rows = match tx.engine() {
            Engine::Sqlite => 1,
            Engine::Postgres => event::ROWS_MAX,
        };
        if self.waiting.len() >= rows {
            event::insert(tx, &self.tenant, &self.waiting)?;
            self.waiting.clear();
        }
        Ok(pos)
    }

    /// Writes what waits, stores the tree and signs for it.
    ///
    /// # Errors
    /// Those of the store.
    pub fn finish(self, tx: &mut Tx<'_>, key: &LogKey, now: Instant) -> Result<Sealed, Error> {
        // One by one, so that only statements of two lengths are ever prepared.
        for row in self.waiting.chunks(1) {
            event::insert(tx, &self.tenant, row)?;
        }
        self.appender.finish(tx, &self.tenant, key, now)
    }
}
