//! A province whose dossiers are late, and the clock of the test in hand.

use casework::Case;
use desk::testing::{House, Rooms};
use identity::party::Party;
use journal::{LogKey, Origin, Sealer};
use kernel::Mint;
use operations::{
    commands::{Evaluated, change, evaluate},
    queries::Kind,
};
use serde_json::Map;
use store::Store;

pub(crate) const MORNING: &str = "2026-11-23T02:15:00Z";
pub(crate) const CHAIR: &str = "ubnd-tinh/chu-tich";
pub(crate) const EXPERT: &str = "ubnd-tinh/chuyen-vien";
pub(crate) const RECEIVER: &str = "phuong-phan-dinh-phung/nong-thi-hien";
pub(crate) const WARD_HEAD: &str = "phuong-phan-dinh-phung/chu-tich";

/// A rule that two late dossiers raise, and none of the ward clear.
pub(crate) const RULES: &str = r#"
[[rule]]
id = "qua-han"
name = "Hồ sơ đang quá hạn"
watch = { kind = "threshold", indicator = "timeliness.running_late", period = "today" }
scope = "all"
raise_above = 1
clear_at = 0
samples = 2
severity = "severe"
owner = "H55"
owner_role = "expert"
within_hours = 16
escalate_hours = 4
playbook = "Gọi người đứng đầu các cơ quan đó."
"#;

/// The centre beside the tables of boundaries.
pub(crate) const ROOMS: Rooms = Rooms {
    migrations: &[indicators::MIGRATIONS, operations::MIGRATIONS, feedback::MIGRATIONS],
    texts: &[operations::TEXTS],
    procedures: &[operations::PROCEDURES, one_stop::PROCEDURES],
    rails: &[operations::RAIL],
    router: operations::router,
};

pub(crate) fn run<T>(story: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap().block_on(story)
}

pub(crate) fn person(name: &str) -> Party {
    let name = name.to_owned();
    Party { name, number: None, born: None, phone: None, email: None, address: None }
}

/// The house with what the tests do to it again and again.
pub(crate) struct Town {
    pub(crate) house: House,
    key: LogKey,
}

impl Town {
    pub(crate) fn open(store: &Store) -> Self {
        let house = House::open(store, MORNING, &ROOMS);
        let key = LogKey::generate(&Mint::seeded(2), Origin::of(&house.desk.front.tenant));
        Self { house, key }
    }

    /// Rules in the place of those that ship.
    pub(crate) fn rules(&self, text: &'static str) {
        let (desk, actor, now) =
            (self.house.desk.clone(), self.house.actor(CHAIR), self.house.desk.now());
        let store = desk.front.store.clone();
        let write = store.write(move |tx| change(tx, &desk, Kind::Rules, 0, text, (&actor, now)));
        blocking(|| write.wait()).unwrap();
    }

    pub(crate) fn receive(&self, name: &str) -> Case {
        self.house.receive(RECEIVER, "1.000656", &person(name), Map::new())
    }

    /// The journal is sealed.
    pub(crate) fn seal(&self) {
        let (desk, key) = (self.house.desk.clone(), self.key.clone());
        let (tenant, store) = (desk.front.tenant.clone(), desk.front.store.clone());
        let sealer = Sealer::new(tenant, key, "test");
        let write = store.write(move |tx| sealer.seal(tx, desk.now(), 4096));
        blocking(|| write.wait()).unwrap();
    }

    /// What was sealed is counted, `limit` events of it.
    pub(crate) fn follow(&self, limit: u32) {
        let desk = self.house.desk.clone();
        let store = desk.front.store.clone();
        let write = store.write(move |tx| desk.cube().follow(tx, limit));
        blocking(|| write.wait()).unwrap();
    }

    pub(crate) fn count(&self) {
        self.seal();
        self.follow(4096);
    }

    pub(crate) fn evaluate(&self) -> Evaluated {
        let desk = self.house.desk.clone();
        blocking(move || evaluate(&desk)).unwrap()
    }

    /// Dossiers of the ward that are late on the morning of 3 December.
    pub(crate) fn late(&self, count: usize) -> Vec<Case> {
        let cases = (0..count).map(|n| self.receive(&format!("Hoàng Văn {n}"))).collect();
        self.house.at("2026-12-03T02:00:00Z");
        // Somebody came this morning, so that the journal is not silent.
        let _ = self.receive("Trần Thị Sớm");
        self.count();
        cases
    }
}

/// On a thread of its own, since a story may be asynchronous.
pub(crate) fn blocking<T: Send>(work: impl FnOnce() -> T + Send) -> T {
    std::thread::scope(|scope| scope.spawn(work).join().unwrap())
}
