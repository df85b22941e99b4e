//! The model of categories.

use suggest::{Classifier, Weights};

use super::{Alike, Candidate, Likeness};
use crate::{
    category::Category,
    corpus::{Dice, Phrases, invent},
};

/// How many invented reports every model is trained on.
pub const SHIPPED_COUNT: usize = 4800;

/// Of what a model was learnt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Learnt {
    /// Of the invented reports that come with the program, and nothing else.
    Invented(usize),
    /// Besides those, of so many reports of the province, as officers sorted them.
    Past(usize),
}

/// A category that a text may belong to.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Suggestion {
    /// Which.
    pub category: Category,
    /// How sure, from 0 to 1.
    pub sure: f32,
}

/// A trained model.
#[derive(Debug, Clone)]
pub struct Model {
    classifier: Classifier,
    /// How reports that are the same are recognised.
    pub(super) alike: Alike,
    /// Of what it was learnt.
    pub learnt: Learnt,
}

impl Model {
    /// The model that a province begins with.
    #[must_use]
    pub fn shipped() -> Self {
        let examples = shipped_examples(&Phrases::all(), SHIPPED_COUNT, 1);
        Self::train(&examples, Learnt::Invented(examples.len()))
    }

    /// Trains on texts with their categories.
    #[must_use]
    pub fn train(examples: &[(Category, String)], learnt: Learnt) -> Self {
        let labelled: Vec<(&str, usize)> =
            examples.iter().map(|(category, text)| (text.as_str(), category.label())).collect();
        let classifier = Classifier::train(&labelled, Category::SUGGESTED);
        Self { classifier, alike: Alike::SHIPPED, learnt }
    }

    /// The candidates that are perhaps the same as `text`, the likeliest first.
    #[must_use]
    pub fn same_as<K: Copy>(
        &self,
        text: &str,
        candidates: &[Candidate<'_, K>],
    ) -> Vec<Likeness<K>> {
        self.alike.offered(self.pieces(), text, candidates)
    }

    /// The model as bytes, to be kept.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        let (kind, count) = match self.learnt {
            Learnt::Invented(count) => (0_u64, count as u64),
            Learnt::Past(count) => (1, count as u64),
        };
        let mut out: Vec<u8> = [kind, count].into_iter().flat_map(u64::to_le_bytes).collect();
        out.extend(self.alike.0.into_iter().flat_map(f64::to_le_bytes));
        out.extend(self.classifier.to_bytes());
        out
    }

    /// The model of such bytes; none where they are those of no model, or of other categories.
    #[must_use]
    pub fn of_bytes(bytes: &[u8]) -> Option<Self> {
        let (numbers, rest) = bytes.split_first_chunk::<{ (2 + Alike::PARTS) * 8 }>()?;
        let mut numbers = numbers.chunks_exact(8).filter_map(|eight| eight.try_into().ok());
        let mut whole = || numbers.next().map(u64::from_le_bytes);
        let (kind, count) = (whole()?, usize::try_from(whole()?).ok()?);
        let mut alike = Alike::SHIPPED;
        for weight in &mut alike.0 {
            *weight = numbers.next().map(f64::from_le_bytes).filter(|weight| weight.is_finite())?;
        }
        let learnt = if kind == 0 { Learnt::Invented(count) } else { Learnt::Past(count) };
        let classifier = Classifier::of_bytes(rest)?;
        (classifier.labels() == Category::SUGGESTED).then_some(Self { classifier, alike, learnt })
    }

    /// The likeliest categories of a text, at most three, the likeliest first.
    #[must_use]
    pub fn suggest(&self, text: &str) -> Vec<Suggestion> {
        let guesses = self.classifier.guess(text).into_iter().take(3);
        let known = |label: usize| Category::ALL.get(label).copied();
        guesses
            .filter_map(|g| Some(Suggestion { category: known(g.label)?, sure: g.sure }))
            .collect()
    }

    /// How the pieces of texts are weighed.
    #[must_use]
    pub fn pieces(&self) -> &Weights {
        self.classifier.pieces()
    }
}

/// Invented reports, every category and every thing that happens in turn.
#[must_use]
pub fn shipped_examples(phrases: &Phrases, count: usize, seed: u64) -> Vec<(Category, String)> {
    let one = |at: usize| {
        let category = Category::ALL[at % Category::SUGGESTED];
        let mut dice = Dice::of(seed, at as u64);
        let thing = (at / Category::SUGGESTED) % phrases.things(category).max(1);
        let pattern = phrases.pattern(&mut dice);
        let report = invent(phrases, category, thing, pattern, &mut dice);
        (category, report.text)
    };
    (0..count).map(one).filter(|(_, text)| !text.trim().is_empty()).collect()
}
