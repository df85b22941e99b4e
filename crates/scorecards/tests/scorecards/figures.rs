//! Figures in the shapes in which people have them.

use scorecards::{
    Error, InputKind, Line, Published, Sureness, compare, parse_inputs, parse_table, report,
};

use crate::{card, inputs, number, points, score};

#[test]
fn counts_go_by_their_names_their_published_names_or_under_their_metric() {
    let card = card("766");
    let plain = r#"{"paid_online": 7, "with_fee": 9, "formalities_paid": 3,
        "formalities_fee_dossier": 2, "formalities_fee": 10}"#;
    let portal = r#"{"totalDossierOnlinePaymentSuccess": 7,
        "totalDossierFinancialObligation": 9,
        "totalDossierOnlineFormalityPaymentSuccess": 3,
        "totalFeeDossierFormality": 2, "totalFeeFormality": 10}"#;
    let metrics = r#"{"PAID_ONLINE": {"numerator": 7, "denominator": 9},
        "3.5b": {"numerator": 3, "denominator": 10},
        "3.5": {"numerator": 2, "denominator": 10}}"#;
    let nested =
        format!(r#"{{"code": "H44", "payment": {plain}, "progress": {{"received": null}}}}"#);
    for json in [plain, portal, metrics, &nested] {
        let scored = score(&card, json);
        let group = scored.index("formality-online-payment-tree").unwrap();
        assert_eq!(group.value.as_ref().unwrap().shown(2), "5.92", "{json}");
    }
}

#[test]
fn what_is_not_known_is_told_not_lost() {
    let card = card("766");
    let given =
        inputs(&card, r#"{"name": "x", "recieved": 3, "on_time": 2, "deep": {"score": 1}}"#);
    assert_eq!(given.unused(), ["name", "recieved", "deep.score"]);
    assert_eq!(parse_inputs(&card, r#"{"name": "x"}"#), Err(Error::NothingKnown));
    let lines = report(&score(&card, r#"{"on_time": 1, "received": 1, "rank": 3}"#));
    assert_eq!(lines.last(), Some(&Line::Unused { key: "rank".into() }));
}

#[test]
fn main_indices_go_by_the_heads_of_published_tables_too() {
    let card = card("dti-922");
    let table = r#"{"NT": 0.95, "TC": 0.9, "HT": 0.8, "NL": 0.75, "ATTT": 0.6,
        "HĐ CQS": 0.8213, "HĐ KTS": 0.64, "HĐ XHS": 0.48}"#;
    assert_eq!(score(&card, table).total().value.as_ref().unwrap().shown(4), "0.7323");
}

#[test]
fn a_table_is_many_rows() {
    let card = card("dti-922");
    let table =
        r#"{"year": 2022, "rows": [{"name": "Đà Nẵng", "the_che_so": 0.9}, {"the_che_so": 0.8}]}"#;
    let rows = parse_table(&card, table).unwrap();
    let names: Vec<&str> = rows.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["Đà Nẵng", ""]);
    assert_eq!(parse_table(&card, r#"[{"the_che_so": 0.9}]"#).unwrap().len(), 1);
    assert_eq!(parse_table(&card, "\u{feff}{\"the_che_so\": 0.9}").unwrap().len(), 1);
    for nothing in ["[]", r#"{"rows": []}"#] {
        let refused = parse_table(&card, nothing).unwrap_err();
        assert_eq!(refused, Error::NoRows("nhan_thuc_so".to_owned()));
        assert!(refused.to_string().contains(r#""nhan_thuc_so": …}"#), "{refused}");
    }
    assert_eq!(parse_table(&card, r#"{"rows": [1]}"#), Err(Error::NotAnObject));
    assert_eq!(parse_table(&card, r#"[{"name": "x"}]"#), Err(Error::NothingKnown));
}

#[test]
fn figures_that_cannot_be_are_refused() {
    let (index, dti, nine) = (card("766"), card("dti-922"), card("agency-9"));
    let refused = |card: &scorecards::Scorecard, json: &str| parse_inputs(card, json).unwrap_err();
    let count =
        |name: &str| Error::OutOfBounds { name: name.into(), kind: InputKind::Count, most: None };
    assert_eq!(refused(&index, r#"{"on_time": -1}"#), count("on_time"));
    assert_eq!(refused(&index, r#"{"on_time": 1.5}"#), count("on_time"));
    assert_eq!(refused(&index, r#"{"on_time": "many"}"#), Error::NotANumber("on_time".into()));
    assert_eq!(refused(&index, r#"{"on_time": 1, "on_time": 2}"#), Error::Twice("on_time".into()));
    let twice = r#"{"formalities_fee": 1, "totalFeeFormality": 1}"#;
    assert_eq!(refused(&index, twice), Error::Twice("totalFeeFormality".into()));
    let kind = InputKind::Share;
    let share = Error::OutOfBounds { name: "the_che_so".into(), kind, most: Some(1) };
    assert_eq!(refused(&dti, r#"{"the_che_so": 90}"#), share);
    let grade = refused(&nine, r#"{"attitude": 3}"#);
    assert_eq!(grade.to_string(), "attitude is a grade: not negative, whole, at most 2");
    assert_eq!(
        refused(&nine, r#"{"attitude": {"value": 1, "worst": 2, "best": 2}}"#),
        Error::Disordered("attitude".into())
    );
    assert!(matches!(refused(&nine, "{"), Error::Json { line: 1, .. }));
    assert_eq!(refused(&nine, "[1]"), Error::NotAnObject);
    assert!(matches!(
        refused(&nine, r#"{"sure": "very"}"#),
        Error::UnknownWord { key: "sure", .. }
    ));
    assert!(matches!(
        refused(&index, r#"{"period": "week"}"#),
        Error::UnknownWord { key: "period", .. }
    ));
    let sum = r#"{"PETITION_HANDLING_SATISFACTION": {"numerator": 1, "denominator": 2}}"#;
    assert!(matches!(refused(&index, sum), Error::NotARatio(_)));
    let deep = format!("{}1{}", r#"{"a":"#.repeat(20), "}".repeat(20));
    assert_eq!(refused(&index, &deep), Error::TooMuch);
}

#[test]
fn a_figure_may_say_how_sure_it_is() {
    let card = card("dti-922");
    let json = r#"{"sure": "verified", "nhan_thuc_so": 0.9,
        "the_che_so": {"value": 0.8, "worst": 0.6, "best": 0.85, "sure": "self-assessed"},
        "ha_tang_so": {"value": 0.5, "sure": "self-assessed"}}"#;
    let scored = score(&card, json);
    let part = |id: &str| scored.part(id).unwrap();
    assert_eq!(part("nhan_thuc_so").range, (number("90"), number("90")));
    assert_eq!(part("the_che_so").range, (number("60"), number("85")));
    assert_eq!(part("ha_tang_so").range, (number("0"), number("50")), "it may be struck");
    assert_eq!(part("the_che_so").sure, Sureness::SelfAssessed);
    assert_eq!(scored.total().verified, number("0.09"));
}

#[test]
fn a_report_is_lines_that_a_program_reads() {
    let card = card("agency-9");
    let scored = score(&card, r#"{"sure": "verified", "criteria": {"1": 2, "2": 1}}"#);
    let lines: Vec<String> = report(&scored).iter().map(ToString::to_string).collect();
    assert_eq!(lines[0], "total 3 18 missing 3 17 3");
    assert_eq!(lines[1], "part.1 2 2 verified 2 2 2");
    assert_eq!(lines[3], "part.3 none 2 missing 0 2 none");
    assert_eq!(lines.len(), 10);
}

#[test]
fn others_published_scores_are_the_measure() {
    let card = card("766");
    let scored = score(&card, r#"{"on_time": 9, "received": 10}"#);
    let other = |name: &str, total: &str| Published {
        name: name.into(),
        values: [("total".to_owned(), number(total))].into(),
    };
    let others =
        [other("a", "19.20"), other("b", "18.00"), other("c", "17.5"), other("d", "18.01")];
    let standings = compare(&scored, &others);
    assert_eq!(standings.len(), 1, "only what both have");
    let total = &standings[0];
    assert_eq!((total.rank, total.of), (3, 5), "level with b");
    assert_eq!(total.above, Some(("d".into(), number("0.01"))));
    assert_eq!(total.below, Some(("b".into(), number("0"))));
    assert_eq!(total.best, ("a".into(), number("19.20")));
    assert_eq!(points(&card, r#"{"on_time": 9, "received": 10}"#, "2.1"), "18.00");
}
