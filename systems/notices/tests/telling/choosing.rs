use axum::http::StatusCode;
use store::store_test;

use crate::house::run;

store_test!(
    fn people_choose_and_change_their_minds(store: Store) {
        run(store, async |house| {
            assert_eq!(house.get("/toi/thong-bao", "").await.status, StatusCode::SEE_OTHER);
            let who = house.citizen();
            let page = house.get("/toi/thong-bao", &who.cookie).await.text;
            assert!(page.contains("Nhận qua số 0912 ••• 604"), "only the proved number, masked");
            assert!(page.contains("data-push="), "the way for this device");

            let add = format!("_csrf={}&kenh=zalo", who.csrf);
            house.post("/toi/thong-bao/dien-thoai", &who.cookie, &add).await;
            let page = house.get("/toi/thong-bao", &who.cookie).await.text;
            let at = page.find("name=\"noi\" value=\"").unwrap() + 18;
            let id = &page[at..at + 36];
            let remove = format!("_csrf={}&noi={id}", who.csrf);
            house.post("/toi/thong-bao/bo", &who.cookie, &remove).await;
            let page = house.get("/toi/thong-bao", &who.cookie).await.text;
            assert!(page.contains("Chưa có nơi nhận nào"));

            let forged = house.post("/toi/thong-bao/dien-thoai", &who.cookie, "_csrf=x&kenh=sms");
            assert_eq!(forged.await.status, StatusCode::FORBIDDEN);
        });
    }
);

store_test!(
    fn a_mistyped_address_is_explained_and_kept(store: Store) {
        run(store, async |house| {
            if house.postman.is_none() {
                return;
            }
            let who = house.citizen();
            let form = format!("_csrf={}&thu=hoa%40example", who.csrf);
            let page = house.post("/toi/thong-bao/thu-dien-tu", &who.cookie, &form).await;
            assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
            assert!(page.text.contains("value=\"hoa@example\"") && page.text.contains("Lỗi:"));
            for n in 0..8 {
                let form = format!("_csrf={}&thu=hoa{n}%40example.vn", who.csrf);
                house.post("/toi/thong-bao/thu-dien-tu", &who.cookie, &form).await;
            }
            let form = format!("_csrf={}&thu=hoa9%40example.vn", who.csrf);
            let page = house.post("/toi/thong-bao/thu-dien-tu", &who.cookie, &form).await;
            assert!(page.text.contains("tối đa 8 nơi nhận"));
        });
    }
);
