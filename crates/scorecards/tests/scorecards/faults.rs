//! A file with faults says each of them with its line.

use scorecards::load;

const GOOD: &str = r#"id = "small"
version = 1
name = "Nhỏ"
name_en = "Small"
legal_basis = ["Quyết định"]
valid_from = 2026-01-01
maximum = 10
divide_by = 1
decimals = 2
part_decimals = 2

[[index]]
id = "group"
name = "Nhóm"
name_en = "Group"
parts = ["one"]
maximum = 10
divide_by = 1

[[part]]
id = "one"
name = "Một"
name_en = "One"
maximum = 10
numerator = "done"
denominator = ["all"]
at_zero = "none"
rule = { steps = [[0.5, 4], [0.8, 10]] }

[[input]]
name = "done"
kind = "count"
label = "Xong"
label_en = "Done"

[[input]]
name = "all"
kind = "count"
label = "Tất cả"
label_en = "All"
"#;

/// The faults after something is replaced, as they are told.
fn faults(from: &str, to: &str) -> Vec<String> {
    assert!(GOOD.contains(from), "{from}");
    let told = load("small.toml", &GOOD.replacen(from, to, 1)).unwrap_err();
    told.iter().map(ToString::to_string).collect()
}

fn fault(from: &str, to: &str, expected: &str) {
    let told = faults(from, to);
    assert!(told.iter().any(|fault| fault == expected), "{expected} is not in {told:#?}");
}

#[test]
fn a_good_file_has_none() {
    let card = load("small.toml", GOOD).unwrap();
    assert_eq!(card.id(), "small");
}

#[test]
fn every_fault_names_file_and_line() {
    fault(
        "numerator = \"done\"",
        "numerator = \"don\"",
        "small.toml:25: \"don\": there is no input don",
    );
    fault(
        "[\"all\"]",
        "[\"all +\"]",
        "small.toml:26: \"all +\": at 5: expected an input, a number or max(…)",
    );
    fault(
        "at_zero = \"none\"\n",
        "",
        "small.toml:20: the denominator may be zero: at_zero has to say what then (none, zero or full)",
    );
    fault("[\"all\"]", "[\"2\"]", "small.toml:27: at_zero is for a denominator that may be zero");
    fault("[\"all\"]", "[\"0\"]", "small.toml:20: the denominator is zero");
    fault(
        "denominator = [\"all\"]\nat_zero = \"none\"",
        "",
        "small.toml:25: without a denominator, the numerator has to be a share",
    );
    fault("parts = [\"one\"]", "parts = [\"one\", \"two\"]", "small.toml:16: there is no part two");
    fault("parts = [\"one\"]", "parts = [\"one\", \"one\"]", "small.toml:16: one is there twice");
    fault(
        "maximum = 10\ndivide_by = 1\ndecimals",
        "maximum = 11\ndivide_by = 1\ndecimals",
        "small.toml:7: the maximum is 11, but the parts make 10",
    );
    fault(
        "[[0.5, 4], [0.8, 10]]",
        "[[0.5, 4], [0.8, 3]]",
        "small.toml:28: steps rise in share and points, from 0 to at most 1 and the maximum",
    );
    fault(
        "{ steps",
        "{ full_at = 0.8, steps",
        "small.toml:28: a rule has full_at or steps, not both",
    );
    fault(
        "{ steps = [[0.5, 4], [0.8, 10]] }",
        "{ full_at = 1.2 }",
        "small.toml:28: full_at has to be above 0 and at most 1",
    );
    fault("name = \"all\"", "name = \"done\"", "small.toml:37: done is there twice");
    fault("id = \"group\"", "id = \"total\"", "small.toml:13: total is a reserved name");
    fault(
        "id = \"small\"",
        "id = \"Nhỏ\"",
        "small.toml:1: \"Nhỏ\" is no name: small letters, digits, and . - _ between them",
    );
    fault("[\"all\"]", "[\"done\"]", "small.toml:36: no part looks at all");
    fault(
        "valid_from",
        "valid_to = 2025-01-01\nvalid_from",
        "small.toml:6: valid_to is before valid_from",
    );
    for sums in ["[[\"one\", \"one\"]]", "[[\"two\"]]", "[]"] {
        let sums = format!("rounded_sums = {sums}\nvalid_from");
        fault("valid_from", &sums, "small.toml:6: every part stands in just one of rounded_sums");
    }
    fault("2026-01-01", "10:00:00", "small.toml:6: not a day");
    fault(
        "kind = \"count\"",
        "kind = \"grade\"",
        "small.toml:30: a grade, and nothing else, says its most",
    );
    fault("divide_by = 1", "divide_by = 0", "small.toml:8: divide_by has to be above 0");
    fault("decimals = 2", "decimals = 10", "small.toml:9: decimals has to be at most 9");
    fault(
        "kind = \"count\"",
        "kind = \"share\"",
        "small.toml:25: the numerator and a denominator are of different kinds",
    );
    fault(
        "maximum = 10\nnumerator",
        "maximum = -1\nnumerator",
        "small.toml:24: maximum has to be 0 or more",
    );
}

#[test]
fn what_is_no_toml_or_has_unknown_keys_stops_at_its_line() {
    let told = faults("at_zero", "at_nought");
    assert_eq!(told.len(), 1);
    assert!(told[0].starts_with("small.toml:27: unknown field `at_nought`"), "{told:?}");
    assert!(faults("version = 1", "version =")[0].starts_with("small.toml:2: "));
    assert!(faults("name = \"Nhỏ\"\n", "")[0].contains("missing field `name`"));
}

#[test]
fn all_faults_come_at_once_in_the_order_of_the_lines() {
    let text = GOOD
        .replace("\"done\"\ndenominator", "\"don\"\ndenominator")
        .replace("id = \"group\"", "id = \"total\"");
    let told = load("small.toml", &text).unwrap_err();
    let lines: Vec<usize> = told.iter().map(|fault| fault.line).collect();
    assert!(lines.len() >= 2 && lines.is_sorted(), "{told:#?}");
}
