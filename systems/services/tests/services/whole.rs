//! The whole form on one page, as the script of a phone sends it when the connection is back.
use axum::{
    body::Body,
    http::{Request, StatusCode, header},
};
use desk::testing::Answer;
use store::store_test;
use web::http::encoded;

use crate::{
    common::{Browser, hidden, open, photo, run, suong},
    story::{SHOP, office},
};

/// Everything that the shop's form asks, in one.
async fn everything(browser: &Browser<'_>) -> Vec<(&'static str, String)> {
    let typed = [
        ("o-ten_ho", "Phở Sương"),
        ("o-dia_diem", "Số 12, đường Hoàng Văn Thụ"),
        ("o-xa_kinh_doanh", "phuong phan dinh phung"),
        ("o-nganh_nghe", "Ăn uống"),
        ("o-von", "50.000.000"),
        ("o-so_lao_dong", "3"),
        ("o-thue", "ke_khai"),
        ("tra-ket-qua", "quay"),
    ];
    let typed = typed.map(|(name, value)| (name, value.to_owned()));
    [("noi-nhan", office(browser).await)].into_iter().chain(typed).collect()
}

/// Sends it as the script does.
async fn deliver(
    browser: &Browser<'_>,
    whole: &str,
    seen: &str,
    typed: &[(&str, String)],
) -> Answer {
    let own = [("_csrf", browser.signed.csrf.clone()), ("_cu", seen.to_owned())];
    let pairs = typed.iter().map(|(k, v)| (*k, v)).chain(own.iter().map(|(k, v)| (*k, v)));
    let body: Vec<String> = pairs.map(|(k, v)| format!("{}={}", encoded(k), encoded(v))).collect();
    let request = Request::post(whole)
        .header(header::COOKIE, &browser.signed.cookie)
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .header(header::ACCEPT, "application/json")
        .header("sec-fetch-site", "same-origin");
    browser.house.send(request.body(Body::from(body.join("&")))).await
}

store_test! {
    fn a_form_filled_without_a_connection_is_filed_once(store: Store) {
        let house = open(&store);
        run(async {
            let browser = Browser::of(&house, &suong());
            let draft = browser.begin(SHOP).await;
            let whole = format!("{draft}/ca-don");
            let page = browser.get(&whole).await.text();
            for said in ["data-offline", "nằm trong trình duyệt của máy này", "Biên bản họp", "Gửi hồ sơ"] {
                assert!(page.contains(said), "{said} is not in {page}");
            }
            let seen = hidden(&page)["_cu"].clone();
            let mut typed = everything(&browser).await;
            typed[6].1 = "ba".into();
            let wrong = deliver(&browser, &whole, &seen, &typed).await;
            assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
            let told: serde_json::Value = serde_json::from_slice(&wrong.bytes).unwrap();
            assert_eq!(told["faults"][0]["at"], "o-so_lao_dong", "{told}");
            // What was right is kept, and the same once more is no conflict.
            typed[6].1 = "3".into();
            let filed = deliver(&browser, &whole, &seen, &typed).await;
            assert!(filed.location().ends_with("/bien-nhan"), "{}", filed.text());
            // The answer was lost on the way, so that the phone sends it again, and once more.
            for _ in 0..2 {
                let again = deliver(&browser, &whole, &seen, &typed).await;
                assert_eq!(again.location(), filed.location());
            }
            assert_eq!(crate::story::saved(&house).await.filings, 1);
        });
    }
}

store_test! {
    fn what_another_window_answered_is_not_overwritten_unseen(store: Store) {
        let house = open(&store);
        run(async {
            let browser = Browser::of(&house, &suong());
            let draft = browser.begin(SHOP).await;
            let whole = format!("{draft}/ca-don");
            let seen = hidden(&browser.get(&whole).await.text())["_cu"].clone();
            browser.answer(&draft, "o-ten_ho", &[("a", "Bún Sương")]).await;
            let typed = everything(&browser).await;
            let late = deliver(&browser, &whole, &seen, &typed).await;
            assert_eq!(late.status, StatusCode::CONFLICT);
            let told: serde_json::Value = serde_json::from_slice(&late.bytes).unwrap();
            assert!(told["faults"][0]["why"].as_str().unwrap().contains("Bún Sương"), "{told}");
            let seen = told["mark"].as_str().unwrap();
            let filed = deliver(&browser, &whole, seen, &typed).await;
            assert!(filed.location().ends_with("/bien-nhan"), "{}", filed.text());
            let code = filed.location().trim_end_matches("/bien-nhan").to_owned();
            assert!(browser.get(&code).await.text().contains("Phở Sương"));
        });
    }
}

store_test! {
    fn without_a_script_it_is_a_form_like_any_other(store: Store) {
        let house = open(&store);
        run(async {
            let browser = Browser::of(&house, &suong());
            let draft = browser.begin(SHOP).await;
            let whole = format!("{draft}/ca-don");
            let seen = hidden(&browser.get(&whole).await.text())["_cu"].clone();
            let typed = everything(&browser).await;
            let mut fields: Vec<(&str, &str)> = typed.iter().map(|(n, v)| (*n, v.as_str())).collect();
            fields.push(("_cu", &seen));
            let bad = browser.upload(&whole, &fields, &[("giay-bien-ban-hop", "x.exe", b"MZ")]).await;
            assert_eq!(bad.status, StatusCode::UNPROCESSABLE_ENTITY);
            assert!(bad.text().contains("Phở Sương") && bad.text().contains("x.exe"), "{}", bad.text());
            let seen = hidden(&bad.text())["_cu"].clone();
            *fields.last_mut().unwrap() = ("_cu", &seen);
            let papers = [("giay-bien-ban-hop", "IMG_7.jpg", &photo()[..])];
            let filed = browser.upload(&whole, &fields, &papers).await;
            assert!(filed.location().ends_with("/bien-nhan"), "{}", filed.text());
            let receipt = browser.get(filed.location()).await.text();
            assert!(receipt.contains("Biên bản họp"), "{receipt}");
        });
    }
}

store_test! {
    fn what_a_phone_keeps_is_served_to_it(store: Store) {
        let house = open(&store);
        run(async {
            for path in ["/sw.js", "/manifest.webmanifest", "/khong-mang"] {
                assert_eq!(house.get(path, "").await.status, StatusCode::OK, "{path}");
            }
            let browser = Browser::of(&house, &suong());
            let draft = browser.begin(SHOP).await;
            let page = browser.get(&format!("{draft}/ca-don")).await.text();
            let scripts: Vec<&str> = page.split("src=\"/tro-giup/").skip(1).collect();
            assert_eq!(scripts.len(), 2);
            for script in scripts {
                let path = format!("/tro-giup/{}", script.split('"').next().unwrap());
                let script = house.get(&path, "").await;
                assert_eq!(script.headers["content-type"], "text/javascript; charset=utf-8");
                assert!(script.bytes.len() < 8 * 1024, "a script stays small");
                for other in script.text().split("from '").skip(1) {
                    let other = other.split('\'').next().unwrap();
                    assert_eq!(house.get(other, "").await.status, StatusCode::OK, "{other}");
                }
            }
        });
    }
}
