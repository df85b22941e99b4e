//! Whatever a file holds: it is read, or refused with its lines, and never a panic.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on may panic")]

mod common;

use std::io::Cursor;

use procedure::{Condition, Language, TimeLimit, WorkingHours, catalogue, load, sheet};
use proptest::{prelude::*, sample::Index};
use rust_xlsxwriter::Workbook;

/// A good text with one stretch of it taken out, doubled or overwritten.
fn slipped(good: String) -> impl Strategy<Value = String> {
    let letters: Vec<char> = good.chars().collect();
    (any::<Index>(), 0..40_usize, ".{0,12}", any::<bool>()).prop_map(
        move |(at, len, put, twice)| {
            let at = at.index(letters.len());
            let end = (at + len).min(letters.len());
            let stretch: String = letters[at..end].iter().collect();
            let between = if twice { format!("{stretch}{put}{stretch}") } else { put };
            let head: String = letters[..at].iter().collect();
            format!("{head}{between}{}", letters[end..].iter().collect::<String>())
        },
    )
}

/// Bytes of a good file with some of them turned over or cut off.
fn damaged(good: Vec<u8>) -> impl Strategy<Value = Vec<u8>> {
    let turns = prop::collection::vec((any::<Index>(), any::<u8>()), 0..8);
    (turns, any::<Index>(), any::<bool>()).prop_map(move |(turns, end, cut)| {
        let mut bytes = good.clone();
        for (at, byte) in turns {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        if cut {
            bytes.truncate(end.index(bytes.len()));
        }
        bytes
    })
}

fn workbook() -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    let rows = [
        ["Bước", "Nội dung công việc", "Người thực hiện", "Thời gian", "Kết quả"],
        ["1", "Tiếp nhận hồ sơ", "Bộ phận một cửa", "0,5 ngày", "Giấy tiếp nhận"],
        ["2", "Thẩm định", "Chuyên viên", "1 ngày", "Tờ trình"],
        ["3", "Ký", "Lãnh đạo", "04 giờ", "Giấy phép"],
    ];
    for (at, row) in (0..).zip(rows) {
        for (column, text) in (0..).zip(row) {
            sheet.write_string(at, column, text).unwrap();
        }
    }
    book.save_to_buffer().unwrap()
}

const CATALOGUE: &str = r#"[{"code":"1.001193","name":"Khai sinh","field":"Hộ tịch",
    "levels":["commune"],"decision":"1234/QĐ-BTP","documents":["Tờ khai"],"result_codes":[],
    "methods":[{"channel":"in_person","duration":0.5,"unit":"working_day","note":"ngày làm việc",
    "amounts_vnd":[8000]},{"channel":"online","duration":"15 Ngày","unit":null}]}]"#;

/// Whatever was read, every fault stands on a line of the text.
fn judged(text: &str) -> Result<(), TestCaseError> {
    if let Err(faults) = load(text) {
        prop_assert!(!faults.is_empty());
        let lines = text.lines().count().max(1) + 1;
        for fault in &faults {
            prop_assert!((1..=lines).contains(&fault.line), "{fault}");
            let _ = fault.to_string();
        }
    }
    Ok(())
}

proptest! {
    #[test]
    fn a_procedure_is_read_or_refused(text in any::<String>()) {
        judged(&text)?;
    }

    #[test]
    fn a_procedure_with_a_slip_is_read_or_refused(
        text in slipped(common::examples().swap_remove(1)),
    ) {
        judged(&text)?;
    }

    #[test]
    fn a_condition_is_read_or_refused(
        text in prop_oneof![
            any::<String>(),
            slipped("so_tang > 7 or dien_tich between 100 and 250 and not(loai = \"moi\")".into()),
        ],
        number in any::<f64>(), said in any::<String>(),
    ) {
        for fields in [common::birth().fields, common::construction().fields] {
            let Ok(condition) = Condition::parse(&text, &fields) else { continue };
            let facts = fields.iter().map(|f| (f.id.to_string(), serde_json::json!(number)));
            let _ = condition.holds(&serde_json::Value::Object(facts.collect()));
            let facts = fields.iter().map(|f| (f.id.to_string(), serde_json::json!(said)));
            let _ = condition.holds(&serde_json::Value::Object(facts.collect()));
        }
    }

    #[test]
    fn limits_are_read_or_refused(text in prop_oneof![any::<String>(), "[0-9]{0,12} [a-z_]{0,14}"]) {
        if let Ok(limit) = text.parse::<TimeLimit>() {
            prop_assert_eq!(limit.to_string().parse::<TimeLimit>(), Ok(limit));
            let _ = limit.working_hours_at_least();
        }
    }

    #[test]
    fn hours_are_read_or_refused(hours in any::<f64>()) {
        let _ = WorkingHours::from_hours(hours);
    }

    #[test]
    fn a_catalogue_is_read_or_refused(
        bytes in prop_oneof![
            prop::collection::vec(any::<u8>(), 0..400),
            slipped(CATALOGUE.into()).prop_map(String::into_bytes),
            damaged(CATALOGUE.as_bytes().to_vec()),
        ],
    ) {
        let report = catalogue::import(&bytes[..]);
        catalogue::write_report(&report, Language::Vietnamese, Vec::new()).unwrap();
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn a_workbook_is_read_or_refused(
        bytes in prop_oneof![
            prop::collection::vec(any::<u8>(), 0..400),
            damaged(workbook()),
        ],
    ) {
        if let Ok(read) = sheet::import(Cursor::new(bytes)) {
            for remark in &read.remarks {
                let _ = remark.kind.message(Language::Vietnamese);
            }
        }
    }
}
