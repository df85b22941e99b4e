//! A province with three hundred days of work asks where they pay most.

use scorecards::{
    Action, Aim, Change, Error, Inputs, LEVELS_MAX, Level, Question, Scorecard, Sureness, TOTAL,
    compute, find, headroom, missing_cases,
};

use crate::{card, inputs, number};

const STATE: &str = include_str!("../../scorecards/examples/766.json");

fn office() -> Vec<Action> {
    let once = |id: &str, owner: &str, effort, changes: Vec<Change>| {
        Action::once(id, owner, effort, changes)
    };
    vec![
        once("publish", "office", 25, vec![Change::sure("published_on_time", 11)]),
        once("content", "office", 30, vec![Change::sure("content_full", 112)]),
        once("sync", "centre", 20, vec![Change::sure("synced", 3214)]),
        once(
            "results",
            "centre",
            90,
            vec![Change {
                worst: Some(number("14000")),
                best: Some(number("24000")),
                ..Change::sure("results_electronic", 22000)
            }],
        ),
        once("reuse", "justice", 60, vec![Change::sure("data_reused", 41000)]),
        once(
            "pay",
            "finance",
            75,
            vec![Change::sure("paid_online", 16000), Change::sure("formalities_paid", 60)],
        ),
        once("online", "centre", 230, vec![Change::sure("full_online", 15000)]),
    ]
}

fn question<'q>(
    card: &'q Scorecard,
    inputs: &'q Inputs,
    actions: &'q [Action],
    aim: Aim,
) -> Question<'q> {
    Question { scorecard: card, inputs, actions, index: TOTAL, budget: 300, aim }
}

#[test]
fn the_plan_says_what_who_how_much_and_how_sure() {
    let (card, actions) = (card("766"), office());
    let inputs = inputs(&card, STATE);
    let plan = find(&question(&card, &inputs, &actions, Aim::Score)).unwrap();
    let names: Vec<&str> = plan.chosen.iter().map(|one| one.action.as_str()).collect();
    assert_eq!(names, ["publish", "content", "sync", "results", "reuse", "pay"]);
    assert_eq!(plan.effort, 300);
    assert_eq!(plan.before, compute(&card, &inputs).total().value.clone().unwrap());
    let owners: Vec<_> =
        plan.owners.iter().map(|(owner, share)| (owner.as_str(), share.effort)).collect();
    assert_eq!(owners, [("centre", 110), ("finance", 75), ("justice", 60), ("office", 55)]);

    let chosen = |id: &str| plan.chosen.iter().find(|one| one.action == id).unwrap();
    assert!(chosen("publish").alone.is_certain());
    assert_eq!(chosen("publish").alone.stated.shown(2), "0.55");
    let results = &chosen("results").alone;
    assert!(results.low < results.stated && results.stated < results.high);
    // Actions of the same index do not disturb each other here, so alone and within are alike.
    let sum: scorecards::Number = plan.chosen.iter().map(|one| one.within.stated.clone()).sum();
    assert_eq!(sum, plan.gain.stated);

    let left = &plan.left[0];
    assert_eq!((left.action.as_str(), left.effort), ("online", 230));
    assert!(left.alone.low < left.alone.stated, "its rule is not established, its counts not sure");
    assert_eq!(plan.curve[0].effort, 0);
    assert!(
        plan.curve.windows(2).all(|two| two[0].effort < two[1].effort && two[0].gain < two[1].gain)
    );
}

#[test]
fn work_on_points_that_may_be_struck_may_be_for_nothing() {
    let card = card("dti-922");
    let given =
        inputs(&card, r#"{"the_che_so": 0.5, "nhan_thuc_so": {"value": 0.5, "sure": "verified"}}"#);
    let by = |input: &str, by: &str| vec![Change::sure(input, number(by))];
    let actions = [
        Action::once("unsure", "x", 10, by("the_che_so", "0.3")),
        Action::once("sure", "y", 10, by("nhan_thuc_so", "0.2")),
    ];
    let ask =
        |aim| find(&Question { budget: 10, ..question(&card, &given, &actions, aim) }).unwrap();
    let score = ask(Aim::Score);
    assert_eq!(score.chosen[0].action, "unsure");
    assert_eq!((score.gain.low.clone(), score.gain.high.clone()), (number("0"), number("0.03")));
    let surest = ask(Aim::Surest);
    assert_eq!(surest.chosen[0].action, "sure");
    assert_eq!(surest.gain.low, number("0.02"));
}

#[test]
fn two_halves_of_a_threshold_are_found_together() {
    // One step alone gives nothing: 79 of 100 is as good as 60 where only 80 counts.
    let text = r#"
id = "steps"
version = 1
name = "-"
name_en = "-"
legal_basis = []
valid_from = 2026-01-01
maximum = 15
divide_by = 1
decimals = 2
part_decimals = 2
[[part]]
id = "jump"
name = "-"
name_en = "-"
maximum = 10
numerator = "done"
denominator = ["all"]
at_zero = "none"
rule = { steps = [[0.8, 10]] }
[[part]]
id = "slope"
name = "-"
name_en = "-"
maximum = 5
numerator = "other"
denominator = ["all"]
at_zero = "none"
[[input]]
name = "done"
kind = "count"
label = "-"
label_en = "-"
[[input]]
name = "other"
kind = "count"
label = "-"
label_en = "-"
[[input]]
name = "all"
kind = "count"
label = "-"
label_en = "-"
"#;
    let card = scorecards::load("steps.toml", text).unwrap();
    let inputs = inputs(&card, r#"{"done": 60, "other": 0, "all": 100}"#);
    let actions = [
        Action::once("half", "x", 10, vec![Change::sure("done", 10)]),
        Action::once("other half", "x", 10, vec![Change::sure("done", 10)]),
        Action::once("bait", "x", 10, vec![Change::sure("other", 50)]),
    ];
    let with = |budget| {
        let plan =
            find(&Question { budget, ..question(&card, &inputs, &actions, Aim::Score) }).unwrap();
        plan.chosen.into_iter().map(|one| one.action).collect::<Vec<_>>()
    };
    assert_eq!(with(10), ["bait"]);
    assert_eq!(with(20), ["half", "other half"]);
    assert_eq!(with(30), ["half", "other half", "bait"]);
}

#[test]
fn a_rank_costs_no_more_than_it_has_to() {
    let (card, actions) = (card("766"), office());
    let inputs = inputs(&card, STATE);
    let before = compute(&card, &inputs).total().value.clone().unwrap();
    let others = vec![&before + &number("0.3"), &before + &number("20")];
    let plan = find(&question(&card, &inputs, &actions, Aim::Rank(others))).unwrap();
    assert_eq!(plan.rank, Some((3, 2)));
    let names: Vec<&str> = plan.chosen.iter().map(|one| one.action.as_str()).collect();
    assert_eq!(names, ["publish"], "0.55 points pass the one who is 0.3 ahead");
}

#[test]
fn actions_come_of_the_cases_that_are_missing() {
    let card = card("766");
    let state = inputs(
        &card,
        r#"{"sure": "verified", "on_time": 960, "received": 1000, "data_reused": 70, "data_reusable": 100}"#,
    );
    assert_eq!(missing_cases(&card, &state, "2.1").unwrap(), Some(number("40")));
    assert_eq!(missing_cases(&card, &state, "4.3").unwrap(), Some(number("10")), "80% are enough");
    assert_eq!(missing_cases(&card, &state, "4.1").unwrap(), None, "not known");
    let of = (&card, &state);
    let action =
        Action::for_missing_cases("late", "head", of, ("2.1", "on_time"), 15).unwrap().unwrap();
    let efforts: Vec<(u32, String)> =
        action.levels.iter().map(|level| (level.effort, level.changes[0].by.to_string())).collect();
    assert_eq!(efforts, [(1, "15".into()), (2, "30".into()), (3, "40".into())]);
    // More received does not help; nor is there anything to make good in 4.1.
    assert_eq!(Action::for_missing_cases("x", "y", of, ("2.1", "received"), 1).unwrap(), None);
    assert_eq!(
        Action::for_missing_cases("x", "y", of, ("4.1", "results_electronic"), 1).unwrap(),
        None
    );

    let plan =
        find(&Question { budget: 2, ..question(&card, &state, &[action], Aim::Score) }).unwrap();
    assert_eq!((plan.chosen[0].level, plan.gain.stated), (2, number("0.6")));
}

#[test]
fn what_each_part_could_still_give() {
    let card = card("766");
    let state = inputs(
        &card,
        r#"{"sure": "verified", "on_time": 960, "received": 1000, "petitions_on_time": 0, "petitions_handled": 0, "published": 0, "published_on_time": 0}"#,
    );
    let rooms = headroom(&card, &state);
    let room = |id: &str| rooms.iter().find(|room| room.part == id).unwrap();
    assert_eq!(room("2.1").points_left, number("0.8"));
    assert_eq!(room("5.2").points_left, 0);
    assert_eq!(
        (room("1.1").points_left.clone(), room("1.1").sure),
        (number("0"), Sureness::Verified),
        "nothing to judge"
    );
    assert_eq!(
        (room("3.x").points_left.clone(), room("3.x").sure),
        (number("12"), Sureness::Missing)
    );
    assert!(rooms.windows(2).all(|two| two[0].points_left >= two[1].points_left));
}

#[test]
fn questions_that_make_no_sense_are_refused() {
    let card = card("766");
    let inputs = inputs(&card, STATE);
    let ask = |actions: &[Action], index: &str| {
        find(&Question { index, ..question(&card, &inputs, actions, Aim::Score) }).unwrap_err()
    };
    let good = Action::once("a", "x", 1, vec![Change::sure("synced", 1)]);
    assert_eq!(ask(&[good.clone(), good.clone()], TOTAL), Error::ActionTwice("a".into()));
    assert_eq!(ask(std::slice::from_ref(&good), "nothing"), Error::UnknownIndex("nothing".into()));
    let other = Action::once("a", "x", 1, vec![Change::sure("sinced", 1)]);
    assert_eq!(ask(&[other], TOTAL), Error::UnknownInput("sinced".into()));
    let level = Level { effort: 1, changes: Vec::new() };
    let falling = Action { levels: vec![level.clone(), level.clone()], ..good.clone() };
    assert_eq!(ask(&[falling], TOTAL), Error::Levels("a".into()));
    let none = Action { levels: Vec::new(), ..good.clone() };
    assert_eq!(ask(&[none], TOTAL), Error::Levels("a".into()));
    let many = Action { levels: vec![level; LEVELS_MAX + 1], ..good.clone() };
    assert!(matches!(ask(&[many], TOTAL), Error::TooMany { .. }));
    let worse =
        Change { worst: Some(number("5")), best: Some(number("6")), ..Change::sure("synced", 1) };
    assert_eq!(
        ask(&[Action::once("a", "x", 1, vec![worse])], TOTAL),
        Error::Disordered("synced".into())
    );
    let crowd: Vec<Action> =
        (0..201).map(|nth| Action { id: nth.to_string(), ..good.clone() }).collect();
    assert!(matches!(ask(&crowd, TOTAL), Error::TooMany { .. }));
}

#[test]
fn only_the_index_that_was_asked_for_rises() {
    let (card, actions) = (card("766"), office());
    let inputs = inputs(&card, STATE);
    let plan =
        find(&Question { index: "transparency", ..question(&card, &inputs, &actions, Aim::Score) })
            .unwrap();
    let names: Vec<&str> = plan.chosen.iter().map(|one| one.action.as_str()).collect();
    assert_eq!(names, ["publish", "content", "sync"]);
    assert_eq!(
        plan.before,
        compute(&card, &inputs).index("transparency").unwrap().value.clone().unwrap()
    );
}
