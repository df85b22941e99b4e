//! How good the suggestions are, on texts that the model has not seen.

/// Precision, recall and their harmonic mean for one label.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LabelScore {
    /// Of the texts given this label, the part that should have it.
    pub precision: f64,
    /// Of the texts that should have it, the part that was given it.
    pub recall: f64,
    /// Harmonic mean of both.
    pub f1: f64,
    /// How many texts should have it.
    pub support: usize,
}

/// What came of a comparison of what should be said and what was said.
#[derive(Debug, Clone, PartialEq)]
pub struct Scores {
    /// For each label.
    pub labels: Vec<LabelScore>,
    /// Mean of the F1 of all labels that occur, each counting alike.
    pub macro_f1: f64,
    /// Part of the texts with the right label.
    pub accuracy: f64,
}

impl Scores {
    /// Compares pairs of (should be, was said).
    #[must_use]
    pub fn of(pairs: &[(usize, usize)], labels: usize) -> Self {
        let score = |label: usize| {
            let support = pairs.iter().filter(|(should, _)| *should == label).count();
            let said = pairs.iter().filter(|(_, said)| *said == label).count();
            let right = pairs.iter().filter(|(a, b)| *a == label && *b == label).count();
            let part = |of: usize| if of == 0 { 0.0 } else { right as f64 / of as f64 };
            let (precision, recall) = (part(said), part(support));
            let sum = precision + recall;
            let f1 = if sum > 0.0 { 2.0 * precision * recall / sum } else { 0.0 };
            LabelScore { precision, recall, f1, support }
        };
        let labels: Vec<LabelScore> = (0..labels).map(score).collect();
        let occurring: Vec<f64> = labels.iter().filter(|l| l.support > 0).map(|l| l.f1).collect();
        let mean = occurring.iter().sum::<f64>() / occurring.len().max(1) as f64;
        let right = pairs.iter().filter(|(should, said)| should == said).count();
        Self { labels, macro_f1: mean, accuracy: right as f64 / pairs.len().max(1) as f64 }
    }
}

/// The label that occurs most often: what somebody would say who reads nothing.
#[must_use]
pub fn majority(labels: impl Iterator<Item = usize>) -> usize {
    let mut counted: Vec<usize> = Vec::new();
    for label in labels {
        if counted.len() <= label {
            counted.resize(label + 1, 0);
        }
        counted[label] += 1;
    }
    let most = counted.iter().enumerate().max_by_key(|(at, count)| (**count, usize::MAX - *at));
    most.map_or(0, |(at, _)| at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_label_counts_alike() {
        // Three of label 0, all right; one of label 1, missed.
        let scores = Scores::of(&[(0, 0), (0, 0), (0, 0), (1, 0)], 2);
        assert!((scores.labels[0].precision - 0.75).abs() < 1e-9);
        assert!((scores.macro_f1 - 0.857_142_857 / 2.0).abs() < 1e-6);
        assert!((scores.accuracy - 0.75).abs() < 1e-9);
        assert_eq!(majority([1, 0, 1].into_iter()), 1);
    }
}
