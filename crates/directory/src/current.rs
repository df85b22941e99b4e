//! The newest snapshot, for everybody at once.

use std::sync::Arc;

use arc_swap::ArcSwap;
use kernel::Tenant;
use store::{Store, Tx};

use crate::{Directory, Error, Result, load};

/// Hands out the newest [`Directory`] without waiting, and swaps it whole when the store has a
/// newer version. One for each authority that the program serves.
#[derive(Debug)]
pub struct CurrentDirectory {
    store: Store,
    tenant: Tenant,
    newest: ArcSwap<Directory>,
}

impl CurrentDirectory {
    /// Loads the directory of `tenant`; an empty one where nothing was entered yet.
    ///
    /// # Errors
    /// [`Error::Store`] and [`Error::Stored`].
    pub fn open(store: Store, tenant: Tenant) -> Result<Self> {
        let newest = ArcSwap::from_pointee(snapshot(&store, &tenant)?);
        Ok(Self { store, tenant, newest })
    }

    /// The newest snapshot that was loaded. Keep it for one answer, not for longer.
    #[must_use]
    pub fn get(&self) -> Arc<Directory> {
        self.newest.load_full()
    }

    /// Looks whether the store has a newer version, and loads it; answers whether it had. To be
    /// called after an own change, and about once a second for the changes of other programs. It
    /// waits for the store, so async code calls it from a thread that may wait.
    ///
    /// # Errors
    /// As [`CurrentDirectory::open`]; the snapshot stays as it was.
    pub fn refresh(&self) -> Result<bool> {
        let tenant = self.tenant.clone();
        let read = move |tx: &mut Tx<'_>| load::version(tx, &tenant);
        if self.store.read(read).wait()? == self.newest.load().version() {
            return Ok(false);
        }
        let newer = Arc::new(snapshot(&self.store, &self.tenant)?);
        // Two that refresh at once may finish in either order; the newer one stays.
        self.newest.rcu(|known| {
            if known.version() < newer.version() { newer.clone() } else { known.clone() }
        });
        Ok(true)
    }
}

fn snapshot(store: &Store, tenant: &Tenant) -> Result<Directory> {
    let tenant = tenant.clone();
    store.read(move |tx: &mut Tx<'_>| -> Result<_, Error> { Directory::load(tx, &tenant) }).wait()
}
