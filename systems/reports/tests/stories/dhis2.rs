//! Programs that speak the Web API of DHIS2.

use std::{path::Path, process::Command};

use axum::{
    body::Body,
    http::{Request, StatusCode, header},
};
use desk::testing::Answer;
use reports::dhis2::uid;
use serde_json::{Value, json};
use store::store_test;

use crate::office::{Office, PERIOD, follows, page};

pub(crate) const CELL: &str = "to-chuc.ho-tro.so";

pub(crate) struct Program<'o> {
    pub(crate) office: &'o Office,
    pub(crate) key: String,
}

impl Program<'_> {
    pub(crate) fn ask(&self, method: &str, path: &str, body: Option<Value>) -> (StatusCode, Value) {
        let request = Request::builder()
            .method(method)
            .uri(if path.starts_with("/dhis2") {
                path.to_owned()
            } else {
                format!("/api/dhis2{path}")
            })
            .header(header::AUTHORIZATION, format!("ApiToken {}", self.key))
            .header(header::CONTENT_TYPE, "application/json")
            .body(body.map_or_else(Body::empty, |body| Body::from(body.to_string())));
        let answer: Answer = self.office.send(request.unwrap());
        let value = serde_json::from_slice(&answer.bytes).unwrap_or(Value::Null);
        (answer.status, value)
    }
}

/// A key, as the head of an office makes one on its page.
pub(crate) fn key(office: &Office, head: &str) -> String {
    let head = office.house.sign_in(head);
    let text = office.post("/bao-cao/khoa", &head, &[("ten", "HMIS")]).text();
    let from = text.find("class=\"wrap\">").unwrap() + "class=\"wrap\">".len();
    text[from..from + 40].to_owned()
}

pub(crate) fn element(cell: &str) -> String {
    uid(&format!("element THU-T.{cell}"))
}

store_test!(
    fn a_program_fills_in_a_draft_and_reads_what_was_sent(store: Store) {
        let office = Office::open(&store);
        let program = Program { office: &office, key: key(&office, "so-tu-phap/thu-truong") };
        let (status, units) = program.ask("GET", "/organisationUnits.json?paging=false", None);
        assert_eq!(status, StatusCode::OK);
        let units = units["organisationUnits"].as_array().unwrap().clone();
        let unit = units.iter().find(|unit| unit["code"] == "H55.04").unwrap()["id"].clone();
        let (_, sets) = program.ask("GET", "/dhis2/api/dataSets", None);
        let sets = sets["dataSets"].as_array().unwrap().clone();
        let set = sets.iter().find(|set| set["code"] == "THU-T").unwrap();
        assert_eq!(set["periodType"], "Monthly");

        let sent = json!({
            "dataSet": set["id"], "period": "202611", "orgUnit": unit,
            "dataValues": [
                { "dataElement": element(CELL), "value": "31" },
                { "dataElement": element("to-chuc.tap-huan.so"), "value": 4 },
                { "dataElement": element("tong-hop.xong.so"), "value": "9" },
                { "dataElement": "nothingHere", "value": "9" },
            ],
        });
        let (status, answer) = program.ask("POST", "/dataValueSets", Some(sent));
        assert_eq!(status, StatusCode::CONFLICT);
        let response = &answer["response"];
        assert_eq!(
            response["importCount"],
            json!({ "imported": 2, "updated": 0, "ignored": 2, "deleted": 0 })
        );
        assert_eq!(response["conflicts"][0]["value"], "Data element not found or not accessible");
        assert_eq!(
            response["conflicts"][1]["value"],
            "The value is computed and cannot be written"
        );
        let report = office.report("H55.04");
        let shown = office.get(&page(&report), &office.holder(&report)).text();
        assert!(shown.contains("value=\"31\""), "{shown}");

        // A person signs; then it can be read, and not written any more.
        follows(&office.fill(&report, "33"));
        follows(&office.deed(&report, "gui", &[]));
        let asked = "/dataValueSets?dataSet=THU-T&period=202611&orgUnit=H55.04";
        let (_, values) = program.ask("GET", asked, None);
        let values = values["dataValues"].as_array().unwrap().clone();
        let found = values.iter().find(|value| value["dataElement"] == element(CELL)).unwrap();
        assert_eq!((&found["value"], &found["period"]), (&json!("33"), &json!("202611")));
        let late = json!({ "period": "202611", "orgUnit": unit,
            "dataValues": [{ "dataElement": element(CELL), "value": "1" }] });
        let (_, answer) = program.ask("POST", "/dataValueSets.json", Some(late));
        assert_eq!(answer["response"]["importCount"]["ignored"], 1, "{answer}");
    }
);

store_test!(
    fn analytics_adds_up_over_the_tree_and_a_key_reaches_no_further_than_its_agency(store: Store) {
        let office = Office::open(&store);
        office.sent("H55.02", "40");
        office.sent("H55.04", "25");
        let asked = format!(
            "/analytics?dimension=dx:{}&dimension=pe:202611&dimension=ou:H55;H55.04",
            element(CELL)
        );
        let all = Program { office: &office, key: key(&office, "ubnd-tinh/chu-tich") };
        let (_, answer) = all.ask("GET", &asked, None);
        let rows = answer["rows"].as_array().unwrap();
        let mut values: Vec<&str> = rows.iter().map(|row| row[3].as_str().unwrap()).collect();
        values.sort_unstable();
        assert_eq!(values, ["25", "65"], "{answer}");
        assert_eq!(answer["headers"][3]["name"], "value");
        let one = Program { office: &office, key: key(&office, "so-tu-phap/thu-truong") };
        let (_, answer) = one.ask("GET", &asked, None);
        assert_eq!(answer["height"], 2, "{answer}");
        assert!(answer["rows"].to_string().contains("\"25\""));
        assert!(!answer["rows"].to_string().contains("\"65\""), "{answer}");
        let nobody = Program { office: &office, key: "0".repeat(40) };
        assert_eq!(nobody.ask("GET", &asked, None).0, StatusCode::UNAUTHORIZED);
        let (status, answer) = all.ask("GET", "/analytics?dimension=dx:x", None);
        assert_eq!((status, &answer["errorCode"]), (StatusCode::CONFLICT, &json!("E7200")));
    }
);

store_test!(
    fn periods_are_named_by_the_day_and_a_year_adds_up_its_months(store: Store) {
        let office = Office::without_rounds(&store);
        office.house.at("2026-10-16T01:30:00Z");
        office.open_round("2026-10-r");
        for (period, people) in [("2026-10-r", "30"), (PERIOD, "12")] {
            if period == PERIOD {
                office.house.at("2026-11-16T01:30:00Z");
                office.open_round(PERIOD);
            }
            let report = office.report_in("H55.04", period);
            follows(&office.fill(&report, people));
            follows(&office.deed(&report, "gui", &[]));
        }
        let program = Program { office: &office, key: key(&office, "so-tu-phap/thu-truong") };
        let values = |periods: &str| {
            let path = format!(
                "/analytics?dimension=dx:{}.HllvX50cXC0&dimension=pe:{periods}&filter=ou:H55.04",
                element(CELL)
            );
            let (_, answer) = program.ask("GET", &path, None);
            let rows = answer["rows"].as_array().unwrap().clone();
            let text = |value: &Value| value.as_str().unwrap().to_owned();
            rows.iter().map(|row| (text(&row[1]), text(&row[3]))).collect::<Vec<_>>()
        };
        let is = |period: &str, value: &str| (period.to_owned(), value.to_owned());
        assert_eq!(values("THIS_MONTH"), [is("202611", "12")]);
        assert_eq!(values("LAST_MONTH"), [is("202610", "30")]);
        assert_eq!(values("LAST_3_MONTHS;THIS_MONTH"), [is("202610", "30"), is("202611", "12")]);
        assert_eq!(values("THIS_YEAR"), [is("2026", "42")]);
        assert_eq!(values("2026Q4;LAST_YEAR"), [is("2026Q4", "42")]);
        assert!(values("LAST_YEAR").is_empty());
    }
);

store_test!(
    fn lists_come_in_pages_and_the_one_combination_is_known_by_all(store: Store) {
        let office = Office::open(&store);
        let program = Program { office: &office, key: key(&office, "so-tu-phap/thu-truong") };
        let (_, whole) = program.ask("GET", "/dataElements?paging=false", None);
        let whole = whole["dataElements"].as_array().unwrap().clone();
        let mut walked = Vec::new();
        for page in 1.. {
            let path = format!("/dataElements.json?page={page}&pageSize=20&totalPages=true");
            let (_, answer) = program.ask("GET", &path, None);
            let pager = &answer["pager"];
            assert_eq!((&pager["page"], &pager["total"]), (&json!(page), &json!(whole.len())));
            walked.extend(answer["dataElements"].as_array().unwrap().clone());
            if pager.get("nextPage").is_none() {
                assert_eq!(pager["pageCount"], page);
                break;
            }
        }
        assert_eq!(walked, whole);
        let (_, combos) = program.ask("GET", "/categoryOptionCombos", None);
        let combo = combos["categoryOptionCombos"][0]["id"].clone();
        let send = |combo: &Value, value: &str| {
            let one = json!({ "dataElement": element(CELL), "categoryOptionCombo": combo,
                "attributeOptionCombo": combo, "value": value });
            let set = json!({ "dataSet": "THU-T", "period": "202611", "orgUnit": "H55.04",
                "attributeOptionCombo": combo, "dataValues": [one] });
            program.ask("POST", "/dataValueSets", Some(set))
        };
        let (status, answer) = send(&combo, "31");
        assert_eq!(status, StatusCode::OK, "{answer}");
        let (status, answer) = send(&json!("V6L425pT3A0"), "32");
        assert_eq!(status, StatusCode::CONFLICT);
        assert_eq!(answer["response"]["conflicts"][0]["object"], "V6L425pT3A0");
        let shown =
            office.get(&page(&office.report("H55.04")), &office.holder(&office.report("H55.04")));
        assert!(shown.text().contains("value=\"31\""));
    }
);

/// A library as others publish it, unchanged, over the wire.
#[test]
fn a_client_library_of_others_works_unchanged() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/clients");
    let python = folder.join(".venv/bin/python");
    if !python.exists() {
        let said = "the client library of DHIS2 is not installed; cargo xtask test does that";
        assert!(std::env::var_os("TINHSO_TEST_REQUIRED").is_none(), "{said}");
        eprintln!("SKIPPED: {said}");
        return;
    }
    store::testing::sqlite(|store| {
        let office = Office::open(&store);
        let key = key(&office, "so-tu-phap/thu-truong");
        let address = office.serve();
        let out = Command::new(&python)
            .arg(folder.join("clients.py"))
            .args([format!("http://{address}/dhis2"), key, element(CELL)])
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&out.stderr);
        assert!(out.status.success(), "{said}{}", String::from_utf8_lossy(&out.stdout));
        let report = office.report("H55.04");
        let shown = office.get(&page(&report), &office.holder(&report)).text();
        assert!(shown.contains("value=\"37\""), "{shown}");
    });
}
