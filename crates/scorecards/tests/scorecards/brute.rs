//! The solver against trying everything, on scorecards that nobody would decree.

use std::fmt::Write;

use proptest::prelude::*;
use scorecards::{
    Action, Aim, Change, Given, Inputs, Level, Number, Question, Scorecard, compute, find, load,
};

const INPUTS: [&str; 5] = ["a", "b", "c", "d", "e"];

/// Numerators and denominators that share inputs, take away, and may be zero.
const NUMERATORS: [&str; 6] = ["a", "b", "a + b", "c - d", "max(a, c)", "e"];
const DENOMINATORS: [&str; 5] = ["10", "d", "e", "c + d", "a"];
const ZEROS: [&str; 3] = ["none", "zero", "full"];
const RULES: [&str; 4] = [
    "{}",
    "{ full_at = 0.8 }",
    "{ steps = [[0.25, 1], [0.5, 2.5], [0.9, 6]] }",
    "{ full_at = 0.35 }",
];

type PartSpec = (usize, usize, usize, usize, Option<usize>);

/// A scorecard of such parts; `read` takes the other reading of the part at that place as its
/// rule.
fn made(parts: &[PartSpec], read: Option<usize>) -> Scorecard {
    let mut text = format!(
        "id = \"made\"\nversion = 1\nname = \"-\"\nname_en = \"-\"\nlegal_basis = []\n\
         valid_from = 2026-01-01\nmaximum = {}\ndivide_by = 7\ndecimals = 1\npart_decimals = 2\n",
        parts.len() * 6
    );
    let uses: Vec<String> = INPUTS.iter().map(|name| format!("\"{name}\"")).collect();
    for (nth, (numerator, denominator, zero, rule, other)) in parts.iter().enumerate() {
        let (zero, other) =
            if *denominator == 0 { (None, *other) } else { (Some(ZEROS[*zero]), *other) };
        let rule = if read == Some(nth) { other.unwrap_or(*rule) } else { *rule };
        let zero = zero.map_or(String::new(), |zero| format!("at_zero = \"{zero}\"\n"));
        let readings =
            other.map_or(String::new(), |other| format!("readings = [{}]\n", RULES[other]));
        write!(
            text,
            "[[part]]\nid = \"p{nth}\"\nname = \"-\"\nname_en = \"-\"\nmaximum = 6\n\
             numerator = \"{}\"\ndenominator = [\"{}\"]\n{zero}rule = {}\n{readings}",
            NUMERATORS[*numerator], DENOMINATORS[*denominator], RULES[rule]
        )
        .unwrap();
    }
    // A part without points looks at everything, so that no input is unused.
    write!(
        text,
        "[[part]]\nid = \"shown\"\nname = \"-\"\nname_en = \"-\"\nmaximum = 0\n\
         numerator = \"a + b + c + d + e\"\ndenominator = [\"1\"]\n"
    )
    .unwrap();
    for name in &uses {
        write!(
            text,
            "[[input]]\nname = {name}\nkind = \"count\"\nlabel = \"-\"\nlabel_en = \"-\"\n"
        )
        .unwrap();
    }
    load("made.toml", &text).unwrap()
}

/// Changes of one level: an input, by how much, and how much worse or better it may be.
type ChangeSpec = (usize, i32, u32, u32);
/// The levels of one action: what each costs more than the one before, and its changes.
type ActionSpec = Vec<(u32, Vec<ChangeSpec>)>;

fn actions(specs: &[ActionSpec]) -> Vec<Action> {
    let change = |(input, by, worse, better): &ChangeSpec| Change {
        input: INPUTS[*input].to_owned(),
        by: (*by).into(),
        worst: Some(Number::from(*by) - Number::from(*worse)),
        best: Some(Number::from(*by) + Number::from(*better)),
    };
    let action = |(nth, levels): (usize, &ActionSpec)| {
        let mut effort = 0;
        let level = |(cost, changes): &(u32, Vec<ChangeSpec>)| {
            effort += cost;
            Level { effort, changes: changes.iter().map(change).collect() }
        };
        Action {
            id: nth.to_string(),
            owner: (nth % 2).to_string(),
            levels: levels.iter().map(level).collect(),
        }
    };
    specs.iter().enumerate().map(action).collect()
}

/// Every way to pick levels, with its effort.
fn ways(actions: &[Action]) -> Vec<(Vec<usize>, u32)> {
    let mut all = vec![(Vec::new(), 0)];
    for action in actions {
        let mut wider = Vec::new();
        for (picks, effort) in &all {
            for level in 0..=action.levels.len() {
                let cost = if level == 0 { 0 } else { action.levels[level - 1].effort };
                let mut picks: Vec<usize> = picks.clone();
                picks.push(level);
                wider.push((picks, effort + cost));
            }
        }
        all = wider;
    }
    all
}

/// The figures after what was picked: 0 if it goes badly, 1 as expected, 2 if it goes well.
fn after(
    values: &[Option<u32>; 5],
    actions: &[Action],
    picks: &[usize],
    luck: usize,
) -> [Option<Number>; 5] {
    let mut state = values.map(|value| value.map(Number::from));
    for (action, level) in actions.iter().zip(picks).filter(|(_, level)| **level > 0) {
        for change in &action.levels[level - 1].changes {
            let by =
                [change.worst.as_ref(), None, change.best.as_ref()][luck].unwrap_or(&change.by);
            let place = INPUTS.iter().position(|name| *name == change.input).unwrap();
            state[place] = state[place].as_ref().map(|value| value + by);
        }
    }
    state.map(|value| value.map(|value| value.max(Number::zero())))
}

fn given(card: &Scorecard, state: &[Option<Number>; 5]) -> Inputs {
    let known = INPUTS.iter().zip(state).filter_map(|(name, value)| Some((name, value.clone()?)));
    known.fold(Inputs::none(card), |inputs, (name, value)| {
        inputs.with(card, name, Given::verified(value)).unwrap()
    })
}

fn part_points(card: &Scorecard, state: &[Option<Number>; 5]) -> Vec<Number> {
    let parts = compute(card, &given(card, state)).parts;
    parts.into_iter().map(|part| part.points.unwrap_or_default()).collect()
}

fn value(card: &Scorecard, state: &[Option<Number>; 5]) -> Number {
    compute(card, &given(card, state)).total().value.clone().unwrap_or_default()
}

/// The gain at worst: of each part the least over luck and readings.
fn at_worst(
    cards: &[Scorecard],
    values: &[Option<u32>; 5],
    actions: &[Action],
    picks: &[usize],
) -> Number {
    let none = vec![0; picks.len()];
    let mut least: Vec<Option<Number>> = vec![None; cards[0].parts().len()];
    for card in cards {
        for luck in 0..3 {
            let was = part_points(card, &after(values, actions, &none, luck));
            let is = part_points(card, &after(values, actions, picks, luck));
            for (least, (is, was)) in least.iter_mut().zip(is.iter().zip(&was)) {
                let gain = is - was;
                *least = Some(least.clone().map_or(gain.clone(), |least| least.min(gain)));
            }
        }
    }
    least.into_iter().flatten().sum::<Number>().over(&7.into()).unwrap()
}

fn specs() -> impl Strategy<Value = (Vec<PartSpec>, [Option<u32>; 5], Vec<ActionSpec>, u32)> {
    let part = (
        0..NUMERATORS.len(),
        0..DENOMINATORS.len(),
        0..3_usize,
        0..4_usize,
        prop::option::of(0..4_usize),
    );
    let value = prop::option::weighted(0.9, 0_u32..9);
    let change = (0..5_usize, -3..6_i32, 0..3_u32, 0..3_u32);
    let level = (1..5_u32, prop::collection::vec(change, 1..3));
    let action = prop::collection::vec(level, 1..3);
    (
        prop::collection::vec(part, 1..5),
        prop::array::uniform5(value),
        prop::collection::vec(action, 0..6),
        0..14_u32,
    )
}

/// To try everything takes its time: a quarter of the cases of other properties.
fn quarter() -> ProptestConfig {
    let usual = ProptestConfig::default();
    ProptestConfig { cases: usual.cases.div_ceil(4), ..usual }
}

proptest! {
    #![proptest_config(quarter())]

    #[test]
    fn no_set_of_actions_is_better_than_the_plan((parts, values, specs, budget) in specs()) {
        let (card, actions) = (made(&parts, None), actions(&specs));
        let inputs = given(&card, &values.map(|value| value.map(Number::from)));
        let question = |aim| Question { scorecard: &card, inputs: &inputs, actions: &actions, index: "total", budget, aim };
        let before = value(&card, &values.map(|value| value.map(Number::from)));
        let gain = |picks: &[usize]| value(&card, &after(&values, &actions, picks, 1)) - before.clone();

        let ways: Vec<(Vec<usize>, u32)> = ways(&actions).into_iter().filter(|way| way.1 <= budget).collect();
        let gains: Vec<(Number, u32)> = ways.iter().map(|(picks, effort)| (gain(picks), *effort)).collect();
        let most = gains.iter().map(|one| one.0.clone()).max().unwrap();
        let cheapest = gains.iter().filter(|one| one.0 == most).map(|one| one.1).min().unwrap();

        let plan = find(&question(Aim::Score)).unwrap();
        prop_assert_eq!(&plan.gain.stated, &most);
        prop_assert_eq!(plan.effort, cheapest, "no dearer than it has to be");
        prop_assert_eq!(&plan.after, &(&before + &most));
        prop_assert!(plan.gain.low <= most && most <= plan.gain.high);
        let paid: u32 = plan.chosen.iter().map(|one| one.effort).sum();
        prop_assert_eq!(paid, plan.effort);
        prop_assert_eq!(plan.chosen.len() + plan.left.len(), actions.len());
        let shared: u32 = plan.owners.values().map(|share| share.effort).sum();
        prop_assert_eq!(shared, plan.effort);

        // Each point of the curve is the most for its effort, and no better point is left out.
        for effort in 0..=budget {
            let best = gains.iter().filter(|one| one.1 <= effort).map(|one| one.0.clone()).max().unwrap();
            let point = plan.curve.iter().rfind(|point| point.effort <= effort).unwrap();
            prop_assert_eq!(&point.gain, &best, "with {}", effort);
        }

        // The best place among others, at the least cost.
        let others: Vec<Number> = (0..6).map(|nth| &before + &Number::from(nth).over(&3.into()).unwrap()).collect();
        let place = |gain: &Number| {
            let ours = (&before + gain).rounded(1);
            1 + u32::try_from(others.iter().filter(|one| one.rounded(1) > ours).count()).unwrap()
        };
        let best = gains.iter().map(|one| (place(&one.0), one.1)).min().unwrap();
        let plan = find(&question(Aim::Rank(others.clone()))).unwrap();
        prop_assert_eq!(plan.rank, Some((place(&Number::zero()), best.0)));
        prop_assert_eq!(plan.effort, best.1);
    }

    #[test]
    fn no_set_of_actions_is_surer_than_the_surest((parts, values, specs, budget) in specs()) {
        let readings = (0..parts.len()).map(|nth| made(&parts, Some(nth)));
        let cards: Vec<Scorecard> = std::iter::once(made(&parts, None)).chain(readings).collect();
        // To try everything takes readings × luck × sets: fewer actions do.
        let actions = actions(&specs[..specs.len().min(3)]);
        let inputs = given(&cards[0], &values.map(|value| value.map(Number::from)));
        let question = Question {
            scorecard: &cards[0], inputs: &inputs, actions: &actions, index: "total", budget, aim: Aim::Surest,
        };
        let plan = find(&question).unwrap();
        let ways = ways(&actions).into_iter().filter(|way| way.1 <= budget);
        let most = ways.map(|way| at_worst(&cards, &values, &actions, &way.0)).max().unwrap();
        prop_assert_eq!(&plan.gain.low, &most);
        prop_assert_eq!(&plan.curve.last().unwrap().gain, &most);
    }
}
