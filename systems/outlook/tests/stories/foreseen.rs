//! From the journal to the page.

use store::store_test;

use crate::{CHAIR, EXPERT, HEAD, more, open, run, seal, weeks, work};

store_test!(
    fn an_empty_house_says_that_it_has_nothing_to_learn_from(store: Store) {
        let house = open(&store);
        run(async {
            let chair = house.sign_in(CHAIR);
            let page = house.get("/du-bao", &chair).await.text();
            assert!(page.contains("Chưa có dự báo nào"), "{page}");
            let asked = house.post("/du-bao/tinh-lai", &chair, &[]).await;
            assert_eq!(asked.status, 303);
            let waits = house.get("/du-bao", &chair).await;
            assert!(waits.headers.contains_key("refresh"), "it comes back by itself");
            assert!(waits.text().contains("Đang chờ đến lượt"));
            while work(&house) {}
            let page = house.get("/du-bao", &chair).await.text();
            assert!(page.contains("Nhật ký chưa có gì để học"), "{page}");
            assert!(page.contains("Chưa có lần kiểm chứng nào xong"), "nobody measured: {page}");
            assert_eq!(house.get("/du-bao", &house.sign_in(EXPERT)).await.status, 403);
        });
    }
);

store_test!(
    fn what_one_expert_cannot_do_in_a_day_is_foreseen_and_another_one_helps(store: Store) {
        let house = open(&store);
        weeks(&house, 24);
        run(async {
            while work(&house) {}
            let (desk, head) = (house.desk.clone(), house.sign_in(HEAD));
            let read = house.desk.front.store.read(move |tx| outlook::expected(tx, &desk));
            let (_, expected) = read.await.unwrap().unwrap();
            let directory = house.desk.front.directory.get();
            let post = directory.posts_of(house.persons[HEAD], house.desk.now())[0].post;
            let ward = directory.post(post).unwrap().agency;
            let today = kernel::today(house.desk.now());
            let late: f64 = expected.iter().filter(|e| e.agency == ward).map(|e| e.late).sum();
            assert!(late > 0.5, "six are promised for today, and one expert takes hours: {late}");
            assert!(expected.iter().all(|e| e.date >= today && e.low <= e.high));

            let page = house.get("/du-bao", &head).await.text();
            assert!(
                page.contains("Nếu không đổi gì") && page.contains("Hồ sơ dễ quá hạn nhất"),
                "{page}"
            );
            assert!(page.contains("/ho-so/"), "cases at risk open");
            let warned = "dự báo sai trung bình";
            assert!(page.contains(warned), "nothing was late, as a guess would have it: {page}");
            assert!(!page.contains("Cả tỉnh"), "the head of a ward sees the ward");

            let code = directory.agency(ward).unwrap().code.to_string();
            let nothing =
                [("cua", code.as_str()), ("viec", "them-nguoi"), ("buoc", ""), ("so-nguoi", "x")];
            let nothing = house.post("/du-bao/thu", &head, &nothing).await;
            assert_eq!(nothing.status, 422);
            let what = [
                ("cua", code.as_str()),
                ("viec", "them-nguoi"),
                ("buoc", "tham-tra"),
                ("so-nguoi", "2"),
            ];
            let asked = house.post("/du-bao/thu", &head, &what).await;
            assert_eq!(asked.status, 303);
            let to = asked.location().to_owned();
            assert!(house.get(&to, &head).await.headers.contains_key("refresh"));
            while work(&house) {}
            let page = house.get(&to, &head).await.text();
            assert!(page.contains("hồ sơ quá hạn") && page.contains("So sánh"), "{page}");
            assert!(page.contains("Ít hơn"), "two more officers help: {page}");
            assert!(page.contains(warned) && page.contains("/du-bao/kiem-chung"), "{page}");
            // The same question is answered by the same run.
            assert_eq!(house.post("/du-bao/thu", &head, &what).await.location(), to);

            let drawn = house.post("/du-bao/phuong-an", &head, &[("cua", code.as_str())]).await;
            let to = drawn.location().to_owned();
            while work(&house) {}
            let page = house.get(&to, &head).await.text();
            assert!(page.contains("tỷ lệ đúng hạn") && page.contains(warned), "{page}");
            assert!(!page.contains("<b>0,0</b>"), "what saves nothing is not listed: {page}");
            let other = house.sign_in("so-xay-dung/thu-truong");
            assert_eq!(house.get(&to, &other).await.status, 200, "the province sees all");
        });
    }
);

store_test!(
    fn the_last_month_is_held_out_and_its_error_printed(store: Store) {
        let house = open(&store);
        weeks(&house, 48);
        run(async {
            while work(&house) {}
            let head = house.sign_in(HEAD);
            let page = house.get("/du-bao/kiem-chung", &head).await.text();
            assert!(page.contains("dự báo sai trung bình"), "{page}");
            assert!(page.contains("Như mọi thứ trong tuần"));
        });
    }
);

store_test!(
    fn nobody_asks_for_more_than_their_share(store: Store) {
        let house = open(&store);
        seal(&house);
        run(async {
            let head = house.sign_in(HEAD);
            for n in 1..=12 {
                let day = format!("{}", n * 10);
                let what = [("viec", "them-ho-so"), ("so-tang", day.as_str())];
                assert_eq!(house.post("/du-bao/thu", &head, &what).await.status, 303, "{n}");
            }
            let more =
                house.post("/du-bao/thu", &head, &[("viec", "them-ho-so"), ("so-tang", "7")]).await;
            assert_eq!(more.status, 429);
            assert!(more.text().contains("12 lần"));
        });
    }
);

store_test!(
    fn each_kind_of_change_has_its_own_fields_and_only_those_are_read(store: Store) {
        let house = open(&store);
        seal(&house);
        run(async {
            let head = house.sign_in(HEAD);
            let page = house.get("/du-bao/thu", &head).await.text();
            assert!(page.contains("Thêm mấy người") && page.contains("Thêm mấy phút mỗi ngày"));
            assert!(!page.contains("không bắt buộc"), "{page}");
            assert!(page.contains("Chọn cơ quan"), "{page}");
            // What stands in the fields of another kind is not read.
            let other = [("viec", "them-ho-so"), ("so-nguoi", "5")];
            assert_eq!(house.post("/du-bao/thu", &head, &other).await.status, 422);
            let own = [("viec", "them-ho-so"), ("so-nguoi", "x"), ("so-tang", "30")];
            assert_eq!(house.post("/du-bao/thu", &head, &own).await.status, 303);
        });
    }
);

store_test!(
    fn several_changes_are_tried_together(store: Store) {
        let house = open(&store);
        weeks(&house, 24);
        run(async {
            while work(&house) {}
            let head = house.sign_in(HEAD);
            let officers = [("viec", "them-nguoi"), ("buoc", "tham-tra"), ("so-nguoi", "2")];
            let more = [&officers[..], &[("them", "1")]].concat();
            let page = house.post("/du-bao/thu", &head, &more).await;
            assert_eq!(page.status, 200);
            let page = page.text();
            assert!(
                page.contains("Cùng thử (1)") && page.contains("Thêm 2 người ở bước"),
                "{page}"
            );
            let carried = page.split("name=\"da-them\" value=\"").nth(1).unwrap();
            let carried = carried.split('"').next().unwrap().replace("&amp;", "&");
            let wrong = [("da-them", carried.as_str()), ("viec", "them-gio"), ("so-phut", "x")];
            let wrong = house.post("/du-bao/thu", &head, &wrong).await;
            assert_eq!(wrong.status, 422);
            assert!(wrong.text().contains("Cùng thử (1)"), "what was added is kept");

            let both = [("da-them", carried.as_str()), ("viec", "them-ho-so"), ("so-tang", "30")];
            let asked = house.post("/du-bao/thu", &head, &both).await;
            let to = asked.location().to_owned();
            while work(&house) {}
            let page = house.get(&to, &head).await.text();
            assert!(
                page.contains("Thêm 2 người ở bước") && page.contains("bằng 130% thường ngày"),
                "{page}"
            );
            assert!(page.contains("So sánh"), "{page}");
            // Added changes alone are enough; one is taken away by its place.
            let alone = house.post("/du-bao/thu", &head, &[("da-them", carried.as_str())]).await;
            assert_eq!(alone.status, 303);
            let gone = [("da-them", carried.as_str()), ("bo", "0")];
            let gone = house.post("/du-bao/thu", &head, &gone).await.text();
            assert!(!gone.contains("Cùng thử"), "{gone}");
            // What somebody wrote into the page themselves is checked like what is typed.
            let forged = "viec=them-nguoi&buoc=tham-tra&so-nguoi=60000";
            let forged = house.post("/du-bao/thu", &head, &[("da-them", forged)]).await;
            assert_eq!(forged.status, 422);
            let many = [("da-them", carried.as_str()); 6];
            let many = [&many[..], &officers[..], &[("them", "1")]].concat();
            let many = house.post("/du-bao/thu", &head, &many).await;
            assert!(many.text().contains("tối đa 6 thay đổi"));
        });
    }
);

store_test!(
    fn the_next_run_of_a_day_reads_only_what_is_new_and_learns_the_same(store: Store) {
        let house = open(&store);
        weeks(&house, 12);
        while work(&house) {}
        let grounds = || {
            let desk = house.desk.clone();
            std::thread::spawn(move || outlook::testing::grounds(&desk)).join().unwrap().unwrap()
        };
        more(&house);
        let (on, anew, read) = grounds();
        assert!(on == anew, "what is read on and what is read anew teach the same");
        assert!((1..40).contains(&read), "a few events of some hundreds: {read}");
        // Another day begins anew, so that what is too old is let go of.
        house.at("2026-12-01T02:00:00Z");
        let (on, anew, _) = grounds();
        assert!(on == anew);
    }
);

store_test!(
    fn what_is_overdue_is_published_for_others_to_draw(store: Store) {
        let house = open(&store);
        weeks(&house, 24);
        // Three days on, an hour before the evening, nobody has touched them.
        house.at("2026-10-26T08:55:00Z");
        while work(&house) {}
        let (desk, now) = (house.desk.clone(), house.desk.now());
        let read = house.desk.front.store.read(move |tx| {
            let of = "timeliness.running_late";
            desk::foreseen(tx, &desk.front.tenant, of, &indicators::Scope::all(), now)
        });
        let read: desk::Result<_> = std::thread::spawn(|| read.wait()).join().unwrap();
        let foreseen = read.unwrap().unwrap();
        assert_eq!((foreseen.from, foreseen.days.len()), (now, 14));
        assert!(foreseen.pos > 0);
        assert!(foreseen.days.iter().all(|day| day.low <= day.median && day.median <= day.high));
        assert!(foreseen.days[0].median > 0.0, "not all are done today: {:?}", foreseen.days);
        assert!(foreseen.days[13].median < foreseen.days[0].median, "they are done then");
    }
);
