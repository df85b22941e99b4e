//! The line on which figures move.

use std::time::Duration;

use axum::{Router, body::Body};
use http_body_util::BodyExt;
use indicators::Scope;
use operations::live::{LISTENERS_MAX, Live};
use store::store_test;
use tower::ServiceExt;
use web::Lang;

use super::office::{CHAIR, Town, run};

store_test!(
    fn what_is_counted_reaches_whoever_listens_and_nothing_else_is_sent(store: Store) {
        let town = Town::open(&store);
        let house = &town.house;
        town.late(1);
        run(async {
            let live = Live::new(house.desk.clone());
            let mut line = live.listen(&Scope::all()).unwrap();
            let first = tokio::time::timeout(Duration::from_secs(30), line.news.recv());
            let first = first.await.unwrap().unwrap();
            assert!(first.changed.len() > 5, "first everything: {:?}", first.changed);
            let tile = |beat: &operations::live::Beat| beat.all.of(Lang::Vi)["o-nhan"].clone();
            assert!(tile(&first).contains(">1<"), "{}", tile(&first));

            let _ = town.receive("Nông Thị Mới");
            town.count();
            let next = tokio::time::timeout(Duration::from_secs(30), line.news.recv());
            let next = next.await.unwrap().unwrap();
            assert!(next.pos > first.pos && tile(&next).contains(">2<"), "{}", tile(&next));
            assert!(next.changed.iter().any(|name| name == "o-nhan"));
            assert!(!next.changed.iter().any(|name| name == "ranking"), "{:?}", next.changed);
            drop(line);
        });
    }
);

store_test!(
    fn listeners_are_bounded_and_a_place_is_given_back(store: Store) {
        let town = Town::open(&store);
        run(async {
            let live = Live::new(town.house.desk.clone());
            let mut lines: Vec<_> =
                (0..LISTENERS_MAX).map(|_| live.listen(&Scope::all()).unwrap()).collect();
            assert!(live.listen(&Scope::all()).is_none());
            lines.pop();
            assert!(live.listen(&Scope::all()).is_some());
            assert_eq!(live.scopes(), 1);
        });
    }
);

store_test!(
    fn the_address_answers_with_events_and_whoever_has_the_newest_waits(store: Store) {
        let town = Town::open(&store);
        let house = &town.house;
        town.late(1);
        run(async {
            let head = house.sign_in(CHAIR);
            let router = operations::router(house.desk.clone());
            let mut body = stream(&router, &head, None).await;
            let first = read(&mut body).await;
            assert!(first.contains("event: parts") && first.contains("id: "), "{first}");
            let id = first.lines().find_map(|line| line.strip_prefix("id: ")).unwrap().to_owned();
            let data = first.lines().find_map(|line| line.strip_prefix("data: ")).unwrap();
            let data: serde_json::Value = serde_json::from_str(data).unwrap();
            assert!(data["parts"]["o-qua-han"].as_str().unwrap().contains("Đang quá hạn"));
            assert!(data["said"].as_str().unwrap().starts_with("Đến"));

            let mut again = stream(&router, &head, Some(&id)).await;
            let _ = town.receive("Nông Thị Mới");
            town.count();
            let next = read(&mut again).await;
            assert!(
                !next.contains(&format!("id: {id}\n")),
                "what is known is not sent again: {next}"
            );
        });
    }
);

store_test!(
    fn coming_again_keeps_the_session_of_a_screen_that_nobody_touches(store: Store) {
        let town = Town::open(&store);
        let house = &town.house;
        run(async {
            let head = house.sign_in(CHAIR);
            let router = operations::router(house.desk.clone());
            for time in ["02:25", "02:45", "03:05"] {
                house.at(&format!("2026-11-23T{time}:00Z"));
                drop(stream(&router, &head, None).await);
            }
            house.at("2026-11-23T03:30:00Z");
            assert_eq!(house.get("/dieu-hanh", &head).await.status, 200);
            house.at("2026-11-23T04:01:00Z");
            assert_eq!(house.get("/dieu-hanh", &head).await.status, 303, "idle for too long");
        });
    }
);

async fn stream(router: &Router, cookie: &str, last: Option<&str>) -> Body {
    let mut request = axum::http::Request::get("/dieu-hanh/dong").header("cookie", cookie);
    if let Some(last) = last {
        request = request.header("last-event-id", last);
    }
    let answer = router.clone().oneshot(request.body(Body::empty()).unwrap()).await.unwrap();
    assert_eq!(answer.headers()["content-type"], "text/event-stream");
    answer.into_body()
}

async fn read(body: &mut Body) -> String {
    let mut text = String::new();
    while !text.contains("\n\n") {
        let frame = tokio::time::timeout(Duration::from_secs(30), body.frame()).await;
        let frame = frame.unwrap().unwrap().unwrap();
        text.push_str(&String::from_utf8_lossy(frame.data_ref().unwrap()));
    }
    text
}
