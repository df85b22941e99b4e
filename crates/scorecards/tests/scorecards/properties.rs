//! What holds for every scorecard and all figures.

use proptest::prelude::*;
use scorecards::{
    Direction, Given, InputKind, Inputs, Number, Scorecard, compute, parse_inputs, rank,
};

use crate::card;

/// Figures for a scorecard: each may be missing, verified or self-assessed.
fn figures(card: &Scorecard) -> impl Strategy<Value = Inputs> + use<> {
    let card = card.clone();
    let one = (0_u32..4, 0_u32..=1000);
    prop::collection::vec(one, card.inputs().len()).prop_map(move |rows| {
        let mut inputs = Inputs::none(&card);
        for (input, (state, size)) in card.inputs().iter().zip(rows) {
            let value = match input.kind {
                InputKind::Share => Number::from(size).over(&1000.into()).unwrap(),
                InputKind::Grade => Number::from(size % 3),
                // Small counts, so that zero and more than the whole come often.
                InputKind::Count => Number::from(size % 12),
            };
            let given = match state {
                0 => continue,
                1 => Given::self_assessed(value),
                _ => Given::verified(value),
            };
            inputs = inputs.with(&card, &input.name, given).unwrap();
        }
        inputs
    })
}

fn any_card() -> impl Strategy<Value = (Scorecard, Inputs)> {
    prop::sample::select(vec!["dti-922", "766", "agency-9"]).prop_flat_map(|id| {
        let card = card(id);
        let inputs = figures(&card);
        (Just(card), inputs)
    })
}

proptest! {
    #[test]
    fn points_stay_between_nothing_and_the_maximum_and_add_up((card, inputs) in any_card()) {
        let scored = compute(&card, &inputs);
        for part in &scored.parts {
            let held = |number: &Number| *number >= 0 && *number <= part.maximum;
            prop_assert!(part.points.iter().all(held), "{part:?}");
            prop_assert!(held(&part.range.0) && held(&part.range.1));
            if let Some(points) = &part.points {
                prop_assert!(part.range.0 <= *points && *points <= part.range.1, "{part:?}");
            }
        }
        for (index, model) in scored.indices.iter().zip(card.indices()) {
            let parts = model.parts.iter().map(|place| &scored.parts[*place]);
            let sum: Number = parts.filter_map(|part| part.points.clone()).sum();
            let value = index.value.clone().unwrap_or_default();
            prop_assert_eq!(&value * &model.divide_by, sum, "{}", index.id);
            prop_assert!(value <= index.judged && index.judged <= index.maximum);
            prop_assert!(index.verified <= value);
            prop_assert!(index.range.0 <= value && value <= index.range.1);
        }
    }

    #[test]
    fn a_better_figure_never_lowers_a_score_unless_the_rule_says_so(
        (card, inputs) in any_card(), place: prop::sample::Index, more in 1_u32..5,
    ) {
        let place = place.index(card.inputs().len());
        let input = &card.inputs()[place];
        let Some(given) = inputs.get(place).cloned() else { return Ok(()) };
        let step = match input.kind {
            InputKind::Share => Number::from(more).over(&50.into()).unwrap(),
            InputKind::Count | InputKind::Grade => more.into(),
        };
        let raised = &given.value + &step;
        let raised = input.most.clone().map_or(raised.clone(), |most| raised.min(most));
        let other = inputs.clone().with(&card, &input.name, Given { value: raised, ..given }).unwrap();
        let value = |inputs: &Inputs| compute(&card, inputs).total().value.clone().unwrap_or_default();
        let (was, is) = (value(&inputs), value(&other));
        match card.direction(place) {
            Direction::Up => prop_assert!(is >= was, "{} rose", input.name),
            Direction::Down => prop_assert!(is <= was, "{} rose", input.name),
            Direction::Absent => prop_assert_eq!(is, was),
            // A denominator: from zero on, the rule for nothing of nothing says what it is worth.
            Direction::Mixed => {}
        }
    }

    #[test]
    fn more_cases_to_judge_never_help_once_there_are_some(
        good in 0_u32..30, all in 1_u32..30, more in 1_u32..30,
    ) {
        let card = card("766");
        let value = |all: u32| {
            let json = format!(r#"{{"on_time": {good}, "received": {all}}}"#);
            compute(&card, &parse_inputs(&card, &json).unwrap()).total().value.clone().unwrap()
        };
        prop_assert!(value(all + more) <= value(all));
    }

    #[test]
    fn counts_are_read_back_as_they_were_written(on_time in 0_u64..1 << 60, more in 1_u64..1 << 60) {
        let card = card("766");
        let json = format!(r#"{{"on_time": {on_time}, "received": {}}}"#, on_time + more);
        let inputs = parse_inputs(&card, &json).unwrap();
        let place = card.input_place("received").unwrap();
        prop_assert_eq!(&inputs.get(place).unwrap().value, &Number::from(on_time + more));
    }

    #[test]
    fn a_rank_is_one_more_than_those_who_are_ahead(values in prop::collection::vec(prop::option::of(0_u32..12), 0..20)) {
        let entries: Vec<_> = values.iter().enumerate()
            .map(|(nth, value)| (nth.to_string(), value.map(Number::from))).collect();
        for placed in rank(&entries, 2) {
            let mine = values[placed.name.parse::<usize>().unwrap()];
            let ahead = values.iter().flatten().filter(|one| Some(**one) > mine).count();
            let level = values.iter().filter(|one| one.is_some() && **one == mine).count();
            prop_assert_eq!(placed.rank, mine.map(|_| u32::try_from(ahead).unwrap() + 1));
            prop_assert_eq!(placed.tied, level > 1);
        }
    }
}
