//! A promise that was broken is said by whoever broke it.

use notices::Address;
use store::store_test;

use crate::house::run;

fn sms() -> Address {
    Address::Sms("0912345604".parse().unwrap())
}

store_test!(
    fn who_is_kept_waiting_is_told_once(store: Store) {
        run(store, async |house| {
            let who = house.citizen();
            house.told_at(&who, sms()).await;
            let case = house.dossier().await;
            house.tells().await;
            let told = house.gateway.came().len();
            // To the second it is not late.
            let due = case.due().unwrap();
            house.walls.at(&due.to_string());
            house.tells().await;
            assert_eq!(house.gateway.came().len(), told);

            house.walls.at("2026-11-23T11:00:00Z");
            house.tells().await;
            let came = house.gateway.came();
            assert_eq!(came.len(), told + 1, "at six in the evening");
            let said: serde_json::Value =
                serde_json::from_slice(&came.last().unwrap().body).unwrap();
            let said = said["text"].as_str().unwrap();
            assert!(said.starts_with("Xin loi") && said.contains(case.code.as_str()), "{said}");
            assert!(!said.contains("May") && !said.contains("khai sinh"), "nothing of the matter");
            for at in ["2026-11-23T11:05:00Z", "2026-11-25T03:00:00Z", "2026-12-25T03:00:00Z"] {
                house.walls.at(at);
                house.tells().await;
            }
            assert_eq!(house.gateway.came().len(), told + 1, "once");
            assert_eq!(house.events("notice.late").await.len(), 1);
        });
    }
);

store_test!(
    fn whose_clock_stands_is_not_late_and_old_news_are_no_news(store: Store) {
        run(store, async |house| {
            let who = house.citizen();
            house.told_at(&who, sms()).await;
            let waits = house.dossier().await;
            let reason = casework::SupplementReason::MissingPaper;
            let ask = casework::Command::RequestSupplement { reason, note: "Ảnh".into() };
            house.does(waits.id, ask).await;
            house.tells().await;
            house.walls.at("2026-11-23T11:00:00Z");
            house.tells().await;
            assert!(house.events("notice.late").await.is_empty(), "it waits for them");
            // Nobody told for days: who was late all that time is not told in the middle of it.
            house.dossier().await;
            house.walls.at("2026-12-05T03:00:00Z");
            house.tells().await;
            assert!(house.events("notice.late").await.is_empty());
        });
    }
);
