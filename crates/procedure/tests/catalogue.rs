//! Published catalogues: every entry is imported or refused with its reason.

use std::{collections::BTreeMap, path::Path};

use procedure::{
    ChannelLimit, Language,
    catalogue::{CatalogueReport, Doubt, Reason, import, write_report},
};

fn method(rest: &str) -> String {
    format!(r#"{{"code":"1.000001","name":"A","methods":[{{"channel":"in_person"{rest}}}]}}"#)
}

/// What became of one method: its promise, or the doubt about it and what is kept.
fn fate(rest: &str) -> Result<String, (Doubt, Option<String>)> {
    let report = import(method(rest).as_bytes());
    let method = report.imported[0].methods[0].clone();
    match (method.channel.promise(), method.channel.limit, method.doubt) {
        (Some(limit), _, None) => Ok(limit.time_limit().to_string()),
        (None, ChannelLimit::ToConfirm(stated), Some(doubt)) => Err((doubt, stated)),
        other => panic!("a promise without doubt, or a doubt without promise: {other:?}"),
    }
}

#[test]
fn only_limits_without_doubt_can_be_promised() {
    let stated = |text: &str| Some(text.to_owned());
    for (rest, expected) in [
        (r#","duration":3.0,"unit":"working_day""#, Ok("3 working_days")),
        (r#","duration":"15 Ngày làm việc""#, Ok("15 working_days")),
        (r#","duration":0.5,"unit":"working_day""#, Ok("4 working_hours")),
        (r#","duration":"0,5","unit":"Ngày làm việc""#, Ok("4 working_hours")),
        (r#","duration":20,"unit":"calendar_day""#, Ok("20 calendar_days")),
        (r#","duration":2,"unit":"Tháng""#, Ok("2 months")),
        (r#","duration":4,"unit":"hour","note":"04 giờ làm việc""#, Ok("4 working_hours")),
        (
            r#","duration":3,"unit":"working_day","note":"Trong 3 ngày làm việc""#,
            Ok("3 working_days"),
        ),
        (r#","duration":7.0,"unit":null"#, Err((Doubt::NoUnit, stated("7")))),
        ("", Err((Doubt::NoLimit, None))),
        (r#","duration":null,"unit":"working_day""#, Err((Doubt::NoLimit, stated("working_day")))),
        (
            r#","duration":0,"unit":"working_day""#,
            Err((Doubt::StrangeAmount, stated("0 working_day"))),
        ),
        (
            r#","duration":1.5,"unit":"calendar_day""#,
            Err((Doubt::StrangeAmount, stated("1.5 calendar_day"))),
        ),
        (
            r#","duration":1e300,"unit":"month""#,
            Err((Doubt::StrangeAmount, stated("1e+300 month"))),
        ),
        (r#","duration":-3,"unit":"month""#, Err((Doubt::StrangeAmount, stated("-3 month")))),
        (
            r#","duration":"3 ngày","unit":"month""#,
            Err((Doubt::StrangeAmount, stated("3 ngày month"))),
        ),
        (r#","duration":2,"unit":"hour""#, Err((Doubt::HoursOfWhat, stated("2 hour")))),
        (r#","duration":2,"unit":"tuần""#, Err((Doubt::StrangeUnit, stated("2 tuần")))),
        (
            r#","duration":10,"unit":"calendar_day","note":"10 ngày làm việc kể từ ngày nhận đủ hồ sơ""#,
            Err((Doubt::NoteDiffers, stated("10 calendar_day"))),
        ),
        (
            r#","duration":10,"unit":"Ngày","note":"Mười NGÀY LÀM VIỆC""#,
            Err((Doubt::NoteDiffers, stated("10 Ngày"))),
        ),
    ] {
        assert_eq!(fate(rest), expected.map(str::to_owned), "{rest}");
    }
}

#[test]
fn one_channel_with_two_limits_waits_for_somebody() {
    let text = r#"[{"code":"1.000001","name":"A","methods":[
        {"channel":"online","duration":30,"unit":"working_day"},
        {"channel":"online","duration":5,"unit":"working_day"},
        {"channel":"postal","duration":5,"unit":"working_day"},
        {"channel":"postal","duration":5,"unit":"working_day"}]}]"#;
    let methods = &import(text.as_bytes()).imported[0].methods;
    let doubts: Vec<_> = methods.iter().map(|method| method.doubt).collect();
    assert_eq!(doubts, [Some(Doubt::SeveralLimits), Some(Doubt::SeveralLimits), None, None]);
}

fn dirty() -> CatalogueReport {
    let lines = [
        r#"{"code":"1.000001","name":"Cấp  giấy\nA","levels":["commune","commune"]}"#,
        r#"{"code":"1.000001","name":"lần nữa"}"#,
        r#"{"code":"1.1","name":"B"}"#,
        r#"{"name":"C"}"#,
        r#"{"code":1.000002}"#,
        "",
        r#"{"code":"#,
        "[1]",
        r#"{"code":"1.000003","name":"D","levels":["district"]}"#,
        r#"{"code":"1.000004","name":"E","methods":[{"channel":"fax"}]}"#,
        r#"{"code":"1.000005","name":"=HYPERLINK(1)","methods":"x"}"#,
        r#"{"code":"1.000006","name":"=HYPERLINK(1)","methods":[{"channel":"postal","duration":"3 Ngày"}]}"#,
    ];
    import(lines.join("\n").as_bytes())
}

#[test]
fn each_dirty_line_is_told_and_the_next_is_read() {
    let report = dirty();
    let taken: Vec<_> =
        report.imported.iter().map(|entry| (entry.index, entry.name.as_str())).collect();
    assert_eq!(taken, [(1, "Cấp giấy A"), (12, "=HYPERLINK(1)")]);
    let mut text = Vec::new();
    write_report(&report, Language::Vietnamese, &mut text).unwrap();
    insta::assert_snapshot!(String::from_utf8(text).unwrap());
}

#[test]
fn an_array_that_breaks_off_keeps_what_came_before() {
    let report = import(&b"\xEF\xBB\xBF [ {\"code\":\"1.000001\",\"name\":\"A\"}, {\"code\":"[..]);
    assert_eq!(report.imported.len(), 1);
    assert!(matches!(report.refused[0].reason, Reason::Syntax(_)));
    assert_eq!(report.refused[0].index, 2);
    assert_eq!(import(&b""[..]), CatalogueReport::default());
    assert_eq!(import(&b"[]"[..]), CatalogueReport::default());
}

#[test]
fn a_line_without_end_is_left_out() {
    let text = format!(
        "{{\"code\":\"{}\"}}\n{}\n",
        "9".repeat(3 << 20),
        r#"{"code":"1.000001","name":"A"}"#
    );
    let report = import(text.as_bytes());
    assert_eq!(report.refused[0].reason, Reason::TooLong);
    assert_eq!(report.imported[0].index, 2);
}

#[test]
fn the_published_catalogue_is_imported_whole() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors();
    let file = root.map(|at| at.join("shared/data/tthc_commune_core.json")).find(|at| at.exists());
    let Some(file) = file else {
        eprintln!("SKIPPED: shared/data/tthc_commune_core.json is not beside the repository");
        return;
    };
    let text = std::fs::read(file).unwrap();
    let published = serde_json::from_slice::<Vec<serde_json::Value>>(&text).unwrap().len();
    let report = import(text.as_slice());
    assert_eq!(report.imported.len() + report.refused.len(), published);
    let mut doubts: BTreeMap<String, usize> = BTreeMap::new();
    let methods = report.imported.iter().flat_map(|entry| &entry.methods);
    for method in methods {
        let word = method.doubt.map_or("confirmed".to_owned(), |doubt| format!("{doubt:?}"));
        *doubts.entry(word).or_default() += 1;
        assert_eq!(method.doubt.is_none(), method.channel.promise().is_some());
    }
    let to_confirm = report.imported.iter().filter(|entry| entry.to_confirm()).count();
    eprintln!(
        "{published} published: {} imported, of which {to_confirm} to be confirmed; {} refused; channels {doubts:?}",
        report.imported.len(),
        report.refused.len(),
    );
    assert_eq!(doubts["NoUnit"], 148, "numbers without a unit, counted in the file itself");
    assert_eq!(doubts["NoLimit"], 54);
    let mut out = Vec::new();
    write_report(&report, Language::English, &mut out).unwrap();
    assert!(out.len() > published * 20);
}
