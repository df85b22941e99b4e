//! The tree cut into tiles, as C2SP tlog-tiles lays it out.
//!
//! A tile of level 0 holds the hashes of 256 neighbouring leaves; a tile of level *l* holds the
//! roots of 256 neighbouring full tiles of level *l − 1*. A full tile never changes. The last
//! tile of a level may be partial; it is replaced as it grows, and each shorter state of it is a
//! beginning of the longer.

use std::fmt;

use crate::{
    TreeHash,
    tree::{Frontier, fold_right},
};

/// Rows of the tree in one tile.
pub const TILE_HEIGHT: u32 = 8;
/// Hashes in a full tile.
pub const TILE_WIDTH: usize = 1 << TILE_HEIGHT;

/// Which tile: the `number`-th from the left, of a level counted from the leaves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TileId {
    /// 0 for the tiles of leaves.
    pub level: u32,
    /// Counted from 0.
    pub number: u64,
}

impl TileId {
    /// The tile that holds the hash of the subtree (`height`, `index`) or the hashes under it,
    /// and where in it those are.
    #[must_use]
    pub fn of_node(height: u32, index: u64) -> (Self, std::ops::Range<usize>) {
        let below = height % TILE_HEIGHT;
        let first = index << below;
        let number = first >> TILE_HEIGHT;
        let start = first as usize % TILE_WIDTH;
        (Self { level: height / TILE_HEIGHT, number }, start..start + (1 << below))
    }

    /// How many hashes the tile has in a tree of `size` leaves.
    #[must_use]
    pub fn width(&self, size: u64) -> usize {
        let hashes = size.checked_shr(TILE_HEIGHT * self.level).unwrap_or(0);
        let before = self.number.saturating_mul(TILE_WIDTH as u64);
        hashes.saturating_sub(before).min(TILE_WIDTH as u64) as usize
    }

    /// The partial tiles at the right edge of a tree of `size` leaves, leaves first.
    pub fn partial(size: u64) -> impl Iterator<Item = Self> {
        let levels = 0..size.checked_ilog2().map_or(0, |log| log / TILE_HEIGHT + 1);
        let last =
            move |level| Self { level, number: size >> (TILE_HEIGHT * level) >> TILE_HEIGHT };
        levels.map(last).filter(move |tile| tile.width(size) > 0)
    }
}

/// The path under which a tlog-tiles server offers the full tile: `tile/0/x001/x234/067`.
impl fmt::Display for TileId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "tile/{}/", self.level)?;
        let mut groups = vec![self.number % 1000];
        let mut rest = self.number / 1000;
        while rest > 0 {
            groups.push(rest % 1000);
            rest /= 1000;
        }
        for group in groups.iter().skip(1).rev() {
            write!(f, "x{group:03}/")?;
        }
        write!(f, "{:03}", groups[0])
    }
}

/// The root over the hashes of a tile, or of an aligned part of it.
#[must_use]
pub fn root_of(hashes: &[TreeHash]) -> TreeHash {
    let mut frontier = Frontier::default();
    hashes.iter().for_each(|hash| frontier.push(*hash));
    frontier.root()
}

/// A tile with its hashes, ready to be stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tile {
    /// Which one.
    pub id: TileId,
    /// 1 to 256 hashes.
    pub hashes: Vec<TreeHash>,
}

/// The right edge of the tiled tree: the partial tiles, to which leaves are appended.
#[derive(Debug, Clone, Default)]
pub struct Edge {
    size: u64,
    /// The partial tile of each level, fewer than 256 hashes each.
    partial: Vec<Vec<TreeHash>>,
    /// Tiles that became full and were not yet taken.
    full: Vec<Tile>,
    /// Leaves that were there when the edge was made; tiles that end before are stored already.
    stored: u64,
}

impl Edge {
    /// The edge of a stored tree of `size` leaves, from its partial tiles ([`TileId::partial`]).
    #[must_use]
    pub fn new(size: u64, tiles: Vec<Tile>) -> Self {
        let mut edge = Self { size, stored: size, ..Self::default() };
        for tile in tiles {
            *edge.level(tile.id.level as usize) = tile.hashes;
        }
        edge
    }

    /// How many leaves the tree has.
    #[must_use]
    pub fn size(&self) -> u64 {
        self.size
    }

    /// Appends a leaf.
    pub fn push(&mut self, leaf: TreeHash) {
        let mut number = self.size / TILE_WIDTH as u64;
        let mut hash = leaf;
        self.size += 1;
        for level in 0.. {
            let tile = self.level(level as usize);
            tile.push(hash);
            if tile.len() < TILE_WIDTH {
                break;
            }
            let hashes = std::mem::take(tile);
            hash = root_of(&hashes);
            self.full.push(Tile { id: TileId { level, number }, hashes });
            number /= TILE_WIDTH as u64;
        }
    }

    /// The tiles that became full since they were last taken; to be stored, never to change.
    pub fn take_full(&mut self) -> Vec<Tile> {
        std::mem::take(&mut self.full)
    }

    /// The partial tiles that grew since the edge was made; to replace their shorter states.
    pub fn grown(&self) -> impl Iterator<Item = Tile> {
        TileId::partial(self.size).filter_map(|id| {
            let hashes = self.partial.get(id.level as usize)?.clone();
            (id.width(self.stored) < hashes.len()).then_some(Tile { id, hashes })
        })
    }

    /// The root of the whole tree.
    #[must_use]
    pub fn root(&self) -> TreeHash {
        let roots: Vec<TreeHash> = self.partial.iter().rev().flat_map(|tile| peaks(tile)).collect();
        fold_right(roots.into_iter()).unwrap_or_else(TreeHash::of_nothing)
    }

    fn level(&mut self, level: usize) -> &mut Vec<TreeHash> {
        if self.partial.len() <= level {
            self.partial.resize_with(level + 1, Vec::new);
        }
        &mut self.partial[level]
    }
}

/// The roots of the complete subtrees in a partial tile, biggest first.
fn peaks(hashes: &[TreeHash]) -> Vec<TreeHash> {
    let mut frontier = Frontier::default();
    hashes.iter().for_each(|hash| frontier.push(*hash));
    frontier.into_roots()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::tree::{
        Nodes, consistency_proof, inclusion_proof, verify_consistency, verify_inclusion,
    };

    /// Tiles in memory, as a store would keep them.
    #[derive(Default)]
    struct Tiles(BTreeMap<TileId, Vec<TreeHash>>);

    impl Tiles {
        fn save(&mut self, edge: &mut Edge) {
            let tiles = edge.take_full().into_iter().chain(edge.grown());
            self.0.extend(tiles.map(|tile| (tile.id, tile.hashes)));
        }

        fn edge(&self, size: u64) -> Edge {
            let tile = |id: TileId| Tile { id, hashes: self.0[&id][..id.width(size)].to_vec() };
            Edge::new(size, TileId::partial(size).map(tile).collect())
        }
    }

    impl Nodes for Tiles {
        type Error = std::convert::Infallible;

        fn node(&mut self, height: u32, index: u64) -> Result<TreeHash, Self::Error> {
            let (id, part) = TileId::of_node(height, index);
            Ok(root_of(&self.0[&id][part]))
        }
    }

    #[test]
    fn a_tree_that_is_put_away_and_taken_up_again_grows_as_one() {
        let (mut tiles, mut frontier) = (Tiles::default(), Frontier::default());
        let mut roots = vec![];
        for batch in [0, 1, 254, 1, 1, 300, 512, 65_000, 7, 131_072] {
            let mut edge = tiles.edge(frontier.size());
            for _ in 0..batch {
                let leaf = TreeHash::leaf(&frontier.size().to_be_bytes());
                edge.push(leaf);
                frontier.push(leaf);
            }
            assert_eq!((edge.size(), edge.root()), (frontier.size(), frontier.root()));
            tiles.save(&mut edge);
            roots.push((frontier.size(), frontier.root()));
        }
        let (size, root) = roots[roots.len() - 1];
        for index in [0, 255, 256, 65_535, 65_536, 131_071, size - 1] {
            let Ok(proof) = inclusion_proof(&mut tiles, index, size);
            let leaf = TreeHash::leaf(&index.to_be_bytes());
            assert!(verify_inclusion(&leaf, index, size, &proof, &root));
        }
        for (old, old_root) in &roots[1..] {
            let Ok(proof) = consistency_proof(&mut tiles, *old, size);
            assert!(verify_consistency(*old, old_root, size, &root, &proof));
        }
    }

    #[test]
    fn only_what_grew_is_stored_again() {
        let mut edge = Edge::default();
        (0..70_000_u64).for_each(|i| edge.push(TreeHash::leaf(&i.to_be_bytes())));
        let mut edge = Edge::new(70_000, edge.grown().collect());
        edge.push(TreeHash::leaf(b"next"));
        let grown: Vec<_> = edge.grown().map(|tile| (tile.id.level, tile.hashes.len())).collect();
        assert_eq!(grown, [(0, 70_001 % 256)]);
    }

    #[test]
    fn tiles_have_the_paths_of_the_standard() {
        assert_eq!(TileId { level: 0, number: 1_234_067 }.to_string(), "tile/0/x001/x234/067");
        assert_eq!(TileId { level: 2, number: 7 }.to_string(), "tile/2/007");
    }
}
