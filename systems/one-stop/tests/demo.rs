//! The generated history: that it is one which people could have made.
#![expect(clippy::unwrap_used, reason = "a test may panic")]

use std::collections::{BTreeMap, BTreeSet};

use casework::{Case, Status};
use identity::party;
use journal::{Audit, LogKey, Origin, Verdict};
use kernel::{CaseId, Instant, Mint, PartyId, PostId};
use one_stop::{
    Error,
    demo::{self, Plan, Summary},
    measures::IrregularityKind,
    testing::House,
};
use store::{Store, args, store_test};

/// A Monday, ten past ten in the morning.
const NOW: &str = "2026-11-23T03:10:00Z";

fn key(house: &House) -> LogKey {
    LogKey::generate(&Mint::seeded(3), Origin::of(&house.desk.front.tenant))
}

fn plan(dossiers: u64) -> Plan {
    Plan { dossiers, ..Plan::until(NOW.parse().unwrap()) }
}

fn generated(store: &Store, dossiers: u64) -> (House, Summary) {
    let house = House::open(store, NOW);
    let summary = demo::generate(&house.desk, &key(&house), &plan(dossiers), &mut |_, _| {});
    (house, summary.unwrap())
}

fn cases(house: &House) -> Vec<Case> {
    let tenant = house.desk.front.tenant.clone();
    let read = house.desk.front.store.read(move |tx| {
        let sql = "select state from case_state where tenant = $1 order by id";
        tx.all(sql, args!(&tenant), |row| row.get::<String>(0))
    });
    let states: Vec<String> = read.wait().map_err(|error: store::Error| error).unwrap();
    states.iter().map(|state| serde_json::from_str(state).unwrap()).collect()
}

fn verified(house: &House) -> (u64, String) {
    let (tenant, keys) = (house.desk.front.tenant.clone(), vec![key(house).verifier().clone()]);
    let audit = Audit { tenant, keys, witnesses: vec![], sealed_until: Instant::MAX };
    let read = house.desk.front.store.read(move |tx| journal::verify(tx, &audit, |_, _| {}));
    match read.wait().unwrap() {
        Verdict::Sound { size, root, unsealed: 0 } => (size, root.to_string()),
        other => panic!("{other:?}"),
    }
}

store_test!(
    fn every_dossier_is_what_its_events_make_of_it(store: Store) {
        let (house, summary) = generated(&store, 120);
        let cases = cases(&house);
        assert_eq!((summary.dossiers, cases.len()), (120, 120));
        assert_eq!(summary.open, cases.iter().filter(|c| c.status.is_open()).count() as u64);

        let tenant = house.desk.front.tenant.clone();
        let read = house.desk.front.store.read(move |tx| {
            for case in &cases {
                assert_eq!(casework::rebuild(tx, &tenant, case.id)?, *case);
                let mut items = casework::items(case);
                items.sort_by(|a, b| a.step.cmp(&b.step));
                let rows = tx.all(
                    "select step, agency_id, post_id, since_at, due_at, step_due_at, waits
                     from work_item where tenant = $1 and case_id = $2 order by step",
                    args!(&tenant, case.id),
                    |row| {
                        Ok(casework::WorkItem {
                            step: row.get(0)?,
                            agency: row.get(1)?,
                            post: row.get(2)?,
                            since: row.get(3)?,
                            due: row.get(4)?,
                            step_due: row.get(5)?,
                            waits: casework::Waits::of_number(row.get(6)?).unwrap(),
                        })
                    },
                )?;
                assert_eq!(rows, items, "{}", case.code);
            }
            Ok::<(), casework::Error>(())
        });
        read.wait().unwrap();
        assert_eq!(verified(&house).0, summary.events);
    }
);

store_test!(
    fn the_journal_names_nobody_and_gives_no_number(store: Store) {
        let (house, _) = generated(&store, 120);
        let desk = house.desk.clone();
        let read = desk.clone().front.store.read(move |tx| {
            let tenant = &desk.front.tenant;
            let sql = "select data from event where tenant = $1";
            let events: Vec<String> = tx.all(sql, args!(tenant), |row| row.get(0))?;
            let all = events.join("\n");
            let sql = "select id from party where tenant = $1 and kind = 'citizen'";
            let parties: Vec<PartyId> = tx.all(sql, args!(tenant), |row| row.get(0))?;
            assert!(parties.len() > 60);
            for id in parties {
                let known = party::load(tx, tenant, &desk.keyring, id)?.unwrap();
                let number = known.masked_number().unwrap();
                assert!(number.contains("•••"), "a citizen's number covers its middle");
                let party::PartyNumber::Citizen(card) = known.number.unwrap() else { panic!() };
                let phone = known.phone.unwrap();
                for secret in [known.name.as_str(), card.as_str(), phone.as_str()] {
                    assert!(!all.contains(secret), "{secret}");
                }
                assert_eq!(known.born.unwrap().year(), card.birth_year());
            }
            Ok::<(), Error>(())
        });
        read.wait().unwrap();
    }
);

store_test!(
    fn a_second_history_is_refused(store: Store) {
        let (house, _) = generated(&store, 20);
        let again = demo::generate(&house.desk, &key(&house), &plan(20), &mut |_, _| {});
        assert!(matches!(again, Err(Error::HasHistory)), "{again:?}");
        let tenant = house.desk.front.tenant.clone();
        let half = "update demo_history set finished = false where tenant = $1";
        store.write(move |tx| tx.put(half, args!(&tenant))).wait().unwrap();
        let again = demo::generate(&house.desk, &key(&house), &plan(20), &mut |_, _| {});
        assert!(matches!(again, Err(Error::HalfHistory)), "{again:?}");
    }
);

store_test!(
    fn numbering_goes_on_where_the_history_ends(store: Store) {
        let (house, _) = generated(&store, 200);
        let mut last: BTreeMap<String, u32> = BTreeMap::new();
        for case in cases(&house) {
            let (day, serial) = case.code.as_str().rsplit_once('-').unwrap();
            let serial: u32 = serial.parse().unwrap();
            last.entry(day.to_owned()).and_modify(|s| *s = serial.max(*s)).or_insert(serial);
        }
        let tenant = house.desk.front.tenant.clone();
        let read = store.read(move |tx| {
            let sql = "select count(*), cast(sum(last) as bigint) from case_serial
                       where tenant = $1";
            tx.one(sql, args!(&tenant), |row| Ok((row.get::<u64>(0)?, row.get::<u64>(1)?)))
        });
        let counted: (u64, u64) = read.wait().map_err(|error: store::Error| error).unwrap();
        let sum = last.values().map(|serial| u64::from(*serial)).sum();
        assert_eq!(counted, (last.len() as u64, sum));
        assert_eq!(sum, 200, "no number is left out");
    }
);

/// What a test of chance needs: one engine, two runs.
fn on_a_file(dossiers: u64) -> (House, Summary, tempfile::TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::sqlite(&folder.path().join("demo.db")).unwrap();
    let (house, summary) = generated(&store, dossiers);
    (house, summary, folder)
}

#[test]
fn the_same_seed_makes_the_same_history() {
    let (one, two) = (on_a_file(300), on_a_file(300));
    assert_eq!(one.1, two.1);
    assert_eq!(verified(&one.0), verified(&two.0));
    assert_eq!(cases(&one.0), cases(&two.0));
    let sealed = |house: &House| {
        let tenant = house.desk.front.tenant.clone();
        let read = house.desk.front.store.read(move |tx| {
            let sql = "select p.sealed, f.sealed from case_state c
                       join party p on p.tenant = c.tenant and p.id = c.applicant
                       join dossier_form f on f.tenant = c.tenant and f.case_id = c.id
                       where c.tenant = $1 order by c.id";
            tx.all(sql, args!(&tenant), |row| Ok((row.get::<Vec<u8>>(0)?, row.get::<Vec<u8>>(1)?)))
        });
        read.wait().map_err(|error: store::Error| error).unwrap()
    };
    assert!(sealed(&one.0) == sealed(&two.0), "even what is sealed");
}

#[test]
fn every_state_and_every_irregularity_is_there() {
    let (house, summary, _folder) = on_a_file(2_000);
    let cases = cases(&house);
    let statuses: BTreeSet<Status> = cases.iter().map(|case| case.status).collect();
    let missing: Vec<_> = Status::ALL.iter().filter(|s| !statuses.contains(s)).collect();
    assert!(missing.is_empty(), "{missing:?}");

    let tenant = house.desk.front.tenant.clone();
    let read = house.desk.front.store.read(move |tx| {
        let sql = "select kind, case_id from demo_planted where tenant = $1";
        tx.all(sql, args!(&tenant), |row| Ok((row.get::<String>(0)?, row.get::<CaseId>(1)?)))
    });
    let planted: Vec<(String, CaseId)> = read.wait().map_err(|error: store::Error| error).unwrap();
    assert_eq!(planted.len() as u64, summary.planted);
    for kind in IrregularityKind::ALL {
        let count = planted.iter().filter(|(word, _)| word == kind.word()).count();
        assert!(count >= 5, "{}: {count}", kind.word());
    }

    let ended: Vec<&Case> = cases.iter().filter(|case| case.end.is_some()).collect();
    let late = ended.iter().filter(|case| case.ended_at > case.due()).count();
    let share = late as f64 / ended.len() as f64;
    assert!((0.03..0.12).contains(&share), "{share} of the finished ones are late");
    let online = cases.iter().filter(|c| c.channel == casework::Channel::Online).count();
    assert!((500..1200).contains(&online), "{online} came online");
}

#[test]
fn the_desk_for_civil_status_has_work_today() {
    let (house, _, _folder) = on_a_file(2_000);
    let now: Instant = NOW.parse().unwrap();
    let moment = house.desk.moment();
    let khanh = house.persons["phuong-phan-dinh-phung/ma-van-khanh"];
    let seat: PostId = moment.directory.posts_of(khanh, now)[0].post;
    let mine: Vec<Case> = cases(&house).into_iter().filter(|case| case.holds(seat)).collect();
    assert!((30..=60).contains(&mine.len()), "{} on the desk", mine.len());
    let late = mine.iter().filter(|case| case.due() < Some(now)).count();
    assert!(late > 0 && late * 3 < mine.len(), "{late} of them late");
}
