//! The phrases, read from `corpus/`.

use super::Dice;
use crate::category::Category;

/// What a phrase is for: to learn from, or to be measured on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// The model may see it.
    Train,
    /// The model never sees it.
    Held,
}

/// The phrases of one part.
#[derive(Debug, Clone, Default)]
pub struct Phrases {
    /// Which part; none for both.
    part: Option<Part>,
    pub(super) open: Vec<&'static str>,
    pub(super) place: Vec<&'static str>,
    pub(super) street: Vec<&'static str>,
    pub(super) time: Vec<&'static str>,
    pub(super) close: Vec<&'static str>,
    pub(super) of: Vec<Matter>,
}

/// The phrases of one category.
#[derive(Debug, Clone, Default)]
pub(super) struct Matter {
    /// Each thing that happens, in several ways of saying it.
    pub(super) what: Vec<Vec<&'static str>>,
    pub(super) more: Vec<&'static str>,
    pub(super) wish: Vec<&'static str>,
    /// Words that reports of the category are full of; only to learn from.
    pub(super) words: Vec<&'static str>,
}

const WORDS: &str = include_str!("../../corpus/words.txt");
const COMMON: &str = include_str!("../../corpus/common.txt");

/// The text of a category.
const fn text(category: Category) -> &'static str {
    match category {
        Category::Roads => include_str!("../../corpus/duong-sa.txt"),
        Category::Lighting => include_str!("../../corpus/chieu-sang.txt"),
        Category::Waste => include_str!("../../corpus/rac.txt"),
        Category::Trees => include_str!("../../corpus/cay-xanh.txt"),
        Category::Water => include_str!("../../corpus/cap-nuoc.txt"),
        Category::Drainage => include_str!("../../corpus/thoat-nuoc.txt"),
        Category::Power => include_str!("../../corpus/dien.txt"),
        Category::Order => include_str!("../../corpus/trat-tu.txt"),
        Category::Noise => include_str!("../../corpus/tieng-on.txt"),
        Category::Building => include_str!("../../corpus/xay-dung.txt"),
        Category::Environment => include_str!("../../corpus/moi-truong.txt"),
        Category::Food => include_str!("../../corpus/thuc-pham.txt"),
        Category::Health => include_str!("../../corpus/y-te.txt"),
        Category::Education => include_str!("../../corpus/giao-duc.txt"),
        Category::Procedures => include_str!("../../corpus/thu-tuc.txt"),
        Category::Conduct => include_str!("../../corpus/thai-do.txt"),
        Category::Other => "",
    }
}

impl Phrases {
    /// The phrases of a part: of every four ways of saying a thing, of every four details, one
    /// is held back. The words that every report may have are divided alike.
    #[must_use]
    pub fn of(part: Part) -> Self {
        let list = |name: &str| {
            let lines = section(COMMON, name).enumerate();
            lines.filter(|(at, _)| belongs(*at, part)).map(|(_, line)| line).collect()
        };
        let matters = Category::ALL[..Category::SUGGESTED].iter().map(|category| {
            let text = text(*category);
            let lines = |name: &str| -> Vec<&'static str> {
                let lines = section(text, name).enumerate();
                lines.filter(|(at, _)| belongs(*at, part)).map(|(_, line)| line).collect()
            };
            let (more, wish) = (lines("more"), lines("wish"));
            let what = section(text, "what").enumerate().map(|(row, line)| {
                let ways = line.split('|').map(str::trim).enumerate();
                ways.filter(|(at, _)| belongs(at + row, part)).map(|(_, way)| way).collect()
            });
            let words = section(WORDS, category.word()).flat_map(|line| line.split(", "));
            let words = if part == Part::Train { words.collect() } else { Vec::new() };
            Matter { what: what.collect(), more, wish, words }
        });
        let (open, place, street) = (list("open"), list("place"), list("street"));
        let part = Some(part);
        Self {
            part,
            open,
            place,
            street,
            time: list("time"),
            close: list("close"),
            of: matters.collect(),
        }
    }

    /// All phrases of both parts, for what is only to be looked at.
    #[must_use]
    pub fn all() -> Self {
        let (mut all, held) = (Self::of(Part::Train), Self::of(Part::Held));
        all.part = None;
        all.open.extend(held.open);
        all.place.extend(held.place);
        all.street.extend(held.street);
        all.time.extend(held.time);
        all.close.extend(held.close);
        for (matter, held) in all.of.iter_mut().zip(held.of) {
            matter.more.extend(held.more);
            matter.wish.extend(held.wish);
            for (ways, held) in matter.what.iter_mut().zip(held.what) {
                ways.extend(held);
            }
        }
        all
    }

    /// A pattern for a report. Of every three one is held back.
    pub(crate) fn pattern(&self, dice: &mut Dice) -> usize {
        let third = dice.below(4) * 3;
        match self.part {
            Some(Part::Held) => third,
            Some(Part::Train) => third + 1 + dice.below(2),
            None => dice.below(13),
        }
    }

    /// How many things can happen in a category.
    #[must_use]
    pub fn things(&self, category: Category) -> usize {
        self.of.get(category.label()).map_or(0, |matter| matter.what.len())
    }
}

fn belongs(at: usize, part: Part) -> bool {
    (at % 4 == 3) == (part == Part::Held)
}

/// The lines below `[name]`.
fn section<'t>(text: &'t str, name: &str) -> impl Iterator<Item = &'t str> {
    let head = format!("[{name}]");
    let below = text.lines().skip_while(move |line| line.trim() != head).skip(1);
    below.take_while(|line| !line.starts_with('[')).map(str::trim).filter(|line| !line.is_empty())
}
