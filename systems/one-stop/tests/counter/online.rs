//! Online filings wait to be taken on.

use crate::common::{MORNING, RECEIVER, run};
use axum::http::StatusCode;
use casework::Channel;
use desk::Paper;
use kernel::CaseCode;
use one_stop::{
    commands::CounterFiling,
    testing::{self, House},
};
use store::store_test;

/// An online filing: by casework itself, since citizens file elsewhere.
async fn file_online(house: &House, whole: bool) -> CaseCode {
    let all = testing::birth("Triệu Thị Mẩy");
    let few = all.papers.iter().take(if whole { 3 } else { 1 });
    let papers = few.map(|paper| Paper { source: "online", ..paper.clone() }).collect();
    let filing = CounterFiling { channel: Channel::Online, papers, accept: false, ..all };
    house.file(&house.sign_in(RECEIVER), filing).await.code
}

store_test! {
    fn online_filings_are_taken_on_together_and_what_cannot_be_is_named(store: Store) {
        let house = House::open(&store, MORNING);
        let cookie = house.sign_in(RECEIVER);
        run(async {
            let good = [file_online(&house, true).await, file_online(&house, true).await];
            let bad = file_online(&house, false).await;
            let page = house.get("/truc-tuyen", &cookie).await.text();
            assert!(page.contains("3 hồ sơ chờ tiếp nhận"), "{page}");
            let ticked = [
                ("case", good[0].as_str()),
                ("case", good[1].as_str()),
                ("case", bad.as_str()),
                ("do", "nhan"),
            ];
            let report = house.post("/truc-tuyen", &cookie, &ticked).await;
            let text = report.text();
            assert!(text.contains("Đã tiếp nhận 2 hồ sơ. 1 hồ sơ chưa tiếp nhận được"), "{text}");
            assert!(text.contains(bad.as_str()) && text.contains("Giấy chứng sinh"), "and why");

            let path = format!("/truc-tuyen/{bad}/tu-choi");
            let reason = [("ly-do", "incomplete"), ("loi", "Thiếu Giấy chứng sinh.")];
            let declined = house.post(&path, &cookie, &reason).await;
            assert_eq!(declined.status, StatusCode::SEE_OTHER, "{}", declined.text());
            let page = house.get("/truc-tuyen", &cookie).await.text();
            assert!(page.contains("Không có hồ sơ nào chờ tiếp nhận"), "{page}");
        });
    }
}
