//! Empty databases for tests: one text, both engines. And what statements a closure runs.

use std::{cell::RefCell, env, panic};

use crate::{Arg, Store, Tx};

/// Names the PostgreSQL server for tests, as a libpq-style string.
const SERVER: &str = "TINHSO_TEST_POSTGRES";
/// Where it is set, a missing component fails a test instead of skipping it.
const REQUIRED: &str = "TINHSO_TEST_REQUIRED";

/// Writes one test that runs on SQLite and on PostgreSQL:
/// `store_test!(fn name(store: Store) { … });`
#[macro_export]
macro_rules! store_test {
    ($(#[$meta:meta])* fn $name:ident($store:ident: Store) $body:block) => {
        $(#[$meta])*
        mod $name {
            use super::*;

            fn story($store: $crate::Store) $body

            #[test]
            fn sqlite() {
                $crate::testing::sqlite(story);
            }

            #[test]
            fn postgres() {
                $crate::testing::postgres(story);
            }
        }
    };
}

/// Runs `story` on an empty SQLite database in a folder of its own.
///
/// # Panics
/// Where the story does, or no folder can be made.
pub fn sqlite(story: impl FnOnce(Store)) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let store = Store::sqlite(&folder.path().join("test.db")).expect("SQLite opens");
    story(store);
}

/// Runs `story` on an empty schema of the PostgreSQL server that the environment names; says
/// loudly that it skips where none is named.
///
/// # Panics
/// Where the story does, or the server is required and missing.
pub fn postgres(story: impl FnOnce(Store)) {
    schema(|config| story(Store::postgres(config, 4).expect("connects")));
}

/// As [`postgres`], for a story that opens stores itself: it is given the way to the schema.
///
/// # Panics
/// As [`postgres`].
pub fn schema(story: impl FnOnce(&str)) {
    let Ok(server) = env::var(SERVER) else {
        assert!(env::var(REQUIRED).is_err(), "{SERVER} is not set");
        eprintln!("SKIPPED: {SERVER} is not set, so this test did not run on PostgreSQL");
        return;
    };
    let schema =
        format!("test_{}", uuid::Uuid::from_bytes(kernel::Mint::system().bytes()).simple());
    let admin = Store::postgres(&server, 1).expect("the PostgreSQL server answers");
    run(&admin, format!("create schema {schema}"));
    let config = format!("{server} options='-c search_path={schema}'");
    let outcome = panic::catch_unwind(panic::AssertUnwindSafe(|| story(&config)));
    run(&admin, format!("drop schema {schema} cascade"));
    if let Err(cause) = outcome {
        panic::resume_unwind(cause);
    }
}

fn run(store: &Store, sql: String) {
    let out = store.write(move |tx: &mut Tx<'_>| tx.batch(&sql)).wait();
    out.expect("the server makes and drops schemas");
}

/// A statement that ran, with its values.
pub type Statement = (String, Vec<Arg<'static>>);

thread_local! {
    static RECORD: RefCell<Option<Vec<Statement>>> = const { RefCell::new(None) };
}

/// Runs `work`, a part of a closure, and answers which statements it ran.
pub fn record<T>(work: impl FnOnce() -> T) -> (T, Vec<Statement>) {
    RECORD.set(Some(Vec::new()));
    let out = work();
    (out, RECORD.take().unwrap_or_default())
}

pub(crate) fn note(sql: &str, args: &[Arg<'_>]) {
    RECORD.with_borrow_mut(|record| {
        if let Some(record) = record {
            record.push((sql.to_owned(), args.iter().cloned().map(Arg::into_owned).collect()));
        }
    });
}
