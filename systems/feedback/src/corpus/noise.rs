//! How people write on phones: without marks, with slips, in short forms.

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

use super::Dice;

/// Short forms that are in everyday use.
const SHORT: &[(&str, &str)] = &[
    ("không", "ko"),
    ("không", "k"),
    ("được", "dc"),
    ("đường", "đg"),
    ("người", "ng"),
    ("những", "nhg"),
    ("với", "vs"),
    ("cũng", "cg"),
    ("trước", "trc"),
    ("rồi", "r"),
    ("biết", "bít"),
    ("gì", "j"),
    ("phường", "p."),
    ("học sinh", "hs"),
    ("bệnh viện", "bv"),
    ("cán bộ", "cb"),
    ("đề nghị", "đn"),
];

/// Sounds that are confused in parts of the country.
const CONFUSED: &[(&str, &str)] = &[
    ("tr", "ch"),
    ("ch", "tr"),
    ("s", "x"),
    ("x", "s"),
    ("gi", "d"),
    ("d", "gi"),
    ("l", "n"),
    ("n", "l"),
    ("r", "d"),
];

/// The text as somebody in a hurry writes it.
pub(super) fn noisy(text: &str, dice: &mut Dice) -> String {
    let mut text = text.to_owned();
    if dice.chance(0.35) {
        for (long, short) in SHORT {
            if dice.chance(0.5) {
                text = text.replace(long, short);
            }
        }
    }
    let slips = match dice.below(10) {
        0..=4 => 0.0,
        5..=7 => 0.04,
        _ => 0.12,
    };
    let words: Vec<String> = text.split(' ').map(|word| slip(word, slips, dice)).collect();
    text = words.join(" ");
    match dice.below(10) {
        // Nearly half write without marks.
        0..=3 => plain(&text).to_lowercase(),
        4 => text.to_lowercase(),
        5 => text.replace(['.', ','], ""),
        _ => text,
    }
}

fn slip(word: &str, probability: f64, dice: &mut Dice) -> String {
    if word.chars().count() < 2 || !dice.chance(probability) {
        return word.to_owned();
    }
    let letters: Vec<char> = word.chars().collect();
    let at = dice.below(letters.len());
    match dice.below(4) {
        0 => letters.iter().enumerate().filter(|(i, _)| *i != at).map(|(_, c)| *c).collect(),
        1 => {
            let mut swapped = letters;
            let other = (at + 1).min(swapped.len() - 1);
            swapped.swap(at, other);
            swapped.into_iter().collect()
        }
        2 => {
            let doubled = letters.iter().enumerate();
            doubled.flat_map(|(i, c)| std::iter::repeat_n(*c, 1 + usize::from(i == at))).collect()
        }
        _ => match CONFUSED.iter().rfind(|(from, _)| word.starts_with(from)) {
            Some((from, to)) => format!("{to}{}", &word[from.len()..]),
            None => word.to_owned(),
        },
    }
}

/// Without marks, the rest as it is.
fn plain(text: &str) -> String {
    let letters = text.nfd().filter(|letter| !is_combining_mark(*letter));
    letters
        .map(|letter| match letter {
            'đ' => 'd',
            'Đ' => 'D',
            other => other,
        })
        .collect()
}
