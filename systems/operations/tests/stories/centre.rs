//! The province at a glance.

use store::store_test;

use super::office::{CHAIR, RECEIVER, Town, WARD_HEAD, run};

store_test!(
    fn the_head_sees_the_province_and_every_figure_opens(store: Store) {
        let town = Town::open(&store);
        let house = &town.house;
        run(async {
            let head = house.sign_in(CHAIR);
            let page = house.get("/dieu-hanh", &head).await;
            assert_eq!(page.status, 200, "{}", page.text());
            let text = page.text();
            assert!(text.contains("Toàn tỉnh lúc này") && text.contains("Chưa đếm sự kiện nào"));
            assert!(text.contains("Chưa có số liệu để vẽ"), "a chart of nothing is a sentence");
            assert!(text.contains("http-equiv=\"refresh\""), "it asks again without the script");

            town.late(2);
            let head = house.sign_in(CHAIR);
            let text = house.get("/dieu-hanh", &head).await.text();
            let late = "/chi-tieu/timeliness.running_late?cua=all&amp;ky=2026-12-03..2026-12-03";
            for told in [
                "Đang quá hạn",
                late,
                "Đến hôm nay 09:00",
                "92 xã, phường",
                "Có quá hạn: 1",
                "data-out=\"Phiên đã hết, cần đăng nhập lại.",
                "class=\"c-fine\"",
                "Phường Phan Đình Phùng",
                "data-live-events=\"/dieu-hanh/dong\"",
                "Quá hạn nhiều nhất",
            ] {
                assert!(text.contains(told), "{told}: {text}");
            }
            assert!(!text.contains(" style="), "nothing is inline");
            for view in ["linh-vuc", "xa", "he-thong"] {
                let page = house.get(&format!("/dieu-hanh?xem={view}"), &head).await;
                assert_eq!(page.status, 200, "{view}");
            }
            let pocket = house.get("/dieu-hanh/bo-tui", &head).await.text();
            assert!(
                pocket.contains("Đang quá hạn") && !pocket.contains("c-fine"),
                "no map in a pocket"
            );
        });
    }
);

store_test!(
    fn a_ward_sees_its_own_and_a_clerk_sees_none(store: Store) {
        let town = Town::open(&store);
        let house = &town.house;
        town.late(1);
        run(async {
            let head = house.sign_in(WARD_HEAD);
            let text = house.get("/dieu-hanh", &head).await.text();
            assert!(text.contains("cua=agency:"), "figures of the ward: {text}");
            assert!(!text.contains("92 xã, phường"), "no map of others");
            assert_eq!(house.get("/dieu-hanh/o", &head).await.status, 200);
            let moved = house.post("/dieu-hanh/o/nhan", &head, &[("len", "0")]).await;
            assert_eq!(moved.status, 403, "tiles are the province's");
            let clerk = house.sign_in(RECEIVER);
            assert_eq!(house.get("/dieu-hanh", &clerk).await.status, 403);
            assert_eq!(house.get("/dieu-hanh/dong", &clerk).await.status, 403);
            assert_eq!(house.get("/canh-bao", &clerk).await.status, 403);
        });
    }
);

store_test!(
    fn the_big_screen_is_dark_and_goes_from_view_to_view(store: Store) {
        let town = Town::open(&store);
        let house = &town.house;
        town.late(1);
        run(async {
            let head = house.sign_in(CHAIR);
            let text = house.get("/dieu-hanh?tuong=1", &head).await.text();
            for told in [
                "data-theme=\"dark\"",
                "data-live-next=\"/dieu-hanh?tuong=1&amp;xem=linh-vuc\"",
                "class=\"wall\"",
                "content=\"30; url=/dieu-hanh?tuong=1&amp;xem=linh-vuc\"",
            ] {
                assert!(text.contains(told), "{told}: {text}");
            }
            assert!(!text.contains("class=\"side\""), "nothing to press");
            let last = house.get("/dieu-hanh?tuong=1&xem=he-thong", &head).await.text();
            assert!(last.contains("xem=tinh"), "and begins again");
        });
    }
);

store_test!(
    fn a_head_rearranges_tiles_and_a_slip_comes_back_with_what_was_typed(store: Store) {
        let town = Town::open(&store);
        let house = &town.house;
        run(async {
            let head = house.sign_in(CHAIR);
            let moved = house.post("/dieu-hanh/o/qua-han", &head, &[("len", "1")]).await;
            assert_eq!(moved.location(), "/dieu-hanh/o");
            let text = house.get("/dieu-hanh", &head).await.text();
            let at = |name: &str| text.find(&format!("data-live-part=\"{name}\"")).unwrap();
            assert!(at("o-qua-han") < at("o-dung-han"));
            let slip = "quiet_minutes = 60\n# không có gì khác";
            let fields = [("ban", "1"), ("van-ban", slip)];
            let back = house.post("/dieu-hanh/o", &head, &fields).await;
            assert_eq!(back.status, 422);
            assert!(back.text().contains("không có gì khác"), "nothing typed is lost");
            let old = [("ban", "0"), ("van-ban", operations::model::SHIPPED_TILES)];
            let late = house.post("/dieu-hanh/o", &head, &old).await;
            assert!(late.text().contains("Có người vừa lưu bản khác"));
            let fits = [("ban", "1"), ("van-ban", operations::model::SHIPPED_TILES)];
            assert_eq!(house.post("/dieu-hanh/o", &head, &fits).await.status, 303);
        });
    }
);

store_test!(
    fn outlines_that_the_province_put_in_stand_on_the_map(store: Store) {
        let town = Town::open(&store);
        let house = &town.house;
        town.late(1);
        let text = r#"{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"code":"05443"},"geometry":{"type":"Polygon","coordinates":[[[105.8,21.58],[105.86,21.58],[105.86,21.62],[105.8,21.62],[105.8,21.58]]]}}]}"#;
        let tenant = house.desk.front.tenant.clone();
        let now = house.desk.now();
        let put = house.desk.front.store.write(move |tx| {
            tx.put("insert into feedback_boundary (tenant, version, text, recorded_at) values ($1, 1, $2, $3)",
                store::args!(&tenant, text, now))
        });
        put.wait().unwrap();
        run(async {
            let head = house.sign_in(CHAIR);
            let text = house.get("/dieu-hanh?xem=xa", &head).await.text();
            assert_eq!(text.matches("<path class=\"area").count(), 1, "{text}");
        });
    }
);

store_test!(
    fn the_line_goes_on_as_far_as_a_forecast_of_today_does(store: Store) {
        let town = Town::open(&store);
        let house = &town.house;
        town.late(1);
        let desk = house.desk.clone();
        let from = desk.now();
        let days = (0..14_i64).map(|n| desk::ForeseenDay {
            date: kernel::today(from).saturating_add(jiff::ToSpan::days(n)),
            median: 3.0 + n as f64,
            low: 1.0,
            high: 40.0,
        });
        let series = vec![(indicators::Scope::all(), days.collect::<Vec<_>>())];
        let write = desk.front.store.clone().write(move |tx| {
            let of = "timeliness.running_late";
            desk::foretell(tx, &desk.front.tenant, of, (from, 7), &series)
        });
        let kept: desk::Result<()> = crate::office::blocking(|| write.wait());
        kept.unwrap();
        run(async {
            let head = house.sign_in(CHAIR);
            let page = house.get("/dieu-hanh", &head).await.text();
            let said = "cuối ngày 16/12 còn 16 hồ sơ quá hạn nếu không đổi gì";
            assert!(page.contains(said), "{page}");
            assert!(page.contains("từ 1 đến 40") && page.contains("Dải 80%"), "{page}");
            let ward = house.sign_in(WARD_HEAD);
            let page = house.get("/dieu-hanh", &ward).await.text();
            assert!(!page.contains("Dải 80%"), "nothing was foreseen of the ward");
            house.at("2026-12-04T02:00:01Z");
            let page = house.get("/dieu-hanh", &head).await.text();
            assert!(!page.contains("Dải 80%"), "older than a day");
        });
    }
);
