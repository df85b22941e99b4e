//! Reports of one thing become one, also after they were taken on.

use axum::http::StatusCode;
use store::store_test;

use crate::town::{HUB, POTHOLE, Town, WARD, WARD_HEAD, between, sent_as};

/// Somebody else reports the same in other words.
fn again(town: &Town) -> (String, String) {
    sent_as(&town.send(&[
        ("noi_dung", "duong co o ga to, chau be bi nga gay tay hom qua"),
        ("xa", WARD),
        ("linh_vuc", "duong-sa"),
        ("vi_do", "21.594600"),
        ("kinh_do", "105.848100"),
        ("khac", "1"),
    ]))
}

store_test!(
    fn of_two_in_hand_the_earlier_clock_goes_on_and_both_get_the_answer(store: Store) {
        let town = Town::open(&store);
        let (first, _) = town.pothole(POTHOLE);
        town.sort(&first);
        let (due, _) = town.due(&first);
        town.wait(3 * 24 * 60);
        let (second, secret) = again(&town);
        town.sort(&second);
        assert!(town.due(&second).0 > due);

        // Who writes the answer sees no way to stop a case, and has none.
        let path = format!("/xu-ly-phan-anh/{first}/gop");
        let holder = town.holder(&first);
        let refused = town.post(&path, &holder, &[("vao", &second)]);
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(town.report(&second).is_open);
        // The head is shown the other one, and joins them; named the wrong way round, the earlier
        // one goes on all the same.
        let head = town.house.sign_in(WARD_HEAD);
        let page = town.get(&format!("/xu-ly-phan-anh/{first}"), &head).text();
        assert!(page.contains("Có thể trùng") && page.contains(&second), "{page}");
        let merged = town.post(&path, &head, &[("vao", &second)]);
        assert_eq!(merged.location(), format!("/xu-ly-phan-anh/{first}"), "{}", merged.text());
        assert_eq!(town.due(&first).0, due, "one clock, the earlier");
        assert!(town.report(&first).is_open && !town.report(&second).is_open);
        let page = town.get(&format!("/xu-ly-phan-anh/{first}"), &head).text();
        assert!(page.contains("Gộp vào đây") && page.contains(&second), "{page}");
        let once_more = town.post(&path, &head, &[("vao", &second)]);
        assert_eq!(once_more.status, StatusCode::UNPROCESSABLE_ENTITY);

        // The second reporter keeps their page, and reads the answer there.
        let mine = format!("/phan-anh/{second}?khoa={secret}");
        let page = town.get(&mine, "").text();
        assert!(page.contains("giải quyết chung") && page.contains("chau be bi nga"), "{page}");
        assert!(!town.get("/phan-anh", "").text().contains(&format!("/phan-anh/{second}")));
        assert!(town.get(&format!("/phan-anh/{first}"), "").text().contains("1 người cùng gặp"));
        assert_eq!(town.told(&second), ["forwarded", "merged", "received"]);
        town.answer(&first, "Đã vá mặt đường sáng nay.");
        let page = town.get(&mine, "").text();
        assert!(page.contains("Đã vá mặt đường sáng nay."), "{page}");
        assert!(page.contains("đã được trả lời chung"), "{page}");
        assert!(!page.contains("0912345678"), "nothing of the first reporter");
        assert!(town.told(&second).contains(&"answered".to_owned()));
        // Two reports, one answer: the figures count what was answered.
        let figures = town.get("/phan-anh/so-lieu", "").text();
        assert!(figures.contains("1 trên 1") && !figures.contains("2 trên 2"), "{figures}");
    }
);

store_test!(
    fn what_was_joined_follows_along_when_that_is_joined_again(store: Store) {
        let town = Town::open(&store);
        let hub = town.house.sign_in(HUB);
        let (first, _) = town.pothole(POTHOLE);
        town.sort(&first);
        let (second, _) = again(&town);
        let (third, secret) = again(&town);
        let gop = |code: &str, into: &str| {
            let path = format!("/xu-ly-phan-anh/{code}/gop");
            let done = town.post(&path, &hub, &[("vao", into)]);
            assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text());
        };
        gop(&third, &second);
        gop(&second, &first);
        assert_eq!(town.report(&third).merged_into, Some(town.report(&first).case));
        let public = town.get(&format!("/phan-anh/{first}"), "").text();
        assert!(public.contains("2 người cùng gặp"), "{public}");
        town.answer(&first, "Đã vá mặt đường sáng nay.");
        let page = town.get(&format!("/phan-anh/{third}?khoa={secret}"), "").text();
        assert!(page.contains("Đã vá mặt đường sáng nay."), "{page}");
    }
);

store_test!(
    fn what_is_not_public_is_answered_to_all_who_reported_it_without_numbers(store: Store) {
        let town = Town::open(&store);
        let private = [
            ("noi_dung", POTHOLE),
            ("xa", WARD),
            ("linh_vuc", "duong-sa"),
            ("khong_cong_khai", "1"),
            ("khac", "1"),
        ];
        let (first, _) = sent_as(&town.send(&private));
        let hub = town.house.sign_in(HUB);
        town.post(&format!("/xu-ly-phan-anh/{first}/chuyen"), &hub, &[("linh_vuc", "duong-sa")]);
        let (second, secret) = again(&town);
        let path = format!("/xu-ly-phan-anh/{second}/gop");
        town.post(&path, &hub, &[("vao", &first)]);
        let at = |deed: &str| format!("/xu-ly-phan-anh/{first}/{deed}");
        let words = [("tra_loi", "Đã vá, đã gọi số 0912345678 báo lại.")];
        town.post(&at("tra-loi"), &town.holder(&first), &words);
        town.post(&at("duyet"), &town.holder(&first), &[]);
        assert_eq!(town.get(&format!("/phan-anh/{first}"), "").status, StatusCode::NOT_FOUND);
        let page = town.get(&format!("/phan-anh/{second}?khoa={secret}"), "").text();
        let answer = between(&page, "Đã vá, đã gọi số ", " báo lại");
        assert_eq!(answer, "•••");
        assert!(town.told(&second).contains(&"answered".to_owned()));
    }
);
