//! Reports that are perhaps the same: alike in words, near in place, close in time.

use suggest::{Sparse, Weights, similarity};

/// Further apart than this two reports are not of one thing.
const METRES_MAX: f64 = 400.0;
/// Further apart than this neither.
const DAYS_MAX: f64 = 45.0;
/// From this likeness on a report is offered.
const OFFERED_FROM: f32 = 0.30;
/// At most so many are offered.
const OFFERED_MAX: usize = 4;

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

/// The candidates that are perhaps the same as `text`, the likeliest first.
pub fn alike<K: Copy>(
    weights: &Weights,
    text: &str,
    candidates: &[Candidate<'_, K>],
) -> Vec<Likeness<K>> {
    let mine = weights.of(text);
    let judge = |candidate: &Candidate<'_, K>| Likeness {
        key: candidate.key,
        sure: likeness(&mine, &weights.of(candidate.text), candidate),
    };
    let mut found: Vec<_> = candidates.iter().map(judge).collect();
    found.retain(|likeness| likeness.sure >= OFFERED_FROM);
    found.sort_by(|a, b| b.sure.total_cmp(&a.sure));
    found.truncate(OFFERED_MAX);
    found
}

/// Words, place and time weighed together. Two people say the same thing in other words, so
/// being in the same spot in the same week for the same category counts for more than words.
pub fn likeness<K>(mine: &Sparse, other: &Sparse, candidate: &Candidate<'_, K>) -> f32 {
    let words = f64::from(similarity(mine, other));
    let metres = candidate.metres.unwrap_or(METRES_MAX / 2.0);
    if metres > METRES_MAX || candidate.days.abs() > DAYS_MAX {
        return 0.0;
    }
    let near = (-metres / 120.0).exp();
    let fresh = (-candidate.days.abs() / 20.0).exp();
    let same = match candidate.same_category {
        Some(true) => 1.0,
        Some(false) => -1.0,
        None => 0.0,
    };
    let weighed = -3.9 + 7.0 * words + 2.6 * near + 0.9 * fresh + 1.2 * same;
    (1.0 / (1.0 + (-weighed).exp())) as f32
}
