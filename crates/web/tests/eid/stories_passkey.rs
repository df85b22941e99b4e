//! What a passkey is asked, and what is refused before any device is believed.

use jiff::SignedDuration;
use serde_json::{Value, json};
use store::store_test;
use web::front::eid::Source;

use crate::house::{Answer, Browser, House};

const ASK: &str = "/vao/khoa/hoi";
const ENTER: &str = "/vao/khoa/vao";

async fn question(browser: &Browser<'_>) -> Value {
    let asked = browser.ask(ASK, &json!({})).await;
    assert_eq!(asked.status, 200, "{}", asked.text);
    serde_json::from_str(&asked.text).unwrap()
}

/// A proof of a credential that nobody registered.
async fn prove(browser: &Browser<'_>, state: &str) -> Answer {
    let credential = json!({
        "id": "AAAA", "rawId": "AAAA", "type": "public-key", "extensions": {},
        "response": {
            "authenticatorData": "AAAA", "clientDataJSON": "AAAA", "signature": "AAAA",
            "userHandle": "AAAAAAAAAAAAAAAAAAAAAA",
        },
    });
    browser.ask(ENTER, &json!({ "state": state, "credential": credential, "tiep": "/" })).await
}

store_test!(
    fn a_question_is_good_once_and_for_five_minutes_and_only_ours(store: Store) {
        let house = House::open(&store, Source::Nobody);
        tokio::runtime::Runtime::new().unwrap().block_on(async {
            let browser = house.browser();
            let asked = question(&browser).await;
            assert_eq!(asked["publicKey"]["userVerification"], "required");
            assert_eq!(asked["publicKey"]["rpId"], "localhost");
            assert!(asked.get("mediation").is_none(), "nothing happens unasked");
            let state = asked["state"].as_str().unwrap();

            let unknown = prove(&browser, state).await;
            assert_eq!(unknown.status, 403);
            assert!(unknown.text.contains("Khóa này không mở được"), "{}", unknown.text);
            assert_eq!(prove(&browser, state).await.status, 409, "it was used");

            let forged = state.replace('.', ".A");
            assert_eq!(prove(&browser, &forged).await.status, 400);
            let late = question(&browser).await;
            house.pass(SignedDuration::from_mins(5));
            assert_eq!(prove(&browser, late["state"].as_str().unwrap()).await.status, 410);
        });
    }
);

store_test!(
    fn nobody_makes_a_passkey_for_another(store: Store) {
        let house = House::open(&store, Source::Nobody);
        tokio::runtime::Runtime::new().unwrap().block_on(async {
            let browser = house.browser();
            for csrf in ["", "another"] {
                let asked = browser.ask("/vao/khoa/tao", &json!({ "csrf": csrf })).await;
                assert_eq!(asked.status, 403, "{}", asked.text);
            }
            let turned = browser.get("/toi/du-lieu/khoa").await;
            assert_eq!(turned.location(), "/vao?tiep=%2Ftoi%2Fdu-lieu%2Fkhoa");
        });
    }
);
