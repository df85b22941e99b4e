//! From the journal to the page.

use store::store_test;

use crate::{CHAIR, EXPERT, HEAD, open, run, seal, weeks, work};

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
            assert!(!page.contains("Cả tỉnh"), "the head of a ward sees the ward");

            let code = directory.agency(ward).unwrap().code.to_string();
            let nothing =
                [("cua", code.as_str()), ("viec", "them-nguoi"), ("buoc", ""), ("so", "x")];
            let nothing = house.post("/du-bao/thu", &head, &nothing).await;
            assert_eq!(nothing.status, 422);
            let what =
                [("cua", code.as_str()), ("viec", "them-nguoi"), ("buoc", "tham-tra"), ("so", "2")];
            let asked = house.post("/du-bao/thu", &head, &what).await;
            assert_eq!(asked.status, 303);
            let to = asked.location().to_owned();
            assert!(house.get(&to, &head).await.headers.contains_key("refresh"));
            while work(&house) {}
            let page = house.get(&to, &head).await.text();
            assert!(page.contains("hồ sơ quá hạn") && page.contains("So sánh"), "{page}");
            assert!(page.contains("Ít hơn"), "two more officers help: {page}");
            // The same question is answered by the same run.
            assert_eq!(house.post("/du-bao/thu", &head, &what).await.location(), to);

            let drawn = house.post("/du-bao/phuong-an", &head, &[("cua", code.as_str())]).await;
            let to = drawn.location().to_owned();
            while work(&house) {}
            let page = house.get(&to, &head).await.text();
            assert!(page.contains("đưa tỷ lệ đúng hạn từ"), "{page}");
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
                let what = [("viec", "them-ho-so"), ("so", day.as_str())];
                assert_eq!(house.post("/du-bao/thu", &head, &what).await.status, 303, "{n}");
            }
            let more =
                house.post("/du-bao/thu", &head, &[("viec", "them-ho-so"), ("so", "7")]).await;
            assert_eq!(more.status, 429);
            assert!(more.text().contains("12 lần"));
        });
    }
);
