//! People say how satisfied they are: by the link, at the tablet of the counter, once; and
//! everybody reads what came of it.
#![expect(clippy::unwrap_used, reason = "a test may panic")]

use axum::{
    body::Body,
    http::{Request, header},
};
use casework::{Case, Command, Note};
use desk::testing::{Answer, House};
use identity::party::Party;
use satisfaction::testing::ROOMS;
use serde_json::Map;
use store::{args, store_test};

const MORNING: &str = "2026-11-23T02:15:00Z";
const RECEIVER: &str = "phuong-phan-dinh-phung/nong-thi-hien";
const EXPERT: &str = "phuong-phan-dinh-phung/ma-van-khanh";
const HEAD: &str = "phuong-phan-dinh-phung/chu-tich";
const SIGNER: &str = "phuong-phan-dinh-phung/tran-thu-ha";

fn run<T>(story: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap().block_on(story)
}

fn person(name: &str) -> Party {
    Party {
        name: name.to_owned(),
        number: None,
        born: None,
        phone: None,
        email: None,
        address: None,
    }
}

fn received(house: &House, name: &str) -> Case {
    let case = house.receive(RECEIVER, "1.000656", &person(name), Map::new());
    house.complete(&case, EXPERT, "tham-tra", "dat")
}

/// A dossier whose result was handed over.
fn returned(house: &House, name: &str) -> Case {
    let case = received(house, name);
    let case = house.complete(&case, SIGNER, "ky", "ky");
    house.command(&case, RECEIVER, Command::ReturnResult { note: Note::default() })
}

/// A form of somebody who never signed in.
async fn post(house: &House, path: &str, fields: &[(&str, &str)]) -> Answer {
    let encoded = |text: &str| web::http::encoded(text);
    let body: Vec<String> =
        fields.iter().map(|(k, v)| format!("{}={}", encoded(k), encoded(v))).collect();
    let request = Request::post(path)
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .header("sec-fetch-site", "same-origin");
    house.send(request.body(Body::from(body.join("&")))).await
}

async fn rate(house: &House, case: &Case, score: &str) -> Answer {
    let path = house.desk.rating_path(case);
    let (path, key) = path.split_once("?ma=").unwrap();
    post(house, path, &[("ma", key), ("diem", score)]).await
}

async fn events(house: &House, kind: &'static str) -> Vec<(String, String, String)> {
    let tenant = house.desk.front.tenant.clone();
    let read = house.desk.front.store.read(move |tx| {
        tx.all(
            "select actor, case_id, data from event where tenant = $1 and kind = $2",
            args!(&tenant, kind),
            |row| Ok((row.get(0)?, row.get::<uuid::Uuid>(1)?.to_string(), row.get(2)?)),
        )
    });
    read.await.unwrap()
}

store_test!(
    fn one_press_answers_once_and_more_is_up_to_whoever_likes(store: Store) {
        let house = House::open(&store, MORNING, &ROOMS);
        run(async {
            let early = received(&house, "Hoàng Thị Sớm");
            let page = house.get(&house.desk.rating_path(&early), "").await.text();
            assert!(page.contains("chưa đánh giá được"), "{page}");
            rate(&house, &early, "3").await;
            assert_eq!(events(&house, "satisfaction.answered").await, []);

            let case = returned(&house, "Nông Văn Sơn");
            let path = house.desk.rating_path(&case);
            let page = house.get(&path, "").await.text();
            for told in ["Ông/bà hài lòng thế nào?", "Rất hài lòng", "Không hài lòng"]
            {
                assert!(page.contains(told), "{told}: {page}");
            }
            assert!(!page.contains("Sơn"), "the link names nobody");
            let answered = rate(&house, &case, "2").await;
            assert_eq!(answered.location(), path);
            let thanks = house.get(&path, "").await.text();
            assert!(thanks.contains("Cảm ơn") && thanks.contains("Ông/bà muốn nói thêm không?"));

            // A second press changes nothing.
            rate(&house, &case, "1").await;
            let told = events(&house, "satisfaction.answered").await;
            let [(actor, subject, data)] = &told[..] else { panic!("{told:?}") };
            let about =
                format!(r#"{{"score":2,"agency":"{}","matter":"dossier"}}"#, case.decided_by);
            assert_eq!((actor.as_str(), data.as_str()), ("system:satisfaction", about.as_str()));
            assert_ne!(*subject, case.id.to_string(), "the journal does not say whose it is");

            let (address, key) = path.split_once("?ma=").unwrap();
            let more = format!("{address}/them");
            let words = "Chị ở quầy hướng dẫn rất kỹ";
            let fields = [("ma", key), ("phan", "manner"), ("phan", "guidance"), ("loi", words)];
            assert_eq!(post(&house, &more, &fields).await.status, 303);
            let tenant = house.desk.front.tenant.clone();
            let kept = house.desk.front.store.read(move |tx| {
                tx.all(
                    "select parts, sealed from satisfaction_more where tenant = $1",
                    args!(&tenant),
                    |row| Ok((row.get::<String>(0)?, row.get::<Vec<u8>>(1)?)),
                )
            });
            let kept: Vec<(String, Vec<u8>)> = kept.await.unwrap();
            assert_eq!(kept[0].0, "manner,guidance");
            assert!(!String::from_utf8_lossy(&kept[0].1).contains("quầy"), "words are sealed");

            // The head reads them without a name; the person can see that somebody did.
            let clerk = house.sign_in(RECEIVER);
            assert_eq!(house.get("/hai-long/y-kien", &clerk).await.status, 403);
            let head = house.sign_in(HEAD);
            let page = house.get("/hai-long/y-kien", &head).await.text();
            assert!(page.contains(words) && page.contains("Cách hướng dẫn"), "{page}");
            assert!(!page.contains("Sơn") && !page.contains(case.code.as_str()));
            let (tenant, party) = (house.desk.front.tenant.clone(), case.applicant);
            let until = "2026-11-24T00:00:00Z".parse().unwrap();
            let looks = house
                .desk
                .front
                .store
                .read(move |tx| identity::audit::looks_at(tx, &tenant, party, until, 10));
            assert_eq!(looks.await.unwrap().len(), 1);
        });
    }
);

store_test!(
    fn a_wrong_key_opens_nothing_and_guessing_is_held_back(store: Store) {
        let house = House::open(&store, MORNING, &ROOMS);
        run(async {
            let (case, other) = (returned(&house, "Nông Văn Sơn"), returned(&house, "Lý Thị Khác"));
            let crossed = format!("/danh-gia/{}?ma={}", case.code, house.desk.rating_key(other.id));
            assert_eq!(house.get(&crossed, "").await.status, 404);
            // The key of the receipt is another one: neither opens what the other does.
            let secret = house.desk.tracking_secret(case.id);
            let wrong = format!("/danh-gia/{}?ma={secret}", case.code);
            for _ in 0..19 {
                assert_eq!(house.get(&wrong, "").await.status, 404);
            }
            assert_eq!(house.get(&wrong, "").await.status, 429);
        });
    }
);

store_test!(
    fn the_tablet_asks_whoever_has_just_been_served(store: Store) {
        let house = House::open(&store, MORNING, &ROOMS);
        run(async {
            let case = returned(&house, "Nông Văn Sơn");
            let clerk = house.sign_in(RECEIVER);
            let page = house.get("/danh-gia-tai-quay?quay=3", &clerk).await.text();
            assert!(page.contains(case.code.as_str()), "what was just returned is offered");
            let from = page.find("/danh-gia-tai-quay/").unwrap();
            let tablet = page[from..].split('"').next().unwrap().to_owned();
            let idle = house.get(&tablet, "").await;
            assert!(idle.text().contains("Xin chào"));
            assert!(idle.headers["refresh"].to_str().unwrap().starts_with("4;"));
            assert_eq!(house.get(&format!("{tablet}x"), "").await.status, 404);

            let fields = [("quay", "3"), ("ho-so", case.code.as_str())];
            assert_eq!(house.post("/danh-gia-tai-quay", &clerk, &fields).await.status, 303);
            let asks = house.get(&tablet, "").await.text();
            assert!(asks.contains("Ông/bà hài lòng thế nào?") && !asks.contains("Sơn"));
            let pressed = post(&house, &tablet, &[("diem", "3")]).await;
            assert!(house.get(pressed.location(), "").await.text().contains("Cảm ơn"));
            assert!(house.get(&tablet, "").await.text().contains("Xin chào"), "ready for the next");
            assert_eq!(events(&house, "satisfaction.answered").await.len(), 1);

            // Rated already, and one that is not over: neither is asked about.
            assert_eq!(house.post("/danh-gia-tai-quay", &clerk, &fields).await.status, 422);
            let open = received(&house, "Hoàng Thị Sớm");
            let fields = [("quay", "3"), ("ho-so", open.code.as_str())];
            assert_eq!(house.post("/danh-gia-tai-quay", &clerk, &fields).await.status, 422);
            let expert = house.sign_in(EXPERT);
            assert_eq!(house.get("/danh-gia-tai-quay", &expert).await.status, 403);
        });
    }
);

store_test!(
    fn a_question_that_nobody_answered_leaves_the_tablet(store: Store) {
        let house = House::open(&store, MORNING, &ROOMS);
        run(async {
            let case = returned(&house, "Nông Văn Sơn");
            let clerk = house.sign_in(RECEIVER);
            let page = house.get("/danh-gia-tai-quay", &clerk).await.text();
            let from = page.find("/danh-gia-tai-quay/").unwrap();
            let tablet = page[from..].split('"').next().unwrap().to_owned();
            let fields = [("ho-so", case.code.as_str())];
            assert_eq!(house.post("/danh-gia-tai-quay", &clerk, &fields).await.status, 303);
            assert!(house.get(&tablet, "").await.text().contains("hài lòng thế nào"));
            house.at("2026-11-23T02:20:01Z");
            assert!(house.get(&tablet, "").await.text().contains("Xin chào"));
            let late = post(&house, &tablet, &[("diem", "1")]).await;
            assert_eq!(late.location(), tablet, "the next one in line does not answer for them");
            assert_eq!(events(&house, "satisfaction.answered").await, []);
        });
    }
);

store_test!(
    fn percentages_are_published_with_how_many_answered(store: Store) {
        let house = House::open(&store, MORNING, &ROOMS);
        run(async {
            let none = house.get("/hai-long", "").await.text();
            assert!(none.contains("chưa có phiếu") && none.contains("Chưa có phiếu"), "{none}");
            assert!(!none.contains("100,0%"), "no answers are never full marks");

            for (n, score) in ["3", "3", "2", "2", "2", "1"].iter().enumerate() {
                let case = returned(&house, &format!("Người {n}"));
                assert_eq!(rate(&house, &case, score).await.status, 303);
            }
            let page = house.get("/hai-long", "").await.text();
            assert!(page.contains("83,3% hài lòng, 5 trên 6 phiếu trả lời"), "{page}");
            let december = house.get("/hai-long?ky=2026-12", "").await.text();
            assert!(december.contains("Tháng 12/2026: chưa có phiếu"), "{december}");
            let reports = house.get("/hai-long?loai=phan-anh", "").await.text();
            assert!(reports.contains("chưa có phiếu"), "reports are counted apart");

            let csv = house.get("/hai-long.csv?ky=2026", "").await.text();
            let line = csv.lines().find(|line| line.contains(",6,")).unwrap();
            assert!(line.ends_with(",6,2,3,1,83.3"), "{line}");
            let empty = csv.lines().find(|line| line.contains(",0,")).unwrap();
            assert!(empty.ends_with(",0,0,0,0,"), "no percentage where nobody answered: {empty}");
        });
    }
);
