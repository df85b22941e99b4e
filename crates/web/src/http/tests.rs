//! What a browser and a program meet at the door.

use std::sync::Arc;

use axum::{
    Router,
    body::{Body, to_bytes},
    http::{Request, StatusCode},
    response::Response,
    routing::{get, post},
};
use kernel::{FixedClock, Mint};
use tower::ServiceExt;

use super::*;
use crate::{components::flash::Flash, page::PlaceName};

fn house() -> Router {
    let rooms = Router::new()
        .route(
            "/ok",
            get(|| async {
                maud::html! { p { "ok" } }
            }),
        )
        .route("/panic", get(|| async { panic!("a fault of the program") as StatusCode }))
        .route("/form", post(|body: String| async move { body.len().to_string() }))
        .route("/taken", get(|| async { Problem::conflict().with("version", 7) }))
        .route("/busy", get(|| async { Problem::of_store(&store::Error::Busy) }))
        .route("/away", get(|| async { Problem::of_store(&store::Error::Away("gone".into())) }))
        .route("/own", get(|| async { Problem::not_found().title("Không có hồ sơ này") }))
        .route("/done", post(|| async { flash::see_other_with("/ok", Flash::done("Đã xong")) }));
    let texts = Arc::new(Texts::new(&crate::TEXTS).unwrap());
    let place =
        PlaceName { name: "Tỉnh Thái Nguyên".into(), home: "/".into(), ..PlaceName::default() };
    let clock = FixedClock::at(kernel::from_micros(0));
    let mut settings = Hall::new(texts, place, Arc::new(Mint::seeded(1)), Arc::new(clock));
    settings.form_bytes_max = 100;
    settings.upload_bytes_max = 1000;
    hall(rooms, settings)
}

async fn ask(request: axum::http::request::Builder, body: &'static str) -> (Response, String) {
    let response = house().oneshot(request.body(Body::from(body)).unwrap()).await.unwrap();
    let (parts, body) = response.into_parts();
    let text = String::from_utf8(to_bytes(body, 1 << 20).await.unwrap().to_vec()).unwrap();
    (Response::from_parts(parts, Body::empty()), text)
}

fn browser(path: &str) -> axum::http::request::Builder {
    Request::get(path).header("accept", "text/html,*/*").header("host", "tinhso.example")
}

fn program(path: &str) -> axum::http::request::Builder {
    Request::get(path).header("accept", "application/json")
}

#[tokio::test]
async fn every_answer_says_what_a_browser_may_do_with_it() {
    let (answer, _) = ask(browser("/ok"), "").await;
    let headers = answer.headers();
    assert!(
        headers["content-security-policy"].to_str().unwrap().starts_with("default-src 'self';")
    );
    assert_eq!(headers["x-content-type-options"], "nosniff");
    assert_eq!(headers["cache-control"], "no-store");
    assert_eq!(headers["x-request-id"].len(), 14);
    let (font, _) = ask(browser("/assets/mark.000000000000.svg"), "").await;
    assert_eq!(font.headers()["cache-control"], "no-cache", "an asset speaks for itself");
}

#[tokio::test]
async fn a_missing_page_is_a_page_for_people_and_a_problem_for_programs() {
    let (answer, text) = ask(browser("/nowhere"), "").await;
    assert_eq!(answer.status(), StatusCode::NOT_FOUND);
    assert!(text.contains("<h1>") && text.contains("Không có trang này"));
    let (_, text) = ask(browser("/nowhere").header("cookie", "lang=en"), "").await;
    assert!(text.contains("There is no such page"));
    let (answer, text) = ask(program("/nowhere"), "").await;
    assert_eq!(answer.headers()["content-type"], PROBLEM_JSON);
    let problem: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert_eq!(problem["type"], "/problems/not-found");
    assert_eq!(problem["status"], 404);
    assert_eq!(problem["title"], "Không có trang này");
}

#[tokio::test]
async fn a_handlers_own_words_and_members_are_kept() {
    let (answer, text) = ask(program("/taken"), "").await;
    assert_eq!(answer.status(), StatusCode::CONFLICT);
    let problem: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert_eq!(
        (&problem["version"], &problem["title"]),
        (&7.into(), &"Vừa có người sửa trước".into())
    );
    let (_, text) = ask(browser("/own"), "").await;
    assert!(text.contains("Không có hồ sơ này") && !text.contains("Không có trang này"));
}

#[tokio::test]
async fn a_panic_is_a_designed_page_that_names_the_request() {
    let (answer, text) = ask(browser("/panic"), "").await;
    assert_eq!(answer.status(), StatusCode::INTERNAL_SERVER_ERROR);
    assert!(text.contains("Máy chủ gặp sự cố"));
    assert!(text.contains(answer.headers()["x-request-id"].to_str().unwrap()));
    assert!(!text.contains("a fault of the program"));
}

#[tokio::test]
async fn a_form_from_another_site_is_turned_away() {
    let form =
        || Request::post("/form").header("host", "tinhso.example").header("accept", "text/html");
    let (answer, text) = ask(form().header("sec-fetch-site", "cross-site"), "a=1").await;
    assert_eq!(answer.status(), StatusCode::FORBIDDEN);
    assert!(text.contains("Biểu mẫu này đến từ một trang khác"));
    let (answer, _) = ask(form().header("origin", "https://evil.example"), "a=1").await;
    assert_eq!(answer.status(), StatusCode::FORBIDDEN);
    let (answer, _) = ask(form().header("sec-fetch-site", "same-origin"), "a=1").await;
    assert_eq!(answer.status(), StatusCode::OK);
    let (answer, _) = ask(form().header("origin", "https://tinhso.example"), "a=1").await;
    assert_eq!(answer.status(), StatusCode::OK);
}

#[tokio::test]
async fn what_is_too_large_is_said_to_be() {
    static LARGE: [u8; 500] = [b'a'; 500];
    let large = std::str::from_utf8(&LARGE).unwrap();
    let form = Request::post("/form").header("accept", "text/html");
    let (answer, text) = ask(form, large).await;
    assert_eq!(answer.status(), StatusCode::PAYLOAD_TOO_LARGE);
    assert!(text.contains("Gửi nhiều quá một lần"));
}

#[tokio::test]
async fn the_language_is_what_the_reader_chose_and_the_switch_stays_in_the_house() {
    let (answer, _) = ask(browser("/lang/en?back=%2Fcases%3Fq%3Da"), "").await;
    assert_eq!(answer.headers()["location"], "/cases?q=a");
    assert!(answer.headers()["set-cookie"].to_str().unwrap().starts_with("lang=en;"));
    let (answer, _) = ask(browser("/lang/en?back=%2F%2Fevil.example"), "").await;
    assert_eq!(answer.headers()["location"], "/");
    let chosen = browser("/nowhere").header("cookie", "lang=en").header("accept-language", "vi");
    assert!(ask(chosen, "").await.1.contains("There is no such page"));
    assert_eq!(lang::switch_href(crate::Lang::En, "/a?b=ă"), "/lang/en?back=/a%3Fb%3D%C4%83");
}

#[tokio::test]
async fn a_message_is_carried_to_the_next_page_and_no_further() {
    let (answer, _) = ask(Request::post("/done"), "").await;
    assert_eq!(answer.status(), StatusCode::SEE_OTHER);
    let cookie =
        answer.headers()["set-cookie"].to_str().unwrap().split(';').next().unwrap().to_owned();
    let request = browser("/ok").header("cookie", &cookie);
    let headers = request.headers_ref().unwrap().clone();
    assert_eq!(flash::of(&headers), Some(Flash::done("Đã xong")));
    let (answer, _) = ask(request, "").await;
    assert!(answer.headers()["set-cookie"].to_str().unwrap().starts_with("flash=; "));
    let (part, _) =
        ask(browser("/ok").header("cookie", &cookie).header("x-fragment", "1"), "").await;
    assert!(part.headers().get("set-cookie").is_none(), "a fragment is not the page that shows it");
}

#[tokio::test]
async fn no_path_leads_out_of_the_house() {
    for path in ["//evil.example", "/\\evil.example", "https://evil.example", "", "evil", "/a\r\nb"]
    {
        assert_eq!(local_path(path), "/", "{path:?}");
    }
    assert_eq!(local_path("/cases?q=a"), "/cases?q=a");
}

#[tokio::test]
async fn a_store_that_is_busy_or_away_is_no_fault_and_says_when_to_come_again() {
    for (path, seconds) in [("/busy", "1"), ("/away", "10")] {
        let (page, text) = ask(browser(path), "").await;
        assert_eq!(page.status(), StatusCode::SERVICE_UNAVAILABLE);
        let said: Vec<_> = page.headers().get_all("retry-after").iter().collect();
        assert_eq!(said, [seconds], "once");
        assert!(text.contains("Máy chủ đang bận") && !text.contains("gone"), "{text}");
        let (problem, text) = ask(program(path), "").await;
        assert_eq!(problem.headers()["retry-after"], seconds);
        assert!(text.contains("/problems/unavailable"), "{text}");
    }
}
