//! With so much work, what lifts the score most: exact, kept, handed on.

use scorecards::Number;
use store::store_test;

use crate::{CHAIR, EXPERT, HEAD, open, read_aloud, run};
use desk::testing::House;

fn demo(house: &House) {
    let desk = house.desk.clone();
    std::thread::spawn(move || scoring::demo(&desk)).join().unwrap().unwrap();
}

store_test!(
    fn the_best_plan_for_an_effort_is_kept_and_handed_on(store: Store) {
        let house = open(&store);
        demo(&house);
        run(async {
            let chair = house.sign_in(CHAIR);
            let asked = "/cham-diem/dti-922/dot-pha?cua=H55&ky=2026&cong=300&muc-tieu=diem";
            let page = house.get(asked, &chair).await.text();
            assert!(page.contains("Nếu bỏ ra 300 ngày công"), "{page}");
            assert!(page.contains("việc nên làm trước") && page.contains("Việc rơi vào ai"));
            insta::assert_snapshot!("breakthrough", read_aloud(&page));
            let form = [("cua", "H55"), ("ky", "2026"), ("cong", "300"), ("muc-tieu", "diem")];
            let kept = house.post("/cham-diem/dti-922/dot-pha/luu", &chair, &form).await;
            assert_eq!(kept.status, 303);
            let shown = house.get(kept.location(), &chair).await.text();
            let file = shown.split('"').find(|part| part.ends_with("tep.toml")).unwrap().to_owned();
            let file = house.get(&file, &chair).await.text();
            insta::assert_snapshot!("plan", file);
            let plan: toml::Table = file.parse().unwrap();
            assert!(plan["effort_days"].as_integer().unwrap() <= 300);
            let number = |key: &str| plan[key].as_str().unwrap().parse::<Number>().unwrap();
            assert!(number("score_after") > number("score_before"));
            let tasks = plan["task"].as_array().unwrap();
            let days: i64 =
                tasks.iter().map(|task| task["effort_days"].as_integer().unwrap()).sum();
            assert_eq!(Some(days), plan["effort_days"].as_integer());
            assert!(tasks.iter().all(|task| !task["owner"].as_str().unwrap().is_empty()));

            let programme =
                kept.location().split('?').next().unwrap().to_owned() + "/chuong-trinh.toml";
            let programme = house.get(&programme, &chair).await.text();
            let programme: toml::Table = programme.parse().unwrap();
            assert_eq!(programme["task"].as_array().unwrap().len(), tasks.len());
            assert_eq!(programme["from"].as_str(), Some("2026-11"));

            let figures = "/cham-diem/dti-922/tep/dti-922.json?cua=H55&ky=2026";
            insta::assert_snapshot!("figures", house.get(figures, &chair).await.text());

            // More work never gains less, and no work gains nothing.
            let nothing =
                house.get("/cham-diem/dti-922/dot-pha?cua=H55&ky=2026&cong=0", &chair).await;
            assert!(nothing.text().contains("không việc nào thêm được điểm"));
        });
    }
);

store_test!(
    fn what_is_written_down_costs_what_is_said_and_can_be_struck(store: Store) {
        let house = open(&store);
        demo(&house);
        run(async {
            let chair = house.sign_in(CHAIR);
            let of = [("cua", "H55"), ("ky", "2026"), ("cong", "10"), ("muc-tieu", "diem")];
            let action = |by: &'static str, days: &'static str| {
                let new = [
                    ("viec", "Ký quy chế dữ liệu"),
                    ("dau-vao", "the_che_so"),
                    ("them", by),
                    ("ngay-cong", days),
                ];
                [&of[..], &new[..]].concat()
            };
            let add = "/cham-diem/dti-922/dot-pha/viec";
            let wrong = house.post(add, &chair, &action("nhiều", "0")).await;
            assert_eq!(wrong.status, 422);
            assert!(wrong.text().contains("Ký quy chế dữ liệu"), "what was typed comes back");
            assert_eq!(house.post(add, &chair, &action("0,02", "5")).await.status, 303);
            let asked = "/cham-diem/dti-922/dot-pha?cua=H55&ky=2026&cong=10";
            let page = house.get(asked, &chair).await.text();
            // 0.02 of a hundred points of a thousand.
            assert!(page.contains("Ký quy chế dữ liệu") && page.contains("+0,0020"), "{page}");
            let item = page
                .split("<li>")
                .find(|item| item.contains("<b>Ký quy chế dữ liệu</b>") && item.contains("/bo\""));
            let drop =
                item.unwrap().split('"').find(|part| part.ends_with("/bo")).unwrap().to_owned();
            assert_eq!(house.post(&drop, &chair, &of).await.status, 303);
            let page = house.get(asked, &chair).await.text();
            assert!(!page.contains("Ký quy chế dữ liệu"), "{page}");

            // Who only reads figures does not direct; who reads none does not see.
            let head = house.sign_in(HEAD);
            assert_eq!(house.get(asked, &head).await.status, 200);
            assert_eq!(house.post(add, &head, &action("0,02", "5")).await.status, 403);
            let clerk = house.sign_in(EXPERT);
            assert_eq!(house.get(asked, &clerk).await.status, 403);
        });
    }
);

store_test!(
    fn equal_scores_share_a_place(store: Store) {
        let house = open(&store);
        demo(&house);
        run(async {
            let chair = house.sign_in(CHAIR);
            let page = house.get("/cham-diem/agency-9/xep-hang?ky=2026", &chair).await.text();
            assert!(
                page.contains("Văn phòng") && page.contains("Bằng điểm thì cùng hạng"),
                "{page}"
            );
            // Who has no figures has no place.
            assert!(page.contains("chưa đủ số") && page.contains("mới biết 0 trên"), "{page}");
            let page = house.get("/cham-diem/766/xep-hang", &chair).await.text();
            assert!(page.contains("Quảng Trị") && page.contains("86,56"), "{page}");
            // Our own published score is no competitor of what we have now.
            let said = read_aloud(&page);
            assert!(said.contains("Lần công bố trước: 86,97 (29/08/2025"), "{said}");
            assert!(!said.lines().any(|line| line == "Thái Nguyên"), "{said}");
            assert!(said.contains("Thứ hạng trong 5 tỉnh đã biết điểm"), "{said}");
            let asked = "/cham-diem/766/dot-pha?cua=H55&ky=2026-q4&cong=300&muc-tieu=hang";
            let found = read_aloud(&house.get(asked, &chair).await.text());
            assert!(found.contains("trong 5 tỉnh đã biết điểm"), "{found}");

            for (rows, day, fault) in [
                ("Lào Cai; 85,20", "mai", "Ngày"),
                ("Lào Cai; 85,20", "01/12/2026", "không thể sau hôm nay"),
                ("Lào Cai; 186", "01/11/2026", "Dòng 1: điểm phải từ 0 đến 100"),
                ("Sơn La; 80\nLào Cai; -2", "01/11/2026", "Dòng 2: điểm phải từ 0 đến 100"),
            ] {
                let form = [("dong", rows), ("nguon", "Báo Nhân Dân"), ("luc", day)];
                let wrong = house.post("/cham-diem/766/xep-hang/cong-bo", &chair, &form).await;
                assert_eq!(wrong.status, 422, "{rows} {day}");
                let text = wrong.text();
                assert!(text.contains(fault), "{fault}: {text}");
                assert!(text.contains("Báo Nhân Dân") && text.contains(rows), "it is kept: {text}");
                assert!(text.contains(&format!("value=\"{day}\"")), "it is kept: {text}");
            }
            let rows = "Lào Cai; 85,20\nSơn La 1";
            let form = [("dong", rows), ("nguon", "Báo"), ("luc", "01/11/2026")];
            let wrong = house.post("/cham-diem/766/xep-hang/cong-bo", &chair, &form).await;
            assert_eq!(wrong.status, 422);
            assert!(wrong.text().contains("Dòng 2"));
            let form = [("dong", "Lào Cai; 85,20"), ("nguon", "Báo"), ("luc", "01/11/2026")];
            let told = house.post("/cham-diem/766/xep-hang/cong-bo", &chair, &form).await;
            assert_eq!(told.status, 303);
            assert!(house.get("/cham-diem/766/xep-hang", &chair).await.text().contains("Lào Cai"));
        });
    }
);

store_test!(
    fn what_cannot_be_meant_is_said_beside_its_field_and_kept(store: Store) {
        let house = open(&store);
        demo(&house);
        run(async {
            let chair = house.sign_in(CHAIR);
            let asked = "/cham-diem/dti-922/dot-pha?cua=H55&ky=2026&muc-tieu=diem&cong=";
            for (sent, typed) in [("nhi%E1%BB%81u", "nhiều"), ("-5", "-5"), ("1000000", "1000000")]
            {
                let wrong = house.get(&format!("{asked}{sent}"), &chair).await;
                assert_eq!(wrong.status, 422, "{typed}");
                let text = wrong.text();
                assert!(text.contains("số nguyên từ 0 đến 100.000, ví dụ 300"), "{text}");
                assert!(text.contains(&format!("value=\"{typed}\"")), "it is kept: {text}");
            }
            assert_eq!(house.get(&format!("{asked}1.200"), &chair).await.status, 200);

            let form = [("cua", "H55"), ("ky", "2026-q4"), ("cong", "300"), ("muc-1.3", "abc")];
            let wrong = house.post("/cham-diem/766/dot-pha/nang-suat", &chair, &form).await;
            assert_eq!(wrong.status, 422);
            let text = wrong.text();
            assert!(
                text.contains("Ghi một số lớn hơn 0") && text.contains("value=\"abc\""),
                "{text}"
            );
        });
    }
);
