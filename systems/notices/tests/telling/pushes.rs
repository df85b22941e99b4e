use axum::{
    body::Body,
    http::{Request, StatusCode, header},
};
use store::store_test;

use crate::{
    endpoints::Subscriber,
    house::{House, run},
};

async fn subscribe(house: &House, cookie: &str, csrf: &str, body: String) -> StatusCode {
    let request = Request::post("/toi/thong-bao/trinh-duyet")
        .header(header::COOKIE, cookie)
        .header("sec-fetch-site", "same-origin")
        .header("x-csrf", csrf)
        .header(header::CONTENT_TYPE, "application/json");
    house.send(request.body(Body::from(body)).unwrap()).await.status
}

store_test!(
    fn a_browser_alone_reads_what_is_pushed(store: Store) {
        run(store, async |house| {
            let who = house.citizen();
            let endpoint = format!("http://{}/push/abc", house.push.host);
            let browser = Subscriber::new(&endpoint, 11);
            let taken = subscribe(&house, &who.cookie, &who.csrf, browser.to_json()).await;
            assert_eq!(taken, StatusCode::NO_CONTENT);
            let forged = subscribe(&house, &who.cookie, "x", browser.to_json()).await;
            assert_eq!(forged, StatusCode::FORBIDDEN);
            let inside = Subscriber::new("http://10.0.0.1/admin", 12).to_json();
            let inside = subscribe(&house, &who.cookie, &who.csrf, inside).await;
            assert_eq!(inside, StatusCode::BAD_REQUEST, "nobody makes us call other machines");

            let case = house.dossier().await;
            assert_eq!(house.tells().await, 1);
            let came = house.push.came();
            let said = browser.read(&came[0].body);
            assert!(said["body"].as_str().unwrap().contains(case.code.as_str()));
            assert_eq!(said["url"], format!("https://tinhso.example/toi/ho-so/{}", case.code));
            let header = |name: &str| came[0].headers[name].to_str().unwrap().to_owned();
            assert_eq!(came[0].path, "push/abc");
            assert_eq!(header("content-encoding"), "aes128gcm");
            assert!(header("authorization").starts_with("vapid t=ey"));
            assert!(header("topic").len() <= 32);
            assert!(!String::from_utf8_lossy(&came[0].body).contains(case.code.as_str()));

            // The browser is gone: it is not tried again.
            house.push.answers(410, "");
            house.asks_for_money(&case).await;
            house.tells().await;
            house.push.answers(201, "");
            assert_eq!(house.events("notice.dropped").await.len(), 1);
            let page = house.get("/toi/thong-bao", &who.cookie).await.text;
            assert!(page.contains("Không còn đến được"));
        });
    }
);

store_test!(
    fn the_worker_of_the_browser_is_served(store: Store) {
        run(store, async |house| {
            for path in ["/thong-bao/sw-push.js", "/thong-bao/dang-ky.js"] {
                let answer = house.get(path, "").await;
                assert_eq!(answer.status, StatusCode::OK);
                let kind = answer.headers[header::CONTENT_TYPE].to_str().unwrap();
                assert!(kind.starts_with("text/javascript"));
            }
        });
    }
);
