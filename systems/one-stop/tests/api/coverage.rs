//! What holds for every operation of the description. If you are here because a test failed:
//! an operation that nobody need sign in for belongs into `PUBLIC`, with a reason; one that
//! takes other parameters than the code of a dossier belongs into `refused`.

use std::fmt::Write;

use one_stop::testing::House;
use serde_json::{Value, json};
use store::store_test;

use crate::client::*;

fn block<T>(story: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(story)
}

/// Signing in, the applicant's own tracking, and evidence that anybody may check.
const PUBLIC: [&str; 5] = [
    "POST /api/v1/sessions",
    "GET /api/v1/tracking",
    "GET /api/v1/journal/checkpoint",
    "GET /api/v1/journal/key",
    "GET /api/v1/journal/tile/{level}/{number}",
];

struct Operation {
    method: String,
    path: String,
    text: Value,
}

impl Operation {
    fn name(&self) -> String {
        format!("{} {}", self.method, self.path)
    }

    /// With values that exist nowhere.
    fn address(&self) -> String {
        self.path
            .replace("{code}", "H55.62-990101-0001")
            .replace("{procedure}", "9.999999")
            .replace("{hash}", &"0".repeat(64))
            .replace("{level}", "9")
            .replace("{number}", "000")
    }
}

fn operations() -> Vec<Operation> {
    let document = serde_json::to_value(one_stop::api::document()).unwrap();
    let mut operations = Vec::new();
    for (path, item) in document["paths"].as_object().unwrap() {
        for (method, text) in item.as_object().unwrap() {
            let (method, path, text) = (method.to_uppercase(), path.clone(), text.clone());
            operations.push(Operation { method, path, text });
        }
    }
    operations
}

#[test]
fn the_operations() {
    let mut lines = String::new();
    for operation in operations() {
        let summary = operation.text["summary"].as_str().unwrap_or("no summary");
        writeln!(lines, "{:<6} {:<58} {summary}", operation.method, operation.path).unwrap();
    }
    insta::assert_snapshot!(lines);
}

#[test]
fn the_description_is_openapi_3_1_and_every_operation_says_how_it_refuses() {
    let document = serde_json::to_value(one_stop::api::document()).unwrap();
    assert!(document["openapi"].as_str().unwrap().starts_with("3.1"));
    for operation in operations() {
        let answers = operation.text["responses"].as_object().unwrap();
        for status in ["401", "403", "404", "422", "503"] {
            let shown = &answers[status]["content"]["application/problem+json"];
            assert!(shown.is_object(), "{} does not describe {status}", operation.name());
        }
        let public = PUBLIC.contains(&operation.name().as_str());
        let open = operation.text["security"] == json!([{}]);
        assert_eq!(open, public, "{} and its security", operation.name());
    }
}

store_test!(
    fn nobody_gets_anywhere_without_a_session(store: Store) {
        let house = House::open(&store, MONDAY);
        block(async {
            let nobody = Client::nobody(&house);
            for operation in operations() {
                if PUBLIC.contains(&operation.name().as_str()) {
                    continue;
                }
                let body = (operation.method != "GET").then(|| json!({}));
                let answer = nobody.ask(&operation.method, &operation.address(), &[], body).await;
                assert_eq!(answer.status, 401, "{}", operation.name());
                assert_eq!(answer.headers["content-type"], "application/problem+json");
            }
        });
    }
);

store_test!(
    fn every_operation_refuses_what_does_not_fit(store: Store) {
        let house = House::open(&store, MONDAY);
        block(async {
            let counter = Client::of(&house, RECEIVER);
            for operation in operations() {
                let (name, path) = (operation.name(), operation.address());
                let takes_json =
                    operation.text["requestBody"]["content"]["application/json"].is_object();
                if takes_json {
                    let odd = json!({ "nonsense": 1 });
                    let answer = counter.ask(&operation.method, &path, &[], Some(odd)).await;
                    assert_eq!(answer.status, 422, "{name}: {}", answer.text());
                    let text = answer.json()["errors"].to_string();
                    assert!(text.contains("nonsense"), "{name} does not name the field: {text}");
                } else if operation.path.contains('{') {
                    let answer = counter.ask(&operation.method, &path, &[], None).await;
                    let status = answer.status.as_u16();
                    assert!(matches!(status, 404 | 415), "{name}: {status} {}", answer.text());
                } else if operation.text["parameters"].is_array() {
                    let odd = format!("{path}?nonsense=1");
                    let answer = counter.ask(&operation.method, &odd, &[], None).await;
                    assert_eq!(answer.status, 422, "{name}: {}", answer.text());
                    assert_eq!(answer.json()["errors"][0]["field"], "nonsense", "{name}");
                } else {
                    refused(&counter, &name).await;
                }
            }
        });
    }
);

/// Operations that take nothing which could be wrong, and when they refuse nevertheless.
async fn refused(counter: &Client<'_>, name: &str) {
    match name {
        // Before the first event is sealed, and before a key was published.
        "GET /api/v1/journal/checkpoint" | "GET /api/v1/journal/key" => {
            let path = name.split(' ').nth(1).unwrap();
            assert_eq!(counter.get(path).await.status, 404, "{name}");
        }
        // They refuse whoever is not signed in, which is tested for all.
        "GET /api/v1/sessions/current" | "DELETE /api/v1/sessions/current" => {}
        _ => panic!("{name}: no test of a refusal"),
    }
}
