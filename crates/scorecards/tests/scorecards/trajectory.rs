//! Where a target should stand, and how likely it is to be met.

use proptest::prelude::*;
use scorecards::{Better, Error, Likelihood, Month, Number, Shape, Trajectory};

use crate::number;

fn month(text: &str) -> Month {
    text.parse().unwrap()
}

/// From 40 at the end of 2025 to 100 at the end of 2026.
fn year(shape: Shape) -> Trajectory {
    let (start, end) = ((month("2025-12"), number("40")), (month("2026-12"), number("100")));
    Trajectory::new(start, end, Better::More, shape).unwrap()
}

#[test]
fn a_line_a_staircase_and_the_seasons() {
    let line = year(Shape::Linear);
    assert_eq!(line.expected(month("2026-03")), 55);
    assert_eq!(line.expected(month("2025-01")), 40);
    assert_eq!(line.expected(month("2027-01")), 100);

    let stairs = year(Shape::Steps(vec![
        (month("2026-06"), number("60")),
        (month("2026-10"), number("90")),
    ]));
    let at = |text: &str| stairs.expected(month(text)).to_string();
    assert_eq!(
        [at("2026-05"), at("2026-06"), at("2026-09"), at("2026-10"), at("2026-12")],
        ["40", "60", "60", "90", "100"]
    );

    // Tết takes most of February; the last quarter is busy.
    let weights = [4, 1, 5, 5, 5, 5, 5, 5, 5, 10, 5, 5].map(Number::from);
    let seasons = year(Shape::Seasonal(weights.into()));
    let at = |text: &str| seasons.expected(month(text)).to_string();
    assert_eq!(
        [at("2026-01"), at("2026-02"), at("2026-09"), at("2026-12")],
        ["44", "45", "80", "100"]
    );
}

#[test]
fn what_is_no_trajectory_is_refused() {
    let (a, b) = ((month("2026-01"), number("1")), (month("2026-06"), number("2")));
    let made = |shape| Trajectory::new(a.clone(), b.clone(), Better::More, shape);
    let step = |text: &str, value: &str| (month(text), number(value));
    assert_eq!(
        Trajectory::new(b.clone(), a.clone(), Better::More, Shape::Linear),
        Err(Error::Trajectory)
    );
    for steps in [
        vec![step("2026-01", "1")],
        vec![step("2026-07", "2")],
        vec![step("2026-03", "1.5"), step("2026-02", "1.6")],
        vec![step("2026-03", "1.5"), step("2026-04", "1.4")],
        vec![step("2026-03", "2.5")],
    ] {
        assert_eq!(made(Shape::Steps(steps)), Err(Error::Trajectory));
    }
    let mut weights = [0; 12].map(Number::from);
    assert_eq!(made(Shape::Seasonal(weights.clone().into())), Err(Error::Trajectory));
    // July is not on the way.
    weights[6] = number("1");
    assert_eq!(made(Shape::Seasonal(weights.into())), Err(Error::Trajectory));
    for text in ["2026", "2026-13", "2026-1", "26-01-01", "2026-é"] {
        assert_eq!(text.parse::<Month>(), Err(Error::Month), "{text}");
    }
    assert_eq!(month("2026-11").to_string(), "2026-11");
}

#[test]
fn four_likelihoods_by_a_rule_that_everybody_can_check() {
    let line = year(Shape::Linear);
    let judged = |now: &str, figures: &[(&str, &str)]| {
        let figures: Vec<_> =
            figures.iter().map(|(at, value)| (month(at), number(value))).collect();
        line.judge(month(now), &figures)
    };
    let colour =
        |now: &str, figures: &[(&str, &str)]| judged(now, figures).map(|one| one.likelihood);

    // Ahead of 70, and as fast as planned.
    assert_eq!(
        colour("2026-06", &[("2026-03", "57"), ("2026-06", "72")]),
        Some(Likelihood::Assured)
    );
    // Ahead, but standing still for three months.
    assert_eq!(
        colour("2026-06", &[("2026-03", "72"), ("2026-06", "72")]),
        Some(Likelihood::Likely)
    );
    // Behind, but catching up fast enough.
    assert_eq!(
        colour("2026-06", &[("2026-03", "46"), ("2026-06", "66")]),
        Some(Likelihood::Likely)
    );
    // Behind by 5, and no faster than the plan: 95 at the end, which lacks less than a fifth.
    assert_eq!(
        colour("2026-06", &[("2026-03", "50"), ("2026-06", "65")]),
        Some(Likelihood::Doubtful)
    );
    // Behind by 20.
    assert_eq!(
        colour("2026-06", &[("2026-03", "45"), ("2026-06", "50")]),
        Some(Likelihood::Unlikely)
    );
    // No figure, no colour; what came later is not known yet.
    assert_eq!(colour("2026-06", &[("2026-07", "90")]), None);
    // At the end only the figure counts.
    assert_eq!(colour("2027-02", &[("2026-12", "100")]), Some(Likelihood::Assured));
    assert_eq!(colour("2027-02", &[("2026-12", "99.9")]), Some(Likelihood::Unlikely));

    let told = judged("2026-08", &[("2026-03", "50"), ("2026-06", "65")]).unwrap();
    assert_eq!(
        (told.as_of, told.expected, told.ahead),
        (month("2026-06"), number("70"), number("-5"))
    );
    assert_eq!((told.pace, told.projected), (number("1"), number("95")));
    assert_eq!(told.needed.unwrap().to_string(), "7/6");
}

#[test]
fn less_is_better_where_dossiers_wait() {
    let (start, end) = ((month("2026-01"), number("500")), (month("2026-11"), number("0")));
    let way = Trajectory::new(start, end, Better::Less, Shape::Linear).unwrap();
    assert_eq!(way.ahead(month("2026-03"), &number("380")), 20);
    let judged = way.judge(month("2026-03"), &[(month("2026-03"), number("380"))]).unwrap();
    assert_eq!(judged.likelihood, Likelihood::Assured);
    let judged = way.judge(month("2026-03"), &[(month("2026-03"), number("490"))]).unwrap();
    assert_eq!(judged.likelihood, Likelihood::Unlikely);
}

#[test]
fn a_level_that_is_to_be_held() {
    let (start, end) = ((month("2026-01"), number("98")), (month("2026-12"), number("98")));
    let hold = Trajectory::new(start, end, Better::More, Shape::Linear).unwrap();
    let colour = |value: &str| {
        hold.judge(month("2026-05"), &[(month("2026-05"), number(value))]).unwrap().likelihood
    };
    assert_eq!(colour("98.2"), Likelihood::Assured);
    assert_eq!(colour("97.5"), Likelihood::Doubtful);
    assert_eq!(colour("90"), Likelihood::Unlikely);
}

proptest! {
    #[test]
    fn a_trajectory_begins_at_its_start_ends_at_its_target_and_never_turns(
        start in -100_i64..100, target in -100_i64..100, months in 1..40_i32,
        weights in prop::array::uniform12(1_u32..9), seasonal: bool,
    ) {
        let from = month("2026-03");
        let shape = if seasonal { Shape::Seasonal(weights.map(Number::from).into()) } else { Shape::Linear };
        let ends = ((from, start.into()), (from.plus(months), target.into()));
        let way = Trajectory::new(ends.0, ends.1, Better::More, shape).unwrap();
        prop_assert_eq!(way.expected(from), Number::from(start));
        prop_assert_eq!(way.expected(from.plus(months)), Number::from(target));
        for nth in 0..months {
            let (now, next) = (way.expected(from.plus(nth)), way.expected(from.plus(nth + 1)));
            let onward = if target >= start { now <= next } else { now >= next };
            prop_assert!(onward);
        }
    }

    #[test]
    fn a_better_newest_figure_never_makes_a_target_less_likely(
        figures in prop::collection::vec(0_i64..120, 1..6), more in 0_i64..30,
    ) {
        let line = year(Shape::Linear);
        let months = |figures: &[i64]| -> Vec<(Month, Number)> {
            let at = (1..).map(|nth| month("2025-12").plus(nth));
            at.zip(figures.iter().map(|value| (*value).into())).collect()
        };
        let mut better = figures.clone();
        *better.last_mut().unwrap() += more;
        let judge = |figures: &[i64]| line.judge(month("2026-12"), &months(figures)).unwrap().likelihood;
        prop_assert!(judge(&better) >= judge(&figures));
    }
}
