//! What the platform counts is in the score as it is counted, and nobody types it.

use identity::party::Party;
use journal::{LogKey, Origin, Sealer};
use kernel::Mint;
use serde_json::Map;
use store::store_test;

use crate::{CHAIR, EXPERT, HEAD, open, run, say};
use desk::testing::House;

const RECEIVER: &str = "phuong-phan-dinh-phung/nong-thi-hien";
const SIGNER: &str = "phuong-phan-dinh-phung/tran-thu-ha";

fn person(name: &str) -> Party {
    let (name, number, born) = (name.to_owned(), None, None);
    Party { name, number, born, phone: None, email: None, address: None }
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
