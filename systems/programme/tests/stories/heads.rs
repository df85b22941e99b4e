//! One screen for a head: what was promised, where it stands, what waits, what is late.

use axum::http::StatusCode;
use store::store_test;

use crate::town::{CHAIR, EXPERT, JUSTICE, Town, WARD, read_aloud, words_of};

store_test!(
    fn a_head_sees_on_one_sheet_what_was_promised_and_where_it_stands(store: Store) {
        let town = Town::with_programme(&store);
        for name in ["Lý Thị Một", "Lý Thị Hai", "Lý Thị Ba"] {
            town.finish_dossier(name);
        }
        town.count();
        let page = town.get("/nguoi-dung-dau", WARD);
        assert_eq!(page.status, StatusCode::OK, "{}", page.text());
        let page = page.text();
        // The paragraph that can be read aloud, with what it counts of.
        assert!(page.contains("<b>100,0%</b> (3 trên 3 hồ sơ)"), "{page}");
        // The head's own task waits for nobody's decision: it stands among the tasks.
        assert!(
            page.contains("Không có việc nào chờ quyết.") && page.contains("Chờ quyết, 0 việc")
        );
        let list = format!("/nguoi-dung-dau/{}/viec?loai=cho", town.post(WARD));
        assert!(!town.get(&list, WARD).text().contains("Rà hồ sơ đến hạn mỗi chiều"));
        // A judgement says by which month and figure it was made.
        assert!(page.contains("theo tháng 8/2026: 100,0%"), "{page}");
        // What was promised, the plan and the promise beside it.
        assert!(page.contains("Trả đúng hạn tại phường") && page.contains("hứa 95"), "{page}");
        // Every figure opens.
        let ward = town.target("CT-1");
        let programme::model::Measure::Indicator { scope, .. } = &ward.measure else { panic!() };
        assert!(
            page.contains(&format!(
                "/chi-tieu/timeliness.finished_on_time?cua={scope}&amp;ky=2026-08"
            )),
            "{page}"
        );
        // Others of its kind are there, without names.
        assert!(page.contains("0 trên 14 đơn vị cùng loại có số"), "{page}");
        assert!(page.contains("Rà hồ sơ đến hạn mỗi chiều"));
        insta::assert_snapshot!("head", read_aloud(&page));
    }
);

store_test!(
    fn a_head_sees_the_own_page_and_those_below_and_nobody_looks_up(store: Store) {
        let town = Town::with_programme(&store);
        let page = |slug: &str| format!("/nguoi-dung-dau/{}", town.post(slug));
        assert_eq!(town.get(&page(WARD), CHAIR).status, StatusCode::OK);
        assert_eq!(town.get(&page(JUSTICE), CHAIR).status, StatusCode::OK);
        assert_eq!(town.get(&page(CHAIR), WARD).status, StatusCode::FORBIDDEN);
        assert_eq!(town.get(&page(JUSTICE), WARD).status, StatusCode::FORBIDDEN);
        assert_eq!(town.get(&page(WARD), EXPERT).status, StatusCode::FORBIDDEN);
        assert_eq!(town.get("/nguoi-dung-dau", EXPERT).status, StatusCode::FORBIDDEN);
        // The lists behind its numbers follow the page.
        let list = format!("{}/viec?loai=tre", page(CHAIR));
        assert_eq!(town.get(&list, WARD).status, StatusCode::FORBIDDEN);
        assert_eq!(town.get(&list, CHAIR).status, StatusCode::OK);
        // A seat that heads nothing has no page.
        assert_eq!(town.get(&page(EXPERT), CHAIR).status, StatusCode::NOT_FOUND);
    }
);

store_test!(
    fn before_anything_was_counted_the_page_says_so_and_shows_no_zero(store: Store) {
        let town = Town::open(&store);
        let page = town.get("/nguoi-dung-dau", WARD);
        assert_eq!(page.status, StatusCode::OK, "{}", page.text());
        let page = page.text();
        assert!(page.contains("chưa có hồ sơ nào xong"), "{page}");
        assert!(page.contains("Chưa có số liệu của quý này để so sánh."), "{page}");
        assert!(page.contains("Chưa có chỉ tiêu nào giao cho người đứng đầu này."));
        assert!(!page.contains("0,0%") && !page.contains("100,0%"), "{page}");
        let english = town.get("/nguoi-dung-dau/khong-phai-ma", WARD);
        assert_eq!(english.status, StatusCode::NOT_FOUND);
    }
);

store_test!(
    fn what_lies_too_long_is_seen_before_it_is_late_and_counted_when_it_is(store: Store) {
        let town = Town::with_programme(&store);
        let case = town.receive_dossier("Bàn Văn Chậm");
        let due = case.due().unwrap();
        town.count();
        // An hour of the clock before the promise: little time is left.
        town.house.clock.set(due - jiff::SignedDuration::from_mins(30));
        let page = town.get("/nguoi-dung-dau", WARD).text();
        assert!(page.contains("Tuần này có thể trễ, 1 việc"), "{page}");
        let list = format!("/nguoi-dung-dau/{}/viec?loai=nguy-co", town.post(WARD));
        assert!(town.get(&list, WARD).text().contains(case.code.as_str()));
        town.house.clock.set(due + jiff::SignedDuration::from_hours(30));
        let page = town.get("/nguoi-dung-dau", WARD).text();
        assert!(page.contains("Đang trễ trong tay và dưới quyền, 1 việc"), "{page}");
        assert!(page.contains("Bàn Văn Chậm"));
    }
);

store_test!(
    fn the_letter_of_the_month_is_a_paper_that_is_the_same_each_time(store: Store) {
        let town = Town::with_programme(&store);
        town.finish_dossier("Lý Thị Một");
        town.count();
        let path = format!("/nguoi-dung-dau/{}/thu.pdf?ky=2026-08", town.post(WARD));
        let letter = town.get(&path, WARD);
        assert_eq!(letter.status, StatusCode::OK, "{}", letter.text());
        assert_eq!(letter.headers["content-type"], "application/pdf");
        assert!(letter.bytes.starts_with(b"%PDF-"));
        assert_eq!(letter.bytes, town.get(&path, CHAIR).bytes);
        if let Some(words) = words_of(&letter.bytes) {
            insta::assert_snapshot!("letter", words);
        }
        assert_eq!(town.get(&path, JUSTICE).status, StatusCode::FORBIDDEN);
    }
);

store_test!(
    fn a_month_is_compared_with_the_month_before_and_rounded_the_same_everywhere(store: Store) {
        let town = Town::with_programme(&store);
        let late: Vec<_> = (0..3).map(|_| town.receive_dossier("Bàn Văn Chậm")).collect();
        for _ in 0..13 {
            town.finish_dossier("Lý Thị Một");
        }
        let due = late.iter().filter_map(casework::Case::due).max().unwrap();
        town.house.clock.set(due + jiff::SignedDuration::from_hours(30));
        for case in &late {
            town.finish(case);
        }
        town.count();
        let page = town.get("/nguoi-dung-dau?ky=2026-08", WARD).text();
        assert!(page.contains("<b>81,2%</b> (13 trên 16 hồ sơ)"), "{page}");
        assert!(read_aloud(&page).contains("\nTrả đúng hạn\nA\n81,2\n%"), "{page}");
        assert!(!page.contains("81,3"), "{page}");
        town.house.at("2026-09-10T02:00:00Z");
        town.finish_dossier("Lý Thị Hai");
        town.count();
        let page = town.get("/nguoi-dung-dau", WARD).text();
        assert!(page.contains("hơn tháng trước 18,8 điểm"), "in the sentence: {page}");
        assert!(page.contains("Hơn tháng trước 18,8 điểm"), "on the tile: {page}");
        // September runs well, October does not: what is judged is September, and it says so.
        town.house.at("2026-10-05T02:00:00Z");
        let case = town.receive_dossier("Bàn Văn Chậm");
        town.house.clock.set(case.due().unwrap() + jiff::SignedDuration::from_hours(30));
        town.finish(&case);
        town.count();
        let page = town.get("/nguoi-dung-dau", WARD).text();
        assert!(page.contains("theo tháng 9/2026: 100,0%"), "{page}");
        assert!(page.contains("kém tháng trước 100,0 điểm"), "{page}");
        assert!(!page.contains("Chắc đạt"), "{page}");
    }
);

store_test!(
    fn a_month_that_is_over_tells_nothing_of_now(store: Store) {
        let town = Town::with_programme(&store);
        let _ = town.receive_dossier("Bàn Văn Chậm");
        town.house.at("2026-09-22T02:00:00Z");
        town.count();
        let now = town.get("/nguoi-dung-dau", WARD).text();
        assert!(now.contains("Đang quá hạn <b>2 việc</b>"), "the dossier and a task: {now}");
        let past = town.get("/nguoi-dung-dau?ky=2026-08", WARD).text();
        let lead = past.split_once("class=\"lead\"").unwrap().1.split_once("</p>").unwrap().0;
        assert!(lead.contains("Hết tháng 8/2026 có <b>1 hồ sơ</b> quá hạn."), "{lead}");
        assert!(!lead.contains("Đang quá hạn") && !lead.contains("chờ quyết"), "{lead}");
        assert!(past.contains("Các mục dưới đây tính đến hôm nay"), "{past}");
        let path = format!("/nguoi-dung-dau/{}/thu.pdf?ky=2026-08", town.post(WARD));
        let letter = town.get(&path, WARD);
        assert_eq!(letter.status, StatusCode::OK, "{}", letter.text());
        if let Some(words) = words_of(&letter.bytes) {
            let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
            assert!(words.contains("Hết tháng 8/2026 có 1 hồ sơ quá hạn."), "{words}");
            assert!(words.contains("tính đến ngày lập thư"), "{words}");
            assert!(!words.contains("Đang trễ") && !words.contains("chờ tôi quyết"), "{words}");
            assert!(words.contains("4. So với chính mình"), "{words}");
        }
    }
);

store_test!(
    fn the_end_of_the_week_is_told_by_a_simulation_where_one_ran(store: Store) {
        let town = Town::with_programme(&store);
        town.count();
        let ruled = "Chưa có mô phỏng nào trong một ngày qua";
        assert!(town.get("/nguoi-dung-dau", CHAIR).text().contains(ruled));
        let day = |text: &str, median: f64| desk::ForeseenDay {
            date: text.parse().unwrap(),
            median,
            low: median - 2.0,
            high: median + 3.0,
        };
        // Of the whole authority, until the Tuesday after.
        let days = vec![day("2026-08-20", 4.0), day("2026-08-21", 7.0), day("2026-08-25", 20.0)];
        town.write(move |tx, desk| {
            let series = [(indicators::Scope::all(), days.clone())];
            let (tenant, from) = (&desk.front.tenant, (desk.now(), 1));
            Ok(desk::foretell(tx, tenant, "timeliness.running_late", from, &series)?)
        })
        .unwrap();
        let page = town.get("/nguoi-dung-dau", CHAIR).text();
        assert!(page.contains("<b>7 hồ sơ</b> quá hạn"), "as of Friday: {page}");
        assert!(page.contains("từ 5 đến 10") && page.contains("Mô phỏng chạy từ lúc"), "{page}");
        assert!(!page.contains(ruled));
        // Nothing was foreseen of the ward, so there the rule tells.
        assert!(town.get("/nguoi-dung-dau", WARD).text().contains(ruled));
        // After a day it says nothing of today any more.
        town.house.at("2026-08-19T02:00:00Z");
        assert!(town.get("/nguoi-dung-dau", CHAIR).text().contains(ruled));
    }
);
