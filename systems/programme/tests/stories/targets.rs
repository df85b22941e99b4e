//! Targets: figures that are computed, figures that are declared, and a head who says otherwise.

use axum::http::StatusCode;
use scorecards::Likelihood;
use store::{args, store_test};

use crate::town::{CHAIR, EXPERT, JUSTICE, Town, WARD, code, done, pdf};

const TARGET: &str = "/chuong-trinh/NQ-7/chi-tieu/CT-1";
const DECLARED: &str = "/chuong-trinh/NQ-7/chi-tieu/CT-2";
const REASON: &str = "Hai chuyên viên mới về từ tháng sau, số trễ sẽ giảm.";

store_test!(
    fn a_target_without_a_figure_says_why_and_is_not_judged(store: Store) {
        let town = Town::with_programme(&store);
        // Something was counted, but nothing was finished at the ward: nothing to divide by.
        let _ = town.receive_dossier("Lý Thị Chờ");
        town.count();
        let page = town.get(TARGET, WARD);
        assert_eq!(page.status, StatusCode::OK, "{}", page.text());
        let page = page.text();
        assert!(page.contains("chưa có gì để tính"), "{page}");
        assert!(page.contains("Chưa nhận định được"), "{page}");
        // The chart has the plan alone, and says that there is nothing else.
        assert!(page.contains("chưa có số nào, kế hoạch"), "{page}");
        let sheet = town.get("/nguoi-dung-dau", WARD).text();
        assert!(sheet.contains("Chưa nhận định được") && !sheet.contains("NaN"), "{sheet}");
    }
);

store_test!(
    fn a_target_on_an_indicator_has_no_figure_that_anybody_typed(store: Store) {
        let town = Town::with_programme(&store);
        town.finish_dossier("Lý Thị Một");
        town.count();
        let page = town.get(TARGET, WARD).text();
        assert!(page.contains("100%") || page.contains("100,0%"), "{page}");
        assert!(page.contains("/chi-tieu/timeliness.finished_on_time?cua="));
        // Nothing can be declared of it.
        let sent = town.post_file(
            &format!("{TARGET}/so-lieu"),
            WARD,
            &[("thang", "2026-08"), ("gia_tri", "100")],
            ("a.pdf", &pdf()),
        );
        done(&sent);
        let declared = town.read(|tx, desk| {
            let tenant = &desk.front.tenant;
            let target = programme::queries::target(tx, tenant, &code("NQ-7"), &code("CT-1"))?;
            programme::queries::declared(tx, tenant, &target)
        });
        assert_eq!(declared, []);
    }
);

store_test!(
    fn what_is_declared_is_of_grade_c_until_a_second_person_checks_it(store: Store) {
        let town = Town::with_programme(&store);
        let declare = format!("{DECLARED}/so-lieu");
        let fields = [("thang", "2026-08"), ("gia_tri", "2")];
        let bare = town.post_form(&declare, WARD, &fields);
        done(&bare);
        assert!(!town.get(DECLARED, WARD).text().contains("grade b"));
        done(&town.post_file(&declare, WARD, &fields, ("danh sach.pdf", &pdf())));
        let page = town.get(DECLARED, WARD).text();
        assert!(page.contains("grade c") && page.contains("danh sach.pdf"), "{page}");
        // The one who declared does not check; whoever leads nothing here does not either.
        let check = format!("{DECLARED}/kiem");
        let which = [("thang", "2026-08"), ("so", "1")];
        let own = town.post_form(&check, WARD, &which);
        done(&own);
        assert!(!town.get(DECLARED, WARD).text().contains("grade b"));
        assert_eq!(town.post_form(&check, EXPERT, &which).status, StatusCode::FORBIDDEN);
        assert_eq!(town.post_form(&check, JUSTICE, &which).status, StatusCode::FORBIDDEN);
        done(&town.post_form(&check, CHAIR, &which));
        assert!(town.get(DECLARED, WARD).text().contains("grade b"));
        // Declared anew it is of grade C again, and the earlier figure stays in sight.
        done(&town.post_file(
            &declare,
            WARD,
            &[("thang", "2026-08"), ("gia_tri", "3")],
            ("b.pdf", &pdf()),
        ));
        let page = town.get(DECLARED, WARD).text();
        assert!(page.contains("(đã khai lại)") && page.contains("grade c"), "{page}");
    }
);

store_test!(
    fn only_a_head_says_otherwise_and_both_judgements_stay_in_sight(store: Store) {
        let town = Town::with_programme(&store);
        town.finish_dossier("Lý Thị Một");
        town.count();
        let path = format!("{TARGET}/nhan-dinh");
        let say = |who: &str, reason: &str, signed: &str| {
            let fields =
                [("do", "noi"), ("nhan_dinh", "doubtful"), ("ly_do", reason), ("ky", signed)];
            town.post_form(&path, who, &fields).status
        };
        for other in [EXPERT, JUSTICE, "phuong-phan-dinh-phung/tran-thu-ha"] {
            assert_eq!(say(other, REASON, "1"), StatusCode::FORBIDDEN, "{other}");
        }
        // Without a reason or a signature nothing is said.
        for (reason, signed) in [("Vì thế", "1"), (REASON, "")] {
            assert_eq!(say(WARD, reason, signed), StatusCode::SEE_OTHER);
            assert!(!town.get(TARGET, WARD).text().contains("Người đứng đầu nhận định:"));
        }
        assert_eq!(say(WARD, REASON, "1"), StatusCode::SEE_OTHER);
        let page = town.get(TARGET, WARD).text();
        assert!(
            page.contains(REASON)
                && page.contains("judge doubtful")
                && page.contains("judge assured"),
            "{page}"
        );
        let sheet = town.get("/nguoi-dung-dau", WARD).text();
        assert!(sheet.contains("Khó đạt") && sheet.contains("(máy tính: Chắc đạt)"), "{sheet}");
        // Who and why stand in the journal.
        let kind = "programme.overruled";
        let (actor, data): (String, String) = town.read(move |tx, desk| {
            let sql = "select actor, data from event where tenant = $1 and kind = $2";
            Ok(tx.one(sql, args!(&desk.front.tenant, kind), |row| Ok((row.get(0)?, row.get(1)?)))?)
        });
        assert_eq!(actor, town.house.actor(WARD).to_string());
        assert!(data.contains(REASON) && data.contains("\"computed\":\"assured\""), "{data}");
        // Taken back, what was computed holds; what was said stays to be read.
        done(&town.post_form(&path, CHAIR, &[("do", "thoi")]));
        let page = town.get(TARGET, WARD).text();
        assert!(page.contains("Trước đây:") && page.contains(REASON), "{page}");
        let target = town.target("CT-1");
        let standing = town.read(move |tx, desk| {
            programme::measures::standings(
                tx,
                desk,
                vec![target.clone()],
                &[],
                programme::measures::Window::Whole,
            )
        });
        assert_eq!(standing[0].likelihood(), Some(Likelihood::Assured));
    }
);
