//! The queue of the hall: the kiosk, the counters, the board.

use crate::common::{MORNING, RECEIVER, SECOND_RECEIVER, run};
use axum::http::StatusCode;
use kernel::{AgencyId, PostId};
use one_stop::{
    commands::{self, Ticket},
    testing::House,
};
use store::store_test;

/// Agency and seats of the two counters.
fn counters(house: &House) -> (AgencyId, PostId, PostId) {
    let directory = house.desk.front.directory.get();
    let seat = |who: &str| {
        let seats = directory.posts_of(house.persons[who], house.desk.now());
        directory.post(seats[0].post).unwrap().clone()
    };
    let (first, second) = (seat(RECEIVER), seat(SECOND_RECEIVER));
    (first.agency, first.id, second.id)
}

store_test! {
    fn two_clerks_never_call_the_same_number(store: Store) {
        let house = House::open(&store, MORNING);
        let (agency, first, second) = counters(&house);
        let (tenant, now) = (house.desk.front.tenant.clone(), house.desk.now());
        run(async {
            for lane in "ABABABABABABABABABAB".chars() {
                let tenant = tenant.clone();
                let taken = store.write(move |tx| {
                    commands::take_ticket(tx, &tenant, agency, lane, now)
                });
                taken.await.unwrap().unwrap();
            }
            // Both press F9 at once, ten times.
            let mut called = Vec::new();
            for _ in 0..10 {
                let call = |seat| {
                    let tenant = tenant.clone();
                    store.write(move |tx| commands::call_next(tx, &tenant, agency, seat, now))
                };
                let (one, other) = (call(first), call(second));
                called.push(one.await.unwrap().unwrap().to_string());
                called.push(other.await.unwrap().unwrap().to_string());
            }
            called.sort();
            called.dedup();
            assert_eq!(called.len(), 20, "{called:?}");
            let tenant_too = tenant.clone();
            let last = store.write(move |tx| {
                commands::call_next(tx, &tenant_too, agency, first, now)
            });
            assert_eq!(last.await.unwrap(), None::<Ticket>, "nobody is left");
        });
    }
}

store_test! {
    fn a_number_is_taken_at_the_kiosk_and_called_at_the_counter(store: Store) {
        let house = House::open(&store, MORNING);
        let cookie = house.sign_in(RECEIVER);
        run(async {
            let kiosk = house.get("/lay-so", &cookie).await.location().to_owned();
            let taken = house.post(&kiosk, "", &[("lan", "A")]).await;
            assert!(taken.location().ends_with("so=A001"), "{}", taken.location());
            let page = house.get(taken.location(), "").await.text();
            assert!(page.contains("A001") && page.contains("Không có ai chờ trước"), "{page}");
            let forged = format!("{}0", kiosk.trim_end_matches(char::is_alphanumeric));
            assert_eq!(house.get(&forged, "").await.status, StatusCode::NOT_FOUND);

            house.at("2026-11-23T02:35:00Z");
            let counter = house.get("/quay", &cookie).await.text();
            assert!(counter.contains("1 người") && counter.contains("21\u{a0}phút"), "{counter}");
            house.post("/quay/goi-so", &cookie, &[("do", "goi")]).await;
            let counter = house.get("/quay", &cookie).await.text();
            assert!(counter.contains("A001") && counter.contains("0 người"));
        });
    }
}

store_test! {
    fn a_button_that_is_pressed_twice_calls_one_number(store: Store) {
        let house = House::open(&store, MORNING);
        let cookie = house.sign_in(RECEIVER);
        run(async {
            let kiosk = house.get("/lay-so", &cookie).await.location().to_owned();
            for _ in 0..3 {
                house.post(&kiosk, "", &[("lan", "A")]).await;
            }
            // The page showed that nobody is served; both clicks say so.
            let press = [("do", "goi"), ("dang-goi", "")];
            house.post("/quay/goi-so", &cookie, &press).await;
            house.post("/quay/goi-so", &cookie, &press).await;
            let counter = house.get("/quay", &cookie).await.text();
            assert!(counter.contains("A001") && counter.contains("2 người"), "{counter}");
            // Who came is not sent away by an old page either.
            house.post("/quay/goi-so", &cookie, &[("do", "vang"), ("dang-goi", "")]).await;
            let counter = house.get("/quay", &cookie).await.text();
            assert!(counter.contains("A001"), "still served: {counter}");
            house.post("/quay/goi-so", &cookie, &[("do", "goi"), ("dang-goi", "A001")]).await;
            let counter = house.get("/quay", &cookie).await.text();
            assert!(counter.contains("A002") && counter.contains("1 người"), "{counter}");
        });
    }
}

store_test! {
    fn the_board_shows_who_is_called_where_and_asks_again_by_itself(store: Store) {
        let house = House::open(&store, MORNING);
        let (first, second) = (house.sign_in(RECEIVER), house.sign_in(SECOND_RECEIVER));
        run(async {
            let board = house.get("/bang-so", &first).await.location().to_owned();
            let empty = house.get(&board, "").await;
            assert_eq!(empty.headers["refresh"], "5", "without a script");
            assert!(empty.text().contains("Chưa gọi số nào"), "{}", empty.text());

            let kiosk = house.get("/lay-so", &first).await.location().to_owned();
            for lane in ["A", "B", "A"] {
                house.post(&kiosk, "", &[("lan", lane)]).await;
            }
            house.post("/quay/goi-so", &first, &[("do", "goi")]).await;
            house.at("2026-11-23T02:20:00Z");
            house.post("/quay/goi-so", &second, &[("do", "goi")]).await;
            let text = house.get(&board, "").await.text();
            let (latest, earlier) = (text.find("A002"), text.find("A001"));
            assert!(latest.is_some() && latest < earlier, "the latest call first: {text}");
            assert!(text.contains("Quầy 1") && text.contains("Quầy 2"), "{text}");
            assert!(text.contains("B001") && text.contains("1 người đang chờ"), "who is next");
            assert!(!text.contains("Nông Thị Hiền"), "no person is named");

            let other = kiosk.replace("/lay-so/", "/bang-so/");
            let wrong = house.get(&other, "").await.status;
            assert_eq!(wrong, StatusCode::NOT_FOUND, "a key opens one thing");
            let stranger = house.get("/bang-so", "").await;
            assert_eq!(stranger.location(), "/dang-nhap?tiep=%2Fbang-so");
        });
    }
}
