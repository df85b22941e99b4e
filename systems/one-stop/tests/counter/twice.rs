//! A form that is sent twice.

use crate::common::{
    MORNING, RECEIVER, SECOND_RECEIVER, birth, file, open_form, proof_of_birth, run, with,
};
use axum::http::StatusCode;
use one_stop::testing::House;
use store::{args, store_test};

type Form = Vec<(&'static str, String)>;

/// A birth registration in the form that the page gives.
async fn form(house: &House, cookie: &str) -> Form {
    let page = open_form(house, cookie, "1.001193").await.text();
    let name = page.split("name=\"_once\" value=\"").nth(1).unwrap().split('"').next().unwrap();
    assert_eq!(name.len(), 32, "{name}");
    with(birth(), "_once", name)
}

async fn dossiers(house: &House) -> u64 {
    let tenant = house.desk.front.tenant.clone();
    let count = house.desk.front.store.read(move |tx| {
        tx.one("select count(*) from case_state where tenant = $1", args!(&tenant), |row| {
            row.get(0)
        })
    });
    count.await.map_err(|error: store::Error| error).unwrap()
}

store_test! {
    fn a_second_press_ends_on_the_same_receipt(store: Store) {
        let house = House::open(&store, MORNING);
        let cookie = house.sign_in(RECEIVER);
        run(async {
            let form = form(&house, &cookie).await;
            let files = proof_of_birth();
            // Both at once, as a double click without a script sends them.
            let (first, second) = tokio::join!(
                file(&house, &cookie, &form, &files),
                file(&house, &cookie, &form, &files),
            );
            for answer in [&first, &second] {
                assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
            }
            assert_eq!(first.location(), second.location());
            assert_eq!(dossiers(&house).await, 1);

            // Later, from the page that the browser went back to.
            house.at("2026-11-23T02:20:00Z");
            let third = file(&house, &cookie, &form, &files).await;
            assert_eq!(third.location(), first.location());
            let flash = third.headers["set-cookie"].to_str().unwrap().split(';').next().unwrap();
            let receipt = house.get(third.location(), &format!("{cookie}; {flash}")).await.text();
            assert!(receipt.contains("Không có hồ sơ thứ hai"), "{receipt}");
            assert_eq!(dossiers(&house).await, 1);
        });
    }
}

store_test! {
    fn going_back_meets_the_same_form_and_a_new_one_is_another(store: Store) {
        let house = House::open(&store, MORNING);
        let cookie = house.sign_in(RECEIVER);
        run(async {
            let sent_on = house.get("/quay?thu-tuc=1.001193", &cookie).await;
            let named = |page: &str| {
                let name = page.split("name=\"_once\" value=\"").nth(1).unwrap();
                name.split('"').next().unwrap().to_owned()
            };
            // Who goes back asks for the same address anew.
            let first = named(&house.get(sent_on.location(), &cookie).await.text());
            let back = named(&house.get(sent_on.location(), &cookie).await.text());
            assert_eq!(first, back);
            let other = named(&open_form(&house, &cookie, "1.001193").await.text());
            assert_ne!(first, other);
        });
    }
}

store_test! {
    fn another_content_in_the_same_form_is_not_taken_for_the_first(store: Store) {
        let house = House::open(&store, MORNING);
        let cookie = house.sign_in(RECEIVER);
        run(async {
            let form = form(&house, &cookie).await;
            let first = file(&house, &cookie, &form, &proof_of_birth()).await;
            let code = first.location().split('/').nth(2).unwrap().to_owned();
            let twin = with(form.clone(), "t-ho_ten_tre", "Lường Hoàng Minh Anh");
            let answer = file(&house, &cookie, &twin, &proof_of_birth()).await;
            assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
            let text = answer.text();
            assert!(text.contains(&format!("đã nộp thành hồ sơ {code}")), "{text}");
            assert!(text.contains("Lường Hoàng Minh Anh"), "what was typed is still there");
            assert_eq!(dossiers(&house).await, 1);

            // The page has a new form: pressed again, it is a dossier of its own.
            let name = text.split("name=\"_once\" value=\"").nth(1).unwrap();
            let name = name.split('"').next().unwrap().to_owned();
            let again = with(twin, "_once", &name);
            let second = file(&house, &cookie, &again, &proof_of_birth()).await;
            assert_eq!(second.status, StatusCode::SEE_OTHER, "{}", second.text());
            assert_ne!(second.location(), first.location());
            assert_eq!(dossiers(&house).await, 2);
        });
    }
}

store_test! {
    fn a_refusal_keeps_the_form_and_another_clerk_has_another(store: Store) {
        let house = House::open(&store, MORNING);
        let (cookie, other) = (house.sign_in(RECEIVER), house.sign_in(SECOND_RECEIVER));
        run(async {
            let form = form(&house, &cookie).await;
            let (_, name) = form.iter().find(|(field, _)| *field == "_once").unwrap().clone();
            let faulty = with(form.clone(), "t-gioi_tinh", "");
            let answer = file(&house, &cookie, &faulty, &proof_of_birth()).await;
            assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
            assert!(answer.text().contains(&name), "nothing was filed, so the form is the same");
            let first = file(&house, &cookie, &form, &proof_of_birth()).await;
            let second = file(&house, &other, &form, &proof_of_birth()).await;
            assert_eq!(second.status, StatusCode::SEE_OTHER, "{}", second.text());
            assert_ne!(first.location(), second.location(), "names of two clerks never meet");
        });
    }
}
