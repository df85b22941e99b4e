//! Reports that are perhaps the same: alike in words, near in place, close in time.

use suggest::{Sparse, Weights, similarity};

/// Further apart than this two reports are not of one thing.
const METRES_MAX: f64 = 400.0;
/// Further apart than this neither.
const DAYS_MAX: f64 = 45.0;
/// From this likeness on a report is offered.
pub(super) const OFFERED_FROM: f32 = 0.30;
/// At most so many are offered.
const OFFERED_MAX: usize = 4;

/// What each thing that two reports share counts for; the first is what speaks against it from
/// the outset.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Alike(pub(super) [f64; Alike::PARTS]);

/// A report to compare with.
#[derive(Debug, Clone)]
pub struct Candidate<'a, K> {
    /// What it is known by.
    pub key: K,
    /// Its text.
    pub text: &'a str,
    /// How far away, in metres; none where one of both has no point.
    pub metres: Option<f64>,
    /// How many days before.
    pub days: f64,
    /// Whether both have the same category, where both have one.
    pub same_category: Option<bool>,
}

/// How alike a report is, from 0 to 1.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Likeness<K> {
    /// Which.
    pub key: K,
    /// How sure it is the same.
    pub sure: f32,
}

impl Alike {
    /// From the outset, words, place, time, category.
    pub(super) const PARTS: usize = 5;
    /// What a province begins with. Two people say the same thing in other words, so being in the
    /// same spot in the same week for the same category counts for more than words.
    pub const SHIPPED: Self = Self([-3.9, 7.0, 2.6, 0.9, 1.2]);

    /// The candidates that are perhaps the same as `text`, the likeliest first.
    pub fn offered<K: Copy>(
        &self,
        weights: &Weights,
        text: &str,
        candidates: &[Candidate<'_, K>],
    ) -> Vec<Likeness<K>> {
        let mine = weights.of(text);
        let judge = |candidate: &Candidate<'_, K>| Likeness {
            key: candidate.key,
            sure: self.likeness(&mine, &weights.of(candidate.text), candidate),
        };
        let mut found: Vec<_> = candidates.iter().map(judge).collect();
        found.retain(|likeness| likeness.sure >= OFFERED_FROM);
        found.sort_by(|a, b| b.sure.total_cmp(&a.sure));
        found.truncate(OFFERED_MAX);
        found
    }

    /// Words, place and time weighed together.
    pub fn likeness<K>(&self, mine: &Sparse, other: &Sparse, candidate: &Candidate<'_, K>) -> f32 {
        shared(mine, other, candidate).map_or(0.0, |shared| self.sure(&shared) as f32)
    }

    pub(super) fn sure(&self, shared: &[f64; Self::PARTS]) -> f64 {
        let weighed: f64 = self.0.iter().zip(shared).map(|(weight, part)| weight * part).sum();
        1.0 / (1.0 + (-weighed).exp())
    }
}

/// What two reports share, each from 0 to 1 (of the category from -1); none where they are too far
/// apart.
pub(super) fn shared<K>(
    mine: &Sparse,
    other: &Sparse,
    candidate: &Candidate<'_, K>,
) -> Option<[f64; Alike::PARTS]> {
    let metres = candidate.metres.unwrap_or(METRES_MAX / 2.0);
    if metres > METRES_MAX || candidate.days.abs() > DAYS_MAX {
        return None;
    }
    let near = (-metres / 120.0).exp();
    let fresh = (-candidate.days.abs() / 20.0).exp();
    let same = match candidate.same_category {
        Some(true) => 1.0,
        Some(false) => -1.0,
        None => 0.0,
    };
    Some([1.0, f64::from(similarity(mine, other)), near, fresh, same])
}
