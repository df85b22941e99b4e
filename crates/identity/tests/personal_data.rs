//! Personal data is sealed, can be destroyed, and is never looked at unseen; on both stores.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

use std::sync::Arc;

use identity::{
    Error, Result,
    access::{Access, Action, AgencyLine, CaseFacts, Officer, Role, Seat, Target},
    audit::{self, Entry, Reader},
    seal::{Keyring, Label, MasterKey},
};
use kernel::{Instant, Mint, PartyId, Tenant};
use store::{Store, Tx, args, store_test};

fn tenant() -> Tenant {
    "H55".parse().unwrap()
}

fn at(second: i64) -> Instant {
    Instant::from_second(second).unwrap()
}

fn write<T: Send + 'static>(
    store: &Store,
    work: impl Fn(&mut Tx<'_>) -> Result<T> + Send + 'static,
) -> Result<T> {
    store.write(move |tx: &mut Tx<'_>| work(tx)).wait()
}

store_test!(
    fn what_a_destroyed_key_sealed_opens_no_more(store: Store) {
        store.migrate(&[identity::MIGRATIONS]).unwrap();
        let mint = Arc::new(Mint::seeded(7));
        let ring = Arc::new(Keyring::new(&MasterKey::fresh(&mint)));
        let party: PartyId = mint.id(at(0));

        let (r, m) = (Arc::clone(&ring), Arc::clone(&mint));
        let sealed = write(&store, move |tx| {
            let key = r.key(tx, &tenant(), party, &m)?;
            Ok(key.seal(Label::CITIZEN_ID, b"019197008821", &m))
        });
        let sealed = sealed.unwrap();

        let (r, s) = (Arc::clone(&ring), sealed.clone());
        let opened =
            write(&store, move |tx| r.load(tx, &tenant(), party)?.open(Label::CITIZEN_ID, &s));
        assert_eq!(opened.unwrap(), b"019197008821");

        write(&store, move |tx| Keyring::destroy(tx, &tenant(), party, at(99))).unwrap();
        let r = Arc::clone(&ring);
        let opened =
            write(&store, move |tx| r.load(tx, &tenant(), party)?.open(Label::CITIZEN_ID, &sealed));
        assert!(matches!(opened, Err(Error::KeyDestroyed { at: when }) if when == at(99)));

        let r = Arc::clone(&ring);
        let again = write(&store, move |tx| r.key(tx, &tenant(), party, &mint));
        assert!(matches!(again, Err(Error::KeyDestroyed { .. })), "and no new key takes its place");
        let kept = store.read(|tx: &mut Tx<'_>| {
            tx.one("select wrapped from party_key", args!(), |row| row.get::<Option<Vec<u8>>>(0))
        });
        assert_eq!(kept.wait().unwrap(), None);
    }
);

store_test!(
    fn a_wrong_master_key_is_found_out_at_start(store: Store) {
        store.migrate(&[identity::MIGRATIONS]).unwrap();
        let attest = |seed| {
            let ring = Keyring::new(&MasterKey::fresh(&Mint::seeded(seed)));
            write(&store, move |tx| ring.attest(tx, &tenant()))
        };
        assert!(attest(1).is_ok());
        assert!(attest(1).is_ok());
        assert!(matches!(attest(2), Err(Error::WrongMasterKey)));
    }
);

store_test!(
    fn a_party_learns_who_looked_and_who_was_refused(store: Store) {
        store.migrate(&[identity::MIGRATIONS]).unwrap();
        let mint = Arc::new(Mint::seeded(7));
        let party: PartyId = mint.id(at(0));
        let line = AgencyLine { agency: mint.id(at(0)), above: vec![] };
        let case = CaseFacts {
            id: mint.id(at(0)),
            receiving: line.clone(),
            deciding: line.clone(),
            field: "ho-tich".to_owned(),
            holders: vec![],
            received_by: None,
            separate: false,
            confidential: false,
        };
        let access = Access::new().unwrap();
        let mut looks = Vec::new();
        for (second, role) in [(1, Role::Receiver), (2, Role::Administrator)] {
            let post = mint.id(at(0));
            let agency = line.agency;
            let seat = Seat { post, agency, roles: vec![role], fields: vec![], delegated: false };
            let officer = Officer { person: mint.id(at(0)), post, seats: vec![seat] };
            let decision = access.decide(&officer, Action::OpenIdentity, Target::Case(&case));
            let reader = Reader::officer(mint.id(at(0)), &officer);
            let entry = Entry::of(reader, Action::OpenIdentity, &decision, at(second));
            looks.push(entry.on(Some(case.id), Some(party)));
        }
        let (entries, m) = (looks.clone(), Arc::clone(&mint));
        write(&store, move |tx| {
            entries.iter().try_for_each(|entry| audit::record(tx, &tenant(), entry, &m))
        })
        .unwrap();

        let seen = write(&store, move |tx| audit::looks_at(tx, &tenant(), party, at(9), 10));
        looks.reverse();
        assert_eq!(seen.unwrap(), looks);
        assert_eq!((looks[0].allowed, looks[0].reason.as_deref()), (false, Some("not_holder")));
        assert!(looks[1].allowed);

        let refused = write(&store, |tx| audit::refusals(tx, &tenant(), at(9), 10)).unwrap();
        assert_eq!(refused, looks[..1]);

        let purged = write(&store, |tx| audit::purge(tx, &tenant(), at(2), 10)).unwrap();
        assert_eq!(purged, 1);
        let left = write(&store, move |tx| audit::looks_at(tx, &tenant(), party, at(9), 10));
        assert_eq!(left.unwrap(), looks[..1]);
    }
);
