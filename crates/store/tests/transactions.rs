//! What a transaction promises, on both engines.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

use kernel::Mint;
use store::{Error, Migration, Store, Tx, args, store_test};

const TABLES: &[Migration] = &[Migration::new(
    "test",
    1,
    "box",
    "create table box (tenant text not null, id bigint not null, label text, data json,
        token uuid, flag boolean, weight double precision, raw bytea, primary key (tenant, id));",
)];

fn boxes(store: &Store) -> i64 {
    let count = store.read(|tx: &mut Tx<'_>| tx.one("select count(*) from box", &[], |r| r.get(0)));
    count.wait().unwrap()
}

fn insert(tx: &mut Tx<'_>, id: i64) -> Result<(), Error> {
    tx.put("insert into box(tenant, id, label) values ($1, $2, $3)", args!("H55", id, "x"))
}

store_test!(
    fn a_refusal_leaves_nothing_behind(store: Store) {
        store.migrate(&[TABLES]).unwrap();
        let refused = store.write(|tx: &mut Tx<'_>| {
            insert(tx, 1)?;
            Err::<(), Error>(Error::Conflict)
        });
        assert!(matches!(refused.wait(), Err(Error::Conflict)));
        assert_eq!(boxes(&store), 0);
    }
);

store_test!(
    fn an_answer_without_rows_is_an_answer(store: Store) {
        store.migrate(&[TABLES]).unwrap();
        let label = |tx: &mut Tx<'_>| {
            tx.opt("select label from box where id = $1", args!(9_i64), |r| r.get::<String>(0))
        };
        assert_eq!(store.read(label).wait().unwrap(), None);
        let missing =
            store.read(|tx: &mut Tx<'_>| tx.one("select id from box", &[], |r| r.get::<i64>(0)));
        assert!(matches!(missing.wait(), Err(Error::NotFound)));
    }
);

store_test!(
    fn values_come_back_as_they_went_in(store: Store) {
        store.migrate(&[TABLES]).unwrap();
        let token = uuid::Uuid::from_bytes(Mint::seeded(1).bytes());
        let json = r#"{"b": 1,  "a": "Đ"}"#;
        store
            .write(move |tx: &mut Tx<'_>| {
                // The second value is named before the first: binding goes by number.
                tx.put(
                    "insert into box(id, tenant, label, data, token, flag, weight, raw)
             values ($2, $1, $3, $4, $5, $6, $7, $8)",
                    args!("H55", 7, None::<&str>, json, token, true, 2.5, &[0_u8, 255][..]),
                )
            })
            .wait()
            .unwrap();
        let row = store
            .read(|tx: &mut Tx<'_>| {
                tx.one(
                    "select id, label, data, token, flag, weight, raw, data->>'a' from box",
                    &[],
                    |r| {
                        Ok((
                            r.get::<i64>(0)?,
                            r.get::<Option<String>>(1)?,
                            r.get::<String>(2)?,
                            r.get::<uuid::Uuid>(3)?,
                            r.get::<bool>(4)?,
                            r.get::<f64>(5)?,
                            r.get::<Vec<u8>>(6)?,
                            r.get::<String>(7)?,
                        ))
                    },
                )
            })
            .wait()
            .unwrap();
        let expected = (7, None, json.to_owned(), token, true, 2.5, vec![0, 255], "Đ".to_owned());
        assert_eq!(row, expected);
    }
);

store_test!(
    fn one_failure_does_not_touch_its_neighbours(store: Store) {
        store.migrate(&[TABLES]).unwrap();
        let pending: Vec<_> = (0..300_i64)
            .map(|id| {
                store.write(move |tx: &mut Tx<'_>| {
                    insert(tx, id)?;
                    match id % 7 {
                        0 => Err(Error::Conflict),
                        1 => panic!("a bug in a command"),
                        _ => Ok(()),
                    }
                })
            })
            .collect();
        let kept = pending.into_iter().map(store::Pending::wait).filter(Result::is_ok).count();
        assert_eq!(kept, 300 - 43 - 43);
        assert_eq!(boxes(&store), 214);
    }
);

store_test!(
    fn a_second_row_with_the_same_key_is_refused(store: Store) {
        store.migrate(&[TABLES]).unwrap();
        store.write(|tx: &mut Tx<'_>| insert(tx, 1)).wait().unwrap();
        let twice = store.write(|tx: &mut Tx<'_>| insert(tx, 1)).wait();
        assert!(matches!(twice, Err(Error::Unique(_))), "{twice:?}");
        let stale = store
            .write(|tx: &mut Tx<'_>| {
                tx.put("update box set label = $2 where id = $1", args!(99, "y"))
            })
            .wait();
        assert!(matches!(stale, Err(Error::Conflict)), "{stale:?}");
    }
);

store_test!(
    fn a_hundred_callers_count_to_a_hundred(store: Store) {
        store.migrate(&[TABLES]).unwrap();
        let bump = |tx: &mut Tx<'_>| {
            tx.one(
                "insert into box(tenant, id, weight) values ('H55', 1, 1)
         on conflict (tenant, id) do update set weight = box.weight + 1 returning weight",
                &[],
                |r| r.get::<f64>(0),
            )
        };
        let pending: Vec<_> = (0..100).map(|_| store.write(bump)).collect();
        let mut seen: Vec<f64> = pending.into_iter().map(|p| p.wait().unwrap()).collect();
        seen.sort_by(f64::total_cmp);
        let expected: Vec<f64> = (1..=100).map(f64::from).collect();
        assert_eq!(seen, expected);
    }
);

store_test!(
    fn readers_cannot_write(store: Store) {
        store.migrate(&[TABLES]).unwrap();
        assert!(store.read(|tx: &mut Tx<'_>| insert(tx, 1)).wait().is_err());
        assert_eq!(boxes(&store), 0);
    }
);

store_test!(
    fn programs_and_databases_that_do_not_fit_are_refused(store: Store) {
        store.migrate(&[TABLES]).unwrap();
        store.migrate(&[TABLES]).expect("a second start changes nothing");
        const CHANGED: &[Migration] =
            &[Migration::new("test", 1, "box", "create table other (id bigint)")];
        assert!(matches!(store.migrate(&[CHANGED]), Err(Error::Changed { number: 1, .. })));
        const SECOND: &[Migration] =
            &[Migration::new("test", 2, "lid", "create table lid (id bigint)")];
        store.migrate(&[TABLES, SECOND]).unwrap();
        assert!(matches!(store.migrate(&[TABLES]), Err(Error::TooNew { found: 2, known: 1, .. })));
    }
);
