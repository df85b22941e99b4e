//! The fewest moves that bring enough cases in on time.

use std::num::NonZeroUsize;

use forecast::{Change, Error, Model, Move, Plan, Proof, Runs, Stay, Wish};
use proptest::prelude::*;

use crate::common::{agency, any_province, exponential, one_agency, place, step};

fn runs() -> Runs {
    Runs::new(20, 4).unwrap().on(NonZeroUsize::new(2).unwrap())
}

fn model(officers: [u16; 3]) -> Model {
    Model::new(&one_agency(17, 50, officers, "1 working_day"), 30, 12).unwrap()
}

/// What a plan says of itself is what the forecast says once its moves are made.
fn check(model: &Model, plan: &Plan) {
    let changes: Vec<Change> = plan.moves.iter().map(|p| p.made.clone().into()).collect();
    let (without, with) = (model.forecast(runs()), model.with(&changes).unwrap().forecast(runs()));
    assert_eq!(plan.without.late.mean, without.province.late.mean);
    assert!((plan.with.late.mean - with.province.late.mean).abs() < 1e-9);
}

#[test]
fn where_all_is_well_nothing_is_to_be_done() {
    let model = model([1, 5, 1]);
    let plan = model.plan(&Wish::default(), runs()).unwrap();
    assert_eq!((plan.moves.len(), plan.proof), (0, Proof::Fewest));
    assert!(plan.without.share >= 0.99 && plan.without == plan.with);
}

#[test]
fn the_narrow_place_is_found() {
    let model = model([1, 2, 1]);
    let plan = model.plan(&Wish::default(), runs()).unwrap();
    check(&model, &plan);
    assert_eq!((plan.moves.len(), plan.proof), (1, Proof::Fewest));
    assert!(plan.without.share < 0.99 && plan.with.share >= 0.99, "{plan:?}");
    let only = &plan.moves[0];
    assert!(only.effect.more.mean < 0.0 && only.used_with < only.used_without);
    let here = |name| {
        matches!(&only.made,
        Move::AddOfficer { step: s, .. } | Move::Overtime { step: s, .. } if *s == step(name))
    };
    assert!(here("thẩm-định"), "{:?}", only.made);
}

/// Two narrow places one after the other: widening either alone moves the queue to the other.
#[test]
fn two_narrow_places_take_two_moves() {
    let mut inputs = one_agency(17, 42, [1, 1, 1], "2 working_days");
    inputs.stays.insert(place(0, 1, "ký"), exponential(calendar::WorkingTime::minutes(42), 200));
    let model = Model::new(&inputs, 30, 12).unwrap();
    let plan = model.plan(&Wish { share: 0.9, ..Wish::default() }, runs()).unwrap();
    check(&model, &plan);
    assert_eq!((plan.moves.len(), plan.proof), (2, Proof::Fewest), "{plan:?}");
    let steps: Vec<&str> = plan
        .moves
        .iter()
        .filter_map(|p| match &p.made {
            Move::AddOfficer { step, .. } => Some(step.as_str()),
            _ => None,
        })
        .collect();
    assert!(steps.contains(&"thẩm-định") && steps.contains(&"ký"), "{steps:?}");
    // Each is worth what it adds to the other.
    assert!(plan.moves.iter().all(|planned| planned.effect.more.high < 0.0));
}

#[test]
fn what_takes_too_long_without_any_waiting_cannot_be_planned_away() {
    let mut inputs = one_agency(17, 50, [1, 3, 1], "1 working_day");
    let week = |stay: &Stay| Stay { delay: calendar::WorkingTime::days(5), ..*stay };
    let stays = inputs.stays.get_mut(&place(0, 1, "thẩm-định")).unwrap();
    *stays = stays.iter().map(week).collect();
    let model = Model::new(&inputs, 30, 12).unwrap();
    let wish = Wish { trials_max: 200, ..Wish::default() };
    let plan = model.plan(&wish, runs()).unwrap();
    let Proof::Impossible { best } = plan.proof else { panic!("{:?}", plan.proof) };
    assert!(best < 0.05 && plan.with.share <= best + 1e-9, "{plan:?}");
    assert!(plan.too_long.iter().any(|one| one.late > 1.0), "it says where: {:?}", plan.too_long);
}

#[test]
fn a_search_that_was_cut_short_says_so() {
    let model = model([1, 1, 1]);
    let wish = Wish { trials_max: 3, ..Wish::default() };
    let plan = model.plan(&wish, runs()).unwrap();
    assert!(matches!(plan.proof, Proof::NotFound(least) if least >= 1), "{:?}", plan.proof);
    let one_move = Wish { moves_max: 1, ..Wish::default() };
    let plan = model.plan(&one_move, runs()).unwrap();
    assert_eq!((plan.moves.len(), plan.proof), (1, Proof::NotFound(2)));
    assert!(plan.with.share > plan.without.share);
}

#[test]
fn what_saves_too_little_is_left_out_and_what_is_left_is_told_as_it_is() {
    let model = model([1, 1, 1]);
    let wish = Wish { share: 1.0, trials_max: 120, moves_max: 6, ..Wish::default() };
    let all = model.plan(&wish, runs()).unwrap();
    let least = 5.0;
    let plan = model.plan(&Wish { least, ..wish }, runs()).unwrap();
    check(&model, &plan);
    let saved = |planned: &forecast::Planned| -planned.effect.more.mean;
    assert!(plan.moves.iter().all(|planned| saved(planned) >= least), "{plan:?}");
    assert!(plan.moves.len() <= all.moves.len() && !plan.moves.is_empty(), "{plan:?}");
    // Nothing is worth a thousand cases here, and to do nothing reaches nothing.
    let plan = model.plan(&Wish { least: 1000.0, ..Wish::default() }, runs()).unwrap();
    assert!(plan.moves.is_empty() && plan.with == plan.without, "{plan:?}");
    assert!(matches!(plan.proof, Proof::NotFound(n) if n >= 1), "{:?}", plan.proof);
}

#[test]
fn a_wish_is_checked() {
    let refused = |wish: Wish| model([1, 2, 1]).plan(&wish, runs()).err();
    assert_eq!(refused(Wish { share: 1.01, ..Wish::default() }), Some(Error::Share));
    assert_eq!(refused(Wish { share: f64::NAN, ..Wish::default() }), Some(Error::Share));
    assert_eq!(refused(Wish { overtime: 241, ..Wish::default() }), Some(Error::Overtime));
}

#[test]
fn a_plan_for_one_agency_leaves_the_others_alone() {
    let model = Model::new(&any_province(12), 14, 12).unwrap();
    let wish = Wish { agency: Some(agency(0)), share: 0.6, trials_max: 400, ..Wish::default() };
    let plan = model.plan(&wish, runs()).unwrap();
    let all = model.plan(&Wish { agency: None, ..wish }, runs()).unwrap();
    assert!(plan.without.due <= all.without.due);
    assert!(plan.with.share >= plan.without.share);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(8))]

    /// Where a plan of some moves is said to be the fewest, no single move of the list does it,
    /// and nothing at all does not either.
    #[test]
    fn no_fewer_moves_do(seed in 0..10_000_u64, share in 0.3..0.95_f64) {
        let model = Model::new(&any_province(seed), 14, 12).unwrap();
        let wish = Wish { share, trials_max: 250, moves_max: 6, ..Wish::default() };
        let plan = model.plan(&wish, runs()).unwrap();
        prop_assert!(plan.moves.len() <= 6);
        check(&model, &plan);
        let reaches = |changes: &[Change]| {
            let late = model.with(changes).unwrap().forecast(runs()).province.late.mean;
            1.0 - late / plan.without.due.max(1e-9) >= share
        };
        if plan.proof == Proof::Fewest {
            prop_assert!(plan.with.share >= share - 1e-9);
            if !plan.moves.is_empty() {
                prop_assert!(!reaches(&[]));
            }
            if plan.moves.len() > 1 {
                for s in model.forecast(runs()).steps {
                    let (agency, step) = (s.agency, s.step);
                    let add = Move::AddOfficer { agency, step: step.clone() };
                    let by_due = Move::ByDue { agency, step: step.clone() };
                    let overtime = Move::Overtime { agency, step, minutes: 90 };
                    for made in [add, by_due, overtime] {
                        prop_assert!(!reaches(&[made.clone().into()]), "{made:?}");
                    }
                }
            }
        }
    }
}
