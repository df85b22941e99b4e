//! A linear classifier: softmax regression, trained by stochastic gradient descent.

use crate::{Sparse, Weights};

const EPOCHS: u32 = 8;
const RATE: f32 = 4.0;
/// What is taken off each touched weight, so that no single piece decides alone.
const SHRINK: f32 = 1e-3;

/// A trained model over labels `0..labels`.
#[derive(Debug, Clone)]
pub struct Classifier {
    pub(crate) labels: usize,
    /// For each piece the weight of every label; only pieces that were seen.
    pub(crate) weights: Vec<f32>,
    pub(crate) bias: Vec<f32>,
    pub(crate) pieces: Weights,
}

/// A label, and how sure the model is of it, from 0 to 1.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Guess {
    /// Which label.
    pub label: usize,
    /// How sure; all labels together make 1.
    pub sure: f32,
}

impl Classifier {
    /// Trains on texts with their labels, which are all below `labels`; others are passed over.
    #[must_use]
    pub fn train(examples: &[(&str, usize)], labels: usize) -> Self {
        let pieces = Weights::learn(examples.iter().map(|(text, _)| *text));
        let texts: Vec<(Sparse, usize)> = examples
            .iter()
            .filter(|(_, label)| *label < labels)
            .map(|(text, label)| (pieces.known_of(text), *label))
            .collect();
        let buckets = texts.iter().flat_map(|(text, _)| text.0.last()).map(|(b, _)| *b).max();
        let size = buckets.map_or(0, |last| (last as usize + 1) * labels);
        let mut model = Self { labels, weights: vec![0.0; size], bias: vec![0.0; labels], pieces };
        let mut order: Vec<usize> = (0..texts.len()).collect();
        for epoch in 0..EPOCHS {
            shuffle(&mut order, u64::from(epoch) + 1);
            let rate = RATE / (1.0 + epoch as f32);
            for at in &order {
                let (text, label) = &texts[*at];
                model.step(text, *label, rate);
            }
        }
        model
    }

    /// How many labels there are to choose from.
    #[must_use]
    pub fn labels(&self) -> usize {
        self.labels
    }

    /// How the pieces are weighed, for comparing texts.
    #[must_use]
    pub fn pieces(&self) -> &Weights {
        &self.pieces
    }

    /// The labels of a text, the likeliest first; none for a text without a single word.
    #[must_use]
    pub fn guess(&self, text: &str) -> Vec<Guess> {
        let text = self.pieces.known_of(text);
        if text.0.is_empty() {
            return Vec::new();
        }
        let sure = self.probabilities(&text);
        let mut guesses: Vec<Guess> =
            sure.into_iter().enumerate().map(|(label, sure)| Guess { label, sure }).collect();
        guesses.sort_by(|a, b| b.sure.total_cmp(&a.sure));
        guesses
    }

    fn probabilities(&self, text: &Sparse) -> Vec<f32> {
        let mut scores = self.bias.clone();
        for (bucket, value) in &text.0 {
            let from = *bucket as usize * self.labels;
            let Some(row) = self.weights.get(from..from + self.labels) else { continue };
            for (score, weight) in scores.iter_mut().zip(row) {
                *score += weight * value;
            }
        }
        let highest = scores.iter().copied().fold(f32::NEG_INFINITY, f32::max);
        scores.iter_mut().for_each(|score| *score = (*score - highest).exp());
        let sum: f32 = scores.iter().sum();
        scores.iter_mut().for_each(|score| *score /= sum);
        scores
    }

    fn step(&mut self, text: &Sparse, label: usize, rate: f32) {
        let mut errors = self.probabilities(text);
        errors[label] -= 1.0;
        for (bias, error) in self.bias.iter_mut().zip(&errors) {
            *bias -= 0.05 * rate * error;
        }
        for (bucket, value) in &text.0 {
            let from = *bucket as usize * self.labels;
            for (weight, error) in self.weights[from..from + self.labels].iter_mut().zip(&errors) {
                *weight -= rate * (error * value + SHRINK * *weight);
            }
        }
    }
}

/// The same disorder for the same seed (SplitMix64).
fn shuffle(order: &mut [usize], seed: u64) {
    let mut state = seed;
    for at in (1..order.len()).rev() {
        state = state.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = state;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        let other = (z ^ (z >> 31)) % (at as u64 + 1);
        order.swap(at, usize::try_from(other).unwrap_or(0));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_learnt_is_told_apart_and_the_model_is_the_same_each_time() {
        let examples = [
            ("đèn đường hỏng tối om", 0),
            ("ngõ tối không có bóng đèn", 0),
            ("rác chất đống bốc mùi", 1),
            ("xe rác không đến thu gom", 1),
        ];
        let model = Classifier::train(&examples, 2);
        assert_eq!(model.guess("bong den ngo toi tat")[0].label, 0);
        assert_eq!(model.guess("rac thoi o ngo")[0].label, 1);
        assert!(model.guess("…").is_empty());
        let again = Classifier::train(&examples, 2);
        assert_eq!(model.guess("rác và đèn"), again.guess("rác và đèn"));
    }
}
