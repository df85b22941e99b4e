//! The tiles in the store.

use std::collections::HashMap;

use kernel::Tenant;
use store::{Row, Tx, args};

use crate::{
    Error, TreeHash, bigint,
    tile::{Edge, Tile, TileId, root_of},
    tree::Nodes,
};

/// Reads the hashes of subtrees from the stored tiles, each tile once. A proof needs at most
/// two tiles of each level.
#[derive(Debug)]
pub struct TileReader<'r, 'tx> {
    tx: &'r mut Tx<'tx>,
    tenant: &'r Tenant,
    seen: HashMap<TileId, Vec<TreeHash>>,
}

impl<'r, 'tx> TileReader<'r, 'tx> {
    /// A reader for one proof or some; it remembers what it read.
    pub fn new(tx: &'r mut Tx<'tx>, tenant: &'r Tenant) -> Self {
        Self { tx, tenant, seen: HashMap::new() }
    }
}

impl Nodes for TileReader<'_, '_> {
    type Error = Error;

    fn node(&mut self, height: u32, index: u64) -> Result<TreeHash, Error> {
        let (id, part) = TileId::of_node(height, index);
        if !self.seen.contains_key(&id) {
            self.seen.insert(id, load(self.tx, self.tenant, id)?);
        }
        let hashes = self.seen.get(&id).and_then(|hashes| hashes.get(part));
        hashes.map(root_of).ok_or(Error::Tree("a tile is cut off"))
    }
}

/// The hashes of a tile as it is stored; none where it is not.
pub(crate) fn load(tx: &mut Tx<'_>, tenant: &Tenant, id: TileId) -> Result<Vec<TreeHash>, Error> {
    let hashes = tx.opt(
        "select hashes from journal_tile where tenant = $1 and level = $2 and number = $3",
        args!(tenant, id.level, bigint(id.number)),
        |row| Ok(hashes(row, 0)),
    )?;
    Ok(hashes.unwrap_or_default())
}

/// The stored tiles of leaves with the numbers `from .. to`, in order.
pub(crate) fn load_leaves(
    tx: &mut Tx<'_>,
    tenant: &Tenant,
    from: u64,
    to: u64,
) -> Result<Vec<(u64, Vec<TreeHash>)>, Error> {
    Ok(tx.all(
        "select number, hashes from journal_tile
         where tenant = $1 and level = 0 and number >= $2 and number < $3 order by number",
        args!(tenant, bigint(from), bigint(to)),
        |row| Ok((row.get(0)?, hashes(row, 1))),
    )?)
}

/// The right edge of the stored tree, as it was at `size` leaves.
pub(crate) fn load_edge(tx: &mut Tx<'_>, tenant: &Tenant, size: u64) -> Result<Edge, Error> {
    let mut tiles = Vec::new();
    for id in TileId::partial(size) {
        let mut hashes = load(tx, tenant, id)?;
        if hashes.len() < id.width(size) {
            return Err(Error::Tree("a tile is cut off"));
        }
        hashes.truncate(id.width(size));
        tiles.push(Tile { id, hashes });
    }
    Ok(Edge::new(size, tiles))
}

/// Stores a tile. It may replace a shorter state of itself, and nothing else.
pub(crate) fn save(tx: &mut Tx<'_>, tenant: &Tenant, tile: &Tile) -> Result<(), Error> {
    let bytes: Vec<u8> = tile.hashes.iter().flat_map(|hash| *hash.as_bytes()).collect();
    tx.put(
        "insert into journal_tile (tenant, level, number, hashes) values ($1, $2, $3, $4)
         on conflict (tenant, level, number) do update set hashes = excluded.hashes
         where length(journal_tile.hashes) < length(excluded.hashes)",
        args!(tenant, tile.id.level, bigint(tile.id.number), bytes),
    )?;
    Ok(())
}

/// Bytes that are not whole hashes are as good as missing; verification names the place.
fn hashes(row: &Row<'_>, column: usize) -> Vec<TreeHash> {
    let bytes: Vec<u8> = row.get(column).unwrap_or_default();
    bytes.chunks_exact(TreeHash::LEN).filter_map(|hash| hash.try_into().ok()).collect()
}
