//! The Merkle tree of RFC 9162 §2.1, without any storage: growing it, proving in it, and
//! checking proofs.
//!
//! A proof is a list of roots of *spans* of leaves. Which spans is arithmetic; their roots come
//! from whoever keeps the tree ([`Nodes`]), in O(log n) look-ups.

use std::ops::Range;

use crate::TreeHash;

/// Whoever can tell the hash of a complete subtree: the one over the leaves
/// `index << height .. (index + 1) << height`.
pub trait Nodes {
    /// Why it could not.
    type Error;

    /// The hash of that subtree.
    ///
    /// # Errors
    /// Where it is not there, or could not be read.
    fn node(&mut self, height: u32, index: u64) -> Result<TreeHash, Self::Error>;
}

/// The right edge of a growing tree: the roots of its complete subtrees, biggest first. All
/// that is needed to append and to tell the root, in O(log n) memory.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Frontier {
    size: u64,
    roots: Vec<TreeHash>,
}

impl Frontier {
    /// How many leaves the tree has.
    #[must_use]
    pub fn size(&self) -> u64 {
        self.size
    }

    /// Appends a leaf.
    pub fn push(&mut self, leaf: TreeHash) {
        let mut right = leaf;
        // Each low 1 of the size is a complete subtree that the new leaf completes a pair with.
        for _ in 0..self.size.trailing_ones() {
            if let Some(left) = self.roots.pop() {
                right = TreeHash::node(&left, &right);
            }
        }
        self.roots.push(right);
        self.size += 1;
    }

    /// The root of the tree as it stands.
    #[must_use]
    pub fn root(&self) -> TreeHash {
        fold_right(self.roots.iter().copied()).unwrap_or_else(TreeHash::of_nothing)
    }

    /// The roots of the complete subtrees, biggest first.
    #[must_use]
    pub fn into_roots(self) -> Vec<TreeHash> {
        self.roots
    }
}

/// Joins the roots of neighbouring subtrees, biggest (leftmost) first, into one.
pub(crate) fn fold_right(roots: impl DoubleEndedIterator<Item = TreeHash>) -> Option<TreeHash> {
    roots.rev().reduce(|right, left| TreeHash::node(&left, &right))
}

/// The proof that the leaf at `index` is in the tree of `size` leaves; nearest sibling first.
///
/// # Errors
/// Those of `nodes`.
///
/// # Panics
/// Where `index` is not below `size`.
pub fn inclusion_proof<N: Nodes>(
    nodes: &mut N,
    index: u64,
    size: u64,
) -> Result<Vec<TreeHash>, N::Error> {
    inclusion_spans(index, size).into_iter().map(|span| span_root(nodes, span)).collect()
}

/// The proof that the tree of `old` leaves is a beginning of the tree of `new` leaves.
///
/// # Errors
/// Those of `nodes`.
///
/// # Panics
/// Where `old` is 0 or above `new`.
pub fn consistency_proof<N: Nodes>(
    nodes: &mut N,
    old: u64,
    new: u64,
) -> Result<Vec<TreeHash>, N::Error> {
    consistency_spans(old, new).into_iter().map(|span| span_root(nodes, span)).collect()
}

/// Whether `proof` shows that `leaf` stands at `index` in the tree of `size` leaves with that
/// `root` (RFC 9162 §2.1.3.2).
#[must_use]
pub fn verify_inclusion(
    leaf: &TreeHash,
    index: u64,
    size: u64,
    proof: &[TreeHash],
    root: &TreeHash,
) -> bool {
    if index >= size {
        return false;
    }
    let mut place = Climb { node: index, last: size - 1 };
    let mut hash = *leaf;
    for sibling in proof {
        if place.last == 0 {
            return false;
        }
        hash = if place.has_left_sibling() {
            TreeHash::node(sibling, &hash)
        } else {
            TreeHash::node(&hash, sibling)
        };
        place.up();
    }
    place.last == 0 && hash == *root
}

/// Whether `proof` shows that the tree of `old_size` leaves with `old_root` is a beginning of
/// the tree of `new_size` leaves with `new_root` (RFC 9162 §2.1.4.2). The empty tree is a
/// beginning of every tree.
#[must_use]
pub fn verify_consistency(
    old_size: u64,
    old_root: &TreeHash,
    new_size: u64,
    new_root: &TreeHash,
    proof: &[TreeHash],
) -> bool {
    if old_size == 0 {
        return *old_root == TreeHash::of_nothing() && proof.is_empty();
    }
    if old_size >= new_size {
        return old_size == new_size && old_root == new_root && proof.is_empty();
    }
    // Where the old tree is one complete subtree, the proof leaves its root out.
    let (first, rest) = match proof.split_first() {
        _ if old_size.is_power_of_two() => (old_root, proof),
        Some(split) => split,
        None => return false,
    };
    let mut place = Climb { node: old_size - 1, last: new_size - 1 };
    while place.node & 1 == 1 {
        place.shift();
    }
    let (mut old, mut new) = (*first, *first);
    for sibling in rest {
        if place.last == 0 {
            return false;
        }
        if place.has_left_sibling() {
            old = TreeHash::node(sibling, &old);
            new = TreeHash::node(sibling, &new);
        } else {
            new = TreeHash::node(&new, sibling);
        }
        place.up();
    }
    place.last == 0 && old == *old_root && new == *new_root
}

/// A climb from a leaf to the root: the node where it is, and the last node of that row.
struct Climb {
    node: u64,
    last: u64,
}

impl Climb {
    /// The last node of a row has no right sibling: its next sibling upwards is to the left.
    fn has_left_sibling(&self) -> bool {
        self.node & 1 == 1 || self.node == self.last
    }

    /// One row up; from the ragged right edge, as far as there is no sibling at all.
    fn up(&mut self) {
        if self.node == self.last {
            while self.node & 1 == 0 && self.node != 0 {
                self.shift();
            }
        }
        self.shift();
    }

    fn shift(&mut self) {
        self.node >>= 1;
        self.last >>= 1;
    }
}

/// PATH of RFC 9162 §2.1.3.1, as spans of leaves.
fn inclusion_spans(index: u64, size: u64) -> Vec<Range<u64>> {
    assert!(index < size, "only a leaf of the tree can be proved in it");
    let (mut whole, mut spans) = (0..size, Vec::new());
    while whole.end - whole.start > 1 {
        let middle = whole.start + split(whole.end - whole.start);
        if index < middle {
            spans.push(middle..whole.end);
            whole.end = middle;
        } else {
            spans.push(whole.start..middle);
            whole.start = middle;
        }
    }
    spans.reverse();
    spans
}

/// SUBPROOF of RFC 9162 §2.1.4.1, as spans of leaves.
fn consistency_spans(old: u64, new: u64) -> Vec<Range<u64>> {
    assert!(0 < old && old <= new, "only a beginning of the tree is consistent with it");
    let (mut whole, mut spans) = (0..new, Vec::new());
    while old < whole.end {
        let middle = whole.start + split(whole.end - whole.start);
        if old <= middle {
            spans.push(middle..whole.end);
            whole.end = middle;
        } else {
            spans.push(whole.start..middle);
            whole.start = middle;
        }
    }
    if whole.start > 0 {
        spans.push(whole);
    }
    spans.reverse();
    spans
}

/// The largest power of two below `n`, for `n` of at least 2.
fn split(n: u64) -> u64 {
    1 << (n - 1).ilog2()
}

/// The root over a span that begins where a subtree does.
fn span_root<N: Nodes>(nodes: &mut N, mut span: Range<u64>) -> Result<TreeHash, N::Error> {
    let mut roots = Vec::new();
    while span.start < span.end {
        let height = (span.end - span.start).ilog2();
        roots.push(nodes.node(height, span.start >> height)?);
        span.start += 1 << height;
    }
    Ok(fold_right(roots.into_iter()).unwrap_or_else(TreeHash::of_nothing))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// A tree that is all leaves, and hashes by the recursive definition of the RFC.
    struct Leaves(Vec<TreeHash>);

    impl Leaves {
        fn new(size: u64) -> Self {
            Self((0..size).map(|i| TreeHash::leaf(&i.to_be_bytes())).collect())
        }

        fn root(&self, size: u64) -> TreeHash {
            definition(&self.0[..usize::try_from(size).unwrap()])
        }
    }

    impl Nodes for Leaves {
        type Error = std::convert::Infallible;

        fn node(&mut self, height: u32, index: u64) -> Result<TreeHash, Self::Error> {
            let at = |index: u64| usize::try_from(index << height).unwrap();
            Ok(definition(&self.0[at(index)..at(index + 1)]))
        }
    }

    fn definition(leaves: &[TreeHash]) -> TreeHash {
        match leaves {
            [] => TreeHash::of_nothing(),
            [leaf] => *leaf,
            _ => {
                let (left, right) = leaves.split_at(leaves.len().next_power_of_two() / 2);
                TreeHash::node(&definition(left), &definition(right))
            }
        }
    }

    #[test]
    fn the_frontier_has_the_root_of_the_definition() {
        let leaves = Leaves::new(70);
        let mut frontier = Frontier::default();
        for (size, leaf) in (0..).zip(&leaves.0) {
            assert_eq!((frontier.size(), frontier.root()), (size, leaves.root(size)));
            frontier.push(*leaf);
        }
    }

    #[test]
    fn every_leaf_of_every_small_tree_is_proved() {
        for size in 1..=33 {
            let mut leaves = Leaves::new(size);
            let root = leaves.root(size);
            for index in 0..size {
                let Ok(proof) = inclusion_proof(&mut leaves, index, size);
                let leaf = leaves.0[usize::try_from(index).unwrap()];
                assert!(verify_inclusion(&leaf, index, size, &proof, &root));
            }
        }
    }

    #[test]
    fn every_small_tree_begins_with_every_smaller_one() {
        for new in 1..=33 {
            let mut leaves = Leaves::new(new);
            let new_root = leaves.root(new);
            assert!(verify_consistency(0, &TreeHash::of_nothing(), new, &new_root, &[]));
            for old in 1..=new {
                let Ok(proof) = consistency_proof(&mut leaves, old, new);
                let old_root = leaves.root(old);
                assert!(verify_consistency(old, &old_root, new, &new_root, &proof));
                if old < new {
                    let other = leaves.root(old - 1);
                    assert!(!verify_consistency(old, &other, new, &new_root, &proof));
                }
            }
        }
    }

    proptest! {
        #[test]
        fn proofs_convince_and_tampered_proofs_do_not(
            size in 2_u64..2000,
            index in any::<prop::sample::Index>(),
            old in any::<prop::sample::Index>(),
            touched in any::<prop::sample::Index>(),
        ) {
            let mut leaves = Leaves::new(size);
            let root = leaves.root(size);
            let index = u64::try_from(index.index(usize::try_from(size).unwrap())).unwrap();
            let leaf = leaves.0[usize::try_from(index).unwrap()];
            let Ok(mut proof) = inclusion_proof(&mut leaves, index, size);
            prop_assert!(verify_inclusion(&leaf, index, size, &proof, &root));
            prop_assert!(!verify_inclusion(&leaf, index ^ 1, size, &proof, &root));
            prop_assert!(!verify_inclusion(&root, index, size, &proof, &root));
            prop_assert!(!verify_inclusion(&leaf, index, size, &proof[1..], &root));
            let touched = touched.index(proof.len());
            proof[touched] = TreeHash::leaf(b"forged");
            prop_assert!(!verify_inclusion(&leaf, index, size, &proof, &root));

            let old = 1 + u64::try_from(old.index(usize::try_from(size - 1).unwrap())).unwrap();
            let old_root = leaves.root(old);
            let Ok(mut proof) = consistency_proof(&mut leaves, old, size);
            prop_assert!(verify_consistency(old, &old_root, size, &root, &proof));
            prop_assert!(!verify_consistency(old, &root, size, &root, &proof));
            prop_assert!(!verify_consistency(old, &old_root, size, &old_root, &proof));
            let last = proof.len() - 1;
            proof[last] = TreeHash::leaf(b"forged");
            prop_assert!(!verify_consistency(old, &old_root, size, &root, &proof));
        }
    }
}
