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

const CHANGE: &str = "/chuong-trinh/NQ-7/nhiem-vu/NV-1/sua";

/// The fields of the task as they are, with some of them changed.
fn changed<'f>(ward: &'f str, changes: &[(&'f str, &'f str)]) -> Vec<(&'f str, &'f str)> {
    let mut fields = vec![
        ("goal", "1"),
        ("target", "CT-1"),
        ("name", "Rà hồ sơ đến hạn mỗi chiều"),
        ("head", ward),
        ("supporters", "H55.04"),
        ("budget", "5000000"),
        ("term", "2026-09-15"),
    ];
    for change in changes {
        fields.retain(|(name, _)| *name != change.0);
        fields.push(*change);
    }
    fields
}

store_test!(
    fn a_task_that_was_given_is_changed_with_a_reason_in_sight(store: Store) {
        let town = Town::with_programme(&store);
        let ward = town.ward();
        let why = ("reason", "Bão số 3 làm mất điện một tuần");
        let form = town.get(CHANGE, CHAIR).text();
        assert!(
            form.contains("Rà hồ sơ đến hạn mỗi chiều") && form.contains("Lý do sửa"),
            "{form}"
        );
        // Only who directs the programme, and never without a reason.
        assert_eq!(town.get(CHANGE, WARD).status, StatusCode::FORBIDDEN);
        let silent = town.post_form(CHANGE, CHAIR, &changed(&ward, &[("term", "2026-09-30")]));
        assert_eq!(silent.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(silent.text().contains("2026-09-30"), "what was typed stays");

        // A later term is the term of its clock; the page says from when to when, and why.
        let later =
            changed(&ward, &[("term", "2026-09-30"), ("supporters", "H55.04; H55.09"), why]);
        done(&town.post_form(CHANGE, CHAIR, &later));
        let task = town.task("NV-1");
        let term = "2026-09-30T10:00:00Z".parse().unwrap();
        assert_eq!((task.term, task.case.unwrap().due), (term, Some(term)));
        let page = town.get(&town.page_of("NV-1"), WARD).text();
        assert!(page.contains("15/09/2026 → 30/09/2026") && page.contains(why.1), "{page}");
        assert!(page.contains("Lùi hạn"), "{page}");
        // Never an earlier one: what was promised is not taken away.
        let earlier =
            town.post_form(CHANGE, CHAIR, &changed(&ward, &[("term", "2026-09-20"), why]));
        assert_eq!(earlier.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(town.task("NV-1").term, term, "nothing was written");

        // Given to another head, it is in that head's hands, with the clock as it was.
        let other = [("term", "2026-09-30"), ("head", "H55.04"), ("name", "Rà hồ sơ"), why];
        done(&town.post_form(CHANGE, CHAIR, &changed(&ward, &other)));
        let task = town.task("NV-1");
        let case = task.case.clone().unwrap();
        assert_eq!((task.head, case.holder.unwrap().0), (town.post(JUSTICE), town.post(JUSTICE)));
        assert_eq!((task.name.as_str(), case.due), ("Rà hồ sơ", Some(term)));
        let page = town.get(&town.page_of("NV-1"), JUSTICE).text();
        assert!(page.contains("Giao người đứng đầu khác"), "{page}");
        let kinds = town.read(|tx, desk| {
            let subject =
                journal::subject(&programme::commands::subject(&crate::town::code("NQ-7")));
            let told = journal::read_case(tx, &desk.front.tenant, subject)?;
            Ok(told.iter().filter(|one| one.kind.as_str() == "programme.task_changed").count())
        });
        assert_eq!(kinds, 2);
    }
);

store_test!(
    fn what_is_asked_of_the_head_goes_to_a_deputy_only_where_nobody_sits_there(store: Store) {
        let town = Town::open(&store);
        town.set(crate::town::TEXT);
        // The ward has two deputies; the task goes to its head all the same.
        let (chair, head) = (town.stamp(CHAIR), town.post(WARD));
        let issue = move |tx: &mut store::Tx<'_>, desk: &desk::Desk| {
            programme::commands::issue(tx, desk, &crate::town::code("NQ-7"), &chair)
        };
        town.write(issue).unwrap();
        assert_eq!(town.task("NV-1").case.unwrap().holder.unwrap().0, head);

        // The seat falls empty: what comes now, a deputy does.
        let now = town.now();
        town.write(move |tx, desk| {
            let left = directory::edit(tx, &desk.front.tenant, |edit| edit.end_holding(head, now));
            left.map(|_| ()).map_err(|error| desk::Error::from(error).into())
        })
        .unwrap();
        town.house.desk.front.directory.refresh().unwrap();
        let moment = town.house.desk.moment();
        let procedure = "9.920001".parse().unwrap();
        let procedure = moment.shelf.newest(&procedure).unwrap();
        let agency = moment.directory.post(head).unwrap().agency;
        let role = procedure.workflow.steps()[0].role.clone();
        let seat = casework::World::route(&moment, agency, &role, procedure, 0, now).unwrap();
        let seat = moment.directory.post(seat).unwrap();
        assert!(!seat.head && seat.role.as_str() == "deputy-head", "{}", seat.title);
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
