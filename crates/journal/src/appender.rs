//! The growing end of the stored tree.

use kernel::{Instant, Tenant};
use store::Tx;

use crate::{
    Checkpoint, Error, LogKey, TreeHash, VerifierKey, checkpoint,
    sealer::Sealed,
    tile::{Edge, TILE_WIDTH},
    tiles,
};

/// Appends leaves to the stored tree and signs for the result, in one transaction.
#[derive(Debug)]
pub(crate) struct Appender {
    from: u64,
    edge: Edge,
}

impl Appender {
    /// Takes the tree up where the newest checkpoint left it. What was signed must still be
    /// what is stored: a tree that somebody altered is never signed for again.
    pub(crate) fn open(
        tx: &mut Tx<'_>,
        tenant: &Tenant,
        keys: &[VerifierKey],
    ) -> Result<Self, Error> {
        let Some(newest) = checkpoint::newest_stored(tx, tenant)? else {
            return Ok(Self { from: 0, edge: Edge::default() });
        };
        let signed = newest.note.open(keys)?;
        let edge = tiles::load_edge(tx, tenant, signed.size)?;
        if signed.size != newest.size || signed.root != edge.root() {
            return Err(Error::Tree("its root is not the one that was signed"));
        }
        Ok(Self { from: signed.size, edge })
    }

    /// How many leaves the tree has now.
    pub(crate) fn size(&self) -> u64 {
        self.edge.size()
    }

    /// Appends a leaf, and stores the tiles that it fills.
    pub(crate) fn push(
        &mut self,
        tx: &mut Tx<'_>,
        tenant: &Tenant,
        leaf: TreeHash,
    ) -> Result<(), Error> {
        self.edge.push(leaf);
        if self.edge.size().is_multiple_of(TILE_WIDTH as u64) {
            for tile in self.edge.take_full() {
                tiles::save(tx, tenant, &tile)?;
            }
        }
        Ok(())
    }

    /// Stores what is left over, and signs. Where nothing was appended nothing is signed.
    pub(crate) fn finish(
        self,
        tx: &mut Tx<'_>,
        tenant: &Tenant,
        key: &LogKey,
        now: Instant,
    ) -> Result<Sealed, Error> {
        let sealed = Sealed { from: self.from, to: self.edge.size() };
        if sealed.is_empty() {
            return Ok(sealed);
        }
        for tile in self.edge.grown() {
            tiles::save(tx, tenant, &tile)?;
        }
        let origin = key.verifier().origin().clone();
        let checkpoint = Checkpoint { origin, size: sealed.to, root: self.edge.root() };
        checkpoint::save(tx, tenant, &checkpoint, &checkpoint.sign(key), now)?;
        Ok(sealed)
    }
}
