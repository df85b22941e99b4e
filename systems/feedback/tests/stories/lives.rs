//! From sending to the published answer.

use axum::http::StatusCode;
use store::store_test;

use crate::town::{HUB, POTHOLE, Town, WARD, between, sent_as};

store_test!(
    fn a_pothole_is_reported_forwarded_answered_and_published(store: Store) {
        let town = Town::open(&store);
        let (code, secret) = town.pothole(POTHOLE);
        let mine = format!("/phan-anh/{code}?khoa={secret}");

        // Nobody but the reporter sees it before an officer did.
        assert_eq!(town.get(&format!("/phan-anh/{code}"), "").status, StatusCode::NOT_FOUND);
        assert!(!town.get("/phan-anh", "").text().contains(&code));
        let page = town.get(&format!("{mine}&moi=1"), "").text();
        assert!(page.contains("0912345678") && page.contains(&secret), "{page}");

        // The desk of 1022 has five minutes.
        let hub = town.house.sign_in(HUB);
        let list = town.get("/xu-ly-phan-anh", &hub).text();
        assert!(list.contains(&code) && list.contains("Chờ phân loại"), "{list}");
        let page = town.get(&format!("/xu-ly-phan-anh/{code}"), &hub).text();
        assert!(page.contains("Gợi ý từ nội dung") && page.contains("Đường sá"), "{page}");
        assert!(page.contains("Gọi tôi •••"), "numbers are covered before they are published");
        let sorted = town.sort(&code);
        assert_eq!(sorted.status, StatusCode::SEE_OTHER, "{}", sorted.text());

        // The public sees what it may, and no number.
        let page = town.get(&format!("/phan-anh/{code}"), "").text();
        assert!(page.contains("Ổ gà to giữa đường") && !page.contains("0912345678"), "{page}");
        assert!(town.get("/phan-anh?xa=05443&linh_vuc=duong-sa", "").text().contains(&code));
        assert!(!town.get("/phan-anh?linh_vuc=rac", "").text().contains(&code));
        assert!(town.get("/phan-anh?q=o+ga+nga+gay", "").text().contains(&code));
        assert!(town.get("/phan-anh/ban-do", "").text().contains(&code));

        // The commune answers, its head approves, the desk publishes.
        town.wait(180);
        town.answer(&code, "Đã vá mặt đường sáng nay.");
        let page = town.get(&format!("/phan-anh/{code}"), "").text();
        assert!(page.contains("Đã vá mặt đường sáng nay."), "{page}");
        let figures = town.get("/phan-anh/so-lieu", "").text();
        assert!(figures.contains("Phan Đình Phùng"), "{figures}");
        assert!(figures.contains("1 trên 1") && figures.contains("3 giờ"), "{figures}");
        assert!(figures.contains("chưa có đánh giá"), "nobody said anything: {figures}");
        assert_eq!(town.told(&code), ["answered", "forwarded", "published", "received"]);
    }
);

store_test!(
    fn what_is_probably_the_same_is_offered_first_and_counts_once(store: Store) {
        let town = Town::open(&store);
        let (code, _) = town.pothole(POTHOLE);
        town.sort(&code);
        let fields = [
            ("noi_dung", "duong co o ga to, chau be bi nga gay tay hom qua"),
            ("xa", WARD),
            ("linh_vuc", "duong-sa"),
            ("vi_do", "21.594600"),
            ("kinh_do", "105.848100"),
        ];
        let offered = town.send(&fields);
        assert_eq!(offered.status, StatusCode::OK);
        assert!(offered.text().contains(&format!("/phan-anh/{code}/cung")), "{}", offered.text());
        assert!(offered.text().contains("Tôi cũng gặp việc này"));

        let support = || town.post(&format!("/phan-anh/{code}/cung"), "", &[]);
        assert_eq!(support().status, StatusCode::SEE_OTHER);
        assert_eq!(support().status, StatusCode::SEE_OTHER);
        let page = town.get(&format!("/phan-anh/{code}"), "").text();
        assert!(page.contains("1 người cùng gặp"), "{page}");

        // Somebody who says that it is another one is believed; an officer merges the two.
        let mut fields = fields.to_vec();
        fields.push(("khac", "1"));
        let (other, secret) = sent_as(&town.send(&fields));
        let hub = town.house.sign_in(HUB);
        let page = town.get(&format!("/xu-ly-phan-anh/{other}"), &hub).text();
        assert!(page.contains("Có thể trùng") && page.contains(&code), "{page}");
        let merged = town.post(&format!("/xu-ly-phan-anh/{other}/gop"), &hub, &[("vao", &code)]);
        assert_eq!(merged.status, StatusCode::SEE_OTHER, "{}", merged.text());
        let page = town.get(&format!("/phan-anh/{other}?khoa={secret}"), "").text();
        assert!(page.contains(&format!("/phan-anh/{code}")), "{page}");
        assert!(town.get(&format!("/phan-anh/{code}"), "").text().contains("2 người cùng gặp"));
    }
);

store_test!(
    fn another_agency_gets_the_work_and_what_is_left_of_the_time(store: Store) {
        let town = Town::open(&store);
        let (code, _) = town.pothole(POTHOLE);
        town.sort(&code);
        let (due, agency) = town.due(&code);
        town.wait(24 * 60);
        let directory = town.house.desk.front.directory.get();
        let other = directory.agency_by_code(&"H55.10".parse().unwrap()).unwrap().id.to_string();
        let path = format!("/xu-ly-phan-anh/{code}/chuyen-lai");
        let holder = town.holder(&code);

        let without = town.post(&path, &holder, &[("co_quan", &other)]);
        assert_eq!(without.status, StatusCode::UNPROCESSABLE_ENTITY);
        let why = ("ly_do", "Đoạn này là đường tỉnh, do Sở quản lý.");
        let sent = town.post(&path, &holder, &[("co_quan", &other), why]);
        assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.text());
        let (due_now, agency_now) = town.due(&code);
        assert_eq!((due_now, agency_now.as_str()), (due, "H55.10"));
        assert_ne!(agency, agency_now);
        let page = town.get(&format!("/phan-anh/{code}"), "").text();
        assert!(page.contains("giữ nguyên hạn"), "{page}");
        // Whoever gave it away cannot answer it any more; whoever has it now can.
        let old =
            town.post(&format!("/xu-ly-phan-anh/{code}/tra-loi"), &holder, &[("tra_loi", "Xong.")]);
        assert_ne!(old.status, StatusCode::SEE_OTHER);
        town.answer(&code, "Sở đã sửa.");
    }
);

store_test!(
    fn the_clock_stands_while_the_reporter_is_asked(store: Store) {
        let town = Town::open(&store);
        let (code, secret) = town.pothole(POTHOLE);
        town.sort(&code);
        let (due, _) = town.due(&code);
        let question = [("hoi", "Ổ gà ở làn nào, trước hay sau cầu?")];
        let asked =
            town.post(&format!("/xu-ly-phan-anh/{code}/hoi"), &town.holder(&code), &question);
        assert_eq!(asked.status, StatusCode::SEE_OTHER, "{}", asked.text());
        let mine = format!("/phan-anh/{code}?khoa={secret}");
        assert!(town.get(&mine, "").text().contains("trước hay sau cầu?"));
        assert!(!town.get(&format!("/phan-anh/{code}"), "").text().contains("trước hay sau cầu?"));
        town.wait(4 * 24 * 60);
        let supply = format!("/phan-anh/{code}/bo-sung");
        let words = [("tra_loi", "Ở làn bên phải, sau cầu."), ("khoa", &*secret)];
        let stranger = [("tra_loi", "Ở đâu đó."), ("khoa", "")];
        assert_eq!(town.post(&supply, "", &stranger).status, StatusCode::NOT_FOUND);
        assert_eq!(town.post(&supply, "", &words).status, StatusCode::SEE_OTHER);
        assert_eq!(town.post(&supply, "", &words).status, StatusCode::CONFLICT);
        let (later, _) = town.due(&code);
        assert!(later > due, "the four days do not count");
        let page = town.get(&format!("/xu-ly-phan-anh/{code}"), &town.holder(&code)).text();
        assert!(page.contains("Ở làn bên phải, sau cầu."), "{page}");
    }
);

store_test!(
    fn a_refusal_names_its_reason_and_is_not_published(store: Store) {
        let town = Town::open(&store);
        let (code, secret) = town.pothole("Tôi khiếu nại quyết định thu hồi đất số 12 của xã.");
        let (path, hub) = (format!("/xu-ly-phan-anh/{code}/tu-choi"), town.house.sign_in(HUB));
        let without = town.post(&path, &hub, &[("vi_sao", "complaint")]);
        assert_eq!(without.status, StatusCode::UNPROCESSABLE_ENTITY);
        let words = ("loi", "Ông gửi đơn khiếu nại đến Ban Tiếp công dân, trụ sở UBND xã.");
        let refused = town.post(&path, &hub, &[("vi_sao", "complaint"), words]);
        assert_eq!(refused.status, StatusCode::SEE_OTHER, "{}", refused.text());
        let page = town.get(&format!("/phan-anh/{code}?khoa={secret}"), "").text();
        assert!(page.contains("Ban Tiếp công dân") && page.contains("khiếu nại hoặc tố cáo"));
        assert_eq!(town.get(&format!("/phan-anh/{code}"), "").status, StatusCode::NOT_FOUND);
    }
);

store_test!(
    fn what_no_hand_sends_is_held_off_and_nothing_typed_is_lost(store: Store) {
        let town = Town::open(&store);
        let page = town.get("/phan-anh/moi", "").text();
        let stamp = between(&page, "name=\"luc\" value=\"", "\"").to_owned();
        let typed = [("noi_dung", POTHOLE), ("xa", WARD), ("linh_vuc", "duong-sa")];
        let mut fields = typed.to_vec();
        fields.push(("luc", &stamp));
        // At once, with a stamp of somebody else, with the field that nobody sees.
        let at_once = town.post("/phan-anh/moi", "", &fields);
        assert_eq!(at_once.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(at_once.text().contains("Ổ gà to giữa đường trước số nhà 128"));
        town.wait(1);
        let mut forged = typed.to_vec();
        forged.push(("luc", "1795305600.0000000000000000"));
        let forged = town.post("/phan-anh/moi", "", &forged);
        assert_eq!(forged.status, StatusCode::UNPROCESSABLE_ENTITY);
        let mut filled = fields.clone();
        filled.push(("trang_web", "http://example.com"));
        let filled = town.post("/phan-anh/moi", "", &filled);
        assert_eq!(filled.status, StatusCode::UNPROCESSABLE_ENTITY);
        let sent = town.post("/phan-anh/moi", "", &fields);
        assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.text());

        // Without a place, with a telephone that is none.
        let lost = town.send(&[("noi_dung", POTHOLE), ("dien_thoai", "12")]);
        assert_eq!(lost.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(lost.text().contains("Chưa biết việc ở đâu") && lost.text().contains("10 hoặc 11"));

        // A flood from one address stops.
        let codes = (0..40).map(|n| {
            let text = format!("Đèn đường hỏng ở cột số {n} trong ngõ, tối lắm.");
            let fields = [
                ("noi_dung", &*text),
                ("xa", WARD),
                ("linh_vuc", "chieu-sang"),
                ("khac", "1"),
                ("luc", &stamp),
            ];
            town.post("/phan-anh/moi", "", &fields).status
        });
        assert!(codes.into_iter().any(|status| status == StatusCode::TOO_MANY_REQUESTS));
    }
);

store_test!(
    fn somebody_without_a_script_taps_on_the_map_twice(store: Store) {
        let town = Town::open(&store);
        let typed = [("noi_dung", POTHOLE), ("linh_vuc", "duong-sa")];
        let mut fields = typed.to_vec();
        fields.push(("do", "ban-do"));
        let map = town.send(&fields);
        assert_eq!(map.status, StatusCode::OK);
        let field = |page: &str, name: &str| {
            between(page, &format!("name=\"{name}\" value=\""), "\"").to_owned()
        };
        let picture =
            between(&map.text(), "src=\"/phan-anh/ban-do.svg", "\"").replace("&amp;", "&");
        let drawn = town.get(&format!("/phan-anh/ban-do.svg{picture}"), "");
        assert!(drawn.text().starts_with("<svg") && drawn.text().contains("circle"));
        let tap = |page: &str, x: &str, y: &str| {
            let carried: Vec<(String, String)> =
                ["noi_dung", "linh_vuc", "luc", "ban_do_n", "ban_do_e", "ban_do_m"]
                    .iter()
                    .map(|n| ((*n).to_owned(), field(page, n)))
                    .collect();
            let mut fields: Vec<(&str, &str)> =
                carried.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
            fields.extend([("diem.x", x), ("diem.y", y)]);
            town.post("/phan-anh/moi", "", &fields)
        };
        let near = tap(&map.text(), "150", "160");
        assert!(near.text().contains("Bấm đúng chỗ"), "{}", near.text());
        let form = tap(&near.text(), "160", "160").text();
        assert!(form.contains("Đã có vị trí") && form.contains("Ổ gà to giữa đường"), "{form}");
        assert!(!field(&form, "vi_do").is_empty());
    }
);
