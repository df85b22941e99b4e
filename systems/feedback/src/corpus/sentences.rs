//! Reports put together from phrases.

use super::{Dice, Phrases, noise, phrases::Matter};
use crate::category::Category;

/// An invented report.
#[derive(Debug, Clone, PartialEq)]
pub struct Invented {
    /// What it is about.
    pub category: Category,
    /// Which of the things that happen in that category.
    pub thing: usize,
    /// The text.
    pub text: String,
}

/// The patterns of which reports are put together: Opening, What, Place, Time, More, Wish,
/// Close; a small letter has a chance of one half.
const PATTERNS: &[&str] = &[
    "OWPTMWc", "WPtmw", "W", "PWT", "oPWMV", "OWPMVC", "tPWmM", "WPMV", "oWPTC", "MWPV", "PWMMVc",
    "OtWPMvC",
];

/// A part of the reports is little more than the words that are typical of its category.
const WORDS_IN: usize = 2;

/// A report about the `thing`-th thing of a category.
#[must_use]
pub fn invent(
    phrases: &Phrases,
    category: Category,
    thing: usize,
    pattern: usize,
    dice: &mut Dice,
) -> Invented {
    let pattern = PATTERNS[pattern % PATTERNS.len()];
    let place = place(phrases, dice);
    let mut parts: Vec<&str> = Vec::new();
    let Some(matter) = phrases.of.get(category.label()) else {
        return Invented { category, thing, text: String::new() };
    };
    if !matter.words.is_empty() && dice.below(WORDS_IN) == 0 {
        return Invented { category, thing, text: few_words(matter, phrases, dice) };
    }
    let mut said = false;
    for letter in pattern.chars() {
        if letter.is_lowercase() && dice.chance(0.5) {
            continue;
        }
        let list: &[&str] = match letter.to_ascii_uppercase() {
            'O' => &phrases.open,
            'P' => &[place.as_str()],
            'T' => &phrases.time,
            'C' => &phrases.close,
            'M' => &matter.more,
            // What happens is said once; later it is what is wished for.
            'W' if !said => {
                said = true;
                matter.what.get(thing).map_or(&[], Vec::as_slice)
            }
            _ => &matter.wish,
        };
        parts.extend(dice.pick(list).copied());
    }
    let text = join(&parts, dice);
    Invented { category, thing, text: noise::noisy(&text, dice) }
}

/// "mất nước, vòi nước đường Quang Trung"
fn few_words(matter: &Matter, phrases: &Phrases, dice: &mut Dice) -> String {
    let count = 1 + dice.below(4);
    let words: Vec<&str> = (0..count).filter_map(|_| dice.pick(&matter.words).copied()).collect();
    let text = format!(
        "{} {}",
        words.join(if dice.chance(0.5) { ", " } else { " " }),
        place(phrases, dice)
    );
    noise::noisy(&text, dice)
}

/// How a place is called: a street by its name and number, or a corner that everybody knows.
fn place(phrases: &Phrases, dice: &mut Dice) -> String {
    const KINDS: &[&str] =
        &["đường", "phố", "ngõ", "tổ", "xóm", "thôn", "khu", "số nhà", "cạnh", "gần chợ", "cầu"];
    let known = dice.pick(&phrases.place).copied().unwrap_or_default();
    let (Some(kind), Some(name)) = (dice.pick(KINDS), dice.pick(&phrases.street)) else {
        return known.to_owned();
    };
    match dice.below(4) {
        0 => known.to_owned(),
        1 => format!("{kind} {}", 1 + dice.below(180)),
        2 => format!("{kind} {name}"),
        _ => format!("số {} {kind} {name}", 1 + dice.below(400)),
    }
}

fn join(parts: &[&str], dice: &mut Dice) -> String {
    let mut out = String::new();
    for part in parts {
        let fresh = out.is_empty() || out.ends_with('.');
        if !out.is_empty() {
            if !out.ends_with([',', ':', '.', '?']) {
                out.push_str(if dice.chance(0.4) {
                    "."
                } else if dice.chance(0.5) {
                    ","
                } else {
                    ""
                });
            }
            out.push(' ');
        }
        let fresh = fresh || out.ends_with(". ");
        if fresh && dice.chance(0.8) {
            let mut letters = part.chars();
            out.extend(letters.next().into_iter().flat_map(char::to_uppercase));
            out.push_str(letters.as_str());
        } else {
            out.push_str(part);
        }
    }
    out
}

/// Reports that were written by hand, one by one, with no pattern: only to measure with.
#[must_use]
pub fn by_hand() -> Vec<(Category, &'static str)> {
    let lines = include_str!("../../corpus/by-hand.txt").lines();
    let parsed = lines.filter_map(|line| line.split_once('\t'));
    parsed.filter_map(|(word, text)| Some((Category::from_word(word)?, text.trim()))).collect()
}
