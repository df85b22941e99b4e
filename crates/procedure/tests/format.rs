//! The text form: what it says, and how a slip in it is told.

mod common;

use common::{birth, construction, examples, loaded};
use procedure::{
    AgencySelector, ChannelKind, ChannelLimit, FieldKind, Language, TEXT_BYTES_MAX, load,
    steps_text,
};

#[test]
fn birth_registration_says_what_the_page_says() {
    let birth = birth();
    assert_eq!(birth.code.as_str(), "1.001193");
    assert_eq!(birth.workflow.steps().len(), 4);
    assert_eq!(birth.workflow.first().agency, AgencySelector::Receiving);
    let counter = birth.channel(ChannelKind::Counter).unwrap();
    assert_eq!(counter.promise().unwrap().time_limit().to_string(), "1 working_day");
    assert_eq!(birth.same_day_cutoff, Some(jiff::civil::time(15, 0, 0, 0)));
    assert!(birth.in_force("2027-02-28".parse().unwrap()));
    assert!(!birth.in_force("2027-03-01".parse().unwrap()), "the new law begins on that day");
    assert!(birth.fields.iter().all(|field| field.personal), "personal unless somebody says not");
    assert!(!birth.components[3].required);
    assert_eq!(birth.components[0].copies, 1);
}

#[test]
fn a_limit_that_waits_to_be_confirmed_promises_nothing() {
    let mut construction = construction();
    assert!(construction.channel(ChannelKind::Counter).unwrap().promise().is_some());
    let online =
        construction.channels.iter_mut().find(|one| one.kind == ChannelKind::Online).unwrap();
    assert_eq!(online.promise(), None);
    assert_eq!(online.limit, ChannelLimit::ToConfirm(Some("20 calendar_days".into())));
    online.confirm("15 calendar_days".parse().unwrap());
    assert_eq!(online.promise().unwrap().time_limit().to_string(), "15 calendar_days");
    let fees = |kind| construction.fees_for(kind).map(|fee| fee.amount).collect::<Vec<_>>();
    assert_eq!(fees(ChannelKind::Counter), [75_000]);
    assert_eq!(fees(ChannelKind::Online), [37_500], "reduced for who files online");
    assert_eq!(construction.fields[0].kind, FieldKind::Integer);
    assert_eq!(construction.workflow.facts_used(), ["muc_dich", "so_tang"]);
}

#[test]
fn a_birth_is_registered_free_of_charge_for_sixty_days() {
    let (birth, day) = (birth(), |text: &str| text.parse().unwrap());
    let born = serde_json::json!({ "ngay_sinh": "2026-09-14" });
    let asked = |answers, on: &str| birth.fees[0].asked(answers, day(on));
    assert_eq!(birth.fees[0].due, procedure::Due::Result, "unless the procedure says otherwise");
    assert_eq!(asked(&born, "2026-11-13"), None, "the sixtieth day");
    assert_eq!(asked(&born, "2026-11-14"), Some(1));
    assert_eq!(asked(&serde_json::json!({}), "2026-11-14"), None, "nobody knows when");
}

/// Construction permits, with a further fee.
fn with_fee(fee: &str) -> Result<procedure::Procedure, String> {
    let text = &examples()[1];
    let text = text.replacen("[[component]]", &format!("{fee}\n\n[[component]]"), 1);
    load(&text).map_err(|faults| faults.iter().map(|fault| format!("{fault:?}")).collect())
}

#[test]
fn a_fee_is_asked_by_the_form() {
    let fee = "[[fee]]\nname = \"Phí thẩm định\"\namount = 1000\nwhen = 'so_tang > 3'\n\
               times = 'min(so_tang, 5) * 2'\ndue = \"acceptance\"";
    let procedure = with_fee(fee).unwrap();
    let fee = procedure.fees.last().unwrap();
    let asked = |floors| {
        let answers = serde_json::json!({ "so_tang": floors });
        fee.asked(&answers, jiff::civil::date(2026, 11, 23))
    };
    assert_eq!((asked(3), asked(4), asked(9)), (None, Some(8), Some(10)));
    assert_eq!(fee.due, procedure::Due::Acceptance);
    for (wrong, fault) in [
        ("times = 'so_tang > 1'", "NotNumber"),
        ("times = 'so_lau'", "UnknownField"),
        ("when = 'so_tang'", "NotYesNo"),
        ("after = { field = \"so_lau\", days = 60 }", "UnknownField"),
        ("after = { field = \"so_tang\", days = 60 }", "NoDate"),
        ("due = \"never\"", "UnknownWord"),
    ] {
        let fee = format!("[[fee]]\nname = \"Phí\"\namount = 1000\n{wrong}");
        let faults = with_fee(&fee).unwrap_err();
        assert!(faults.contains(fault), "{wrong}: {faults}");
    }
}

#[test]
fn steps_survive_being_written_and_read() {
    for text in examples() {
        let procedure = loaded(&text);
        let (head, _) = text.split_once("[[step]]").unwrap();
        let again = loaded(&format!("{head}\n{}", steps_text(&procedure.workflow)));
        assert_eq!(again, procedure);
    }
}

/// Each line of the fault list in both languages, with the line that it points at.
fn told(text: &str) -> String {
    let faults = load(text).expect_err("the text has faults");
    let lines: Vec<&str> = text.lines().collect();
    let mut out = String::new();
    for fault in &faults {
        let line = lines.get(fault.line - 1).unwrap_or(&"").trim();
        out.push_str(&format!("{:>3} | {line}\n", fault.line));
        out.push_str(&format!("    vi: {}\n", fault.message(Language::Vietnamese)));
        out.push_str(&format!("    en: {}\n", fault.message(Language::English)));
    }
    out
}

/// The example with pieces of its text replaced.
fn altered(example: usize, changes: &[(&str, &str)]) -> String {
    let mut text = examples()[example].clone();
    for (from, to) in changes {
        assert!(text.contains(from), "the example has {from:?}");
        text = text.replacen(from, to, 1);
    }
    text
}

#[test]
fn slips_in_the_head_are_all_told_at_once() {
    insta::assert_snapshot!(told(&altered(
        0,
        &[
            ("code = \"1.001193\"", "code = \"1001193\""),
            ("name_en", "nam_en"),
            ("version = 1", "version = 0"),
            ("levels = [\"commune\"]", "levels = [\"district\"]"),
            ("decider = \"Ủy ban nhân dân cấp xã\"", ""),
            ("valid_to = 2027-02-28", "valid_to = 2024-02-28"),
            ("same_day_cutoff = \"15:00\"", "same_day_cutoff = \"15h\""),
            ("time_limit = \"1 working_day\"", "time_limit = \"1 day\""),
            ("kind = \"postal\"\ntime_limit = \"1 working_day\"", "kind = \"online\""),
            ("amount = 8000", "amount = -8000"),
            ("id = \"to-khai\"", "id = \"Tờ khai\""),
            ("id = \"giay-to-tuy-than\"", "id = \"giay-chung-sinh\""),
            ("id = \"noi_sinh\"", "id = \"ngay_sinh\""),
            ("kind = \"choice\"", "kind = \"text\""),
            ("id = \"nu\"", "id = \"nam\""),
            ("required = false", "required = \"không\""),
        ]
    )));
}

#[test]
fn slips_in_the_steps_are_told_at_their_steps() {
    insta::assert_snapshot!(told(&altered(
        0,
        &[
            ("role = \"receiver\"\n", ""),
            ("hours = 4", "hours = 4.1"),
            ("action = \"remind\"", "action = \"shout\", loud = true"),
            ("to = \"tham-tra\"\n\n[[step]]", "to = \"tham-ta\"\n\n[[step]]"),
            ("agency = \"receiving\"", "agency = \"một cửa\""),
            ("end = \"refusal\"", "end = \"refusal\"\nto = \"ky\""),
            ("name = \"Ký\"\n", ""),
        ]
    )));
}

#[test]
fn a_step_that_is_not_there_leaves_another_without_a_way() {
    insta::assert_snapshot!(told(&altered(0, &[("to = \"tra\"", "to = \"tra-ket-qua\"")])));
}

#[test]
fn a_loop_needs_an_exit() {
    insta::assert_snapshot!(told(&altered(
        0,
        &[("end = \"refusal\"", "to = \"ky\""), ("to = \"tra\"", "to = \"tham-tra\""),]
    )));
}

#[test]
fn a_step_needs_an_outcome_and_a_name_of_its_own() {
    let text = altered(
        0,
        &[("[[step.outcome]]\nid = \"xong\"\nname = \"Đã có kết quả\"\nend = \"result\"", "")],
    );
    let again = "\n[[step]]\nid = \"ky\"\nname = \"Ký lần nữa\"\nrole = \"head\"\nhours = 1\n\
                 [[step.outcome]]\nid = \"xong\"\nname = \"Xong\"\nend = \"result\"\n";
    insta::assert_snapshot!(told(&format!("{text}{again}")));
}

#[test]
fn hours_cannot_exceed_what_the_law_gives() {
    insta::assert_snapshot!(told(&altered(0, &[("hours = 2", "hours = 2.25")])));
}

#[test]
fn joins_and_branches_belong_together() {
    insta::assert_snapshot!("meeting without join", told(&altered(1, &[("join = true", "")])));
    insta::assert_snapshot!(
        "join without branches",
        told(&altered(
            1,
            &[
                ("to = [\"tham-dinh\", \"thuc-dia\", \"pccc\"]", "to = \"pccc\""),
                ("to = [\"tham-dinh\", \"thuc-dia\"]", "to = \"tham-dinh\""),
                ("to = \"tong-hop\"", "to = \"thuc-dia\""),
            ]
        ))
    );
}

#[test]
fn routes_need_a_default_and_conditions_that_can_be_true() {
    let condition = "when = 'so_tang > 6 or muc_dich = \"kinh_doanh\"'";
    let mut out = String::new();
    for when in [
        "so_tang >",
        "so_lau > 6",
        "so_tang = \"7\"",
        "muc_dich = \"kinhdoanh\"",
        "so_tang + 1",
        "dia_chi < \"b\"",
        "sum([so_tang, 1]) > 6",
    ] {
        out.push_str(&told(&altered(1, &[(condition, &format!("when = '{when}'"))])));
    }
    insta::assert_snapshot!("conditions", out);
    let second = "to = [\"tham-dinh\", \"thuc-dia\"]";
    insta::assert_snapshot!(
        "no default",
        told(&altered(1, &[(second, &format!("when = 'so_tang <= 6'\n{second}"))]))
    );
    insta::assert_snapshot!("two defaults", told(&altered(1, &[(condition, "")])));
}

#[test]
fn broken_syntax_is_told_by_line_and_nothing_else_is() {
    insta::assert_snapshot!(told(&altered(
        0,
        &[("version = 1", "version = = 1"), ("hours = 4", "hours = 4 giờ")]
    )));
}

#[test]
fn nothing_is_a_procedure_that_is_empty_or_endless() {
    let kinds = |text: &str| load(text).unwrap_err().len();
    assert!(kinds("") > 10, "every missing key is told");
    assert_eq!(kinds(&"#".repeat(TEXT_BYTES_MAX + 1)), 1);
    assert!(load("\u{feff}").is_err());
}

proptest::proptest! {
    /// Whatever a hand does to the file, it is loaded or its faults are told on lines it has.
    #[test]
    fn mangled_files_never_panic(example in 0_usize..2, at in 0.0_f64..1.0, cut in 0_usize..40, put in "[\\PC\n\"=\\[\\]]{0,8}") {
        let text = examples()[example].clone();
        let mut from = (text.len() as f64 * at) as usize;
        while !text.is_char_boundary(from) { from -= 1; }
        let mut to = (from + cut).min(text.len());
        while !text.is_char_boundary(to) { to += 1; }
        let mangled = format!("{}{put}{}", &text[..from], &text[to..]);
        if let Err(faults) = load(&mangled) {
            let lines = mangled.split('\n').count();
            proptest::prop_assert!(!faults.is_empty());
            proptest::prop_assert!(faults.iter().all(|fault| (1..=lines).contains(&fault.line)));
        }
    }
}
