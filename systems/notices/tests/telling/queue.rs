use axum::http::StatusCode;
use notices::Address;
use store::store_test;

use crate::house::run;

fn sms() -> Address {
    Address::Sms("0912345604".parse().unwrap())
}

store_test!(
    fn nobody_is_woken_at_night(store: Store) {
        run(store, async |house| {
            let who = house.citizen();
            house.told_at(&who, sms()).await;
            // 22:10 in Việt Nam.
            house.walls.at("2026-11-23T15:10:00Z");
            let case = house.dossier().await;
            assert_eq!(house.tells().await, 0);
            house.walls.at("2026-11-23T23:59:59Z");
            assert_eq!(house.tells().await, 0);
            house.walls.at("2026-11-24T00:00:00Z");
            assert_eq!(house.tells().await, 1, "seven in the morning");
            // Unless they want to be.
            let who = house.citizen();
            let form = format!("_csrf={}&tu=21:00&den=07:00", who.csrf);
            house.post("/toi/thong-bao/gio-yen", &who.cookie, &form).await;
            house.walls.at("2026-11-24T15:10:00Z");
            house.asks_for_money(&case).await;
            assert_eq!(house.tells().await, 1);
        });
    }
);

store_test!(
    fn one_process_tells_and_another_takes_over(store: Store) {
        run(store, async |house| {
            let who = house.citizen();
            house.told_at(&who, sms()).await;
            house.dossier().await;
            let first = telling::tell(&house.teller, "one").await.unwrap();
            assert!(first.ours);
            let second = telling::tell(&house.teller, "two").await.unwrap();
            assert_eq!((second.ours, second.carried), (false, 0));
            // The first fell silent.
            house.walls.at("2026-11-23T01:32:00Z");
            assert!(telling::tell(&house.teller, "two").await.unwrap().ours);
            assert_eq!(house.gateway.came().len(), 1, "told once");
        });
    }
);

store_test!(
    fn what_was_given_up_is_seen_and_sent_again(store: Store) {
        run(store, async |house| {
            let who = house.citizen();
            house.told_at(&who, sms()).await;
            house.gateway.answers(500, "");
            // One thing to say: that it is taken on needs no word where it was taken back.
            let case = house.dossier().await;
            let note = casework::Note::default();
            house.does(case.id, casework::Command::Withdraw { note }).await;
            let mut now: kernel::Instant = crate::house::NOW.parse().unwrap();
            for _ in 0..12 {
                house.tells().await;
                now += jiff::SignedDuration::from_hours(24);
                house.walls.at(&now.to_string());
            }
            assert_eq!(house.events("notice.dead").await.len(), 1);
            assert_eq!(house.gateway.came().len(), 9, "once, and eight times more");

            let admin = house.walls.sign_in("trung-tam/quan-tri");
            let page = house.get("/thong-bao/khong-gui-duoc", &admin).await.text;
            assert!(page.contains("Cổng tin nhắn quá tải"), "{page}");
            let clerk = house.walls.sign_in("phuong-phan-dinh-phung/nong-thi-hien");
            let refused = house.get("/thong-bao/khong-gui-duoc", &clerk).await;
            assert_eq!(refused.status, StatusCode::FORBIDDEN);
            house.gateway.answers(200, "");
            let form = format!("_csrf={}&kenh=sms", house.walls.csrf(&admin));
            house.post("/thong-bao/khong-gui-duoc", &admin, &form).await;
            house.walls.at("2026-12-08T03:00:00Z");
            assert_eq!(house.tells().await, 1);
            assert_eq!(house.events("notice.sent").await.len(), 1);
        });
    }
);

store_test!(
    fn the_outbox_is_read_once_and_old_news_are_no_news(store: Store) {
        run(store, async |house| {
            let who = house.citizen();
            house.told_at(&who, sms()).await;
            house.dossier().await;
            // Nobody told for two days.
            house.walls.at("2026-11-25T02:00:00Z");
            assert_eq!(house.tells().await, 0);
            let tenant = house.walls.desk.front.tenant.clone();
            let left = house.walls.desk.front.store.read(move |tx| {
                let sql = "select count(*) from outbox where tenant = $1";
                tx.one(sql, store::args!(&tenant), |row| row.get::<i64>(0))
            });
            assert_eq!(left.await.map_err(|error: store::Error| error).unwrap(), 0);
        });
    }
);

store_test!(
    fn whose_key_was_destroyed_is_told_nothing(store: Store) {
        run(store, async |house| {
            let who = house.citizen();
            house.told_at(&who, sms()).await;
            let case = house.dossier().await;
            let (desk, owner) = (house.walls.desk.clone(), who.party);
            assert_eq!(case.applicant, owner);
            let shared = desk.clone();
            let destroyed = desk.front.store.write(move |tx| {
                identity::seal::Keyring::destroy(tx, &shared.front.tenant, owner, shared.now())
            });
            destroyed.await.unwrap();
            assert_eq!(house.tells().await, 0);
            assert_eq!(house.events("notice.dropped").await[0]["fault"], "no_address");
        });
    }
);
