//! Officers are told of what is theirs to see to: by their own addresses, without a word of it.

use axum::{
    body::Body,
    http::{Request, StatusCode, header},
};
use journal::{Data, EventKind, Happened};
use kernel::Actor;
use notices::Address;
use store::store_test;

use crate::{
    endpoints::Subscriber,
    house::{House, run},
};

const EXPERT: &str = "ubnd-tinh/chuyen-vien";
const WHERE: &str = "/thong-bao/noi-nhan";

/// An alert is given to the expert, as the operations centre says it.
async fn raises(house: &House, kind: &'static str) {
    let (desk, person) = (house.walls.desk.clone(), house.walls.persons[EXPERT]);
    let shared = desk.clone();
    let raised = desk.front.store.write(move |tx| {
        let (front, now) = (&shared.front, shared.now());
        let what = Happened {
            kind: EventKind::named(kind),
            actor: Actor::System("operations".into()),
            happened_at: now,
            recorded_at: now,
            data: Data::of(&serde_json::json!({ "incident": "H55-261123-0001" })).unwrap(),
        };
        let of = "incident H55-261123-0001";
        let event = journal::record(tx, &front.tenant, &front.mint, of, what).unwrap();
        notices::announce(tx, &front.tenant, &event, notices::officer(person))
    });
    raised.await.unwrap();
}

store_test!(
    fn an_officers_browser_is_told_of_an_alert_and_of_nothing_in_it(store: Store) {
        run(store, async |house| {
            let who = house.walls.sign_in(EXPERT);
            let page = house.get(WHERE, &who).await;
            assert_eq!(page.status, StatusCode::OK, "{}", page.text);
            assert!(page.text.contains("Chưa có nơi nhận nào"), "{}", page.text);
            assert!(!page.text.contains("tin nhắn điện thoại"), "no number of theirs is proved");
            let csrf = page.text.split("data-csrf=\"").nth(1).unwrap();
            let csrf = csrf.split('"').next().unwrap().to_owned();
            let endpoint = format!("http://{}/push/can-bo", house.push.host);
            let browser = Subscriber::new(&endpoint, 21);
            let request = Request::post(format!("{WHERE}/trinh-duyet"))
                .header(header::COOKIE, &who)
                .header("sec-fetch-site", "same-origin")
                .header("x-csrf", &csrf)
                .header(header::CONTENT_TYPE, "application/json");
            let taken = house.send(request.body(Body::from(browser.to_json())).unwrap()).await;
            assert_eq!(taken.status, StatusCode::NO_CONTENT);

            raises(&house, "alert.opened").await;
            assert_eq!(house.tells().await, 1);
            let said = browser.read(&house.push.came()[0].body);
            let body = said["body"].as_str().unwrap();
            assert!(body.contains("Có cảnh báo mới giao cho ông/bà"), "{body}");
            assert!(!said.to_string().contains("0001"), "not even the code: {said}");
            assert_eq!(said["url"], "https://tinhso.example/canh-bao");
            let sent = house.events("notice.sent").await;
            assert_eq!(sent[0]["occasion"], "alert_opened");
            assert_eq!(house.tells().await, 0, "once");

            raises(&house, "alert.escalated").await;
            assert_eq!(house.tells().await, 1);
            let page = house.get(WHERE, &who).await.text;
            assert!(page.contains("Cảnh báo chuyển lên") && page.contains("đã gửi"), "{page}");
            let other = house.walls.sign_in("ubnd-tinh/chu-tich");
            assert!(house.get(WHERE, &other).await.text.contains("Chưa có nơi nhận nào"));
        });
    }
);

store_test!(
    fn an_officers_mail_names_no_matter(store: Store) {
        run(store, async |house| {
            let Some(postman) = &house.postman else { return };
            let party = notices::officer(house.walls.persons[EXPERT]);
            house.reached_at(party, Address::email("tuyen@example.vn").unwrap()).await;
            raises(&house, "alert.opened").await;
            assert_eq!(house.tells().await, 1);
            let mail = &postman.taken(1)[0];
            assert_eq!(mail.to, "tuyen@example.vn");
            assert!(mail.body.contains("https://tinhso.example/canh-bao"), "{}", mail.body);
            assert!(!mail.body.contains("0001") && !mail.head.contains("0001"));
        });
    }
);

store_test!(
    fn who_has_no_address_is_told_by_the_work_list_alone(store: Store) {
        run(store, async |house| {
            raises(&house, "alert.opened").await;
            assert_eq!(house.tells().await, 0);
            assert!(house.events("notice.sent").await.is_empty());
            assert_eq!(house.get(WHERE, "").await.status, StatusCode::SEE_OTHER);
        });
    }
);
