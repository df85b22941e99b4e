//! From an event that is written to one that can be proved, on both stores.

use std::thread;

use crate::common::Journal;
use journal::{
    BulkJournal, Error, Receipt, Sealed, SignedCheckpoint, TileReader, Verdict, read_case,
    read_from,
    tree::{consistency_proof, verify_consistency},
};
use kernel::{from_micros, micros};
use store::store_test;

store_test! {
    fn an_event_becomes_evidence_that_a_citizen_can_keep(store: Store) {
        let journal = Journal::new(&store, "H55");
        let events = journal.dossiers(100);
        let keys = [journal.key.verifier().clone()];
        journal.append(&events);
        let accepted = events[4].clone();
        let receipt = Receipt::showing(&journal.tenant, &accepted);
        assert!(matches!(receipt.prove(&keys), Err(Error::ReceiptUnsealed)));

        let sealed = journal.seal(1000).unwrap();
        assert_eq!(sealed, Some(Sealed { from: 0, to: 300 }));
        assert!(journal.seal(1000).unwrap().is_some_and(|sealed| sealed.is_empty()));

        let asked = receipt.clone();
        let receipt = journal.store.read(move |tx| asked.complete(tx)).wait().unwrap();
        let kept = receipt.to_json().unwrap();
        let proof = Receipt::from_json(&kept).unwrap().prove(&keys).unwrap();
        assert_eq!((proof.event, proof.pos, proof.size), (accepted.id, 4, 300));
        assert!(proof.entry_shown);

        let stranger = Journal::new(&store, "H56");
        let other_keys = [stranger.key.verifier().clone()];
        assert!(matches!(receipt.prove(&other_keys), Err(Error::Unsigned)));
        let mut forged = receipt.clone();
        forged.entry = forged.entry.map(|entry| entry.replace("dossier.accepted", "dossier.lost"));
        assert!(matches!(forged.prove(&keys), Err(Error::ReceiptDiffers)));
        let mut forged = receipt.clone();
        forged.sealing.as_mut().unwrap().pos = 5;
        assert!(matches!(forged.prove(&keys), Err(Error::ReceiptUnproved)));
        let mut forged = receipt;
        let checkpoint = &mut forged.sealing.as_mut().unwrap().checkpoint;
        *checkpoint = checkpoint.replace("\n300\n", "\n301\n");
        assert!(matches!(forged.prove(&keys), Err(Error::Forged)));
        assert!(Receipt::from_json(&kept.replace("receipt/1", "receipt/2")).is_err());
    }
}

store_test! {
    fn a_receipt_finds_out_that_its_event_was_altered(store: Store) {
        let journal = Journal::new(&store, "H55");
        let events = journal.dossiers(1);
        journal.append(&events);
        let receipts: Vec<_> =
            events.iter().map(|event| Receipt::of(&journal.tenant, event)).collect();
        // Even before the event was sealed.
        journal.tamper("update event set happened_at = 1 where tenant = $1 and version = 1", vec![]);
        journal.tamper("delete from event where tenant = $1 and version = 2", vec![]);
        let complete = |receipt: Receipt| {
            journal.store.read(move |tx| receipt.complete(tx)).wait()
        };
        let mut outcomes = receipts.into_iter().map(complete);
        assert!(matches!(outcomes.next(), Some(Err(Error::ReceiptDiffers))));
        assert!(matches!(outcomes.next(), Some(Err(Error::ReceiptLost))));
        assert!(matches!(outcomes.next(), Some(Err(Error::ReceiptUnsealed))));
    }
}

store_test! {
    fn sealing_in_batches_keeps_the_order_in_which_things_were_recorded(store: Store) {
        let journal = Journal::new(&store, "H55");
        let events = journal.dossiers(250);
        // They commit in another order than they were recorded in.
        let (early, late) = events.split_at(300);
        journal.append(late);
        journal.append(early);
        let mut checkpoints = vec![];
        while !journal.seal(200).unwrap().unwrap().is_empty() {
            checkpoints.push(journal.newest_checkpoint());
        }
        assert_eq!(checkpoints.len(), 4);

        let tenant = journal.tenant.clone();
        let (placed, case) = journal.store.read(move |tx| {
            let placed = [read_from(tx, &tenant, 0, 500)?, read_from(tx, &tenant, 500, 500)?];
            let case = read_case(tx, &tenant, placed[0][0].event.case)?;
            Ok::<_, Error>((placed.concat(), case))
        }).wait().unwrap();
        for (pos, placed) in (0..).zip(&placed) {
            assert_eq!(placed.pos, pos);
            assert_eq!(placed.event, events[usize::try_from(pos).unwrap()]);
        }
        assert_eq!(placed.len(), events.len());
        assert_eq!(case, events[..3]);
        assert!(matches!(journal.verify(), Verdict::Sound { size: 750, unsealed: 0, .. }));
        each_checkpoint_continues_the_one_before(&journal, &checkpoints);
    }
}

fn each_checkpoint_continues_the_one_before(journal: &Journal, notes: &[SignedCheckpoint]) {
    let keys = [journal.key.verifier().clone()];
    for pair in notes.windows(2) {
        let (old, new) = (pair[0].open(&keys).unwrap(), pair[1].open(&keys).unwrap());
        let tenant = journal.tenant.clone();
        let proof = journal.store.read(move |tx| {
            consistency_proof(&mut TileReader::new(tx, &tenant), old.size, new.size)
        });
        let proof = proof.wait().unwrap();
        assert!(verify_consistency(old.size, &old.root, new.size, &new.root, &proof));
    }
}

store_test! {
    fn only_one_process_seals_until_it_falls_silent(store: Store) {
        let journal = Journal::new(&store, "H55");
        journal.append(&journal.dossiers(1));
        let (first, second, now) = (journal.sealer("first"), journal.sealer("second"), journal.now);
        let minute_later = from_micros(micros(now) + 60_000_000);
        let outcome = journal.write(move |tx| {
            Ok((first.seal(tx, now, 1)?, second.seal(tx, now, 9)?, second.seal(tx, minute_later, 9)?))
        });
        let sealed = |from, to| Some(Sealed { from, to });
        assert_eq!(outcome.unwrap(), (sealed(0, 1), None, sealed(1, 3)));
    }
}

store_test! {
    fn sealers_that_run_at_once_seal_every_event_once(store: Store) {
        let journal = Journal::new(&store, "H55");
        journal.append(&journal.dossiers(200));
        // The same holder, so that the lease keeps nobody out.
        let (journal, writers) = (&journal, 4);
        thread::scope(|scope| {
            for _ in 0..writers {
                scope.spawn(move || {
                    for _ in 0..30 {
                        match journal.seal(37) {
                            Ok(_) | Err(Error::Store(_)) => {}
                            Err(error) => panic!("{error}"),
                        }
                    }
                });
            }
        });
        while !journal.seal(1000).unwrap().unwrap().is_empty() {}
        assert!(matches!(journal.verify(), Verdict::Sound { size: 600, unsealed: 0, .. }));
    }
}

store_test! {
    fn an_import_and_the_sealer_build_one_journal(store: Store) {
        let journal = Journal::new(&store, "H55");
        let events = journal.dossiers(300);
        let (past, present) = events.split_at(600);
        for batch in past.chunks(250) {
            let (tenant, key, now) = (journal.tenant.clone(), journal.key.clone(), journal.now);
            let batch = batch.to_vec();
            journal.write(move |tx| {
                let keys = [key.verifier().clone()];
                let mut bulk = BulkJournal::open(tx, &tenant, &keys, "worker", now)?;
                for event in batch.iter().cloned() {
                    bulk.append(tx, event)?;
                }
                bulk.finish(tx, &key, now)
            }).unwrap();
        }
        journal.append(present);
        assert_eq!(journal.seal(1000).unwrap(), Some(Sealed { from: 600, to: 900 }));
        let Verdict::Sound { size: 900, root, .. } = journal.verify() else { panic!() };

        let sealed_only = Journal::new(&store, "H56");
        sealed_only.append(&events);
        sealed_only.seal(1000).unwrap();
        let Verdict::Sound { root: other, .. } = sealed_only.verify() else { panic!() };
        assert_ne!(root, other, "the tenant is part of every leaf");
    }
}
