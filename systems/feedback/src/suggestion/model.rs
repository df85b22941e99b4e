//! The model of categories.

use suggest::{Classifier, Weights};

use crate::{
    category::Category,
    corpus::{Dice, Phrases, invent},
};

/// How many invented reports a model is trained on where the province has too few of its own.
pub const SHIPPED_COUNT: usize = 4800;
/// From so many decided reports of its own on, the province's model is trained on those.
pub const PAST_MIN: usize = 1500;

/// Of what a model was learnt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Learnt {
    /// Of the invented reports that come with the program.
    Invented(usize),
    /// Of so many reports of the province, as officers sorted them.
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
#[derive(Debug)]
pub struct Model {
    classifier: Classifier,
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

    /// A model of what officers decided; the shipped one where that is too little.
    #[must_use]
    pub fn of_past(past: &[(Category, String)]) -> Self {
        if past.len() < PAST_MIN {
            return Self::shipped();
        }
        Self::train(past, Learnt::Past(past.len()))
    }

    /// Trains on texts with their categories.
    #[must_use]
    pub fn train(examples: &[(Category, String)], learnt: Learnt) -> Self {
        let labelled: Vec<(&str, usize)> =
            examples.iter().map(|(category, text)| (text.as_str(), category.label())).collect();
        Self { classifier: Classifier::train(&labelled, Category::SUGGESTED), learnt }
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
