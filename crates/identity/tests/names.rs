//! People are found by any word of their names, as they are called; on both stores.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

use std::sync::Arc;

use identity::{
    Error,
    party::{self, Named, Party, PartyNumber},
    seal::{Keyring, MasterKey},
};
use kernel::{Instant, Mint, Tenant};
use store::{Store, Tx, args, store_test};

const NAMES: [&str; 6] = [
    "Hoàng Thị Mai Sương",
    "Đặng Văn Đạt",
    "Nguyễn Thế Vinh",
    "An Văn An",
    "Vi Thị Lan",
    "Công ty Cổ phần Vận tải Sông Công Xanh",
];

struct House {
    store: Store,
    tenant: Tenant,
    keyring: Arc<Keyring>,
    now: Instant,
}

impl House {
    fn open(store: Store) -> Self {
        store.migrate(&[identity::MIGRATIONS]).unwrap();
        let keyring = Arc::new(Keyring::new(&MasterKey::fresh(&Mint::seeded(3))));
        let house = Self {
            store,
            tenant: "H55".parse().unwrap(),
            keyring,
            now: "2026-11-23T01:00:00Z".parse().unwrap(),
        };
        for (serial, name) in (1..).zip(NAMES) {
            house.keep(serial, name);
        }
        house
    }

    /// Records the person of an identity number under a name.
    fn keep(&self, serial: u32, name: &str) {
        let number = format!("0191900{serial:05}").parse().unwrap();
        let party = Party {
            name: name.to_owned(),
            number: Some(PartyNumber::Citizen(number)),
            born: None,
            phone: None,
            email: None,
            address: None,
        };
        let (tenant, keyring, now) = (self.tenant.clone(), self.keyring.clone(), self.now);
        let mint = Mint::seeded(u64::from(serial));
        let kept = self
            .store
            .write(move |tx: &mut Tx<'_>| party::keep(tx, &tenant, &keyring, &party, now, &mint));
        kept.wait().unwrap();
    }

    fn named(&self, typed: &str, max: u32) -> Named {
        let (tenant, typed) = (self.tenant.clone(), typed.to_owned());
        let found = self.store.read(move |tx: &mut Tx<'_>| party::named(tx, &tenant, &typed, max));
        found.wait().unwrap()
    }

    fn found(&self, typed: &str) -> Vec<String> {
        let Named { parties, more } = self.named(typed, 20);
        assert!(!more);
        parties.into_iter().map(|(_, name)| name).collect()
    }
}

store_test!(
    fn a_name_is_found_by_any_of_its_words(store: Store) {
        let house = House::open(store);
        let [suong, dat, vinh, an, lan, firm] = NAMES;
        for typed in
            ["Sương", "suong", "SƯƠNG", "mai sương", "thi mai", "hoàng thị m", "hoang suong"]
        {
            assert_eq!(house.found(typed), [suong], "{typed}");
        }
        assert_eq!(house.found("đạt"), [dat]);
        assert_eq!(house.found("dang dat"), [dat]);
        assert_eq!(house.found("vinh"), [vinh]);
        assert_eq!(house.found("an"), [an], "once, and not within Hoàng or Lan");
        assert_eq!(house.found("v"), [an, dat, firm, lan, vinh], "by what is read from there on");
        assert_eq!(house.found("sông công xanh"), [firm]);
        assert_eq!(house.found("cong ty co phan van tai song cong xanh"), [firm], "all of it");
        for nobody in ["Nguyễn Sương", "uong", "", " - ", "cong ty co phan van tai song cong do"]
        {
            assert!(house.found(nobody).is_empty(), "{nobody}");
        }
        assert!(house.named("v", 2).more, "there are more than two");
    }
);

store_test!(
    fn whoever_changes_their_name_is_found_by_the_new_one(store: Store) {
        let house = House::open(store);
        house.keep(2, "Đặng Quốc Đạt");
        assert_eq!(house.found("quoc dat"), ["Đặng Quốc Đạt"]);
        assert_eq!(house.found("dat"), ["Đặng Quốc Đạt"]);
        assert!(house.found("van dat").is_empty());
    }
);

store_test!(
    fn names_of_an_older_program_are_written_later(store: Store) {
        let house = House::open(store);
        let tenant = house.tenant.clone();
        let refreshed = house.store.write(move |tx: &mut Tx<'_>| {
            tx.exec("delete from party_name where tenant = $1", args!(&tenant))?;
            let (mut after, mut batches) = (None, 0);
            loop {
                after = party::refresh_names(tx, &tenant, after, 4)?;
                batches += 1;
                if after.is_none() {
                    return Ok::<_, Error>(batches);
                }
            }
        });
        assert_eq!(refreshed.wait().unwrap(), 2);
        assert_eq!(house.found("suong"), [NAMES[0]]);
        assert_eq!(house.found("lan"), [NAMES[4]]);
    }
);
