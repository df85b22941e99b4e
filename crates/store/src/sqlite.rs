//! The embedded engine: one writer that commits in groups, and readers beside it.

use std::{
    path::Path,
    thread,
    time::{Duration, Instant},
};

use crossbeam_channel::Receiver;
use rusqlite::{Connection, config::DbConfig};

use crate::{
    Error, Result, Tx,
    job::{Job, Run},
};

/// At most so many closures share one commit…
const BATCH_MAX: usize = 256;
/// …and none waits longer than this for the others to run.
const BATCH_TIME_MAX: Duration = Duration::from_millis(5);
/// How long to wait for another process that writes the same file.
const BUSY_TIMEOUT: Duration = Duration::from_secs(10);

/// Pages of the log after which a commit carries them into the database file. Few, so that
/// nobody waits long behind it: under a steady load the slowest hundredth is half of what it is
/// with four times as many.
const LOG_PAGES: u32 = 1000;

/// Readers beside the writer; more only pays with more processors.
pub(crate) const READERS: usize = 3;

pub(crate) fn open(path: &Path, writer: bool) -> Result<Connection> {
    let connection = Connection::open(path)?;
    connection.busy_timeout(BUSY_TIMEOUT)?;
    connection.set_prepared_statement_cache_capacity(256);
    // A statement is planned once, as PostgreSQL's are; not anew for each text that is looked for.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    connection.execute_batch(
        "pragma journal_mode=wal; pragma synchronous=full; pragma foreign_keys=on;
         pragma temp_store=memory; pragma cache_size=-32768; pragma mmap_size=1073741824;
         pragma trusted_schema=off;",
    )?;
    connection.pragma_update(None, "wal_autocheckpoint", LOG_PAGES)?;
    if !writer {
        connection.execute_batch("pragma query_only=on")?;
    }
    Ok(connection)
}

pub(crate) fn spawn_writer(connection: Connection, queue: Receiver<Box<dyn Job>>) {
    thread::spawn(move || {
        while let Ok(first) = queue.recv() {
            commit_batch(&connection, first, &queue);
        }
    });
}

pub(crate) fn spawn_reader(connection: Connection, queue: Receiver<Box<dyn Job>>) {
    thread::spawn(move || {
        while let Ok(mut job) = queue.recv() {
            let out = run(&connection, "begin").map(|()| {
                job.run(&mut Tx::lite(&connection));
            });
            let out = out.and_then(|()| run(&connection, "commit"));
            job.finish(out);
        }
    });
}

/// Group commit: everything that is queued shares one `begin immediate … commit`, that is one
/// fsync; a savepoint for each closure keeps its failure to itself. A lone closure waits for
/// nobody. Nobody is answered before the commit returned.
fn commit_batch(connection: &Connection, first: Box<dyn Job>, queue: &Receiver<Box<dyn Job>>) {
    let mut done = Vec::new();
    let mut next = Some(first);
    let started = Instant::now();
    let mut state = run(connection, "begin immediate");
    while let Some(mut job) = next.take() {
        if state.is_ok() {
            state = run_one(connection, &mut *job);
        }
        done.push(job);
        if state.is_ok() && done.len() < BATCH_MAX && started.elapsed() < BATCH_TIME_MAX {
            next = queue.try_recv().ok();
        }
    }
    let state = state.and_then(|()| run(connection, "commit"));
    if state.is_err() && !connection.is_autocommit() {
        // Nothing of the batch is kept; the connection is free for the next one.
        let _ = run(connection, "rollback");
    }
    let state = state.map_err(|error| Error::Commit(Box::new(error)));
    for job in done {
        job.finish(state.clone());
    }
}

/// Runs one closure behind its savepoint. An error from here is not the closure's: the
/// transaction itself is lost (a full disk rolls it back whole), and with it the batch.
fn run_one(connection: &Connection, job: &mut dyn Job) -> Result<()> {
    run(connection, "savepoint job")?;
    let keep = matches!(job.run(&mut Tx::lite(connection)), Run::Keep);
    if connection.is_autocommit() {
        return Err(Error::Full("the engine rolled the transaction back".into()));
    }
    if !keep {
        run(connection, "rollback to job")?;
    }
    run(connection, "release job")
}

fn run(connection: &Connection, sql: &str) -> Result<()> {
    connection.prepare_cached(sql)?.execute([])?;
    Ok(())
}
