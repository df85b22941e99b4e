//! The ground gives way: a disk that is full, a server that goes away, a file that is cut off.
//! The error is clear, nothing is half done, and what can heal does.

use std::{
    fs::{self, OpenOptions},
    os::unix::fs::FileExt as _,
    path::{Path, PathBuf},
    sync::atomic::{AtomicBool, AtomicU32, Ordering},
    thread,
    time::Duration,
};

use casework::{Command, Error};
use journal::Verdict;
use kernel::CaseId;
use store::{Store, Tx, args};

use crate::{
    common::{Desk, MONDAY_8, at},
    load::{Answer, Found, Round, verify},
};

/// What the store said, where it was the store that refused.
fn cause(error: &Error) -> Option<&store::Error> {
    match error {
        Error::Store(store::Error::Commit(inner)) => Some(inner),
        Error::Store(error) | Error::Journal(journal::Error::Store(error)) => Some(error),
        _ => None,
    }
}

#[test]
fn a_full_database_refuses_and_goes_on_when_there_is_room() {
    store::testing::sqlite(|store| {
        let desk = Desk::open(store.clone());
        desk.accepted("1.013225");
        let pages = count(&store, "select page_count from pragma_page_count");
        pages_max(&store, pages + 3);
        let file =
            || desk.file(desk.commune.filing("1.001193"), desk.commune.at("2026-03-02T02:00:00Z"));
        let mut filed = Vec::new();
        let refusal = loop {
            match file() {
                Ok(done) => filed.push(done.case.id),
                Err(error) => break error,
            }
            assert!(filed.len() < 1000, "three pages do not hold so many dossiers");
        };
        assert!(matches!(cause(&refusal), Some(store::Error::Full(_))), "{refusal:?}");
        // The half of it that found room is gone again, and what was there can be read.
        let states = count(&store, "select count(*) from case_state");
        assert_eq!(usize::try_from(states).unwrap(), filed.len() + 1);
        Found::read(&store, at(MONDAY_8)).unwrap();
        pages_max(&store, 1_000_000);
        let next = file().unwrap().case.code;
        let serial = format!("-{:04}", filed.len() + 2);
        assert!(next.as_str().ends_with(&serial), "{next}: the refused one took no number");
        assert!(matches!(verify(&store, at(MONDAY_8)).unwrap(), Verdict::Sound { .. }));
    });
}

fn count(store: &Store, sql: &'static str) -> i64 {
    let read = store.read(move |tx: &mut Tx<'_>| tx.one(sql, &[], |row| row.get(0)));
    read.wait().map_err(|error: store::Error| error).unwrap()
}

/// Holds the database at so many pages, as a full disk does.
fn pages_max(store: &Store, pages: i64) {
    let sql = format!("pragma max_page_count = {pages}");
    let set = store.write(move |tx: &mut Tx<'_>| tx.exec(&sql, &[]));
    set.wait().map_err(|error: store::Error| error).unwrap();
}

#[test]
fn a_disk_that_takes_no_more_keeps_what_was_answered() {
    let folder = tempfile::tempdir().unwrap();
    let place = format!("sqlite:{}", folder.path().join("full.db").display());
    let round = Round { place, number: 0, seed: 1 };
    round.open().migrate(&[journal::MIGRATIONS, casework::MIGRATIONS]).unwrap();
    // The write-ahead log cannot grow beyond this: commits fail under load, in the middle.
    let out = round.start(Some(1024)).output().unwrap();
    let said = String::from_utf8(out.stdout).unwrap();
    assert!(out.status.success(), "the process lives on: {said}");
    let answers: Vec<Answer> = said.lines().filter_map(Answer::parse).collect();
    assert!(answers.len() > 10, "there was room for some: {said}");
    let failed: Vec<&str> = said.lines().filter(|line| line.starts_with("failed")).collect();
    assert!(failed.iter().all(|line| line.contains("the disk takes no more")), "{failed:?}");
    assert!(failed.len() >= 3, "it was full");

    let store = round.open();
    Found::read(&store, round.base()).unwrap().hold(&answers);
    assert!(matches!(verify(&store, round.base()).unwrap(), Verdict::Sound { .. }));
    let desk = Desk::open(store);
    desk.file(desk.commune.filing("1.001193"), desk.commune.at("2026-04-01T02:00:00Z")).unwrap();
}

#[test]
fn a_server_that_is_not_there_is_said_to_be_away() {
    let refused = Store::postgres("host=127.0.0.1 port=1 user=nobody connect_timeout=2", 1);
    assert!(matches!(refused, Err(store::Error::Away(_))), "{refused:?}");
}

#[test]
fn a_server_that_cuts_the_lines_is_found_again() {
    store::testing::schema(|config| {
        let named = format!("{config} application_name=cut-lines");
        let desk = Desk::open(Store::postgres(&named, 4).unwrap());
        let admin = Store::postgres(config, 1).unwrap();
        let (over, cuts) = (AtomicBool::new(false), AtomicU32::new(0));
        thread::scope(|scope| {
            let callers: Vec<_> =
                (0..4).map(|_| scope.spawn(|| hand_to_and_fro(&desk, &over))).collect();
            while cuts.fetch_add(1, Ordering::Relaxed) < 10 {
                thread::sleep(Duration::from_millis(40));
                cut_lines(&admin);
            }
            // The last lines were cut, and still everybody gets on with the work.
            over.store(true, Ordering::Relaxed);
            for caller in callers {
                let (case, moves) = caller.join().unwrap();
                assert_eq!(desk.case(case).version, 2 + moves, "each move once, none lost");
                assert!(moves > 10, "there was load");
            }
        });
        Found::read(&desk.store, at(MONDAY_8)).unwrap();
        assert!(matches!(verify(&desk.store, at(MONDAY_8)).unwrap(), Verdict::Sound { .. }));
    });
}

/// Gives the first step of a dossier to one expert and the other in turn, as a person does who
/// looks again after an error; how often that was done.
fn hand_to_and_fro(desk: &Desk, over: &AtomicBool) -> (CaseId, u32) {
    let case =
        again(|| desk.file(desk.commune.filing("1.013225"), desk.commune.at(MONDAY_8))).case.id;
    // Whether a command went through whose answer was lost is told by the version.
    let ask = |version: u32, command: &Command| loop {
        let at = desk.commune.at("2026-03-02T02:00:00Z");
        match desk.does_seeing(case, Some(version), command.clone(), at) {
            Ok(_) | Err(Error::Stale { .. }) => return,
            Err(error) => away(&error),
        }
    };
    ask(1, &Command::Accept { note: "".into() });
    let experts: Vec<_> = desk.commune.seats.iter().filter(|(role, _)| *role == "expert").collect();
    let mut moves = 0;
    // A few more after the last cut.
    let mut left = 5;
    while left > 0 {
        left -= u32::from(over.load(Ordering::Relaxed));
        let post = experts[usize::try_from(moves + 1).unwrap() % experts.len()].1;
        let step = "phan-cong".parse().unwrap();
        ask(2 + moves, &Command::Assign { step, post, note: "".into() });
        moves += 1;
    }
    (case, moves)
}

fn again<T>(mut work: impl FnMut() -> Result<T, Error>) -> T {
    loop {
        match work() {
            Ok(done) => return done,
            Err(error) => away(&error),
        }
    }
}

/// The only thing that may be said when a line is cut.
fn away(error: &Error) {
    assert!(matches!(cause(error), Some(store::Error::Away(_))), "{error:?}");
}

fn cut_lines(admin: &Store) {
    let cut = admin.write(|tx: &mut Tx<'_>| {
        tx.exec(
            "select pg_terminate_backend(pid) from pg_stat_activity where application_name = $1",
            args!("cut-lines"),
        )
    });
    cut.wait().map_err(|error: store::Error| error).unwrap();
}

#[test]
fn a_file_that_is_cut_off_is_called_damaged() {
    let folder = tempfile::tempdir().unwrap();
    let whole = a_whole_database(folder.path());
    let length = fs::metadata(&whole).unwrap().len();
    let cut = folder.path().join("cut.db");
    for left in [50, 1000, 4096, length / 4, length / 2, length - 4096] {
        fs::copy(&whole, &cut).unwrap();
        OpenOptions::new().write(true).open(&cut).unwrap().set_len(left).unwrap();
        let error = open_and_read(&cut).expect_err("a part of it is missing");
        let damaged = matches!(cause(&error), Some(store::Error::Damaged(_)));
        assert!(damaged, "{left} of {length}: {error:?}");
    }
}

#[test]
fn a_hole_in_the_file_is_never_passed_over() {
    let folder = tempfile::tempdir().unwrap();
    let whole = a_whole_database(folder.path());
    let pages = fs::metadata(&whole).unwrap().len() / 4096;
    let holed = folder.path().join("holed.db");
    let mut found = 0;
    for page in 1..pages {
        fs::copy(&whole, &holed).unwrap();
        let file = OpenOptions::new().write(true).open(&holed).unwrap();
        file.write_all_at(&[0; 4096], page * 4096).unwrap();
        match open_and_read(&holed) {
            // An index that nothing here reads; nothing of what was read was wrong.
            Ok(Verdict::Sound { .. }) => {}
            Ok(Verdict::Broken(_)) | Err(Error::State(_)) => found += 1,
            Err(error) if matches!(cause(&error), Some(store::Error::Damaged(_))) => found += 1,
            Err(error) => panic!("page {page}: {error:?}"),
        }
    }
    assert!(found * 2 > pages, "{found} holes of {pages} were found");
}

/// A sealed database with a few dossiers, in one file, closed.
fn a_whole_database(folder: &Path) -> PathBuf {
    let path = folder.join("whole.db");
    let desk = Desk::open(Store::sqlite(&path).unwrap());
    for _ in 0..40 {
        desk.accepted("1.001193");
    }
    assert!(matches!(verify(&desk.store, at(MONDAY_8)).unwrap(), Verdict::Sound { .. }));
    drop(desk);
    // The last connection to close takes the write-ahead log with it; where two close at the
    // same moment neither is the last, so it is opened and closed once more.
    let log = folder.join("whole.db-wal");
    for _ in 0..200 {
        thread::sleep(Duration::from_millis(50));
        if !log.exists() {
            return path;
        }
        drop(Store::sqlite(&path).unwrap());
    }
    panic!("the database was not closed");
}

/// Reads every case and verifies the journal.
fn open_and_read(path: &Path) -> Result<Verdict, Error> {
    let _ = fs::remove_file(path.with_extension("db-wal"));
    let _ = fs::remove_file(path.with_extension("db-shm"));
    let store = Store::sqlite(path)?;
    Found::read(&store, at(MONDAY_8))?;
    Ok(verify(&store, at(MONDAY_8))?)
}
