//! An office of one expert and one who signs: what will be late is said before it is, what helps
//! can be tried, and how well it was foreseen is printed.
#![expect(clippy::unwrap_used, reason = "a test may panic")]

mod foreseen;

use desk::testing::House;
use identity::party::Party;
use jiff::{ToSpan, civil::Date};
use journal::{LogKey, Origin, Sealer};
use kernel::Mint;
use outlook::testing::ROOMS;
use serde_json::Map;
use store::Store;

pub(crate) const FIRST: &str = "2026-09-21T01:00:00Z";
pub(crate) const HEAD: &str = "phuong-phan-dinh-phung/chu-tich";
pub(crate) const CHAIR: &str = "ubnd-tinh/chu-tich";
pub(crate) const EXPERT: &str = "phuong-phan-dinh-phung/ma-van-khanh";
const RECEIVER: &str = "phuong-phan-dinh-phung/nong-thi-hien";
const SIGNER: &str = "phuong-phan-dinh-phung/tran-thu-ha";

pub(crate) fn run<T>(story: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap().block_on(story)
}

pub(crate) fn open(store: &Store) -> House {
    House::open(store, FIRST, &ROOMS)
}

/// Computes the next run, on a thread of its own as the house does.
pub(crate) fn work(house: &House) -> bool {
    let desk = house.desk.clone();
    std::thread::spawn(move || outlook::testing::work(&desk)).join().unwrap().unwrap()
}

/// The journal is sealed, as the house does by itself.
pub(crate) fn seal(house: &House) {
    let origin: Origin = "tinhso.example/test".parse().unwrap();
    let key = LogKey::generate(&Mint::seeded(7), origin);
    let sealer = Sealer::new(house.desk.front.tenant.clone(), key, "test");
    let now = house.desk.now();
    let sealed = house.desk.front.store.write(move |tx| sealer.seal(tx, now, Sealer::BATCH_MAX));
    std::thread::spawn(|| sealed.wait()).join().unwrap().unwrap();
}

/// So many working days on each of which two dossiers come in the morning and are done before the
/// evening; then six that nobody has touched, promised for the same day.
pub(crate) fn weeks(house: &House, days: i32) {
    let first: Date = kernel::today(house.desk.now());
    let at = |date: Date, time: &str| house.at(&format!("{date}T{time}Z"));
    let person = |name: &str| Party {
        name: name.to_owned(),
        number: None,
        born: None,
        phone: None,
        email: None,
        address: None,
    };
    let receive = |name: &str| house.receive(RECEIVER, "1.000656", &person(name), Map::new());
    let mut date = first;
    for day in 0..days {
        at(date, "01:10:00");
        let two = [receive(&format!("Người {day} A")), receive(&format!("Người {day} B"))];
        for (case, (done, signed)) in
            two.iter().zip([("03:00:00", "07:00:00"), ("04:30:00", "08:00:00")])
        {
            at(date, done);
            let case = house.complete(case, EXPERT, "tham-tra", "dat");
            at(date, signed);
            let _done = house.complete(&case, SIGNER, "ky", "ky");
        }
        date = date.saturating_add(1.day());
        while date.weekday().to_monday_zero_offset() >= 5 {
            date = date.saturating_add(1.day());
        }
    }
    at(date, "01:30:00");
    for n in 0..6 {
        let _open = receive(&format!("Người chờ {n}"));
    }
    at(date, "02:00:00");
    seal(house);
}

/// One more comes, and one of those who waited is done.
pub(crate) fn more(house: &House) {
    let now = house.desk.now();
    house.at(&(now + jiff::SignedDuration::from_mins(30)).to_string());
    let person = Party {
        name: "Người đến sau".to_owned(),
        number: None,
        born: None,
        phone: None,
        email: None,
        address: None,
    };
    let case = house.receive(RECEIVER, "1.000656", &person, Map::new());
    house.at(&(now + jiff::SignedDuration::from_mins(60)).to_string());
    let case = house.complete(&case, EXPERT, "tham-tra", "dat");
    let _done = house.complete(&case, SIGNER, "ky", "ky");
    seal(house);
}
