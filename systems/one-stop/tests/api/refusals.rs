//! Whatever is refused is a problem document that says enough.

use one_stop::testing::House;
use serde_json::json;
use store::store_test;

use crate::client::*;

fn block<T>(story: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(story)
}

store_test!(
    fn every_refusal_is_a_problem_that_a_program_can_read(store: Store) {
        let house = House::open(&store, MONDAY);
        block(async {
            let counter = Client::of(&house, RECEIVER);
            let code = counter.files(birth()).await;
            let path = format!("/api/v1/dossiers/{code}/accept");

            let broken = counter.send(&path, "application/json", "{\n \"note\": ".into()).await;
            assert_eq!(broken.status, 400);
            assert_eq!(broken.headers["content-type"], "application/problem+json");
            assert_eq!(broken.json()["line"], 2);

            let form = counter.send(&path, "text/plain", b"note=x".to_vec()).await;
            assert_eq!(form.status, 415);
            let long = counter.send(&path, "application/json", vec![b' '; 1_000_001]).await;
            assert_eq!(long.status, 413, "{}", long.text());

            let wrong = counter.post("/api/v1/dossiers", json!({ "procedure": "x" })).await;
            assert_eq!(wrong.status, 422);
            assert_eq!(wrong.json()["errors"][0]["field"], "procedure");
            let mut odd = birth();
            odd["applicant"]["colour"] = "red".into();
            let odd = counter.post("/api/v1/dossiers", odd).await;
            assert_eq!(odd.json()["errors"][0]["field"], "applicant.colour");
            let mut odd = birth();
            odd["answers"]["gioi_tinh"] = "x".into();
            odd["answers"]["tuoi"] = 7.into();
            let odd = counter.post("/api/v1/dossiers", odd).await;
            assert_eq!(odd.json()["errors"].as_array().unwrap().len(), 2, "all that is wrong");

            let expert = Client::of(&house, EXPERT);
            let denied = expert.post(&path, json!({})).await;
            assert_eq!(denied.status, 403);
            assert_eq!(denied.json()["reason"], "role");
            assert_eq!(denied.json()["who"][0]["role"], "receiver");

            let nobody = Client::nobody(&house).post(&path, json!({})).await;
            assert_eq!(nobody.status, 401);
            assert!(nobody.headers["www-authenticate"].to_str().unwrap().starts_with("Bearer"));
            assert_eq!(counter.ask("DELETE", &path, &[], None).await.status, 405);
            assert_eq!(counter.get("/api/v1/nowhere").await.status, 404);
            let odd = counter.get("/api/v1/dossiers?colour=red").await;
            assert_eq!(
                (odd.status.as_u16(), &odd.json()["errors"][0]["field"]),
                (422, &"colour".into())
            );
            assert_eq!(counter.get("/api/v1/dossiers?cursor=zz").await.status, 422);
        });
    }
);

store_test!(
    fn a_cookie_opens_no_door_of_the_api(store: Store) {
        let house = House::open(&store, MONDAY);
        block(async {
            let cookie = house.sign_in(RECEIVER);
            assert_eq!(house.get("/api/v1/work", &cookie).await.status, 401);
        });
    }
);

store_test!(
    fn a_wrong_password_is_refused_and_then_has_to_wait(store: Store) {
        let house = House::open(&store, MONDAY);
        block(async {
            let nobody = Client::nobody(&house);
            let who = json!({ "login": "khong.co.ai", "password": "sai mật khẩu rồi" });
            let wrong = nobody.post("/api/v1/sessions", who.clone()).await;
            assert_eq!(wrong.status, 422);
            let mut last = wrong;
            for _ in 0..10 {
                last = nobody.post("/api/v1/sessions", who.clone()).await;
            }
            assert_eq!(last.status, 429);
            assert!(last.headers.contains_key("retry-after"));
        });
    }
);
