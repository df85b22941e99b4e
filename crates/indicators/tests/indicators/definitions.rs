//! What is said of a file of definitions before anything is computed with it.

use indicators::{Definitions, Exact, FaultKind, SourceFile, Unit, Why};

fn entry(code: &str, unit: &str, formula: &str) -> String {
    format!(
        "[[indicator]]\ncode = \"{code}\"\nname = \"Tên\"\nname_en = \"Name\"\nunit = \"{unit}\"\n\
         concept = \"Khái niệm\"\nconcept_en = \"Concept\"\nformula = '{formula}'\n\
         dimensions = [\"period\"]\ndirection = \"higher\"\nsource = \"Nhật ký\"\n\
         legal_basis = [\"Quyết định 766/QĐ-TTg\"]\nvalid_from = 2022-06-23\n"
    )
}

fn load(text: &str) -> Result<Definitions, Vec<(usize, FaultKind)>> {
    let file = SourceFile { name: "thu.toml".into(), text: text.to_owned() };
    Definitions::load(&[file]).map_err(|findings| {
        assert!(findings.iter().all(|one| one.file == "thu.toml"));
        findings.into_iter().map(|one| (one.line, one.kind)).collect()
    })
}

fn one(unit: &str, formula: &str) -> Result<Definitions, Vec<(usize, FaultKind)>> {
    load(&entry("a.b", unit, formula))
}

fn fault(unit: &str, formula: &str) -> FaultKind {
    let mut faults = one(unit, formula).unwrap_err();
    assert_eq!(faults.len(), 1, "{formula}: {faults:?}");
    faults.remove(0).1
}

#[test]
fn the_shipped_definitions_are_sound_and_many() {
    let definitions = Definitions::shipped().unwrap_or_else(|findings| {
        panic!("{}", findings.iter().map(|one| format!("{one}\n")).collect::<String>())
    });
    assert!(definitions.len() >= 60, "{}", definitions.len());
    for indicator in definitions.iter() {
        assert!(!indicator.formula.references().is_empty(), "{}", indicator.code);
    }
}

#[test]
fn a_folder_of_ones_own_is_read_as_the_shipped_one() {
    let folder = tempfile::tempdir().unwrap();
    for file in Definitions::shipped_files() {
        std::fs::write(folder.path().join(&file.name), &file.text).unwrap();
    }
    std::fs::write(folder.path().join("README.md"), "not a definition").unwrap();
    let files = Definitions::files_in(folder.path()).unwrap();
    let own = Definitions::load(&files).unwrap();
    assert_eq!(own.len(), Definitions::shipped().unwrap().len());
}

#[test]
fn a_formula_says_what_is_wrong_with_it() {
    assert_eq!(fault("count", "acepted"), FaultKind::UnknownFact("acepted".into()));
    assert_eq!(fault("percent", "percent(accepted / submitted)"), FaultKind::DivisionWithoutElse);
    assert_eq!(fault("count", "accepted / 0 else none"), FaultKind::DivisionByZero);
    assert!(matches!(fault("count", "accepted + paid_dong"), FaultKind::Units(_, Unit::Dong)));
    assert!(matches!(fault("count", "accepted + steps_completed"), FaultKind::Units(..)));
    assert!(matches!(fault("count", "accepted * submitted"), FaultKind::Units(..)));
    assert!(matches!(fault("hours", "hours(accepted)"), FaultKind::Units(..)));
    assert!(matches!(fault("dong", "accepted"), FaultKind::WrongUnit { .. }));
    assert!(matches!(fault("count", "in_hand"), FaultKind::StockWithoutEnd(_)));
    assert!(matches!(fault("count", "end(accepted)"), FaultKind::FlowAtEnd(_)));
    assert!(matches!(fault("count", "satisfied[channel = online]"), FaultKind::FilterOnWhole(_)));
    assert_eq!(fault("count", "accepted[channel = fax]"), FaultKind::UnknownValue("fax".into()));
    assert_eq!(fault("count", "accepted[day = \"x\"]"), FaultKind::UnknownFilter("day".into()));
    assert_eq!(fault("count", "sum(accepted)"), FaultKind::UnknownFunction("sum".into()));
    for broken in ["accepted +", "(accepted", "accepted accepted", "accepted ; 1", "min(1)", ""] {
        assert!(matches!(fault("count", broken), FaultKind::Formula(_)), "{broken}");
    }
    let deep = format!("{}accepted{}", "(".repeat(40), ")".repeat(40));
    assert!(matches!(fault("count", &deep), FaultKind::Formula(_)));
}

#[test]
fn indicators_that_are_made_of_each_other_are_told_with_the_way() {
    let text = [
        entry("a", "count", "@b"),
        entry("b", "count", "@c + accepted"),
        entry("c", "count", "@a"),
        entry("d", "count", "@a"),
    ]
    .join("\n");
    let faults = load(&text).unwrap_err();
    let way = faults.iter().find_map(|(line, kind)| match kind {
        FaultKind::Cycle(way) => Some((*line, way.join(" "))),
        _ => None,
    });
    assert_eq!(way, Some((8, "a b c a".to_owned())));
    assert_eq!(faults.len(), 3, "d only leads into the circle: {faults:?}");
}

#[test]
fn every_finding_has_its_line() {
    let text = [
        entry("A", "count", "@nobody"),
        entry("x", "miles", "accepted"),
        entry("y", "count", "accepted").replace("higher", "up"),
        entry("y", "count", "accepted").replace("2022-06-23", "2022-06-23T00:00:00"),
    ]
    .concat();
    let faults = load(&text).unwrap_err();
    let lines: Vec<usize> = faults.iter().map(|(line, _)| *line).collect();
    assert_eq!(lines, [2, 8, 18, 36, 41, 52], "{faults:?}");
    let long = entry("z", "count", "").replace("''", "\"\"\"\naccepted\n  + nothing\"\"\"");
    assert_eq!(load(&long).unwrap_err(), [(10, FaultKind::UnknownFact("nothing".into()))]);
    let broken = load("[[indicator]]\ncode = \"a\"\nname = 3\n").unwrap_err();
    assert!(matches!(broken[..], [(3, FaultKind::Syntax(_))]), "{broken:?}");
    assert!(matches!(load("x = ").unwrap_err()[..], [(1, FaultKind::Syntax(_))]));
}

#[test]
fn what_is_of_the_whole_is_not_parted() {
    let text = entry("a", "count", "consents_given").replace("[\"period\"]", "[\"agency\"]");
    assert!(matches!(load(&text).unwrap_err()[..], [(9, FaultKind::Dimension { .. })]));
    // Answers name the agency, and neither a procedure nor a channel.
    let by = |dimension: &str| {
        let dimension = format!("[\"{dimension}\"]");
        load(&entry("a", "count", "satisfied").replace("[\"period\"]", &dimension))
    };
    assert!(by("agency").is_ok());
    assert!(matches!(by("channel").unwrap_err()[..], [(9, FaultKind::Dimension { .. })]));
}

#[test]
fn none_is_not_zero() {
    let value = |formula: &str, numbers: &[i64]| {
        let definitions = one("ratio", formula).unwrap();
        definitions.get("a.b").unwrap().formula.value(|at| numbers[at])
    };
    let half = Ok(Exact::ratio(1, 2).unwrap());
    assert_eq!(value("accepted / submitted else none", &[3, 6]), half);
    assert_eq!(value("accepted / submitted else none", &[3, 0]), Err(Why::NothingToDivideBy));
    assert_eq!(value("accepted / submitted else 0.5", &[3, 0]), half);
    assert_eq!(
        value("1 - accepted / submitted else none", &[3, 0]),
        Err(Why::NothingToDivideBy),
        "none makes none of what it comes into"
    );
    assert_eq!(value("min(0.5, accepted / submitted else none)", &[6, 6]), half);
    assert_eq!(value("max(0.5, 0.25) * (1 + 1) / 2", &[]), half);
    assert_eq!(
        value(
            "accepted / submitted else none * (papers / submitted else none)",
            &[i64::MAX, 1, i64::MAX]
        ),
        Err(Why::TooLarge)
    );
}
