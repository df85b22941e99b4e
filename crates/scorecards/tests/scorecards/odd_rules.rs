//! The odd rules of the 766 index, one by one, and what a score tells of itself.

use scorecards::{AtZero, Step, Sureness, compute};

use crate::{card, inputs, number, points, score};

#[test]
fn nothing_of_nothing_gives_what_the_decision_says() {
    let card = card("766");
    let at = |json: &str, part: &str| points(&card, json, part);
    // Silence is rewarded: no feedback, all points.
    assert_eq!(at(r#"{"petitions_on_time": 0, "petitions_handled": 0}"#, "5.2"), "6.00");
    let silent = r#"{"petitions": 0, "petitions_disliked": 0, "petitions_overdue": 0, "petitions_repeated": 0}"#;
    assert_eq!(at(silent, "5.3"), "6.00");
    // But no dossiers, no satisfaction.
    let none = r#"{"dossiers": 0, "dossiers_overdue": 0, "dossiers_complained": 0}"#;
    assert_eq!(at(none, "5.4"), "0.00");
    assert_eq!(at(r#"{"paid_online": 0, "with_fee": 0}"#, "3.6"), "0.00");
    assert_eq!(at(r#"{"formalities_paid": 0, "formalities_fee": 0}"#, "3.5b"), "0.00");
    // Where nothing is said, there is nothing to judge, and nothing is lost.
    assert_eq!(at(r#"{"on_time": 0, "received": 0}"#, "2.1"), "none");
    // Of nothing, nothing has to be counted.
    assert_eq!(at(r#"{"petitions": 0, "petitions_disliked": null}"#, "5.3"), "6.00");
    let scored = score(&card, r#"{"on_time": 0, "received": 0}"#);
    let part = scored.part("2.1").unwrap();
    assert!(part.steps.contains(&Step::ZeroDenominator { gives: AtZero::None }));
    assert_eq!(part.sure, Sureness::SelfAssessed, "it is not missing");
}

#[test]
fn missing_is_not_zero() {
    let card = card("766");
    assert_eq!(points(&card, r#"{"on_time": 0, "received": 10}"#, "2.1"), "0.00");
    assert_eq!(points(&card, r#"{"on_time": null, "received": 10}"#, "2.1"), "none");
    let scored = score(&card, r#"{"on_time": 9, "received": 10, "paid_online": null}"#);
    let (part, total) = (scored.part("3.6").unwrap(), scored.total());
    assert_eq!(part.sure, Sureness::Missing);
    let inputs = vec!["paid_online".to_owned(), "with_fee".to_owned()];
    assert_eq!(part.steps, [Step::Missing { inputs }]);
    assert_eq!(part.range, (number("0"), number("6")));
    assert_eq!((total.value.clone().unwrap(), total.judged.clone()), (number("18"), number("20")));
    assert_eq!(total.sure, Sureness::Missing);
    assert!(scored.band.is_none(), "no band of a part of an index");
    assert_eq!(scored.index("transparency").unwrap().value, None);
}

#[test]
fn thresholds_are_full_from_their_share_on() {
    let card = card("766");
    let reused = |share: u32| {
        points(&card, &format!(r#"{{"data_reused": {share}, "data_reusable": 100}}"#), "4.3")
    };
    assert_eq!((reused(40), reused(79), reused(80)), ("1.00".into(), "1.98".into(), "2.00".into()));
    assert_eq!((reused(81), reused(100)), ("2.00".into(), "2.00".into()));
    let offered = |number: u32| {
        let json = format!(r#"{{"formalities_fee_dossier": {number}, "formalities_fee": 100}}"#);
        points(&card, &json, "3.5")
    };
    assert_eq!(
        (offered(40), offered(80), offered(95)),
        ("1.00".into(), "2.00".into(), "2.00".into())
    );
    let satisfied = |overdue: u32, complained: u32| {
        let json = format!(
            r#"{{"dossiers": 100, "dossiers_overdue": {overdue}, "dossiers_complained": {complained}}}"#
        );
        points(&card, &json, "5.4")
    };
    assert_eq!((satisfied(4, 6), satisfied(10, 1)), ("6.00".into(), "5.93".into()));
    // A dossier that was both overdue and complained of counts twice, so that the share could
    // fall below zero; it does not.
    assert_eq!(satisfied(80, 40), "0.00");
}

#[test]
fn feedback_loses_what_was_disliked_late_or_sent_again() {
    let card = card("766");
    let json = r#"{"petitions": 40, "petitions_disliked": 3, "petitions_overdue": 4, "petitions_repeated": 1}"#;
    assert_eq!(points(&card, json, "5.3"), "4.80");
}

#[test]
fn synchronised_dossiers_are_held_against_the_larger_count_or_the_year_before() {
    let card = card("766");
    let at = |json: &str| points(&card, json, "1.4");
    let counts = r#""synced": 90, "received_reported": 100, "received_portal": 120"#;
    assert_eq!(at(&format!("{{{counts}}}")), "4.50");
    let none = r#""synced": 90, "received_reported": 0, "received_portal": 0"#;
    let before = r#""previous_year_received": 1440"#;
    assert_eq!(at(&format!(r#"{{"period": "month", {none}, {before}}}"#)), "4.50");
    assert_eq!(at(&format!(r#"{{"period": "quarter", {none}, {before}}}"#)), "1.50");
    assert_eq!(at(&format!(r#"{{"period": "year", {none}, {before}}}"#)), "0.38");
    assert_eq!(at(&format!("{{{none}}}")), "0.00", "no year before");
}

#[test]
fn what_did_not_stand_in_makes_nothing_less_sure() {
    let card = card("766");
    let sure = |received: u32| {
        let json = format!(
            r#"{{"sure": "verified", "synced": 9, "received_reported": {received}, "received_portal": 0,
            "previous_year_received": {{"value": 120, "sure": "self-assessed"}}}}"#
        );
        score(&card, &json).part("1.4").unwrap().sure
    };
    assert_eq!((sure(10), sure(0)), (Sureness::Verified, Sureness::SelfAssessed));
}

#[test]
fn what_is_not_established_widens_the_interval() {
    let card = card("766");
    let json = r#"{"sure": "verified", "full_online": 30, "full_online_eligible": 100}"#;
    let scored = score(&card, json);
    let part = scored.part("3.x").unwrap();
    assert_eq!(part.points, Some(number("3.6")));
    assert_eq!(part.range, (number("3.6"), number("7.2")), "linear, or full at 50%");
    assert!(!part.confirmed);
    assert_eq!(part.sure, Sureness::Verified, "the counts are; the rule is not");
}

#[test]
fn more_than_the_whole_is_the_whole_and_said() {
    let card = card("766");
    let scored = score(&card, r#"{"paid_online": 12, "with_fee": 10}"#);
    let part = scored.part("3.6").unwrap();
    assert_eq!(part.points, Some(number("6")));
    assert!(part.steps.contains(&Step::AboveWhole));
}

#[test]
fn a_score_tells_how_it_came_about() {
    let card = card("766");
    let scored = score(&card, r#"{"on_time": 2, "received": 3}"#);
    let said = serde_json::to_value(&scored.part("2.1").unwrap().steps).unwrap();
    assert_eq!(said[0]["step"], "numerator");
    assert_eq!(said[0]["value"], "2");
    assert_eq!(said[1]["formula"], "received");
    assert_eq!(said[2]["step"], "share");
    assert_eq!(said[3]["rule"], "linear");
    assert_eq!(said[3]["points"], "40/3");
}

#[test]
fn dti_is_exact_where_a_float_would_drift() {
    let card = card("dti-922");
    let json = r#"{"nhan_thuc_so": 0.1, "the_che_so": 0.2, "ha_tang_so": 0.3, "nhan_luc_so": 0.1,
        "an_toan_thong_tin_mang": 0.1, "hoat_dong_chinh_quyen_so": 0.1,
        "hoat_dong_kinh_te_so": 0.1, "hoat_dong_xa_hoi_so": 0.1}"#;
    let scored = compute(&card, &inputs(&card, json));
    assert_eq!(scored.total().value.as_ref().unwrap().to_string(), "0.13");
}
