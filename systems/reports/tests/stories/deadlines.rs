//! Deadlines that are moved, in time and too late.

use reports::obligations;
use store::store_test;

use crate::office::{Office, PERIOD, REGIME, follows, page};

fn moved(office: &Office, day: &str) -> desk::testing::Answer {
    let head = office.house.sign_in("van-phong/thu-truong");
    let fields =
        [("ky", PERIOD), ("cap", "so"), ("ngay", day), ("loi", "Mưa lũ, mất mạng hai ngày")];
    office.post(&format!("/bao-cao/che-do/regime/{REGIME}/han"), &head, &fields)
}

store_test!(
    fn moved_in_time_everybody_has_until_then(store: Store) {
        let office = Office::open(&store);
        follows(&moved(&office, "19/11/2026"));
        while obligations::run(&office.house.desk).unwrap() {}
        let case = office.report("H55.04").case;
        let due = office.write(move |tx, desk| {
            Ok(casework::load(tx, &desk.front.tenant, case)?.unwrap().due().unwrap())
        });
        assert_eq!(due, office.report("H55.04").due_at, "the clock of the case goes along");
        office.house.at("2026-11-19T02:00:00Z");
        let report = office.sent("H55.04", "40");
        assert_eq!((report.on_time, report.moved_to), (Some(true), None));
        // Back is no way to move a deadline.
        let back = moved(&office, "18/11/2026");
        assert!(back.text().contains("Hạn mới phải sau hạn đang có"), "{}", back.text());
    }
);

store_test!(
    fn moved_after_it_passed_who_was_late_was_late_and_both_deadlines_are_shown(store: Store) {
        let office = Office::open(&store);
        let in_time = office.sent("H55.02", "40");
        office.house.at("2026-11-18T02:00:00Z");
        follows(&moved(&office, "20/11/2026"));
        let report = office.sent("H55.04", "40");
        assert_eq!(report.on_time, Some(false));
        assert!(report.moved_to.is_some());
        assert_eq!(in_time.on_time, Some(true));
        let shown = office.get(&page(&report), &office.holder(&report)).text();
        assert!(shown.contains("vẫn tính muộn so với hạn cũ"), "{shown}");
        let head = office.house.sign_in("van-phong/thu-truong");
        let summary = office.get(&format!("/bao-cao/tong-hop?che_do={REGIME}&ky={PERIOD}"), &head);
        assert!(summary.text().contains("Mưa lũ, mất mạng hai ngày"), "{}", summary.text());
    }
);

store_test!(
    fn only_who_answers_for_it_moves_it(store: Store) {
        let office = Office::open(&store);
        let writer = office.house.sign_in("so-tu-phap/chuyen-vien-1");
        let fields = [("ky", PERIOD), ("cap", "so"), ("ngay", "20/11/2026"), ("loi", "Xin thêm")];
        let sent = office.post(&format!("/bao-cao/che-do/regime/{REGIME}/han"), &writer, &fields);
        assert_eq!(sent.status, axum::http::StatusCode::FORBIDDEN);
    }
);
