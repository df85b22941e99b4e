//! The cube follows the journal: in batches of any size, through crashes, beside whoever works;
//! and computed anew it is the same to the byte.

use std::{
    sync::atomic::{AtomicBool, Ordering},
    thread,
};

use casework::{Channel, Command, DiscontinueGround, SupplementReason};
use indicators::{Error, Followed, Scope, Steps};
use kernel::Instant;
use store::{Tx, args, store_test};

use crate::common::{Desk, vn};

fn at(minutes: i64) -> Instant {
    vn("2026-02-27T08:00").checked_add(jiff::SignedDuration::from_mins(minutes)).unwrap()
}

/// What one counter does with some dossiers, over weeks.
fn work(desk: &Desk, counter: i64, dossiers: i64) {
    let province = &desk.province;
    for n in 0..dossiers {
        let of = if (counter + n) % 2 == 0 { province.east } else { province.west };
        let channel = if n % 3 == 0 { Channel::Online } else { Channel::Counter };
        let start = counter * 3 + n * 700;
        let id = desk.accepted(of, channel, at(start));
        let note = || casework::Note::from("vì");
        match n % 6 {
            0 => drop(desk.finishes(id, at(start + 600))),
            1 => {
                desk.finishes(id, at(start + 30_000));
                desk.does(id, Command::ReturnResult { note: note() }, at(start + 30_010));
            }
            2 => {
                let reason = SupplementReason::Illegible;
                let ask = Command::RequestSupplement { reason, note: note() };
                desk.does(id, ask, at(start + 60));
                let supply = Command::ReceiveSupplement { components: vec![] };
                desk.does(id, supply, at(start + 4_000));
                // Written down five days late.
                desk.does_late(id, crate::common::finish(), at(start + 5_000), at(start + 12_200));
            }
            3 => {
                let ground = DiscontinueGround::Order;
                desk.does(id, Command::Discontinue { ground, note: note() }, at(start + 9_000));
            }
            4 => desk.moves(id, province.west, at(start + 100)),
            _ => {}
        }
    }
}

store_test! {
    fn computed_anew_it_is_the_same_to_the_byte_under_load(store: Store) {
        let desk = Desk::open(store);
        let done = AtomicBool::new(false);
        thread::scope(|scope| {
            let counters: Vec<_> = (0..4)
                .map(|counter| scope.spawn({ let desk = &desk; move || work(desk, counter, 12) }))
                .collect();
            let (desk, done) = (&desk, &done);
            scope.spawn(move || {
                while !done.load(Ordering::SeqCst) {
                    desk.seal(13);
                    desk.follow(7);
                }
            });
            // In the middle of it, the cube is computed anew, and goes on to be followed.
            scope.spawn(move || {
                thread::sleep(std::time::Duration::from_millis(300));
                desk.cube.rebuild(&desk.store, |_, _| ()).unwrap();
            });
            counters.into_iter().for_each(|counter| counter.join().unwrap());
            done.store(true, Ordering::SeqCst);
        });
        desk.count_all();
        let live = desk.digest();
        let mut told = Vec::new();
        let rebuilt = desk.cube.rebuild(&desk.store, |n, of| told.push((n, of))).unwrap();
        assert!(rebuilt.events > 150, "{rebuilt:?}");
        assert_eq!(told.last(), Some(&(rebuilt.events, rebuilt.events)));
        assert_eq!(desk.digest(), live, "the rebuilt cube is another than the live one");
        assert_eq!(rows(&desk, "cube_place"), 1, "the old one is taken away");
        for (events, months) in [(1, 1), (5, 2), (40, 12)] {
            let steps = Steps { events, months };
            desk.cube.rebuild_by(&desk.store, steps, |_, _| ()).unwrap();
            assert_eq!(desk.digest(), live, "it depends on {steps:?}");
        }

        // A figure of it, against the cases themselves.
        let now = vn("2026-06-01T08:00");
        let open = rows(&desk, "case_state where ended_at is null and accepted_at is not null");
        let figure = desk.text("dossiers.in_hand", &Scope::all(), "2026-05", now);
        assert_eq!(figure, open.to_string());
    }
}

fn rows(desk: &Desk, table: &str) -> i64 {
    let sql = format!("select count(*) from {table}");
    let count = move |tx: &mut Tx<'_>| tx.one(&sql, &[], |row| row.get(0));
    desk.store.read(count).wait().map_err(|error: store::Error| error).unwrap()
}

store_test! {
    fn one_that_dies_between_two_batches_goes_on_where_it_was(store: Store) {
        let desk = Desk::open(store);
        work(&desk, 0, 8);
        while desk.seal(1000) > 0 {}
        // Each batch is tried by one that dies before its commit, and done by the next one.
        loop {
            let cube = desk.cube.clone();
            let dies = move |tx: &mut Tx<'_>| -> Result<Followed, Error> {
                cube.follow(tx, 9)?;
                Err(Error::Nothing)
            };
            assert!(desk.store.write(dies).wait().is_err());
            let cube = desk.cube.clone();
            let followed = desk.store.write(move |tx: &mut Tx<'_>| cube.follow(tx, 9)).wait();
            if !followed.unwrap().more {
                break;
            }
        }
        let live = desk.digest();
        desk.follow(9);
        assert_eq!(desk.digest(), live, "what was counted is not counted again");
        desk.cube.rebuild(&desk.store, |_, _| ()).unwrap();
        assert_eq!(desk.digest(), live);
    }
}

store_test! {
    fn a_rebuild_that_died_leaves_nothing_behind(store: Store) {
        let desk = Desk::open(store);
        work(&desk, 0, 4);
        desk.count_all();
        let live = desk.digest();
        // What an unfinished build wrote before its program was killed.
        let tenant = desk.province.tenant.clone();
        let orphan = move |tx: &mut Tx<'_>| {
            tx.put(
                "insert into cube_place (tenant, build, pos, recorded_at) values ($1, 2, 5, 0)",
                args!(&tenant),
            )
        };
        desk.store.write(orphan).wait().map_err(|error: store::Error| error).unwrap();
        assert_eq!(desk.digest(), live, "nobody reads it");
        desk.cube.rebuild(&desk.store, |_, _| ()).unwrap();
        assert_eq!((desk.digest(), rows(&desk, "cube_place")), (live, 1));
    }
}

store_test! {
    fn of_two_rebuilds_at_once_the_later_one_counts(store: Store) {
        let desk = Desk::open(store);
        work(&desk, 0, 4);
        desk.count_all();
        let live = desk.digest();
        // While the first one tells of its progress, a second one begins and ends.
        let (inner, mut second) = (desk.clone(), None);
        let first = desk.cube.rebuild(&desk.store, |_, _| {
            second.get_or_insert_with(|| inner.cube.rebuild(&inner.store, |_, _| ()));
        });
        assert!(matches!(first, Err(Error::Store(store::Error::Conflict))), "{first:?}");
        assert!(second.unwrap().is_ok());
        assert_eq!((desk.digest(), rows(&desk, "cube_place")), (live, 1));
    }
}

store_test! {
    fn an_event_that_cannot_be_read_stops_the_counting_and_is_named(store: Store) {
        let desk = Desk::open(store);
        work(&desk, 0, 1);
        let tenant = desk.province.tenant.clone();
        let forge = move |tx: &mut Tx<'_>| {
            tx.exec(
                "update event set data = '{}' where tenant = $1 and kind = 'accepted'",
                args!(&tenant),
            )
        };
        desk.store.write(forge).wait().map_err(|error: store::Error| error).unwrap();
        while desk.seal(1000) > 0 {}
        let cube = desk.cube.clone();
        let followed = desk.store.write(move |tx: &mut Tx<'_>| cube.follow(tx, 100)).wait();
        assert!(
            matches!(&followed, Err(Error::Event { pos: 1, kind }) if kind == "accepted"),
            "{followed:?}"
        );
    }
}

store_test! {
    fn nothing_is_read_of_a_cube_that_counted_nothing(store: Store) {
        let desk = Desk::open(store);
        desk.follow(100);
        let (cube, tree) = (desk.cube.clone(), desk.province.tree());
        let definitions = desk.definitions.clone();
        let read = move |tx: &mut Tx<'_>| {
            let indicator = definitions.get("dossiers.received").unwrap();
            let of = (&Scope::all(), "2026-03".parse().unwrap(), &indicators::Slice::default());
            cube.figure(tx, &tree, indicator, of, vn("2026-03-02T08:00"))
        };
        assert!(matches!(desk.store.read(read).wait(), Err(Error::Nothing)));
        assert_eq!(desk.cube.rebuild(&desk.store, |_, _| ()).unwrap().events, 0);
    }
}
