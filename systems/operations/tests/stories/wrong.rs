//! When things go wrong: each has a defined, visible outcome.

use operations::queries::{Which, list};
use store::store_test;

use super::office::{CHAIR, RULES, Town, blocking, run};

store_test!(
    fn a_projector_that_died_makes_tiles_old_and_never_wrong(store: Store) {
        let town = Town::open(&store);
        town.rules(RULES);
        let house = &town.house;
        town.late(2);
        run(async {
            let head = house.sign_in(CHAIR);
            let fresh = house.get("/dieu-hanh", &head).await.text();
            // Reports of citizens, which nobody sends here, are silent in any case.
            assert_eq!(fresh.matches("tile stale").count(), 1, "{fresh}");
            // Three more are filed and sealed; the projector dies after the first event of them.
            for name in ["Bế Văn An", "Lý Thị Bình", "Mã Văn Cường"] {
                let _ = town.receive(name);
            }
            town.seal();
            town.follow(1);
            house.at("2026-12-03T02:00:20Z");
            let text = house.get("/dieu-hanh", &head).await.text();
            assert_eq!(text.matches("tile stale").count(), 1, "half a minute is no death");
            house.at("2026-12-03T02:05:00Z");
            let text = house.get("/dieu-hanh", &head).await.text();
            // All but the share on time, of which there is none yet this month.
            assert_eq!(text.matches("tile stale").count(), 5, "{text}");
            assert!(text.contains("chậm hơn nhật ký"), "{text}");
            let alerts = house.get("/canh-bao", &head).await.text();
            assert!(alerts.contains("không cảnh báo nào được mở hay kết thúc theo số cũ"));
        });
        // Two readings would raise it; old figures are none.
        town.evaluate();
        house.at("2026-12-03T02:06:00Z");
        assert_eq!(town.evaluate().opened, 0);
        town.follow(4096);
        house.at("2026-12-03T02:07:00Z");
        town.evaluate();
        house.at("2026-12-03T02:08:00Z");
        assert_eq!(town.evaluate().opened, 1, "and goes on where it stood");
    }
);

store_test!(
    fn a_clock_that_jumps_back_changes_nothing(store: Store) {
        let town = Town::open(&store);
        town.rules(RULES);
        town.late(2);
        town.evaluate();
        town.house.at("2026-12-02T02:00:00Z");
        for _ in 0..3 {
            assert_eq!(town.evaluate(), operations::commands::Evaluated::default());
        }
        town.house.at("2026-12-03T02:01:00Z");
        assert_eq!(town.evaluate().opened, 1);
        let desk = town.house.desk.clone();
        let read = desk.front.store.clone().read(move |tx| list(tx, &desk, Which::All));
        assert_eq!(blocking(|| read.wait()).unwrap().len(), 1);
    }
);

store_test!(
    fn a_source_that_is_silent_in_working_hours_goes_grey_and_not_at_night(store: Store) {
        let town = Town::open(&store);
        let house = &town.house;
        town.late(1);
        run(async {
            house.at("2026-12-03T04:00:00Z");
            let head = house.sign_in(CHAIR);
            let text = house.get("/dieu-hanh", &head).await.text();
            // All but the share on time, of which there is none yet this month.
            assert_eq!(text.matches("tile stale").count(), 5, "{text}");
            assert!(text.contains("Nguồn im lặng"), "{text}");
        });
        // Something happens just before closing; the night after it is no silence.
        house.at("2026-12-03T09:55:00Z");
        let _ = town.receive("Dương Thị Tối");
        town.count();
        house.at("2026-12-03T16:00:00Z");
        run(async {
            let head = house.sign_in(CHAIR);
            let text = house.get("/dieu-hanh", &head).await.text();
            let stale = text.matches("tile stale").count();
            assert_eq!(stale, 1, "only reports of citizens");
        });
    }
);
