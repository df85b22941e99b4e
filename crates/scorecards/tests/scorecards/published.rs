//! Published rows, to the last published digit.

use std::path::Path;

use scorecards::{Placed, Scorecard, Scored, compute, parse_inputs, rank, rank_each};
use serde_json::Value;

use crate::{card, number};

/// A table beside the repository; says loudly where it is absent.
fn table(name: &str) -> Option<Value> {
    let folders = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors();
    let found = folders
        .map(|folder| folder.join("../shared/data").join(name))
        .find_map(|path| std::fs::read_to_string(path).ok());
    if found.is_none() {
        eprintln!("SKIPPED: ../shared/data/{name} is not there, so published rows were not tried");
    }
    found.map(|text| serde_json::from_str(&text).unwrap())
}

fn row(card: &Scorecard, row: &Value) -> Scored {
    compute(card, &parse_inputs(card, &row.to_string()).unwrap())
}

/// Whether what was computed is what was published, within the tolerance of the scorecard.
fn agrees(card: &Scorecard, scored: &Scored, index: &str, published: &Value) {
    let published = number(&published.to_string());
    let ours = scored.index(index).unwrap().value.clone().unwrap();
    let apart = (&ours - &published).abs();
    assert!(apart <= *card.tolerance(), "{index}: {ours} computed, {published} published");
}

/// Whether what is shown is what was published, to the last digit.
fn is_published(card: &Scorecard, scored: &Scored, index: &str, published: &Value) {
    let published = number(&published.to_string());
    let ours = scored.index(index).unwrap().published.value.clone().unwrap();
    assert_eq!(ours.shown(card.decimals()), published.shown(card.decimals()), "{index}");
}

/// The first five rows of the published table of 2022 (dti.gov.vn): the main indices without the
/// one that gives no points, and the total.
const DTI_2022: [(&str, [&str; 8], &str); 5] = [
    (
        "Đà Nẵng",
        ["1.0000", "0.9000", "0.8253", "0.8487", "0.7578", "0.8575", "0.7836", "0.5197"],
        "0.8002",
    ),
    (
        "TP. Hồ Chí Minh",
        ["0.8917", "0.9000", "0.8258", "0.6267", "0.5580", "0.8406", "0.7611", "0.3590"],
        "0.7163",
    ),
    (
        "Quảng Ninh",
        ["0.9581", "0.9000", "0.7648", "0.6250", "0.5382", "0.8385", "0.5904", "0.4505"],
        "0.7024",
    ),
    (
        "Thừa Thiên Huế",
        ["0.9500", "0.9000", "0.6823", "0.6794", "0.6423", "0.8262", "0.6787", "0.3001"],
        "0.6975",
    ),
    (
        "Cần Thơ",
        ["0.9000", "0.8000", "0.7233", "0.7376", "0.7226", "0.7325", "0.7556", "0.2947"],
        "0.6924",
    ),
];

#[test]
fn dti_totals_come_out_to_the_last_digit() {
    let card = card("dti-922");
    let given: Vec<&str> = card
        .parts()
        .iter()
        .filter(|part| !part.maximum.is_zero())
        .map(|part| part.id.as_str())
        .collect();
    let mut rounded_once = Vec::new();
    for (name, values, total) in DTI_2022 {
        let pairs: Vec<String> =
            given.iter().zip(values).map(|(id, value)| format!("\"{id}\": {value}")).collect();
        let json = format!("{{ \"sure\": \"verified\", {} }}", pairs.join(", "));
        let scored = compute(&card, &parse_inputs(&card, &json).unwrap());
        let lines: Vec<String> =
            scorecards::report(&scored).iter().map(ToString::to_string).collect();
        assert!(lines[0].starts_with(&format!("total {total} 1 ")), "{name}: {}", lines[0]);
        rounded_once.push(scored.total().value.clone().unwrap().shown(4));
    }
    // Rounded once at the end, one row would stand a digit above what was published.
    assert_eq!(rounded_once, ["0.8002", "0.7164", "0.7024", "0.6975", "0.6924"]);
}

#[test]
fn dti_totals_and_pillars_of_2022() {
    let Some(table) = table("dti_tables.json") else { return };
    let card = card("dti-922");
    let rows = table["rows"].as_array().unwrap();
    assert!(!rows.is_empty());
    for published in rows {
        let scored = row(&card, published);
        is_published(&card, &scored, "total", &published["published_dti"]);
        for (pillar, value) in published["derived_pillars"].as_object().unwrap() {
            agrees(&card, &scored, pillar, value);
        }
        assert!(scored.total().judged == scored.total().maximum, "nothing is missing");
    }
    for (name, weight) in table["weights_of_1000"].as_object().unwrap() {
        let part = card.parts().iter().find(|part| part.id == *name).unwrap();
        assert_eq!(part.maximum, number(&weight.to_string()), "{name}");
    }
    for (name, count) in table["indicators"].as_object().unwrap() {
        let part = card.parts().iter().find(|part| part.id == *name).unwrap();
        assert_eq!(part.components.map(u64::from), count.as_u64(), "{name}");
    }
}

#[test]
fn dti_rows_rank_as_published() {
    let Some(table) = table("dti_tables.json") else { return };
    let card = card("dti-922");
    let rows: Vec<(String, Scored)> = table["rows"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| (one["name"].as_str().unwrap().to_owned(), row(&card, one)))
        .collect();
    let ranks = rank_each(&rows);
    let names = |places: &[Placed]| -> Vec<String> {
        places.iter().map(|placed| placed.name.clone()).collect()
    };
    for index in ["total", "chinh_quyen_so", "kinh_te_so", "xa_hoi_so"] {
        assert_eq!(names(&ranks[index]), ["TP. Đà Nẵng", "Quảng Ninh"], "{index}");
    }

    // The published places of 2022: equals share one, and the next is skipped. Their values were
    // not published here, so places stand for them.
    let published: Vec<(String, i64)> = table["ranks_2022"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| (one[1].as_str().unwrap().to_owned(), one[0].as_i64().unwrap()))
        .collect();
    let entries: Vec<_> =
        published.iter().map(|(name, place)| (name.clone(), Some((-place).into()))).collect();
    for (placed, (name, place)) in rank(&entries, 4).iter().zip(&published) {
        assert_eq!((&placed.name, placed.rank.map(i64::from)), (name, Some(*place)));
    }
}

#[test]
fn every_published_row_of_766() {
    let Some(table) = table("index766.json") else { return };
    let card = card("766");
    let phu_tho = &table["phu_tho_2026_year_to_2026_09_26"];
    for (group, index) in
        [("progress", "dvc-progress-tree"), ("payment", "formality-online-payment-tree")]
    {
        let rows = phu_tho[group].as_array().unwrap();
        assert!(!rows.is_empty());
        for published in rows {
            let scored = row(&card, published);
            is_published(&card, &scored, index, &published["score"]);
            // A file with these counts alone has no other points.
            is_published(&card, &scored, "total", &published["score"]);
        }
    }
}

#[test]
fn groups_and_metrics_of_766_are_those_published() {
    let Some(table) = table("index766.json") else { return };
    let card = card("766");
    for group in table["groups"].as_array().unwrap() {
        let index = card.index(group["id"].as_str().unwrap()).unwrap();
        assert_eq!(index.maximum, number(&group["max"].to_string()));
        let metrics = group["metrics"].as_array().unwrap();
        assert_eq!(index.parts.len(), metrics.len(), "{}", index.id);
        for metric in metrics {
            let (id, code) = (metric["id"].as_str().unwrap(), metric["code"].as_str().unwrap());
            let called = |place: &&usize| {
                let part = &card.parts()[**place];
                part.id == id || part.code.as_deref() == Some(code)
            };
            let part = &card.parts()[*index.parts.iter().find(called).unwrap()];
            assert_eq!(part.maximum, number(&metric["max"].to_string()), "{id} {code}");
            if let Some(percent) = metric["threshold_pct"].as_i64() {
                assert_eq!(part.rule.full_share(), number(&format!("0.{percent}")), "{id} {code}");
            }
        }
    }
    // The press adds two groups to one column; its columns make the total.
    let first = &table["published"]["rank1"];
    let columns = ["cong_khai", "tien_do", "dich_vu_truc_tuyen_incl_payment", "hai_long", "so_hoa"];
    let sum: scorecards::Number = columns.iter().map(|name| number(&first[name].to_string())).sum();
    assert_eq!(sum, number(&first["total"].to_string()));
    assert_eq!(card.index("online-and-payment").unwrap().maximum, number("22"));
}
