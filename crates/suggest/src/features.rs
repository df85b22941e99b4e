//! From a text to weighed pieces.

use std::collections::HashMap;

use kernel::fold;

/// How many different pieces are told apart; pieces that fall on one number share it.
pub(crate) const BUCKETS: u32 = 1 << 16;
/// What a piece of letters counts beside a whole word. Syllables of Vietnamese are short, and
/// many words share their letters.
const LETTERS: f32 = 0.3;
/// A text is read so far; more letters say nothing new about what it is about.
pub const TEXT_LETTERS_MAX: usize = 2000;

/// Weighed pieces of a text, by number, of length one.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Sparse(pub(crate) Vec<(u32, f32)>);

/// How much each piece says: the rarer, the more.
#[derive(Debug, Clone)]
pub struct Weights {
    pub(crate) idf: Vec<f32>,
    /// The weight of what two texts have.
    pub(crate) known_up_to: f32,
}

impl Weights {
    /// Learns from texts how rare each piece is.
    #[must_use]
    pub fn learn<'a>(texts: impl Iterator<Item = &'a str>) -> Self {
        let mut seen_in = vec![0_u32; BUCKETS as usize];
        let mut all = 0_u32;
        for text in texts {
            all += 1;
            for bucket in pieces(text).into_keys() {
                seen_in[bucket as usize] += 1;
            }
        }
        let rare = |count: u32| (((1.0 + all as f32) / (1.0 + count as f32)).ln() + 1.0).sqrt();
        let idf = seen_in.into_iter().map(rare).collect();
        Self { idf, known_up_to: if all < 100 { f32::INFINITY } else { rare(2) } }
    }

    /// The weighed pieces of a text.
    #[must_use]
    pub fn of(&self, text: &str) -> Sparse {
        self.weighed(pieces(text))
    }

    /// The weighed pieces of a text that at least two of the texts learnt from have too: the
    /// others say nothing about a label, and would only drown those that do.
    pub(crate) fn known_of(&self, text: &str) -> Sparse {
        let mut counted = pieces(text);
        counted.retain(|bucket, _| self.idf[*bucket as usize] <= self.known_up_to);
        self.weighed(counted)
    }

    fn weighed(&self, counted: HashMap<u32, f32>) -> Sparse {
        let weigh = |(bucket, count): (u32, f32)| {
            // What comes often counts for more, but not as often as it comes.
            let often = if count < 1.0 { count } else { 1.0 + count.ln() };
            (bucket, often * self.idf[bucket as usize])
        };
        let mut weighed: Vec<(u32, f32)> = counted.into_iter().map(weigh).collect();
        weighed.sort_unstable_by_key(|(bucket, _)| *bucket);
        let length = weighed.iter().map(|(_, value)| value * value).sum::<f32>().sqrt();
        if length > 0.0 {
            weighed.iter_mut().for_each(|(_, value)| *value /= length);
        }
        Sparse(weighed)
    }
}

/// Cosine of two texts: 0 where they share nothing, 1 where they are the same.
#[must_use]
pub fn similarity(one: &Sparse, other: &Sparse) -> f32 {
    let (mut left, mut right) = (one.0.as_slice(), other.0.as_slice());
    let mut sum = 0.0;
    while let ([(a, x), left_rest @ ..], [(b, y), right_rest @ ..]) = (left, right) {
        if a == b {
            sum += x * y;
        }
        if a <= b {
            left = left_rest;
        }
        if b <= a {
            right = right_rest;
        }
    }
    sum
}

/// How often each piece occurs.
fn pieces(text: &str) -> HashMap<u32, f32> {
    let end = text.char_indices().nth(TEXT_LETTERS_MAX).map_or(text.len(), |(at, _)| at);
    let folded = fold(&text[..end]);
    let words: Vec<&str> = folded.split(' ').filter(|word| !word.is_empty()).collect();
    let mut counted = HashMap::new();
    let mut count = |kind: u8, piece: &[&str]| {
        let counts = if kind == b'c' { LETTERS } else { 1.0 };
        *counted.entry(bucket(kind, piece)).or_insert(0.0) += counts;
    };
    for (at, word) in words.iter().enumerate() {
        count(b'w', &[word]);
        if let Some(next) = words.get(at + 1) {
            count(b'p', &[word, next]);
        }
        // Where each letter begins, and where the last one ends.
        let begins = word.char_indices().map(|(at, _)| at);
        let bounds: Vec<usize> = begins.chain([word.len()]).collect();
        for size in [3, 4] {
            for window in bounds.windows(size + 1) {
                count(b'c', &[&word[window[0]..window[size]]]);
            }
        }
    }
    counted
}

/// FNV-1a; it need not keep anybody from anything, only be the same everywhere.
fn bucket(kind: u8, piece: &[&str]) -> u32 {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    let mut eat = |byte: u8| hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    eat(kind);
    for word in piece {
        word.bytes().for_each(&mut eat);
        eat(b' ');
    }
    ((hash ^ (hash >> 32)) as u32) % BUCKETS
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_make_no_difference_and_a_slip_makes_little() {
        let texts = ["Đèn đường không sáng", "Cây đổ chắn ngang đường", "Mất nước sinh hoạt"];
        let weights = Weights::learn(texts.into_iter());
        let [light, plain, slip, tree] = [
            "Đèn đường không sáng",
            "den duong khong sang",
            "den duongf khong sangg",
            "cây đổ chắn ngang lối",
        ]
        .map(|text| weights.of(text));
        assert!((similarity(&light, &plain) - 1.0).abs() < 1e-5);
        assert!(similarity(&light, &slip) > 0.3);
        assert!(similarity(&light, &tree) < 0.2);
        assert!(similarity(&light, &weights.of("")).abs() < 1e-9);
    }
}
