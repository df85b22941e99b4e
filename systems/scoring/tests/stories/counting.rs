//! What the platform counts is in the score as it is counted, and nobody types it.

use identity::party::Party;
use journal::{LogKey, Origin, Sealer};
use kernel::Mint;
use serde_json::Map;
use store::store_test;

use crate::{CHAIR, EXPERT, HEAD, kinds, open, run, say};
use desk::testing::House;

const RECEIVER: &str = "phuong-phan-dinh-phung/nong-thi-hien";
const SIGNER: &str = "phuong-phan-dinh-phung/tran-thu-ha";

fn person(name: &str) -> Party {
    let (name, number, born) = (name.to_owned(), None, None);
    Party { name, number, born, phone: None, email: None, address: None }
}

const CARD: &str = "/cham-diem/766?cua=H55&ky=2026-q4";
const CLOSE: &str = "/cham-diem/766/chot?cua=H55&ky=2026-q4";
const CORRECT: &str = "/cham-diem/766/dinh-chinh?cua=H55&ky=2026-q4";

/// Publishes the number of dossiers handled as it is counted now, as the page of the figure does.
async fn publish(house: &House, who: &str, reason: &'static str) {
    let (desk, actor, now) = (house.desk.clone(), house.actor(who), house.desk.now());
    let store = desk.front.store.clone();
    let written = store.write(move |tx| {
        let (all, quarter) = (indicators::Scope::all(), "2026-q4".parse().unwrap());
        desk.publish(tx, ("index766.handled", &all, quarter), reason, (&actor, now))
    });
    written.await.unwrap();
}

/// The figure of the dossiers handled, as it was published each time.
async fn published(house: &House) -> Vec<(String, String)> {
    let desk = house.desk.clone();
    let read = house.desk.front.store.read(move |tx| {
        let (all, quarter) = (indicators::Scope::all(), "2026-q4".parse().unwrap());
        desk.cube().published(tx, "index766.handled", &all, quarter)
    });
    let all = read.await.unwrap().into_iter();
    all.map(|one| (one.value.unwrap().text(0), one.reason)).collect()
}

/// The journal is sealed and the figures follow it, as the house does by itself.
fn count(house: &House) {
    let tenant = house.desk.front.tenant.clone();
    let origin: Origin = "tinhso.example/test".parse().unwrap();
    let sealer = Sealer::new(tenant, LogKey::generate(&Mint::seeded(7), origin), "test");
    let (desk, now) = (house.desk.clone(), house.desk.now());
    let store = desk.front.store.clone();
    let counted = store.write(move |tx| {
        sealer.seal(tx, now, Sealer::BATCH_MAX).unwrap();
        Ok::<_, store::Error>(desk.cube().follow(tx, 4096).unwrap().events)
    });
    let counted = std::thread::spawn(|| counted.wait()).join().unwrap().unwrap();
    assert!(counted > 0);
}

store_test!(
    fn dossiers_in_time_are_counted_and_not_typed(store: Store) {
        let house = open(&store);
        run(async {
            let done = house.receive(RECEIVER, "1.000656", &person("Nông Văn Sơn"), Map::new());
            let done = house.complete(&done, EXPERT, "tham-tra", "dat");
            let _done = house.complete(&done, SIGNER, "ky", "ky");
            let _open = house.receive(RECEIVER, "1.000656", &person("Hoàng Thị Lan"), Map::new());
            count(&house);
            let chair = house.sign_in(CHAIR);
            let card = "/cham-diem/766?cua=H55&ky=2026-q4";
            let page = house.get(card, &chair).await.text();
            // 2.1: one done in time and one in hand within time, of two: all 20 points.
            assert!(
                page.contains("20,00") && page.contains("/chi-tieu/index766.on_time?cua=all"),
                "{page}"
            );
            // The ward has the same counts, of itself alone.
            let head = house.sign_in(HEAD);
            let code = {
                let directory = house.desk.front.directory.get();
                let post = directory.posts_of(house.persons[HEAD], house.desk.now())[0].post;
                let agency = directory.post(post).unwrap().agency;
                directory.agency(agency).unwrap().code.to_string()
            };
            let own = format!("/cham-diem/766?cua={code}&ky=2026-q4");
            assert!(house.get(&own, &head).await.text().contains("index766.on_time?cua=agency:"));

            let typed = "/cham-diem/766/so/on_time?cua=H55&ky=2026-q4";
            let typed = say(&house, typed, &chair, &[("gia-tri", "9"), ("ghi-chu", "Sổ")]).await;
            assert_eq!(typed.status, 409);

            // Anybody computes the same from the file.
            let file =
                house.get("/cham-diem/766/tep/766.json?cua=H55&ky=2026-q4", &chair).await.text();
            let cards = scorecards::shipped().unwrap();
            let index = scorecards::newest(&cards, "766").unwrap();
            let scored =
                scorecards::compute(index, &scorecards::parse_inputs(index, &file).unwrap());
            assert_eq!(scored.part("2.1").unwrap().points, Some(20.into()));
            let xlsx = house.get("/cham-diem/766/tep/766.xlsx?cua=H55&ky=2026-q4", &chair).await;
            assert!(xlsx.bytes.starts_with(b"PK"));
            let csv =
                house.get("/cham-diem/766/tep/766.csv?cua=H55&ky=2026-q4", &chair).await.text();
            assert!(csv.contains("part.2.1,20.00,20,verified"), "{csv}");
        });
    }
);

store_test!(
    fn what_a_closed_score_stands_on_is_published_and_corrected_in_sight(store: Store) {
        let house = open(&store);
        run(async {
            let chair = house.sign_in(CHAIR);
            let receive =
                |name: &str| house.receive(RECEIVER, "1.000656", &person(name), Map::new());
            let (_first, _second) = (receive("Nông Văn Sơn"), receive("Hoàng Thị Lan"));
            count(&house);
            let asked = house.get(CLOSE, &chair).await.text();
            assert!(asked.contains("được công bố kèm vị trí trong nhật ký"), "{asked}");
            assert!(asked.contains("Kỳ này kéo dài đến hết ngày 31/12/2026"), "{asked}");
            assert_eq!(house.post(CLOSE, &chair, &[]).await.status, 303);
            let first = (
                "2".to_owned(),
                "Bộ chỉ số phục vụ người dân, doanh nghiệp (766), 2026-q4".to_owned(),
            );
            assert_eq!(published(&house).await, std::slice::from_ref(&first));
            assert!(kinds(&house, "figure.").await.len() > 10, "every figure that it used");
            let page = house.get(CARD, &chair).await.text();
            assert!(!page.contains("Nay đếm được"), "{page}");
            assert_eq!(house.post(CORRECT, &chair, &[]).await.status, 404, "nothing was corrected");

            // A dossier that was not there yet: the score stays, and says that it is counted now.
            let _third = receive("Lý Thị Mai");
            count(&house);
            let page = house.get(CARD, &chair).await.text();
            let moved = page.matches("Nay đếm được 3").count();
            assert!(moved > 1, "{page}");
            assert!(!page.contains("Số đã đính chính"), "{page}");

            // The figure is corrected for a reason: seen on the score, which still stays.
            publish(&house, CHAIR, "Ghi bổ sung một hồ sơ").await;
            assert_eq!(
                published(&house).await,
                [first, ("3".into(), "Ghi bổ sung một hồ sơ".into())]
            );
            let page = house.get(CARD, &chair).await.text();
            assert!(
                page.contains("Số đã đính chính") && page.contains("Ghi bổ sung một hồ sơ"),
                "{page}"
            );
            assert!(!page.contains("Bản 2"), "{page}");

            // Taken over, it is a revision with that reason.
            let clerk = house.sign_in(EXPERT);
            assert_eq!(house.post(CORRECT, &clerk, &[]).await.status, 403);
            assert_eq!(house.post(CORRECT, &chair, &[]).await.status, 303);
            let page = house.get(CARD, &chair).await.text();
            assert!(page.contains("Bản 2") && page.contains("Ghi bổ sung một hồ sơ"), "{page}");
            assert!(!page.contains("Số đã đính chính"), "{page}");
            // Two inputs rest on it; the others still differ.
            assert_eq!(page.matches("Nay đếm được 3").count(), moved - 2);
            assert_eq!(kinds(&house, "score.").await, ["score.closed", "score.revised"]);
        });
    }
);
