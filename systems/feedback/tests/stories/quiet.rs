//! What is kept quiet: the conduct of officers.

use axum::http::StatusCode;
use store::{args, store_test};

use crate::town::{HUB, Town, WARD, between, sent_as};

store_test!(
    fn conduct_goes_to_the_inspectorate_and_nobody_else_reads_it(store: Store) {
        let town = Town::open(&store);
        let words = "Chị ở quầy số 3 đòi bồi dưỡng năm trăm nghìn mới nhận hồ sơ của mẹ tôi.";
        let sent = town.send(&[("noi_dung", words), ("linh_vuc", "thai-do"), ("khac", "1")]);
        let (code, secret) = sent_as(&sent);
        assert_eq!(town.due(&code).1, "H55.15");
        let holder = town.holder(&code);
        assert!(town.get(&format!("/xu-ly-phan-anh/{code}"), &holder).text().contains(words));
        for slug in [HUB, "trung-tam/giam-doc", "phuong-phan-dinh-phung/chu-tich"] {
            let cookie = town.house.sign_in(slug);
            let seen = town.get(&format!("/xu-ly-phan-anh/{code}"), &cookie);
            assert_eq!(seen.status, StatusCode::FORBIDDEN, "{slug}");
            assert!(!seen.text().contains("bồi dưỡng"));
            assert!(!town.get("/xu-ly-phan-anh", &cookie).text().contains(&code), "{slug}");
        }
        let head = town.house.sign_in("thanh-tra-tinh/thu-truong");
        assert_eq!(town.get(&format!("/xu-ly-phan-anh/{code}"), &head).status, StatusCode::OK);

        let at = |deed: &str| format!("/xu-ly-phan-anh/{code}/{deed}");
        let answer = [("tra_loi", "Đã xác minh, tạm đình chỉ công tác để xử lý.")];
        assert_eq!(town.post(&at("tra-loi"), &holder, &answer).status, StatusCode::SEE_OTHER);
        let sent = town.post(&at("duyet"), &town.holder(&code), &[]);
        assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.text());
        let mine = town.get(&format!("/phan-anh/{code}?khoa={secret}"), "").text();
        assert!(mine.contains("tạm đình chỉ công tác") && mine.contains("không công khai"));
        // Not in the list, not on the map, not for programs.
        assert_eq!(town.get(&format!("/phan-anh/{code}"), "").status, StatusCode::NOT_FOUND);
        for public in [
            "/phan-anh",
            "/phan-anh?linh_vuc=thai-do",
            &format!("/phan-anh?q={code}"),
            "/phan-anh/ban-do",
            "/phan-anh/tin.atom",
            "/phan-anh/tin.rss",
            "/phan-anh/so-lieu",
            "/hai-long?loai=phan-anh",
            "/open311/v2/requests.json",
            &format!("/open311/v2/requests.json?service_request_id={code}"),
            "/open311/v2/requests.json?service_code=thai-do",
            "/open311/v2/servicerequestupdates.json",
        ] {
            let page = town.get(public, "");
            assert_eq!(page.status, StatusCode::OK, "{public}");
            let text = page.text();
            assert!(!text.contains("bồi dưỡng") && !text.contains("đình chỉ"), "{public}: {text}");
            let link = format!("/phan-anh/{code}");
            let request = format!("\"service_request_id\":\"{code}\"");
            assert!(!text.contains(&link) && !text.contains(&request), "{public}: {text}");
        }
        for one in ["requests", "tokens"] {
            let program = town.get(&format!("/open311/v2/{one}/{code}.json"), "");
            assert_eq!(program.status, StatusCode::NOT_FOUND, "{one}");
        }
        // Of it counts that an agency answered one, as of every other.
        let figures = town.get("/phan-anh/so-lieu", "").text();
        assert!(figures.contains("Thanh tra") && figures.contains("1 trên 1"), "{figures}");
        // It is offered to nobody as the same.
        let again = [("noi_dung", words), ("xa", WARD), ("linh_vuc", "thu-tuc")];
        assert_eq!(town.send(&again).status, StatusCode::SEE_OTHER);
        // Whoever opened it stands in the log, also those who were refused.
        let case = town.report(&code).case;
        let looks: Vec<(bool, i64)> = town.read(move |tx, feedback| {
            let sql = "select allowed, count(*) from access_log
                       where tenant = $1 and case_id = $2 group by allowed order by allowed";
            let read = |row: &store::Row<'_>| Ok((row.get(0)?, row.get(1)?));
            Ok(tx.all(sql, args!(&feedback.front.tenant, case), read)?)
        });
        assert_eq!(looks[0], (false, 3), "{looks:?}");
        assert!(looks[1].0 && looks[1].1 >= 2, "{looks:?}");
    }
);

store_test!(
    fn a_desk_that_finds_conduct_in_a_report_files_it_as_such(store: Store) {
        let town = Town::open(&store);
        let (code, secret) = town.pothole("Cán bộ địa chính gợi ý đưa tiền mới xem hồ sơ.");
        let hub = town.house.sign_in(HUB);
        let moved = town.post(
            &format!("/xu-ly-phan-anh/{code}/chuyen"),
            &hub,
            &[("linh_vuc", "thai-do"), ("cong_khai", "1"), ("cong_khai_noi_dung", "x")],
        );
        assert_eq!(moved.status, StatusCode::SEE_OTHER, "{}", moved.text());
        assert_eq!(moved.location(), "/xu-ly-phan-anh", "it may not be read here any more");
        let page = town.get(&format!("/phan-anh/{code}?khoa={secret}"), "").text();
        let other = between(&page, "href=\"/phan-anh/H55.15", "\"");
        let page = town.get(&format!("/phan-anh/H55.15{other}"), "").text();
        assert!(page.contains("gợi ý đưa tiền"), "the reporter follows it with one press: {page}");
    }
);
