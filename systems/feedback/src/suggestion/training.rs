//! Training anew of what officers decided, and holding the new model against the one in use, on
//! reports that neither of them has seen. What is learnt comes in, a verdict goes out.

use suggest::Scores;

use super::{
    alike::{Alike, Candidate, OFFERED_FROM, shared},
    model::{Learnt, Model, SHIPPED_COUNT, shipped_examples},
};
use crate::{category::Category, corpus::Phrases};

/// Of every so many reports one is held back from every training, always the same ones.
const HELD_EVERY: u64 = 5;
/// On fewer than so many reports nothing is judged; nor on fewer that are the same.
const HELD_MIN: usize = 40;
const SAME_HELD_MIN: usize = 10;

/// A past report, as officers sorted it.
#[derive(Debug, Clone)]
pub struct Past {
    /// A number that is always the same for it and otherwise by chance.
    pub key: u64,
    /// What it is about.
    pub category: Category,
    /// What the public read.
    pub text: String,
}

/// Two past reports, and whether officers said that they are the same.
#[derive(Debug, Clone)]
pub struct Pair {
    /// As of [`Past`].
    pub key: u64,
    /// Both texts.
    pub texts: [String; 2],
    /// How far apart, in metres, where both have a point.
    pub metres: Option<f64>,
    /// How far apart in time.
    pub days: f64,
    /// Whether both have one category.
    pub same_category: bool,
    /// Whether they are the same.
    pub same: bool,
}

/// How good the model in use and the new one are on what was held back.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Figures {
    /// Reports of the province that were learnt from, and that were held back.
    pub reports: usize,
    /// Held back.
    pub held: usize,
    /// Macro F1 of categories, of the model in use.
    pub f1_before: f64,
    /// The same of the new one.
    pub f1_after: f64,
    /// Pairs that were learnt from.
    pub pairs: usize,
    /// Held back.
    pub pairs_held: usize,
    /// F1 of being the same, of the model in use.
    pub pairs_f1_before: f64,
    /// The same of the new one.
    pub pairs_f1_after: f64,
}

/// What came of a training.
#[derive(Debug)]
pub struct Trial {
    /// What is used from now on.
    pub model: Model,
    /// How good both are.
    pub figures: Figures,
    /// Whether anything of the new one was taken over.
    pub taken: bool,
}

/// Trains on the invented reports and those of the province. Of the new model categories and
/// likeness are each taken over where they are not worse on what was held back.
#[must_use]
pub fn train(before: &Model, past: &[Past], pairs: &[Pair]) -> Trial {
    let (held, learnt): (Vec<&Past>, Vec<&Past>) = past.iter().partition(|one| is_held(one.key));
    let mut examples = shipped_examples(&Phrases::all(), SHIPPED_COUNT, 1);
    examples.extend(learnt.iter().map(|one| (one.category, one.text.clone())));
    let fresh = Model::train(&examples, Learnt::Past(learnt.len()));
    let (f1_before, f1_after) = (macro_f1(before, &held), macro_f1(&fresh, &held));
    let better = held.len() >= HELD_MIN && f1_after >= f1_before;
    let mut model = if better { fresh } else { before.clone() };
    let judged = judge_pairs(&model, pairs);
    let (figures, tuned) = (judged.figures, judged.taken);
    if let Some(alike) = tuned {
        model.alike = alike;
    }
    let figures =
        Figures { reports: learnt.len(), held: held.len(), f1_before, f1_after, ..figures };
    Trial { model, figures, taken: better || tuned.is_some() }
}

/// Whether a report of that key is never learnt from.
#[must_use]
pub const fn is_held(key: u64) -> bool {
    key.is_multiple_of(HELD_EVERY)
}

fn macro_f1(model: &Model, held: &[&Past]) -> f64 {
    let said = |text: &str| model.suggest(text).first().map_or(0, |s| s.category.label());
    let pairs: Vec<_> = held.iter().map(|one| (one.category.label(), said(&one.text))).collect();
    Scores::of(&pairs, Category::SUGGESTED).macro_f1
}

struct JudgedPairs {
    figures: Figures,
    taken: Option<Alike>,
}

/// What two reports share, and whether they are the same.
type Shared = ([f64; Alike::PARTS], bool);

fn judge_pairs(model: &Model, pairs: &[Pair]) -> JudgedPairs {
    let (held, learnt): (Vec<&Pair>, Vec<&Pair>) = pairs.iter().partition(|one| is_held(one.key));
    let of = |pairs: &[&Pair]| -> Vec<Shared> {
        pairs.iter().filter_map(|pair| Some((of_pair(model, pair)?, pair.same))).collect()
    };
    let (held, learnt) = (of(&held), of(&learnt));
    let tuned = tuned(model.alike, &learnt);
    let (before, after) = (f1(model.alike, &held), f1(tuned, &held));
    let enough = held.iter().filter(|(_, same)| *same).count() >= SAME_HELD_MIN;
    let figures = Figures {
        pairs: learnt.len(),
        pairs_held: held.len(),
        pairs_f1_before: before,
        pairs_f1_after: after,
        ..Figures::default()
    };
    JudgedPairs { figures, taken: (enough && after >= before).then_some(tuned) }
}

fn of_pair(model: &Model, pair: &Pair) -> Option<[f64; Alike::PARTS]> {
    let [one, other] = &pair.texts;
    let (mine, text) = (model.pieces().of(one), model.pieces().of(other));
    let same_category = Some(pair.same_category);
    let candidate =
        Candidate { key: (), text: other, metres: pair.metres, days: pair.days, same_category };
    shared(&mine, &text, &candidate)
}

/// Logistic regression that begins at what is in use and is drawn back to what ships, so that a
/// few pairs change little.
fn tuned(from: Alike, learnt: &[Shared]) -> Alike {
    const ROUNDS: u32 = 400;
    const RATE: f64 = 0.5;
    const BACK: f64 = 0.002;
    let mut alike = from;
    if learnt.is_empty() {
        return alike;
    }
    for _ in 0..ROUNDS {
        let mut slope = [0.0; Alike::PARTS];
        for (shared, same) in learnt {
            let error = alike.sure(shared) - f64::from(u8::from(*same));
            for (sum, part) in slope.iter_mut().zip(shared) {
                *sum += error * part / learnt.len() as f64;
            }
        }
        let steps = slope.iter().zip(Alike::SHIPPED.0);
        for (weight, (slope, shipped)) in alike.0.iter_mut().zip(steps) {
            *weight -= RATE * (slope + BACK * (*weight - shipped));
        }
    }
    alike
}

/// F1 of what would be offered.
fn f1(alike: Alike, pairs: &[Shared]) -> f64 {
    let said = |shared| usize::from(alike.sure(shared) >= f64::from(OFFERED_FROM));
    let pairs: Vec<_> = pairs.iter().map(|(s, same)| (usize::from(*same), said(s))).collect();
    Scores::of(&pairs, 2).labels.get(1).map_or(0.0, |label| label.f1)
}
