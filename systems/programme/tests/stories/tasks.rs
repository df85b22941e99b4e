//! A task is a case: in the hands of the head who answers, against a clock, until whoever gave it
//! takes the result.

use std::sync::Arc;

use axum::http::StatusCode;
use directory::succession;
use store::store_test;

use crate::town::{CHAIR, EXPERT, JUSTICE, Town, WARD, done, pdf};

const SAID: &str = "Đã rà đủ 22 ngày làm việc, không hồ sơ nào quá hạn.";

store_test!(
    fn a_task_goes_to_its_head_comes_back_once_and_is_taken(store: Store) {
        let town = Town::with_programme(&store);
        let task = town.task("NV-1");
        let case = task.case.clone().unwrap();
        // The head answers, not a deputy; until the term of the resolution.
        assert_eq!(case.holder.unwrap().0, town.post(WARD));
        assert_eq!(case.due, Some("2026-09-15T10:00:00Z".parse().unwrap()));
        let page = town.page_of("NV-1");
        let report = format!("{page}/bao-ket-qua");

        // Without evidence nothing is reported, and what was typed stays.
        let bare = town.post_form(&report, WARD, &[("loi-bao-ket-qua", SAID)]);
        assert_eq!(bare.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(
            bare.text().contains(SAID) && bare.text().contains("Kèm ít nhất một tệp minh chứng")
        );
        // Nobody else reports for the head.
        for other in [CHAIR, JUSTICE, EXPERT] {
            let denied =
                town.post_file(&report, other, &[("loi-bao-ket-qua", SAID)], ("a.pdf", &pdf()));
            assert_eq!(denied.status, StatusCode::FORBIDDEN, "{other}");
        }
        done(&town.post_file(&report, WARD, &[("loi-bao-ket-qua", SAID)], ("bao cao.pdf", &pdf())));
        assert_eq!(town.task("NV-1").case.unwrap().holder.unwrap().0, town.post(CHAIR));
        assert!(
            town.get("/nguoi-dung-dau", CHAIR).text().contains("Nghiệm thu"),
            "it waits for the chair"
        );

        let more = [("loi-lam-tiep", "Thiếu số liệu tháng tám, bổ sung rồi báo lại.")];
        done(&town.post_form(&format!("{page}/lam-tiep"), CHAIR, &more));
        assert_eq!(town.task("NV-1").case.unwrap().holder.unwrap().0, town.post(WARD));
        // The paper that is there counts for the second report, too.
        done(&town.post_form(&report, WARD, &[("loi-bao-ket-qua", SAID)]));
        done(&town.post_form(&format!("{page}/dat"), CHAIR, &[]));
        let task = town.task("NV-1");
        assert!(task.is_done() && !task.is_late(town.now()));
        let shown = town.get(&page, WARD).text();
        assert!(shown.contains("bao cao.pdf") && shown.contains("Nghiệm thu: đạt"), "{shown}");
    }
);

store_test!(
    fn a_task_past_its_term_is_late_on_every_page_and_weighs_on_its_target(store: Store) {
        let town = Town::with_programme(&store);
        for name in ["Lý Thị Một", "Lý Thị Hai"] {
            town.finish_dossier(name);
        }
        town.house.at("2026-09-20T02:00:00Z");
        town.count();
        let target = town.get("/chuong-trinh/NQ-7/chi-tieu/CT-1", WARD).text();
        assert!(target.contains("1 nhiệm vụ phục vụ chỉ tiêu đang trễ"), "{target}");
        assert!(
            target.contains("judge likely"),
            "assured by the figures, one colour worse: {target}"
        );
        let page = town.get("/nguoi-dung-dau", WARD).text();
        assert!(page.contains("Nhiệm vụ đang làm, 1; trễ 1"), "{page}");
        // The cube counts it as what it is: a task, and no dossier.
        let figures = town.read(|tx, desk| {
            let month = desk.this_month();
            let codes = ["tasks.in_hand", "tasks.late", "timeliness.running_late"];
            let grid = desk.grid(tx, &codes, vec![indicators::Scope::all()], vec![month])?;
            Ok([0, 1, 2].map(|at| grid.value(0, 0, at).unwrap().parts().0))
        });
        assert_eq!(figures, [2, 1, 0]);
        // The chair sees it among what is late below.
        let chair = town.get("/nguoi-dung-dau", CHAIR).text();
        assert!(chair.contains("Trễ dưới quyền, 1 nhiệm vụ"), "{chair}");
        assert!(town.get("/chuong-trinh/NQ-7", CHAIR).text().contains("trễ 1"));
    }
);

const MERGER: &str = r#"
    name = "hai-phuong"
    effective = 2026-09-01
    basis = "Nghị quyết giả định"
    [[place_merge]]
    from = ["05455", "05443"]
    into = "05443"
    [[merge]]
    from = ["H55.63", "H55.62"]
    into = "H55.62"
"#;

store_test!(
    fn when_agencies_merge_the_task_goes_to_the_heir_with_its_term(store: Store) {
        let town = Town::open(&store);
        let text = crate::town::TEXT.replace("head = \"H55.04\"", "head = \"H55.63\"");
        town.set(&text);
        let stamp = town.stamp(CHAIR);
        town.write(move |tx, desk| {
            programme::commands::issue(tx, desk, &crate::town::code("NQ-7"), &stamp)
        })
        .unwrap();
        let before = town.task("NV-2").case.unwrap();
        town.house.at("2026-09-02T02:00:00Z");
        let front = &town.house.desk.front;
        let plan = succession::prepare(&front.store, &front.tenant, MERGER, &front.mint).unwrap();
        let mover: Arc<dyn succession::CaseMover> =
            Arc::new(one_stop::Mover::new(front.mint.clone()));
        succession::apply(&front.store, &front.tenant, &plan, &mover, town.now()).unwrap();
        front.directory.refresh().unwrap();

        let task = town.task("NV-2");
        let after = task.case.clone().unwrap();
        assert_eq!(
            (after.code.clone(), after.due),
            (before.code, before.due),
            "code and clock stay"
        );
        assert_eq!(after.holder.unwrap().0, town.post(WARD), "the heir's head has it in hand");
        // The page says that it was given to another, and who answers now.
        let page = town.get(&town.page_of("NV-2"), WARD);
        assert_eq!(page.status, StatusCode::OK, "{}", page.text());
        assert!(page.text().contains("chịu trách nhiệm.</"), "{}", page.text());
        assert!(page.text().contains("Chuyển sang cơ quan kế thừa"), "{}", page.text());
        // What the old seat promised stands on the page of the new one.
        let sheet = town.get("/nguoi-dung-dau", WARD).text();
        assert!(sheet.contains("Sửa hướng dẫn giấy tờ"), "{sheet}");
        // It can be finished there.
        let report = format!("{}/bao-ket-qua", town.page_of("NV-2"));
        done(&town.post_file(&report, WARD, &[("loi-bao-ket-qua", SAID)], ("a.pdf", &pdf())));
        assert_eq!(town.task("NV-2").case.unwrap().holder.unwrap().0, town.post(CHAIR));
    }
);
