//! The scorecards that come with the program, and their examples.

use jiff::civil::date;
use scorecards::{AtZero, Rule, Sureness, compute, in_force, shipped};

use crate::{card, inputs, number, score};

#[test]
fn three_scorecards_come_with_the_program_each_in_its_years() {
    let all = shipped().unwrap();
    let ids: Vec<&str> = all.iter().map(scorecards::Scorecard::id).collect();
    assert_eq!(ids, ["dti-922", "766", "agency-9"]);
    assert!(in_force(&all, "dti-922", date(2022, 5, 19)).is_none(), "before the decision");
    assert!(in_force(&all, "dti-922", date(2025, 4, 2)).is_some());
    assert!(in_force(&all, "dti-922", date(2025, 4, 3)).is_none(), "decision 405 took its place");
    assert_eq!(in_force(&all, "766", date(2026, 11, 22)).unwrap().version(), 1);
}

#[test]
fn dti_has_98_components_and_1000_points() {
    let card = card("dti-922");
    assert_eq!(card.parts().len(), 9);
    assert_eq!(card.parts().iter().filter_map(|part| part.components).sum::<u32>(), 98);
    assert_eq!(card.indices()[0].maximum, 1);
    assert_eq!(card.indices()[0].divide_by, 1000);
    for index in card.indices() {
        assert_eq!(index.maximum, 1, "{}", index.id);
    }
}

#[test]
fn index_766_has_six_groups_and_100_points() {
    let card = card("766");
    let groups = &card.indices()[1..7];
    let sum: scorecards::Number = groups.iter().map(|group| group.maximum.clone()).sum();
    assert_eq!(sum, 100);
    let mut places: Vec<usize> = groups.iter().flat_map(|group| group.parts.clone()).collect();
    places.sort_unstable();
    assert_eq!(places, (0..card.parts().len()).collect::<Vec<_>>(), "each part is in one group");
    let full = |id: &str| card.parts().iter().find(|part| part.id == id).unwrap();
    assert_eq!(full("5.4").rule, Rule::FullAt(number("0.9")));
    assert_eq!(full("5.2").measure.at_zero, AtZero::Full);
    assert!(!full("3.x").confirmed);
}

#[test]
fn the_examples_are_whole() {
    let dti = score(&card("dti-922"), include_str!("../../scorecards/examples/dti-922.json"));
    assert_eq!(dti.total().value.as_ref().unwrap().shown(4), "0.7323");
    assert_eq!(dti.total().sure, Sureness::Verified);
    assert_eq!(dti.unused, ["name"]);

    let index = score(&card("766"), include_str!("../../scorecards/examples/766.json"));
    assert_eq!(index.total().judged, 100);
    assert_eq!(index.total().sure, Sureness::SelfAssessed);
    assert!(index.total().range.0 < index.total().range.1);
    assert_eq!(index.unused, ["name"]);
    assert!(index.band.is_some());

    let agency = score(&card("agency-9"), include_str!("../../scorecards/examples/agency-9.json"));
    assert_eq!(*agency.total().value.as_ref().unwrap(), 15);
    assert_eq!(agency.total().verified, 4);
    // What is self-assessed may be struck, but for the contacts, of which one would be left.
    assert_eq!(agency.total().range, (number("5"), number("16")));
}

#[test]
fn a_bound_belongs_to_the_band_above() {
    let card = card("agency-9");
    let band = |sum: u32| {
        let names = card.inputs().iter().map(|input| input.name.as_str()).enumerate();
        let grade = |nth: usize| sum.saturating_sub(2 * u32::try_from(nth).unwrap()).min(2);
        let rows: Vec<String> =
            names.map(|(nth, name)| format!("\"{name}\": {}", grade(nth))).collect();
        let scored = compute(&card, &inputs(&card, &format!("{{{}}}", rows.join(","))));
        assert_eq!(*scored.total().value.as_ref().unwrap(), i64::from(sum));
        scored.band.unwrap().name.vi
    };
    assert_eq!(
        (band(18), band(15), band(14)),
        ("Xuất sắc".into(), "Xuất sắc".into(), "Tốt".into())
    );
    assert_eq!((band(12), band(9), band(6)), ("Tốt".into(), "Khá".into(), "Trung bình".into()));
    assert_eq!((band(5), band(0)), ("Yếu".into(), "Yếu".into()));
}
