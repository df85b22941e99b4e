//! How good the suggestions are on reports made of phrases that the model was never shown. The
//! figures are printed; `cargo xtask bench feedback` shows them.

use feedback::{
    category::Category,
    corpus::{Dice, Part, Phrases, by_hand, invent},
    suggestion::{
        Candidate, Learnt, Model, Pair, Past, SHIPPED_COUNT, is_held, shipped_examples, train,
    },
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
        let likely = model.same_as(&text, &candidates);
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

/// A report in words that only one province has.
fn own(at: usize, label: usize) -> Past {
    let text = format!("khu {at} bị zuk{label}o wof{label}i rồi");
    Past { key: at as u64, category: Category::ALL[label], text }
}

#[test]
fn what_a_province_says_is_learnt_and_a_worse_model_is_not_taken_over() {
    let shipped = Model::shipped();
    let label = |at: usize| (at / 5) % Category::SUGGESTED;
    let past: Vec<Past> = (0..800).map(|at| own(at, label(at))).collect();
    let trial = train(&shipped, &past, &[]);
    let of = trial.figures;
    println!("feedback_trained_macro_f1_before {:.3} ratio", of.f1_before);
    println!("feedback_trained_macro_f1_after {:.3} ratio", of.f1_after);
    assert_eq!((of.reports, of.held), (640, 160));
    assert!(of.f1_before < 0.2 && of.f1_after > 0.9 && trial.taken, "{of:?}");
    // What was shipped is still known.
    let by_hand: Vec<Text> = by_hand().into_iter().map(|(c, text)| (c, text.to_owned())).collect();
    let known = judged(&trial.model, &by_hand).macro_f1;
    assert!(known > 0.70, "{known:.3}");

    // Somebody sorted badly for a while: what was held back does not agree.
    let wrong = |at: usize| {
        let said = if is_held(at as u64) { label(at) } else { (label(at) + 1) % 16 };
        Past { category: Category::ALL[said], ..own(at, label(at)) }
    };
    let past: Vec<Past> = (0..800).map(wrong).collect();
    let worse = train(&trial.model, &past, &[]);
    assert!(!worse.taken && worse.figures.f1_after < worse.figures.f1_before);
    assert_eq!(worse.model.learnt, Learnt::Past(640), "the one in use stays");
    // Too little to judge by.
    let few = train(&shipped, &[own(1, 1), own(5, 1)], &[]);
    assert!(!few.taken && matches!(few.model.learnt, Learnt::Invented(_)));
    // What is kept is what was trained.
    let again = Model::of_bytes(&trial.model.to_bytes()).unwrap();
    assert_eq!(again.suggest("khu 7 bị zuk3o"), trial.model.suggest("khu 7 bị zuk3o"));
    assert_eq!(again.learnt, trial.model.learnt);
    assert!(Model::of_bytes(b"x").is_none());
}

#[test]
fn which_reports_are_the_same_is_learnt_from_what_officers_joined() {
    let shipped = Model::shipped();
    // Here people report what is new, and what they report again is told from other things by
    // hardly anything but the place.
    let pair = |at: usize| {
        let same = at.is_multiple_of(2);
        let texts = [format!("hỏng ở khu {at}"), format!("xem lại {} giúp", at * 7)];
        let metres = Some(if same { 110.0 } else { 385.0 } + (at % 9) as f64);
        Pair { key: at as u64, texts, metres, days: 20.0, same_category: true, same }
    };
    let pairs: Vec<Pair> = (0..300).map(pair).collect();
    let trial = train(&shipped, &[], &pairs);
    let of = trial.figures;
    println!("feedback_trained_same_f1_before {:.3} ratio", of.pairs_f1_before);
    println!("feedback_trained_same_f1_after {:.3} ratio", of.pairs_f1_after);
    assert_eq!((of.pairs, of.pairs_held), (240, 60));
    assert!(trial.taken && of.pairs_f1_after > 0.9, "{of:?}");
    assert!(of.pairs_f1_after > of.pairs_f1_before, "{of:?}");
}
