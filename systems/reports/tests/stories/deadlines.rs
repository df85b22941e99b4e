//! Deadlines that are moved, in time and too late.

use calendar::CaseClock;
use indicators::{Scope, Slice};
use kernel::CaseId;
use reports::obligations;
use store::{args, store_test};

use crate::office::{Office, PERIOD, REGIME, follows, page};

fn moved(office: &Office, day: &str) -> desk::testing::Answer {
    let head = office.house.sign_in("van-phong/thu-truong");
    let fields =
        [("ky", PERIOD), ("cap", "so"), ("ngay", day), ("loi", "Mưa lũ, mất mạng hai ngày")];
    office.post(&format!("/bao-cao/che-do/regime/{REGIME}/han"), &head, &fields)
}

/// The clock of the case of a report.
fn clock_of(office: &Office, case: CaseId) -> CaseClock {
    let read = move |tx: &mut store::Tx<'_>, desk: &desk::Desk| {
        Ok(casework::load(tx, &desk.front.tenant, case)?.unwrap().clock.unwrap())
    };
    office.write(read)
}

store_test!(
    fn moved_in_time_everybody_has_until_then(store: Store) {
        let office = Office::open(&store);
        follows(&moved(&office, "19/11/2026"));
        while obligations::run(&office.house.desk).unwrap() {}
        let case = office.report("H55.04").case;
        let due = clock_of(&office, case).due();
        assert_eq!(due, office.report("H55.04").due_at, "the clock of the case goes along");
        // And goes along once more.
        follows(&moved(&office, "20/11/2026"));
        while obligations::run(&office.house.desk).unwrap() {}
        let report = office.report("H55.04");
        assert_eq!((clock_of(&office, case).due(), report.moved_to), (report.due_at, None));
        office.house.at("2026-11-20T02:00:00Z");
        let report = office.sent("H55.04", "40");
        assert_eq!((report.on_time, report.moved_to), (Some(true), None));
        // Back is no way to move a deadline.
        let back = moved(&office, "19/11/2026");
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
    fn moved_twice_after_it_passed_the_clock_goes_along_and_late_stays_late(store: Store) {
        let office = Office::open(&store);
        let first = office.report("H55.04");
        for (now, day, until) in [
            ("2026-11-18T02:00:00Z", "19/11/2026", "2026-11-19T16:59:59.999999Z"),
            ("2026-11-21T02:00:00Z", "25/11/2026", "2026-11-25T16:59:59.999999Z"),
        ] {
            office.house.at(now);
            follows(&moved(&office, day));
            while obligations::run(&office.house.desk).unwrap() {}
            let clock = clock_of(&office, first.case);
            assert_eq!(clock.due(), until.parse().unwrap());
            assert_eq!(clock.missed(), Some(first.due_at), "missed is missed");
        }
        let holder = office.holder(&first);
        let shown = office.get(&page(&first), &holder).text();
        // Both moves stand in its story, each with its reason.
        assert_eq!(shown.matches("Dời hạn gửi").count(), 2, "{shown}");
        assert_eq!(shown.matches("Mưa lũ, mất mạng hai ngày").count(), 2, "{shown}");
        assert!(shown.contains("được làm đến"), "{shown}");
        // Done before the newest deadline, and late by the one that was missed, in every count.
        let sent = office.sent("H55.04", "40");
        assert_eq!(sent.on_time, Some(false));
        follows(&office.deed(&sent, "nhan", &[]));
        office.count();
        let counted = |code: &'static str| {
            let figure = office.write(move |tx, desk| {
                let at = (&Scope::all(), "2026-11".parse().unwrap(), &Slice::default());
                Ok(desk.figure(tx, code, at)?)
            });
            figure.value.unwrap().to_string()
        };
        assert_eq!(
            (counted("reports.finished"), counted("reports.finished_on_time")),
            ("1".to_owned(), "0".to_owned())
        );
        let journal: Vec<String> = office.write(move |tx, desk| {
            let sql = "select data from event where tenant = $1 and case_id = $2
                           and kind = 'extended' order by version";
            Ok(tx.all(sql, args!(&desk.front.tenant, sent.case), |row| row.get(0))?)
        });
        assert!(journal.len() == 2 && journal.iter().all(|data| data.contains("note_sha256")));
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
