//! Clocks: five minutes to pass a report on, five days to answer it, and what happens after.

use store::store_test;

use crate::town::{POTHOLE, Town, WARD_HEAD};

store_test!(
    fn by_1022_a_report_goes_on_in_five_minutes_and_is_answered_in_five_days(store: Store) {
        let town = Town::open(&store);
        let (code, _) = town.pothole(POTHOLE);
        let sent = town.house.desk.now().as_second();
        assert_eq!(town.report(&code).profile, "field");
        assert_eq!(town.due(&code).0, sent + 5 * 60);

        // The desk lets it lie: its head is told, the ward's is not, and nobody says to the
        // reporter that the answer is late.
        town.wait(6);
        assert_eq!(town.escalate(), 1);
        let centre = town.house.sign_in("trung-tam/giam-doc");
        let list = town.get("/xu-ly-phan-anh", &centre).text();
        assert!(list.contains(&code) && list.contains("đã báo người đứng đầu"), "{list}");
        let ward = town.house.sign_in(WARD_HEAD);
        assert!(!town.get("/xu-ly-phan-anh", &ward).text().contains(&code));
        assert_eq!(town.told(&code), ["received"]);

        // Five days of the calendar for the answer, whatever the desk took; the fifth is a
        // Saturday, so it is the Monday after.
        town.sort(&code);
        let taken_on = town.house.desk.now().as_second();
        let (due, agency) = town.due(&code);
        assert_ne!(agency, "H55.16", "the ward, and not the desk");
        let days = (due - taken_on) as f64 / 86_400.0;
        assert!((7.0..8.0).contains(&days), "{days}");
        let list = town.get("/xu-ly-phan-anh", &centre).text();
        assert!(!list.contains(&code), "what was passed on is the ward's: {list}");
        town.wait(8 * 24 * 60);
        assert_eq!(town.escalate(), 1, "now the ward's head");
        let ward = town.house.sign_in(WARD_HEAD);
        assert!(town.get("/xu-ly-phan-anh", &ward).text().contains(&code));
        let figures = town.get("/phan-anh/so-lieu", "").text();
        assert!(figures.contains("Phan Đình Phùng"), "late now: {figures}");
    }
);

store_test!(
    fn the_head_is_told_once_of_what_is_late(store: Store) {
        let town = Town::open(&store);
        let (code, _) = town.pothole(POTHOLE);
        town.sort(&code);
        assert_eq!(town.escalate(), 0);
        town.wait(10 * 24 * 60);
        assert_eq!(town.escalate(), 1);
        assert_eq!(town.escalate(), 0);
        let head = town.house.sign_in(WARD_HEAD);
        let list = town.get("/xu-ly-phan-anh", &head).text();
        assert!(list.contains(&code) && list.contains("Quá hạn ở đơn vị"), "{list}");
        assert!(list.contains("đã báo người đứng đầu"), "{list}");
        let page = town.get(&format!("/phan-anh/{code}"), "").text();
        assert!(page.contains("đã trễ hẹn"), "{page}");
        assert!(page.contains("Trễ hẹn trả lời, đã báo người đứng đầu"), "{page}");
        assert_eq!(town.told(&code), ["forwarded", "late", "received"], "the reporter hears once");
    }
);
