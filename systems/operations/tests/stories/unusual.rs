//! What is said of figures that are not of today.

use operations::queries::{Which, list};
use store::store_test;

use super::office::{CHAIR, Town, blocking, run};

/// A rule that nine dossiers on a Monday raise.
const WEEKDAY: &str = r#"
[[rule]]
id = "nhan-la"
name = "Số hồ sơ nhận khác thường"
watch = { kind = "weekday", indicator = "dossiers.submitted" }
scope = "all"
raise_above = 3.5
clear_at = 3
samples = 1
severity = "moderate"
owner = "H55"
owner_role = "expert"
within_hours = 16
escalate_hours = 4
playbook = "Xem hồ sơ của ngày đó."
"#;

store_test!(
    fn an_unusual_day_is_told_with_its_number_and_the_usual_one(store: Store) {
        let town = Town::open(&store);
        town.rules(WEEKDAY);
        let house = &town.house;
        for n in 0..9 {
            let _ = town.receive(&format!("Hoàng Văn {n}"));
        }
        house.at("2026-11-24T02:00:00Z");
        town.count();
        assert_eq!(town.evaluate().opened, 1);
        let desk = house.desk.clone();
        let read = desk.front.store.clone().read(move |tx| list(tx, &desk, Which::Open));
        let alert = blocking(|| read.wait()).unwrap().remove(0);
        let told = "9 hôm 23/11, các thứ Hai trước thường là 0 (điểm z 9,0)";
        run(async {
            let head = house.sign_in(CHAIR);
            let code = &alert.code;
            let pages =
                [format!("/su-co/{code}"), "/canh-bao".into(), format!("/canh-bao/{code}.cap.xml")];
            for path in &pages {
                let page = house.get(path, &head).await.text().replace('\u{a0}', " ");
                assert!(page.contains(told), "{path}: {page}");
            }
            let page = house.get(&pages[0], &head).await.text();
            let day = "dossiers.submitted?cua=all&amp;ky=2026-11-23..2026-11-23";
            assert!(page.contains(day), "the day that was measured: {page}");
        });
    }
);

store_test!(
    fn a_share_of_an_older_week_says_of_which(store: Store) {
        let town = Town::open(&store);
        let house = &town.house;
        let case = town.receive("Hoàng Thị Xong");
        let case = house.complete(&case, "phuong-phan-dinh-phung/ma-van-khanh", "tham-tra", "dat");
        let _ = house.complete(&case, "phuong-phan-dinh-phung/tran-thu-ha", "ky", "ky");
        house.at("2026-12-03T02:00:00Z");
        town.count();
        run(async {
            let head = house.sign_in(CHAIR);
            let page = house.get("/dieu-hanh?xem=linh-vuc", &head).await.text();
            assert!(page.contains("(tuần từ 23/11)"), "{page}");
            assert!(page.contains("cua=all&amp;ky=2026-11-23..2026-11-29&amp;linh-vuc="), "{page}");
        });
    }
);
