//! The demonstration leaves no page empty, and says that it is invented.

use axum::http::StatusCode;
use programme::{demo, measures, queries};
use store::store_test;

use crate::town::{CHAIR, Town, WARD, code};

store_test!(
    fn the_demonstration_has_tasks_in_every_state_and_is_set_once(store: Store) {
        let town = Town::open(&store);
        town.finish_dossier("Lý Thị Một");
        demo(&town.house.desk).unwrap();
        demo(&town.house.desk).unwrap();
        town.count();
        let now = town.now();
        let tasks =
            town.read(|tx, desk| queries::tasks_of(tx, &desk.front.tenant, &code("NQ-CDS")));
        assert!(tasks.len() >= 15);
        let late = tasks.iter().filter(|task| task.is_late(now)).count();
        let finished = tasks.iter().filter(|task| task.is_done()).count();
        assert!(late >= 3 && finished >= 5, "{late} late, {finished} done");
        let said = town.read(|tx, desk| {
            let targets = queries::targets_of(tx, &desk.front.tenant, &code("NQ-CDS"))?;
            assert!(targets.len() >= 10);
            measures::standings(tx, desk, targets, &[], measures::Window::Recent)
        });
        assert_eq!(said.iter().filter(|one| one.said.is_some()).count(), 1);
        let page = town.get("/chuong-trinh/NQ-CDS", CHAIR);
        assert_eq!(page.status, StatusCode::OK, "{}", page.text());
        assert!(
            page.text().contains("hư cấu") && page.text().contains("Giao ban"),
            "{}",
            page.text()
        );
        for path in
            ["/chuong-trinh", "/nhiem-vu", "/nguoi-dung-dau", "/chuong-trinh/NQ-CDS/chi-tieu/CT-14"]
        {
            assert_eq!(town.get(path, WARD).status, StatusCode::OK, "{path}");
        }
        let sheet = town.get("/nguoi-dung-dau", CHAIR).text();
        assert!(sheet.contains("Nghiệm thu"), "reported tasks wait for the chair: {sheet}");
        let letter = format!("/nguoi-dung-dau/{}/thu.pdf", town.post(CHAIR));
        assert_eq!(town.get(&letter, CHAIR).status, StatusCode::OK);
    }
);
