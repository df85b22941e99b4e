//! Which agencies exchange cases.

use std::ops::Range;

/// Sets that grow together.
pub(crate) struct Sets(Vec<u32>);

impl Sets {
    pub(crate) fn new(count: usize) -> Self {
        Self((0..count as u32).collect())
    }

    /// The smallest member of the set of `of`.
    pub(crate) fn root(&mut self, of: u32) -> u32 {
        let mut at = of;
        while self.0[at as usize] != at {
            let up = self.0[self.0[at as usize] as usize];
            self.0[at as usize] = up;
            at = up;
        }
        at
    }

    pub(crate) fn join(&mut self, a: u32, b: u32) {
        let (a, b) = (self.root(a), self.root(b));
        self.0[a.max(b) as usize] = a.min(b);
    }
}

/// The ranges of rows that are sorted by island; an island without rows has an empty one.
pub(super) fn ranges(islands: usize, of: impl IntoIterator<Item = u32>) -> Vec<Range<usize>> {
    let mut counts = vec![0; islands];
    of.into_iter().for_each(|island| counts[island as usize] += 1);
    let mut from = 0;
    let mut range = |count: usize| {
        from += count;
        from - count..from
    };
    counts.into_iter().map(&mut range).collect()
}
