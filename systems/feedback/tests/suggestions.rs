//! How good the suggestions are on reports made of phrases that the model was never shown. The
//! figures are printed; `cargo xtask bench feedback` shows them.

use feedback::{
    category::Category,
    corpus::{Dice, Part, Phrases, by_hand, invent},
    suggestion::{Candidate, Learnt, Model, SHIPPED_COUNT, alike, shipped_examples},
};
use suggest::{Scores, majority};

type Text = (Category, String);

/// What the model says of texts, against what should be said.
fn judged(model: &Model, texts: &[Text]) -> Scores {
    let said = |text: &str| model.suggest(text).first().map_or(0, |s| s.category.label());
    let pairs: Vec<_> = texts.iter().map(|(c, text)| (c.label(), said(text))).collect();
    Scores::of(&pairs, Category::SUGGESTED)
}

#[test]
fn categories_of_reports_that_were_never_seen() {
    let train = shipped_examples(&Phrases::of(Part::Train), SHIPPED_COUNT, 1);
    let held = shipped_examples(&Phrases::of(Part::Held), 1600, 2);
    assert!(train.len() >= 2000, "at least two thousand reports");
    let known: std::collections::HashSet<&str> = train.iter().map(|(_, t)| t.as_str()).collect();
    assert!(known.len() > 2000, "and not the same ones again and again");
    assert!(held.iter().all(|(_, text)| !known.contains(text.as_str())));

    let model = Model::train(&train, Learnt::Invented(train.len()));
    let by_hand: Vec<Text> = by_hand().into_iter().map(|(c, text)| (c, text.to_owned())).collect();
    let most = majority(train.iter().map(|(category, _)| category.label()));
    let idle: Vec<_> = held.iter().map(|(category, _)| (category.label(), most)).collect();
    let among_three = |(category, text): &&Text| {
        model.suggest(text).iter().any(|suggestion| suggestion.category == *category)
    };
    let among = held.iter().filter(among_three).count() as f64 / held.len() as f64;
    let (held, by_hand) = (judged(&model, &held), judged(&model, &by_hand));

    println!("feedback_reports_trained_on {} reports", train.len());
    println!("feedback_category_macro_f1 {:.3} ratio", held.macro_f1);
    println!("feedback_category_among_first_three {among:.3} ratio");
    println!("feedback_category_macro_f1_by_hand {:.3} ratio", by_hand.macro_f1);
    let idle = Scores::of(&idle, Category::SUGGESTED).macro_f1;
    println!("feedback_category_macro_f1_always_the_same {idle:.3} ratio");
    assert!(held.macro_f1 > 0.75 && among > 0.85, "{:.3} {among:.3}", held.macro_f1);
    assert!(by_hand.macro_f1 > 0.70, "{:.3}", by_hand.macro_f1);
}

#[test]
fn duplicates_are_found_among_neighbours() {
    let (phrases, model) = (Phrases::all(), Model::shipped());
    let (mut found, mut offered, mut first_by_words) = (0, 0, 0);
    let pairs = 400_usize;
    for at in 0..pairs {
        let mut dice = Dice::of(7, at as u64);
        let category = Category::ALL[at % Category::SUGGESTED];
        let (text, others) = quarter(&phrases, category, &mut dice);
        let candidates: Vec<_> =
            others.iter().enumerate().map(|(key, one)| one.view(key)).collect();
        let likely = alike(model.pieces(), &text, &candidates);
        found += usize::from(likely.iter().any(|one| one.key == 0));
        offered += likely.len();
        let mine = model.pieces().of(&text);
        let by_words = |one: &Neighbour| suggest::similarity(&mine, &model.pieces().of(&one.text));
        let most = others.iter().map(by_words).enumerate().max_by(|(_, a), (_, b)| a.total_cmp(b));
        first_by_words += usize::from(most.unwrap().0 == 0);
    }
    let part = |count: usize, of: usize| count as f64 / of as f64;
    println!("feedback_duplicate_recall {:.3} ratio", part(found, pairs));
    println!("feedback_duplicate_precision {:.3} ratio", part(found, offered));
    println!("feedback_duplicate_recall_words_alone {:.3} ratio", part(first_by_words, pairs));
    assert!(part(found, pairs) > 0.85 && part(found, offered) > 0.5);
}

struct Neighbour {
    text: String,
    metres: f64,
    days: f64,
    same_category: bool,
}

impl Neighbour {
    fn view(&self, key: usize) -> Candidate<'_, usize> {
        let (metres, days) = (Some(self.metres), self.days);
        Candidate { key, text: &self.text, metres, days, same_category: Some(self.same_category) }
    }
}

/// A report, and what else was reported in its quarter in six weeks: first the same thing by
/// somebody else in other words, then other things, four of them of the same category.
fn quarter(phrases: &Phrases, category: Category, dice: &mut Dice) -> (String, Vec<Neighbour>) {
    let things = phrases.things(category);
    let thing = dice.below(things);
    let write = |category, thing, dice: &mut Dice| {
        let pattern = dice.below(13);
        invent(phrases, category, thing, pattern, dice).text
    };
    let text = write(category, thing, dice);
    let (metres, days) = (dice.unit() * 120.0, dice.unit() * 15.0);
    let same = write(category, thing, dice);
    let mut others = vec![Neighbour { text: same, metres, days, same_category: true }];
    for at in 0..12 {
        let other = if at < 4 { category } else { Category::ALL[dice.below(Category::SUGGESTED)] };
        let what = match other == category {
            true => (thing + 1 + dice.below(things - 1)) % things,
            false => dice.below(phrases.things(other)),
        };
        let text = write(other, what, dice);
        let (metres, days) = (dice.unit().sqrt() * 500.0, dice.unit() * 42.0);
        others.push(Neighbour { text, metres, days, same_category: other == category });
    }
    (text, others)
}
