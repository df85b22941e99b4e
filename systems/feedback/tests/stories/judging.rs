//! How satisfied the reporter is: the one question of every matter, and opening it again.

use axum::http::StatusCode;
use store::{args, store_test};

use crate::town::{POTHOLE, Town, between, sent_as};

/// What is published of reports.
fn published(town: &Town) -> String {
    town.get("/hai-long?loai=phan-anh", "").text()
}

/// How often the journal says that somebody answered.
fn journaled(town: &Town) -> i64 {
    town.read(|tx, feedback| {
        let sql = "select count(*) from event where tenant = $1 and kind = 'satisfaction.answered'";
        Ok(tx.one(sql, args!(&feedback.front.tenant), |row| row.get(0))?)
    })
}

store_test!(
    fn the_reporter_answers_the_one_question_once_and_may_open_it_again_once(store: Store) {
        let town = Town::open(&store);
        let (code, secret) = town.pothole(POTHOLE);
        let deed = |deed: &str| format!("/phan-anh/{code}/{deed}");
        let rate = |score: &str, key: &str| {
            town.post(&deed("hai-long"), "", &[("diem", score), ("khoa", key)])
        };
        assert_eq!(rate("3", &secret).status, StatusCode::CONFLICT, "there is no answer yet");
        town.sort(&code);
        town.wait(180);
        town.answer(&code, "Đã vá mặt đường sáng nay.");
        assert!(published(&town).contains("chưa có phiếu"));

        let mine = format!("/phan-anh/{code}?khoa={secret}");
        let page = town.get(&mine, "").text();
        for told in ["Rất hài lòng", "Không hài lòng", "name=\"diem\" value=\"2\""] {
            assert!(page.contains(told), "{told}: {page}");
        }
        assert!(!town.get(&format!("/phan-anh/{code}"), "").text().contains("name=\"diem\""));
        assert_eq!(rate("1", "AAAA").status, StatusCode::NOT_FOUND, "a stranger");
        assert_eq!(rate("7", &secret).status, StatusCode::BAD_REQUEST);
        assert_eq!(rate("1", &secret).status, StatusCode::SEE_OTHER);
        assert_eq!(rate("3", &secret).status, StatusCode::SEE_OTHER);

        // The first press counts, beside the dossiers, in the same place.
        let page = town.get(&mine, "").text();
        assert!(page.contains("Ông/bà đã chọn: Không hài lòng."), "{page}");
        assert!(!page.contains("name=\"diem\""), "asked once");
        assert_eq!(journaled(&town), 1);
        assert!(published(&town).contains("0 trên 1 phiếu"), "{}", published(&town));
        let dossiers = town.get("/hai-long", "").text();
        assert!(dossiers.contains("chưa có phiếu"), "{dossiers}");
        let more = between(&page, "href=\"/danh-gia/", "\"").replace("&amp;", "&");
        let thanks = town.get(&format!("/danh-gia/{more}"), "").text();
        assert!(thanks.contains("Ông/bà đã chọn: Không hài lòng."), "{thanks}");
        let figures = town.get("/phan-anh/so-lieu", "").text();
        assert!(figures.contains("1 phiếu") && !figures.contains("0 trên 1"), "{figures}");

        // Once, with a reason, to the agency that answered.
        let without = town.post(&deed("mo-lai"), "", &[("ly_do", ""), ("khoa", &secret)]);
        assert_eq!(without.location(), mine);
        let reason = [("ly_do", "Mới vá một nửa, hố còn lại vẫn sâu."), ("khoa", &*secret)];
        let (again, its_secret) = sent_as(&town.post(&deed("mo-lai"), "", &reason));
        assert_ne!(again, code);
        assert_eq!(town.post(&deed("mo-lai"), "", &reason).status, StatusCode::CONFLICT);
        assert_eq!(town.due(&again).1, town.due(&code).1);
        let page = town.get(&format!("/phan-anh/{again}?khoa={its_secret}"), "").text();
        assert!(page.contains("Mới vá một nửa") && page.contains(&code), "{page}");
        assert_eq!(journaled(&town), 1, "it was said already");

        // The second answer is judged as well, and not opened a third time.
        town.sort(&again);
        town.answer(&again, "Đã vá nốt phần còn lại.");
        let page = town.get(&format!("/phan-anh/{again}?khoa={its_secret}"), "").text();
        assert!(page.contains("name=\"diem\"") && page.contains("đã là lần mở lại"), "{page}");
        let path = format!("/phan-anh/{again}/hai-long");
        town.post(&path, "", &[("diem", "3"), ("khoa", &its_secret)]);
        assert!(published(&town).contains("1 trên 2 phiếu"), "{}", published(&town));
        let third = [("ly_do", "Vẫn chưa được."), ("khoa", &*its_secret)];
        let third = town.post(&format!("/phan-anh/{again}/mo-lai"), "", &third);
        assert_eq!(third.status, StatusCode::CONFLICT);
    }
);

store_test!(
    fn who_opens_it_again_without_a_word_before_is_not_satisfied(store: Store) {
        let town = Town::open(&store);
        let (code, secret) = town.pothole(POTHOLE);
        town.sort(&code);
        town.answer(&code, "Đã vá mặt đường sáng nay.");
        let reason = [("ly_do", "Chưa ai đến vá cả."), ("khoa", &*secret)];
        let (again, _) = sent_as(&town.post(&format!("/phan-anh/{code}/mo-lai"), "", &reason));
        assert!(published(&town).contains("0 trên 1 phiếu"), "{}", published(&town));
        assert_eq!(journaled(&town), 1);
        assert!(town.told(&code).contains(&"reopened".to_owned()));
        assert_eq!(town.told(&again), ["received"]);
        // The link of every matter leads to the same answer.
        let page = town.get(&format!("/phan-anh/{code}?khoa={secret}"), "").text();
        let more = between(&page, "href=\"/danh-gia/", "\"").replace("&amp;", "&");
        let (path, key) = more.split_once("?ma=").unwrap();
        town.post(&format!("/danh-gia/{path}"), "", &[("ma", key), ("diem", "3")]);
        assert!(published(&town).contains("0 trên 1 phiếu"), "{}", published(&town));
    }
);
