//! Citizens are who their number says, at a counter and online; on both stores.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

use std::sync::Arc;

use identity::{
    Assurance, Entered, Result, Sessions,
    citizen::{self, Named},
    party::{self, Party, PartyNumber},
    seal::{Keyring, MasterKey},
};
use kernel::{Instant, Mint, Tenant};
use store::{Store, Tx, store_test};

fn tenant() -> Tenant {
    "H55".parse().unwrap()
}

fn at(second: i64) -> Instant {
    Instant::from_second(second).unwrap()
}

fn suong() -> Party {
    Party {
        name: "Hoàng Thị Mai Sương".into(),
        number: Some(PartyNumber::Citizen("019197008821".parse().unwrap())),
        born: None,
        phone: None,
        email: None,
        address: None,
    }
}

fn named(subject: &str, level: Assurance) -> Named {
    let (issuer, subject) = ("https://eid.example".to_owned(), subject.to_owned());
    Named { issuer, subject, party: suong(), level }
}

fn write<T: Send + 'static>(
    store: &Store,
    work: impl Fn(&mut Tx<'_>) -> Result<T> + Send + 'static,
) -> Result<T> {
    store.write(move |tx: &mut Tx<'_>| work(tx)).wait()
}

store_test!(
    fn who_was_at_the_counter_is_the_same_person_online(store: Store) {
        store.migrate(&[identity::MIGRATIONS]).unwrap();
        let mint = Arc::new(Mint::seeded(7));
        let ring = Keyring::new(&MasterKey::fresh(&mint));
        let (r, m) = (ring.clone(), mint.clone());
        let counter =
            write(&store, move |tx| party::keep(tx, &tenant(), &r, &suong(), at(0), &m)).unwrap();

        let enter = |subject: &'static str, second| {
            let (r, m) = (ring.clone(), mint.clone());
            let named = named(subject, Assurance::One);
            write(&store, move |tx| citizen::enter(tx, &tenant(), &r, &named, at(second), &m))
                .unwrap()
        };
        let first = enter("sub-1", 10);
        assert_eq!(first.party, counter);
        assert_eq!(enter("sub-1", 20), first, "the same account");
        let other = enter("sub-2", 30);
        assert_eq!((other.party, other.id == first.id), (counter, false), "another name for her");
        let last = write(&store, move |tx| citizen::of_party(tx, &tenant(), counter)).unwrap();
        assert_eq!(last, Some(other.id));
        assert_eq!(citizen::called(&suong()), "ba");
    }
);

store_test!(
    fn a_citizen_is_signed_in_until_an_hour_of_silence_and_out_everywhere_at_once(store: Store) {
        store.migrate(&[identity::MIGRATIONS]).unwrap();
        let mint = Arc::new(Mint::seeded(7));
        let ring = Keyring::new(&MasterKey::fresh(&mint));
        let sessions = Arc::new(Sessions::new(identity::SessionLimits::default()));
        let (r, m) = (ring.clone(), mint.clone());
        let account = write(&store, move |tx| {
            citizen::enter(tx, &tenant(), &r, &named("sub", Assurance::Two), at(0), &m)
        })
        .unwrap();
        let open = |device: &'static str, second| {
            let (s, m) = (sessions.clone(), mint.clone());
            let who = Entered {
                account: account.id,
                party: account.party,
                level: Assurance::Two,
                called: "ba",
                device: device.to_owned(),
            };
            write(&store, move |tx| s.citizens().open(tx, &tenant(), &who, at(second), &m)).unwrap()
        };
        let phone = open("Chrome, Android", 0);
        let look = |token: &identity::SessionToken, second| {
            let (s, token) = (sessions.clone(), token.clone());
            write(&store, move |tx| s.citizens().authenticate(tx, &tenant(), &token, at(second)))
                .unwrap()
        };
        let seen = look(&phone, 3599).unwrap();
        assert_eq!(
            (seen.name.as_str(), seen.level, seen.called.as_str()),
            ("Hoàng Thị Mai Sương", Assurance::Two, "ba")
        );
        assert_eq!(look(&phone, 3600), None, "an hour without a request");

        // An officer's door does not know this token.
        let (s, token) = (sessions.clone(), phone.clone());
        let officer = write(&store, move |tx| s.authenticate(tx, &tenant(), &token, at(1)));
        assert_eq!(officer.unwrap(), None);

        let laptop = open("Firefox, Windows", 100);
        let s = sessions.clone();
        let both =
            write(&store, move |tx| s.citizens().of_party(tx, &tenant(), account.party, at(101)));
        let devices: Vec<String> = both.unwrap().into_iter().map(|s| s.device).collect();
        assert_eq!(devices, ["Firefox, Windows", "Chrome, Android"]);

        let (s, kept) = (sessions.clone(), laptop.clone());
        let closed = write(&store, move |tx| {
            s.citizens().close_all(tx, &tenant(), account.party, Some(&kept), at(102))
        });
        assert_eq!(closed.unwrap(), 1);
        assert_eq!(look(&phone, 103), None);
        let session = look(&laptop, 103).unwrap().id;
        let s = sessions.clone();
        let ended = write(&store, move |tx| {
            s.citizens().close_one(tx, &tenant(), account.party, session, at(104))
        });
        assert!(ended.unwrap());
        assert_eq!(look(&laptop, 105), None);
    }
);
