use notices::Address;
use store::store_test;

use crate::house::{House, run};

fn phone() -> kernel::PhoneNumber {
    "0912345604".parse().unwrap()
}

fn json(house: &House, at: usize) -> serde_json::Value {
    serde_json::from_slice(&house.gateway.came()[at].body).unwrap()
}

store_test!(
    fn a_text_message_is_sent_without_marks(store: Store) {
        run(store, async |house| {
            let who = house.citizen();
            let form = format!("_csrf={}&kenh=sms", who.csrf);
            house.post("/toi/thong-bao/dien-thoai", &who.cookie, &form).await;
            let case = house.dossier().await;
            assert_eq!(house.tells().await, 1);
            let said = json(&house, 0);
            let text = said["text"].as_str().unwrap();
            assert_eq!(said["to"], "0912345604");
            assert!(text.is_ascii() && text.len() <= 160, "{text}");
            assert!(text.contains(case.code.as_str()));
            let came = &house.gateway.came()[0];
            assert_eq!(came.headers["authorization"], "Bearer abc");
            assert_eq!(came.headers["idempotency-key"], said["id"].as_str().unwrap());
        });
    }
);

store_test!(
    fn zalo_wants_its_own_numbers_and_says_in_the_body_whether_it_took_them(store: Store) {
        run(store, async |house| {
            let who = house.citizen();
            house.told_at(&who, Address::Zalo(phone())).await;
            house.gateway.answers(200, r#"{"error":0}"#);
            let case = house.dossier().await;
            house.tells().await;
            let said = json(&house, 0);
            assert_eq!((&said["to"], &said["t"]), (&"84912345604".into(), &"101".into()));
            // Taken by HTTP, refused in the body.
            house.gateway.answers(200, r#"{"error":-118,"message":"no Zalo account"}"#);
            house.asks_for_money(&case).await;
            house.tells().await;
            assert_eq!(house.events("notice.dead").await[0]["fault"], "gateway_refused");
        });
    }
);

store_test!(
    fn a_gateway_fails_hangs_and_comes_back_with_the_same_key(store: Store) {
        run(store, async |house| {
            let who = house.citizen();
            house.told_at(&who, Address::Sms(phone())).await;
            house.gateway.answers(503, "");
            house.dossier().await;
            house.tells().await;
            assert_eq!(house.tells().await, 0, "not at once again");
            house.walls.at("2026-11-23T01:31:01Z");
            house.gateway.hangs();
            house.tells().await;
            house.walls.at("2026-11-23T01:36:05Z");
            house.gateway.answers(200, "");
            house.tells().await;
            let came = house.gateway.came();
            let keys: Vec<_> = came.iter().map(|c| c.headers["idempotency-key"].clone()).collect();
            assert_eq!(keys.len(), 3);
            assert!(keys.iter().all(|key| *key == keys[0]), "one thing that was said");
            assert_eq!(house.events("notice.sent").await[0]["attempts"], 3);
        });
    }
);
