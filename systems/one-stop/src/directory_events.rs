//! Changes of the directory in the journal: who held which seat when is evidence like the
//! dossiers that went through it.

use journal::{Data, Happened};
use kernel::{Actor, Instant, Mint, Tenant};
use store::Tx;

use directory::DirectoryChange;

/// The subject under which the journal tells the story of the directory.
const DIRECTORY: &str = "directory";

/// Appends what was changed, each change an event, in the transaction of the change.
///
/// # Errors
/// Those of the journal and the store.
pub fn record_directory(
    tx: &mut Tx<'_>,
    tenant: &Tenant,
    mint: &Mint,
    changes: &[DirectoryChange],
    actor: &Actor,
    now: Instant,
) -> Result<(), journal::Error> {
    for change in changes {
        let what = Happened {
            kind: change.kind().parse()?,
            actor: actor.clone(),
            happened_at: change.at().unwrap_or(now).min(now),
            recorded_at: now,
            data: Data::of(change)?,
        };
        journal::record(tx, tenant, mint, DIRECTORY, what)?;
    }
    Ok(())
}
