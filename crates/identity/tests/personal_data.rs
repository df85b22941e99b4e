//! Personal data is sealed, can be destroyed, and is never looked at unseen; on both stores.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

use std::sync::Arc;

use identity::{
    Error, Result,
    access::{Access, Action, AgencyLine, CaseFacts, Officer, Role, Seat, Target},
    audit::{self, Basis, Entry, Reader, What},
    consent::{self, Purpose, Said},
    party::{self, Party, PartyNumber},
    seal::{Keyring, Label, MasterKey},
};
use kernel::{Actor, Instant, Mint, PartyId, Tenant};
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

store_test!(
    fn a_look_says_what_and_on_what_ground_and_is_found_again(store: Store) {
        store.migrate(&[identity::MIGRATIONS]).unwrap();
        let mint = Arc::new(Mint::seeded(7));
        let (party, other): (PartyId, PartyId) = (mint.id(at(0)), mint.id(at(0)));
        let m = mint.clone();
        write(&store, move |tx| {
            for second in 1..=5 {
                let entry = Entry {
                    at: at(second / 2),
                    reader: Reader::default(),
                    action: "open_identity".into(),
                    case: None,
                    party: Some(party),
                    allowed: true,
                    reason: None,
                    what: None,
                    basis: None,
                };
                let entry = entry.of_what(What::Identity).because(Basis::Counter);
                audit::record(tx, &tenant(), &entry, &m)?;
            }
            Ok(())
        })
        .unwrap();
        let page = |after| {
            write(&store, move |tx| audit::page_of_looks(tx, &tenant(), party, after, 2)).unwrap()
        };
        let (mut after, mut seen) = (None, Vec::new());
        loop {
            let looks = page(after);
            let Some(last) = looks.last() else { break };
            after = Some((last.entry.at, last.id));
            seen.extend(looks);
        }
        assert_eq!(seen.len(), 5, "each once, though two came at the same instant");
        assert!(seen.is_sorted_by(|a, b| (a.entry.at, a.id) > (b.entry.at, b.id)));
        let first = &seen[0];
        assert_eq!(
            (first.entry.what, &first.entry.basis),
            (Some(What::Identity), &Some(Basis::Counter))
        );

        let id = first.id;
        let found = write(&store, move |tx| audit::look(tx, &tenant(), party, id)).unwrap();
        assert_eq!(found.as_ref(), Some(first));
        let others = write(&store, move |tx| audit::look(tx, &tenant(), other, id)).unwrap();
        assert_eq!(others, None, "of another's data");
        let count = write(&store, move |tx| audit::count_looks(tx, &tenant(), party, at(1), 100));
        assert_eq!(count.unwrap(), 4);
    }
);

store_test!(
    fn consent_is_a_no_until_it_is_given_and_can_be_taken_back(store: Store) {
        store.migrate(&[journal::MIGRATIONS, identity::MIGRATIONS]).unwrap();
        let mint = Arc::new(Mint::seeded(7));
        let party: PartyId = mint.id(at(0));
        let set = |give, second| {
            let (purpose, actor, mint) = (Purpose::Reuse, Actor::Party(party), mint.clone());
            let said = Said { party, purpose, give, actor, at: at(second) };
            write(&store, move |tx| consent::set(tx, &tenant(), &mint, &said)).unwrap()
        };
        let given = || {
            write(&store, move |tx| consent::given(tx, &tenant(), party, Purpose::Reuse)).unwrap()
        };
        assert!(!given());
        assert!(!set(false, 1), "nothing changes");
        assert!(set(true, 2) && given());
        assert!(set(false, 3) && !given());
        let told = journal::subject(&party::subject(party));
        let told = store.read(move |tx| journal::read_case(tx, &tenant(), told)).wait().unwrap();
        let told: Vec<&str> = told.iter().map(|event| event.kind.as_str()).collect();
        assert_eq!(told, ["consent.given", "consent.revoked"], "what stands is no event");
        let all = write(&store, move |tx| consent::of_party(tx, &tenant(), party)).unwrap();
        assert_eq!(all.len(), Purpose::ALL.len());
        assert_eq!((all[0].given, all[0].since, all[1].since), (false, Some(at(3)), None));
    }
);

store_test!(
    fn a_person_is_put_right_and_in_the_end_forgotten(store: Store) {
        store.migrate(&[identity::MIGRATIONS]).unwrap();
        let mint = Arc::new(Mint::seeded(7));
        let ring = Keyring::new(&MasterKey::fresh(&mint));
        let number = PartyNumber::Citizen("019197008821".parse().unwrap());
        let suong = Party {
            name: "Hoàng Thị Mai Suơng".into(),
            number: Some(number.clone()),
            born: None,
            phone: Some("0912345604".parse().unwrap()),
            email: None,
            address: None,
        };
        let (r, m) = (ring.clone(), mint.clone());
        let keep = suong.clone();
        let id = write(&store, move |tx| party::keep(tx, &tenant(), &r, &keep, at(0), &m)).unwrap();

        let (r, m) = (ring.clone(), mint.clone());
        write(&store, move |tx| {
            let right = |party: &mut Party| {
                party.name = "Hoàng Thị Mai Sương".into();
                party.number = None;
            };
            party::correct(tx, &tenant(), &r, id, right, at(5), &m)
        })
        .unwrap();
        let (r, n) = (ring.clone(), number.clone());
        let known = write(&store, move |tx| party::find(tx, &tenant(), &r, &n)).unwrap().unwrap();
        assert_eq!((known.id, known.party.name.as_str()), (id, "Hoàng Thị Mai Sương"));
        let found = write(&store, |tx| party::named(tx, &tenant(), "sương", 5)).unwrap();
        assert_eq!(found.parties.len(), 1);

        assert!(write(&store, move |tx| party::destroy(tx, &tenant(), id, at(9))).unwrap());
        let r = ring.clone();
        assert_eq!(write(&store, move |tx| party::load(tx, &tenant(), &r, id)).unwrap(), None);
        let found = write(&store, |tx| party::named(tx, &tenant(), "sương", 5)).unwrap();
        assert!(found.parties.is_empty());
        let left = store.read(move |tx: &mut Tx<'_>| {
            tx.one("select name, name_folded from party", args!(), |row| {
                Ok((row.get::<String>(0)?, row.get::<String>(1)?))
            })
        });
        assert_eq!(left.wait().unwrap(), (String::new(), String::new()));

        // Whoever comes with the number is a stranger, and can be known anew.
        let (r, m) = (ring.clone(), mint.clone());
        let again = write(&store, move |tx| party::keep(tx, &tenant(), &r, &suong, at(10), &m));
        assert_ne!(again.unwrap(), id);
    }
);
