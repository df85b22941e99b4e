//! Scores of a province: what is counted is not typed, what is said is reviewed by another, what is
//! closed stays, and with so much work the best plan is found.
#![expect(clippy::unwrap_used, reason = "a test may panic")]

mod assessing;
mod counting;
mod finding;

use desk::testing::{Answer, House};
use scoring::testing::ROOMS;
use store::Store;

pub(crate) const MORNING: &str = "2026-11-23T02:15:00Z";
pub(crate) const CHAIR: &str = "ubnd-tinh/chu-tich";
pub(crate) const DEPUTY: &str = "ubnd-tinh/pct-kinh-te";
pub(crate) const EXPERT: &str = "phuong-phan-dinh-phung/ma-van-khanh";
pub(crate) const HEAD: &str = "phuong-phan-dinh-phung/chu-tich";

pub(crate) fn run<T>(story: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap().block_on(story)
}

pub(crate) fn open(store: &Store) -> House {
    House::open(store, MORNING, &ROOMS)
}

/// Sends a form of several parts, as one with a file is.
pub(crate) async fn say(house: &House, path: &str, cookie: &str, pairs: &[(&str, &str)]) -> Answer {
    let boundary = "----parts";
    let mut body = String::new();
    let token = house.csrf(cookie);
    for (name, value) in [("_csrf", token.as_str())].iter().chain(pairs) {
        body += &format!(
            "--{boundary}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n"
        );
    }
    body += &format!("--{boundary}--\r\n");
    let request = axum::http::Request::post(path)
        .header("cookie", cookie)
        .header("content-type", format!("multipart/form-data; boundary={boundary}"))
        .header("sec-fetch-site", "same-origin");
    house.send(request.body(axum::body::Body::from(body))).await
}

/// The kinds of events of the journal that begin so, in the order in which they were recorded.
pub(crate) async fn kinds(house: &House, of: &'static str) -> Vec<String> {
    let tenant = house.desk.front.tenant.clone();
    let read = house.desk.front.store.read(move |tx| {
        tx.all(
            "select kind from event where tenant = $1 order by recorded_at, version",
            store::args!(&tenant),
            |row| row.get::<String>(0),
        )
    });
    let kinds: Vec<String> = read.await.unwrap();
    kinds.into_iter().filter(|kind| kind.starts_with(of)).collect()
}

/// What stands on a page between its frame, a line for each piece of text.
pub(crate) fn read_aloud(page: &str) -> String {
    let main = page.split_once("<main").unwrap().1.split_once("</main>").unwrap().0;
    let pieces = main.split('<').map(|piece| piece.split_once('>').map_or("", |piece| piece.1));
    let lines = pieces.map(str::trim).filter(|line| !line.is_empty());
    lines.collect::<Vec<_>>().join("\n")
}
