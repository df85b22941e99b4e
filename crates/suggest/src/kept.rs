//! A model as bytes, to be kept and read again on any machine.

use crate::{Classifier, Weights, features::BUCKETS};

/// The first bytes, with the version of the form.
const BEGIN: &[u8; 8] = b"suggest1";
/// No model has more labels.
const LABELS_MAX: u32 = 1000;

impl Classifier {
    /// The model as bytes: numbers of four bytes, the lowest byte first; of the pieces only those
    /// that say anything.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut out = BEGIN.to_vec();
        write_whole(&mut out, self.labels);
        write_reals(&mut out, &[self.pieces.known_up_to]);
        write_reals(&mut out, &self.pieces.idf);
        write_reals(&mut out, &self.bias);
        let rows = self.weights.chunks(self.labels.max(1)).enumerate();
        let rows: Vec<_> =
            rows.filter(|(_, row)| row.iter().any(|weight| *weight != 0.0)).collect();
        write_whole(&mut out, rows.len());
        for (bucket, row) in rows {
            write_whole(&mut out, bucket);
            write_reals(&mut out, row);
        }
        out
    }

    /// The model of such bytes; none where they are those of no model.
    #[must_use]
    pub fn of_bytes(bytes: &[u8]) -> Option<Self> {
        let mut rest = bytes.strip_prefix(BEGIN)?;
        let labels = whole(&mut rest).filter(|labels| (1..=LABELS_MAX).contains(labels))? as usize;
        let known_up_to = *reals(&mut rest, 1)?.first()?;
        let idf = reals(&mut rest, BUCKETS as usize)?;
        let bias = reals(&mut rest, labels)?;
        let mut weights = Vec::new();
        for _ in 0..whole(&mut rest)? {
            let bucket = whole(&mut rest).filter(|bucket| *bucket < BUCKETS)? as usize;
            let row = reals(&mut rest, labels)?;
            // In order, so that each row lies after the one before it.
            if bucket * labels < weights.len() {
                return None;
            }
            weights.resize(bucket * labels, 0.0);
            weights.extend(row);
        }
        let pieces = Weights { idf, known_up_to };
        rest.is_empty().then_some(Self { labels, weights, bias, pieces })
    }
}

fn write_whole(out: &mut Vec<u8>, number: usize) {
    out.extend(u32::try_from(number).unwrap_or(u32::MAX).to_le_bytes());
}

fn write_reals(out: &mut Vec<u8>, numbers: &[f32]) {
    out.extend(numbers.iter().flat_map(|number| number.to_le_bytes()));
}

fn whole(rest: &mut &[u8]) -> Option<u32> {
    let (four, after) = rest.split_first_chunk()?;
    *rest = after;
    Some(u32::from_le_bytes(*four))
}

fn reals(rest: &mut &[u8], count: usize) -> Option<Vec<f32>> {
    let (numbers, after) = rest.split_at_checked(count * 4)?;
    *rest = after;
    let real = |four: &[u8]| Some(f32::from_le_bytes(four.try_into().ok()?));
    numbers.chunks_exact(4).map(real).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_kept_says_the_same_and_other_bytes_are_no_model() {
        let examples = [("đèn đường hỏng", 0), ("rác chất đống", 1), ("ngõ tối không đèn", 0)];
        let model = Classifier::train(&examples, 2);
        let bytes = model.to_bytes();
        let again = Classifier::of_bytes(&bytes).unwrap();
        for text in ["đèn ở ngõ", "rác thối", "chất đống đèn"] {
            assert_eq!(model.guess(text), again.guess(text));
        }
        assert_eq!(again.to_bytes(), bytes);
        assert!(Classifier::of_bytes(&bytes[..bytes.len() - 1]).is_none());
        assert!(Classifier::of_bytes(&[&bytes[..], &[0]].concat()).is_none());
        assert!(Classifier::of_bytes(b"suggest1\xff\xff\xff\xff").is_none());
        assert!(Classifier::of_bytes(b"").is_none());
    }
}
