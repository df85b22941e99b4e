//! The index: names of procedures by their words, and which of them a question means.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use kernel::{ProcedureCode, fold, nfc};
use procedure::Procedure;

use super::{Everyday, near::distance};

/// Most words of a question that are looked at.
const WORDS_MAX: usize = 16;
/// Most letters of one.
const LETTERS_MAX: usize = 40;
/// Most ways to say a question with other words of the same meaning.
const WAYS_MAX: usize = 6;
/// Below this, an answer is rather a guess.
const LEAST: f32 = 0.40;
/// What a word counts that does not change what is looked for.
const NOISE: f32 = 0.12;
/// What a word counts that no name knows, against the rarest one that some name knows.
const UNKNOWN: f32 = 0.35;

/// An answer to a question.
#[derive(Debug, Clone, PartialEq)]
pub struct Hit {
    /// Which procedure.
    pub code: ProcedureCode,
    /// How well it fits; about 1 for a name that says just that.
    pub score: f32,
    /// The name that fits best, as people say it.
    pub name: String,
}

/// A word as it was written and as it is searched.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Word {
    marked: String,
    folded: String,
}

#[derive(Debug)]
struct Entry {
    procedure: usize,
    name: String,
    words: Vec<Word>,
}

/// The names of all procedures, ready to be asked.
#[derive(Debug, Default)]
pub struct Index {
    codes: Vec<ProcedureCode>,
    entries: Vec<Entry>,
    /// Every folded word of each procedure, whichever of its names has it.
    of_procedure: Vec<HashSet<String>>,
    /// Entries with each folded word.
    found_in: HashMap<String, Vec<usize>>,
    /// How telling each folded word is: the fewer procedures have it, the more.
    weight: HashMap<String, f32>,
    /// Known words by their number of letters, for near ones.
    by_length: BTreeMap<usize, Vec<(String, Vec<char>)>>,
    noise: HashSet<String>,
    same: Vec<Vec<String>>,
    rarest: f32,
}

impl Index {
    /// An index of these procedures under their own and their everyday names.
    #[must_use]
    pub fn of<'p>(procedures: impl Iterator<Item = &'p Procedure>, everyday: &Everyday) -> Self {
        let mut index = Self {
            noise: everyday.noise.iter().map(|word| fold(word)).collect(),
            same: everyday
                .same
                .iter()
                .map(|g| g.iter().map(|p| nfc(p).to_lowercase()).collect())
                .collect(),
            ..Self::default()
        };
        for procedure in procedures {
            let at = index.codes.len();
            index.codes.push(procedure.code.clone());
            index
                .of_procedure
                .push(words(&procedure.sector).into_iter().map(|w| w.folded).collect());
            let given = everyday.names.get(&procedure.code).into_iter().flatten();
            let own = [Some(&procedure.name), procedure.name_en.as_ref()].into_iter().flatten();
            let results = procedure.results.iter().map(|result| &result.name);
            for name in own.chain(given).chain(results) {
                let words = words(name);
                index.of_procedure[at].extend(words.iter().map(|word| word.folded.clone()));
                index.entries.push(Entry { procedure: at, name: name.clone(), words });
            }
        }
        index.weigh();
        index
    }

    fn weigh(&mut self) {
        let mut having: HashMap<&str, BTreeSet<usize>> = HashMap::new();
        for (at, entry) in self.entries.iter().enumerate() {
            for word in &entry.words {
                having.entry(&word.folded).or_default().insert(entry.procedure);
                let found = self.found_in.entry(word.folded.clone()).or_default();
                if found.last() != Some(&at) {
                    found.push(at);
                }
            }
        }
        let all = self.codes.len() as f32;
        for (word, procedures) in having {
            let telling = (1.0 + all / procedures.len() as f32).ln();
            self.rarest = self.rarest.max(telling);
            let telling = if self.noise.contains(word) { telling * NOISE } else { telling };
            self.weight.insert(word.to_owned(), telling);
            let letters: Vec<char> = word.chars().collect();
            self.by_length.entry(letters.len()).or_default().push((word.to_owned(), letters));
        }
    }

    /// The procedures that a question means, best first, at most `limit`.
    #[must_use]
    pub fn find(&self, question: &str, limit: usize) -> Vec<Hit> {
        let mut best: HashMap<usize, (f32, usize)> = HashMap::new();
        for way in self.ways(question) {
            let asked = self.split(words(&way));
            for (entry, score) in self.scores(&asked) {
                let procedure = self.entries[entry].procedure;
                let known = best.entry(procedure).or_insert((score, entry));
                if score > known.0 {
                    *known = (score, entry);
                }
            }
        }
        let mut hits: Vec<Hit> = best
            .into_iter()
            .filter(|(_, (score, _))| *score >= LEAST)
            .map(|(procedure, (score, entry))| Hit {
                code: self.codes[procedure].clone(),
                score,
                name: self.entries[entry].name.clone(),
            })
            .collect();
        hits.sort_by(|a, b| b.score.total_cmp(&a.score).then_with(|| a.code.cmp(&b.code)));
        hits.truncate(limit);
        hits
    }

    /// The question, and the question with words of the same meaning in place of its own.
    fn ways(&self, question: &str) -> Vec<String> {
        let question = nfc(question).to_lowercase();
        let mut ways = vec![question.clone()];
        let padded = format!(" {question} ");
        let folded = format!(" {} ", fold(&question));
        for group in &self.same {
            for said in group {
                // With marks the phrase itself is meant; without, anything that folds so.
                let plain = question == fold(&question);
                let (hay, needle) = if plain {
                    (&folded, format!(" {} ", fold(said)))
                } else {
                    (&padded, format!(" {said} "))
                };
                if !hay.contains(&needle) {
                    continue;
                }
                for other in group.iter().filter(|other| *other != said) {
                    if ways.len() < WAYS_MAX {
                        ways.push(hay.replacen(&needle, &format!(" {other} "), 1));
                    }
                }
            }
        }
        ways
    }

    /// Words that were run together are parted where every piece is known.
    fn split(&self, asked: Vec<Word>) -> Vec<Word> {
        let mut out = Vec::new();
        for word in asked {
            if word.folded.len() >= 6
                && !self.weight.contains_key(&word.folded)
                && let Some(pieces) = self.pieces(&word.folded)
            {
                let piece = |p: &str| Word { marked: p.to_owned(), folded: p.to_owned() };
                out.extend(pieces.into_iter().map(piece));
                continue;
            }
            out.push(word);
        }
        out.truncate(WORDS_MAX);
        out
    }

    /// The fewest known words that make up a text; only of plain letters.
    fn pieces<'t>(&self, text: &'t str) -> Option<Vec<&'t str>> {
        if !text.is_ascii() {
            return None;
        }
        let mut best: Vec<Option<Vec<&str>>> = vec![None; text.len() + 1];
        best[0] = Some(Vec::new());
        for end in 1..=text.len() {
            for start in end.saturating_sub(7)..end.saturating_sub(1) {
                let Some(before) = &best[start] else { continue };
                let shorter = best[end].as_ref().is_none_or(|known| before.len() + 1 < known.len());
                if shorter && self.weight.contains_key(&text[start..end]) {
                    best[end] = Some(before.iter().copied().chain([&text[start..end]]).collect());
                }
            }
        }
        best.pop().flatten().filter(|pieces| pieces.len() > 1)
    }

    fn scores(&self, asked: &[Word]) -> Vec<(usize, f32)> {
        // For each word of the question, the known words that it may mean, and how surely.
        let meant: Vec<HashMap<&str, f32>> = asked.iter().map(|word| self.meant(word)).collect();
        let telling: Vec<f32> = asked.iter().zip(&meant).map(|(w, m)| self.asks(w, m)).collect();
        let whole: f32 = telling.iter().sum();
        if whole <= 0.0 {
            return Vec::new();
        }
        let mut candidates = BTreeSet::new();
        for (word, meant) in asked.iter().zip(&meant) {
            let telling = asked.len() == 1 || !self.noise.contains(&word.folded);
            for known in meant.keys().filter(|_| telling) {
                candidates.extend(self.found_in.get(*known).into_iter().flatten());
            }
        }
        let score = |at: usize| (at, self.score(&self.entries[at], asked, &meant, &telling, whole));
        candidates.into_iter().map(score).collect()
    }

    /// How much a word of the question counts.
    fn asks(&self, word: &Word, meant: &HashMap<&str, f32>) -> f32 {
        if self.noise.contains(&word.folded) {
            return self.rarest * NOISE * NOISE;
        }
        let known = meant.iter().max_by(|a, b| a.1.total_cmp(b.1));
        known.map_or(self.rarest * UNKNOWN, |(known, _)| self.weight[*known])
    }

    /// Known words that a word may mean: itself, and those that a slip or two parts from it.
    fn meant(&self, word: &Word) -> HashMap<&str, f32> {
        let mut meant = HashMap::new();
        let exact = self.weight.get_key_value(&word.folded);
        if let Some((known, _)) = exact {
            meant.insert(known.as_str(), 1.0);
        }
        let letters: Vec<char> = word.folded.chars().collect();
        let most = match letters.len() {
            0..=2 => return meant,
            3..=6 => 1,
            _ => 2,
        };
        for length in letters.len().saturating_sub(most)..=letters.len() + most {
            for (known, other) in self.by_length.get(&length).into_iter().flatten() {
                let Some(edits @ 1..) = distance(&letters, other, most) else { continue };
                // A word that is known is more likely itself than a slip.
                let sure = if exact.is_some() { 0.3 } else { 0.8 - 0.2 * (edits - 1) as f32 };
                meant.insert(known.as_str(), sure);
            }
        }
        meant
    }

    /// How well an entry answers: how much of the question it covers, how much of it the
    /// question covers, and whether words stand together in both.
    fn score(
        &self,
        entry: &Entry,
        asked: &[Word],
        meant: &[HashMap<&str, f32>],
        telling: &[f32],
        whole: f32,
    ) -> f32 {
        let fit = |i: usize, j: usize| {
            let known = &entry.words[j];
            let sure = meant[i].get(known.folded.as_str()).copied().unwrap_or(0.0);
            let other = asked[i].marked != asked[i].folded && asked[i].marked != known.marked;
            if other && sure == 1.0 { 0.75 } else { sure }
        };
        let columns = 0..entry.words.len();
        let best_of = |i: usize| columns.clone().map(|j| fit(i, j)).fold(0.0, f32::max);
        let covered: f32 = (0..asked.len()).map(|i| telling[i] * best_of(i)).sum();
        let weight = |j: usize| self.weight[&entry.words[j].folded];
        let own: f32 = columns.clone().map(weight).sum();
        let best_for = |j: usize| (0..asked.len()).map(|i| fit(i, j)).fold(0.0, f32::max);
        let said: f32 = columns.clone().map(|j| weight(j) * best_for(j)).sum();
        let (mut together, mut pairs) = (0.0, 0.0);
        for i in 1..asked.len() {
            let counts = telling[i - 1] + telling[i];
            pairs += counts;
            let side_by_side = columns.clone().skip(1).map(|j| fit(i - 1, j - 1).min(fit(i, j)));
            together += counts * side_by_side.fold(0.0, f32::max);
        }
        let order = if pairs > 0.0 { together / pairs } else { 0.5 };
        // What one name lacks another name of the same procedure may have.
        let all = &self.of_procedure[entry.procedure];
        let any = |i: usize| {
            meant[i].iter().filter(|(w, _)| all.contains(**w)).map(|(_, s)| *s).fold(0.0, f32::max)
        };
        let known: f32 = (0..asked.len()).map(|i| telling[i] * any(i)).sum();
        let name = covered * (0.55 + 0.30 * said / own.max(f32::EPSILON) + 0.15 * order);
        (0.7 * name + 0.3 * known) / whole
    }
}

fn words(text: &str) -> Vec<Word> {
    let text = nfc(text).to_lowercase();
    let parts = text.split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty());
    let word = |part: &str| {
        let marked: String = part.chars().take(LETTERS_MAX).collect();
        Word { folded: fold(&marked), marked }
    };
    parts.take(WORDS_MAX).map(word).collect()
}
