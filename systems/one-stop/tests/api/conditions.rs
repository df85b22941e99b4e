//! Once for a key, and only on the version that was seen.

use one_stop::testing::House;
use serde_json::json;
use store::store_test;

use crate::client::*;

fn block<T>(story: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap().block_on(story)
}

store_test!(
    fn the_same_key_files_one_dossier_however_often_it_is_sent(store: Store) {
        let house = House::open(&store, MONDAY);
        block(async {
            let counter = Client::of(&house, RECEIVER);
            let key = [("idempotency-key", "2f6c-1")];
            let file = || counter.ask("POST", "/api/v1/dossiers", &key, Some(birth()));
            let first = file().await;
            assert_eq!(first.status, 201, "{}", first.text());
            let again = file().await;
            assert_eq!((again.status, &again.bytes), (first.status, &first.bytes));
            assert_eq!(again.location(), first.location());
            assert_eq!(again.headers["etag"], first.headers["etag"]);
            assert_eq!(again.headers["idempotency-replayed"], "true");

            let mut other = birth();
            other["answers"]["ho_ten_tre"] = "Nguyễn Minh Bình".into();
            let other = counter.ask("POST", "/api/v1/dossiers", &key, Some(other)).await;
            assert_eq!(other.status, 422);
            assert_eq!(other.json()["type"], "/problems/idempotency-key-reused");

            let colleague = Client::of(&house, RECEIVER);
            let theirs = colleague.ask("POST", "/api/v1/dossiers", &key, Some(birth())).await;
            assert_ne!(theirs.json()["code"], first.json()["code"], "another account's key");

            house.at("2026-11-24T01:31:00Z");
            let counter = Client::of(&house, RECEIVER);
            let listed = counter.get("/api/v1/dossiers").await.json();
            assert_eq!(listed["items"].as_array().unwrap().len(), 2);
        });
    }
);

store_test!(
    fn the_same_key_at_the_same_time_files_one_dossier(store: Store) {
        let house = House::open(&store, MONDAY);
        block(async {
            let counter = Client::of(&house, RECEIVER);
            let key = [("idempotency-key", "all-at-once")];
            let file = || counter.ask("POST", "/api/v1/dossiers", &key, Some(birth()));
            let (a, b, c, d) = tokio::join!(file(), file(), file(), file());
            for answer in [&b, &c, &d] {
                assert_eq!(answer.bytes, a.bytes, "{}", answer.text());
            }
            let listed = counter.get("/api/v1/dossiers").await.json();
            assert_eq!(listed["items"].as_array().unwrap().len(), 1);
        });
    }
);

store_test!(
    fn a_refused_command_leaves_its_key_free(store: Store) {
        let house = House::open(&store, MONDAY);
        block(async {
            let counter = Client::of(&house, RECEIVER);
            let code = counter.files(birth()).await;
            let path = format!("/api/v1/dossiers/{code}/return_result");
            let key = [("idempotency-key", "early")];
            let early = counter.ask("POST", &path, &key, Some(json!({}))).await;
            assert_eq!(early.status, 409);
            assert_eq!(early.json()["reason"], "wrong_status");
            let path = format!("/api/v1/dossiers/{code}/accept");
            let taken = counter.ask("POST", &path, &key, Some(json!({}))).await;
            assert_eq!(taken.status, 200, "nothing had been done under it: {}", taken.text());
        });
    }
);

store_test!(
    fn whoever_saw_an_older_version_is_told_the_new_one(store: Store) {
        let house = House::open(&store, MONDAY);
        block(async {
            let counter = Client::of(&house, RECEIVER);
            let code = counter.files(birth()).await;
            let path = format!("/api/v1/dossiers/{code}");
            let seen = counter.ask("GET", &path, &[("if-none-match", "\"1\"")], None).await;
            assert_eq!((seen.status.as_u16(), seen.bytes.len()), (304, 0));
            counter.does(&code, "accept", json!({})).await;
            let withdraw = format!("{path}/withdraw");
            let stale = [("if-match", "\"1\"")];
            let late = counter.ask("POST", &withdraw, &stale, Some(json!({}))).await;
            assert_eq!(late.status, 412);
            assert_eq!(late.json()["version"], 2);
            assert_eq!(late.headers["etag"], "\"2\"");
            let seen = [("if-match", "\"2\"")];
            assert_eq!(counter.ask("POST", &withdraw, &seen, None).await.status, 200);
            let odd = counter.ask("POST", &withdraw, &[("if-match", "new")], None).await;
            assert_eq!(odd.status, 400);
        });
    }
);

store_test!(
    fn of_two_officers_at_once_exactly_one_wins(store: Store) {
        let house = House::open(&store, MONDAY);
        block(async {
            let counter = Client::of(&house, RECEIVER);
            let other = Client::of(&house, "phuong-phan-dinh-phung/tiep-nhan-2");
            for _ in 0..5 {
                let code = counter.files(birth()).await;
                let accept = format!("/api/v1/dossiers/{code}/accept");
                let decline = format!("/api/v1/dossiers/{code}/decline");
                let why = json!({ "reason": "duplicate", "note": "Đã nộp hôm qua" });
                let seen = [("if-match", "\"1\"")];
                let (a, b) = tokio::join!(
                    counter.ask("POST", &accept, &seen, Some(json!({}))),
                    other.ask("POST", &decline, &seen, Some(why)),
                );
                let mut statuses = [a.status.as_u16(), b.status.as_u16()];
                statuses.sort_unstable();
                assert_eq!(statuses[0], 200, "{} {}", a.text(), b.text());
                assert!(matches!(statuses[1], 409 | 412), "{} {}", a.text(), b.text());
            }
        });
    }
);
