//! The published figures of item 2.1, to the last digit.

use one_stop::measures::IndexCount;
use serde_json::Value;

#[test]
fn every_published_row_of_progress_is_reproduced() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data/index766.json");
    let Ok(text) = std::fs::read_to_string(path) else {
        eprintln!("SKIPPED: the published tables (shared/data/index766.json) are not here");
        return;
    };
    let table: Value = serde_json::from_str(&text).unwrap();
    let rows = table["phu_tho_2026_year_to_2026_09_26"]["progress"].as_array().unwrap();
    assert!(!rows.is_empty());
    for row in rows {
        let (received, on_time) =
            (row["received"].as_u64().unwrap(), row["on_time"].as_u64().unwrap());
        let count = IndexCount {
            done_on_time: on_time,
            done_late: received - on_time,
            ..IndexCount::default()
        };
        let hundredths = |name: &str| (row[name].as_f64().unwrap() * 100.0).round() as u64;
        assert_eq!(count.ratio(), Some(hundredths("ratio")), "{row}");
        assert_eq!(count.points(), Some(hundredths("score")), "{row}");
    }
    println!("{} published rows reproduced", rows.len());
}
