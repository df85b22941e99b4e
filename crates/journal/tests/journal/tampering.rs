//! Whoever edits the past in the database is found out, and the event is named.

use crate::common::Journal;
use journal::{Break, Error, Event, Fault, Verdict};
use store::{Arg, Store, store_test};

/// A sealed journal of 900 events under its own tenant, and its events.
fn sealed(store: &Store, tenant: &str) -> (Journal, Vec<Event>) {
    let journal = Journal::new(store, tenant);
    let events = journal.dossiers(300);
    journal.append(&events);
    while !journal.seal(350).unwrap().unwrap().is_empty() {}
    assert!(matches!(journal.verify(), Verdict::Sound { size: 900, unsealed: 0, .. }));
    (journal, events)
}

fn broken(journal: &Journal) -> Break {
    match journal.verify() {
        Verdict::Broken(found) => found,
        sound => panic!("nothing was noticed: {sound:?}"),
    }
}

fn of(event: &Event, pos: u64, fault: Fault) -> Break {
    Break { pos: Some(pos), event: Some(event.id), case: Some(event.case), fault }
}

/// Lifts the positions from `from` on by `by`, in two steps because they are unique.
fn shift(journal: &Journal, from: i64, by: i64) {
    journal.tamper(
        "update event set pos = -1000 - (pos + $3) where tenant = $1 and pos >= $2",
        vec![Arg::from(from), Arg::from(by)],
    );
    journal.tamper("update event set pos = -1000 - pos where tenant = $1 and pos < 0", vec![]);
}

fn forge(journal: &Journal, like: &Event, pos: i64) -> Event {
    let mut forged = like.clone();
    forged.id = kernel::Mint::seeded(99).id(journal.now);
    forged.version = 4;
    journal.append(std::slice::from_ref(&forged));
    journal.tamper(
        "update event set pos = $2 where tenant = $1 and id = $3",
        vec![Arg::from(pos), Arg::from(forged.id)],
    );
    forged
}

store_test! {
    fn a_row_that_was_edited_is_named(store: Store) {
        for (tenant, sql) in [
            ("H10", "update event set happened_at = happened_at - 86400000000 where tenant = $1 and pos = $2"),
            ("H11", "update event set recorded_at = recorded_at - 1 where tenant = $1 and pos = $2"),
            ("H12", "update event set data = '{\"dossier\":9}' where tenant = $1 and pos = $2"),
            ("H13", "update event set actor = 'system:nobody' where tenant = $1 and pos = $2"),
            ("H14", "update event set kind = 'dossier.withdrawn' where tenant = $1 and pos = $2"),
            ("H15", "update event set actor = 'system:story\n1', happened_at = 1 where tenant = $1 and pos = $2"),
        ] {
            let (journal, events) = sealed(&store, tenant);
            journal.tamper(sql, vec![Arg::from(400_i64)]);
            assert_eq!(broken(&journal), of(&events[400], 400, Fault::Altered), "{sql}");
        }
    }
}

store_test! {
    fn the_first_of_several_edits_is_named(store: Store) {
        let (journal, events) = sealed(&store, "H55");
        journal.tamper("update event set happened_at = 1 where tenant = $1 and pos in (899, 3, 350)", vec![]);
        assert_eq!(broken(&journal), of(&events[3], 3, Fault::Altered));
    }
}

store_test! {
    fn a_row_that_was_deleted_is_missed(store: Store) {
        let (journal, events) = sealed(&store, "H55");
        journal.tamper("delete from event where tenant = $1 and pos = 400", vec![]);
        let case = Some(events[400].case);
        let expected = Break { pos: Some(400), event: None, case, fault: Fault::Removed };
        assert_eq!(broken(&journal), expected);
        // Closing the ranks does not hide it.
        shift(&journal, 401, -1);
        assert_eq!(broken(&journal), expected);

        let (journal, _) = sealed(&store, "H56");
        journal.tamper("delete from event where tenant = $1 and pos = 899", vec![]);
        let expected = Break { pos: Some(899), event: None, case: None, fault: Fault::Removed };
        assert_eq!(broken(&journal), expected);
    }
}

store_test! {
    fn a_row_that_was_put_in_is_named(store: Store) {
        let (journal, events) = sealed(&store, "H10");
        shift(&journal, 400, 1);
        let forged = forge(&journal, &events[400], 400);
        assert_eq!(broken(&journal), of(&forged, 400, Fault::Inserted));

        let (journal, events) = sealed(&store, "H11");
        let forged = forge(&journal, &events[400], 900);
        assert_eq!(broken(&journal), of(&forged, 900, Fault::Inserted));
    }
}

store_test! {
    fn a_row_with_another_position_is_named(store: Store) {
        let (journal, events) = sealed(&store, "H10");
        journal.tamper("update event set pos = 5000 where tenant = $1 and pos = 10", vec![]);
        assert_eq!(broken(&journal), of(&events[10], 10, Fault::Moved { to: Some(5000) }));
        journal.tamper("update event set pos = null where tenant = $1 and pos = 5000", vec![]);
        assert_eq!(broken(&journal), of(&events[10], 10, Fault::Moved { to: None }));

        let (journal, events) = sealed(&store, "H11");
        journal.tamper("update event set pos = -1 where tenant = $1 and pos = 20", vec![]);
        journal.tamper("update event set pos = 20 where tenant = $1 and pos = 21", vec![]);
        journal.tamper("update event set pos = 21 where tenant = $1 and pos = -1", vec![]);
        assert_eq!(broken(&journal), of(&events[20], 20, Fault::Moved { to: Some(21) }));
    }
}

store_test! {
    fn a_damaged_tree_is_told_from_a_damaged_event(store: Store) {
        let (journal, events) = sealed(&store, "H10");
        let leaf = events[300].leaf(&journal.tenant);
        journal.tamper(
            "update journal_tile set hashes = $2 where tenant = $1 and level = 0 and number = 1",
            vec![Arg::from(leaf.as_bytes().repeat(256))],
        );
        assert_eq!(broken(&journal), of(&events[256], 256, Fault::TreeDamaged));
        journal.tamper("delete from journal_tile where tenant = $1 and number = 1", vec![]);
        assert_eq!(broken(&journal), of(&events[256], 256, Fault::TreeDamaged));

        let (journal, _) = sealed(&store, "H11");
        journal.tamper(
            "update journal_tile set hashes = $2 where tenant = $1 and level = 1",
            vec![Arg::from(vec![7; 96])],
        );
        let expected = Break { pos: None, event: None, case: None, fault: Fault::TreeDamaged };
        assert_eq!(broken(&journal), expected);
    }
}

store_test! {
    fn rewriting_row_and_leaf_together_is_found_by_the_signature(store: Store) {
        let (journal, events) = sealed(&store, "H55");
        let mut altered = events.clone();
        altered[300].happened_at = journal.now;
        journal.tamper(
            "update event set happened_at = $2 where tenant = $1 and pos = 300",
            vec![Arg::from(journal.now)],
        );
        let hashes = altered[256..512].iter().flat_map(|e| *e.leaf(&journal.tenant).as_bytes());
        journal.tamper(
            "update journal_tile set hashes = $2 where tenant = $1 and level = 0 and number = 1",
            vec![Arg::from(hashes.collect::<Vec<u8>>())],
        );
        // The checkpoint of 350 events is the first to say so…
        let expected =
            Break { pos: Some(0), event: None, case: None, fault: Fault::Rewritten { to: 350 } };
        assert_eq!(broken(&journal), expected);
        // …and where that is gone too, the tile above still knows the 256 events.
        journal.tamper("delete from journal_checkpoint where tenant = $1 and size = 350", vec![]);
        let expected =
            Break { pos: Some(256), event: None, case: None, fault: Fault::Rewritten { to: 512 } };
        assert_eq!(broken(&journal), expected);
    }
}

store_test! {
    fn a_forged_checkpoint_is_refused(store: Store) {
        let (journal, _) = sealed(&store, "H10");
        journal.tamper(
            "update journal_checkpoint set note = replace(note, 'tinhso/H10 ', 'tinhso/H10 x')
             where tenant = $1 and size = 350",
            vec![],
        );
        let fault = Fault::CheckpointForged { size: 350 };
        assert_eq!(broken(&journal), Break { pos: None, event: None, case: None, fault });

        // Another key of the same name is another key.
        let (journal, _) = sealed(&store, "H11");
        let thief = journal::LogKey::generate(&kernel::Mint::seeded(1), "tinhso/H11".parse().unwrap());
        let keys = [journal.key.verifier().clone()];
        let forged = journal.newest_checkpoint().open(&keys).unwrap().sign(&thief);
        journal.tamper(
            "update journal_checkpoint set note = $2 where tenant = $1 and size = 900",
            vec![Arg::from(forged.as_str().to_owned())],
        );
        let fault = Fault::CheckpointForged { size: 900 };
        assert_eq!(broken(&journal), Break { pos: None, event: None, case: None, fault });
        assert!(matches!(journal.seal(10), Err(Error::Unsigned)));
    }
}

store_test! {
    fn nothing_is_signed_on_top_of_a_forgery(store: Store) {
        let (journal, events) = sealed(&store, "H55");
        let leaf = events[0].leaf(&journal.tenant);
        journal.tamper(
            "update journal_tile set hashes = $2 where tenant = $1 and level = 0 and number = 3",
            vec![Arg::from(leaf.as_bytes().repeat(132))],
        );
        assert!(matches!(journal.seal(10), Err(Error::Tree(_))));
    }
}

store_test! {
    fn cutting_off_the_newest_part_whole_is_found_by_a_kept_checkpoint(store: Store) {
        let (journal, _) = sealed(&store, "H55");
        let kept = journal.newest_checkpoint();
        journal.tamper("delete from event where tenant = $1 and pos >= 350", vec![]);
        journal.tamper("delete from journal_checkpoint where tenant = $1 and size > 350", vec![]);
        journal.tamper("delete from journal_tile where tenant = $1 and level = 0 and number > 1", vec![]);
        let audit = journal::Audit { witnesses: vec![kept], ..journal.audit() };
        let Verdict::Broken(found) = journal.verify_with(audit).unwrap() else { panic!() };
        // The event of position 350 is the last of its dossier but one, so the dossier shows no gap.
        assert_eq!((found.pos, found.fault), (Some(350), Fault::Removed));
    }
}

store_test! {
    fn unsealed_events_are_watched_too(store: Store) {
        let (mut journal, _) = sealed(&store, "H55");
        let late = Journal::new(&store, "H56");
        let events = late.dossiers(1);
        late.append(&events);
        late.seal(1).unwrap();
        assert!(matches!(late.verify(), Verdict::Sound { size: 1, unsealed: 2, .. }));

        let audit = journal::Audit { sealed_until: "2026-12-01T00:00:00Z".parse().unwrap(), ..late.audit() };
        let Verdict::Broken(found) = late.verify_with(audit).unwrap() else { panic!() };
        let fault = Fault::Unsealed { since: events[1].recorded_at };
        let expected =
            Break { pos: None, event: Some(events[1].id), case: Some(events[1].case), fault };
        assert_eq!(found, expected);

        late.tamper("delete from event where tenant = $1 and version = 2", vec![]);
        let fault = Fault::Gap { version: 2 };
        let expected = Break { pos: None, event: None, case: Some(events[1].case), fault };
        assert_eq!(broken(&late), expected);
        // One tenant's trouble is not another's.
        journal.now = kernel::from_micros(0);
        assert!(matches!(journal.verify(), Verdict::Sound { size: 900, .. }));
    }
}
