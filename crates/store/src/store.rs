//! The store itself: queues in front of the threads that own connections.

use std::path::Path;

use crossbeam_channel::{Sender, TrySendError, bounded};

use crate::{
    Error, Migration, Pending, Result, Tx,
    job::{Job, Work},
    migrate, postgres, sqlite,
};

/// How many closures may wait before callers are told that the store is busy.
const QUEUE_MAX: usize = 4096;

/// Which engine stands behind a store.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Engine {
    /// Embedded, in one file.
    Sqlite,
    /// A PostgreSQL server, 15 or newer.
    Postgres,
}

/// A database, to be shared by cloning.
#[derive(Clone)]
pub struct Store {
    engine: Engine,
    writes: Sender<Box<dyn Job>>,
    reads: Sender<Box<dyn Job>>,
}

impl std::fmt::Debug for Store {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Store({:?})", self.engine)
    }
}

impl Store {
    /// Opens, or creates, the SQLite database in the file `path`.
    ///
    /// # Errors
    /// Where the file cannot be opened or is no database.
    pub fn sqlite(path: &Path) -> Result<Self> {
        let (writes, write_queue) = bounded(QUEUE_MAX);
        let (reads, read_queue) = bounded(QUEUE_MAX);
        sqlite::spawn_writer(sqlite::open(path, true)?, write_queue);
        for _ in 0..sqlite::READERS {
            sqlite::spawn_reader(sqlite::open(path, false)?, read_queue.clone());
        }
        Ok(Self { engine: Engine::Sqlite, writes, reads })
    }

    /// Connects to a PostgreSQL server; `config` is a libpq-style string
    /// (`host=… user=… dbname=…`) or URL. Opens `threads` connections for writes and half as
    /// many for reads.
    ///
    /// # Errors
    /// [`Error::Engine`] for a bad `config`, [`Error::Away`] where the server does not answer.
    pub fn postgres(config: &str, threads: usize) -> Result<Self> {
        let config: tokio_postgres::Config =
            config.parse().map_err(|error| Error::Engine(format!("configuration: {error}")))?;
        let (writes, write_queue) = bounded(QUEUE_MAX);
        let (reads, read_queue) = bounded(QUEUE_MAX);
        for _ in 0..threads.max(1) {
            postgres::spawn(config.clone(), write_queue.clone(), true)?;
        }
        for _ in 0..threads.div_ceil(2).max(1) {
            postgres::spawn(config.clone(), read_queue.clone(), false)?;
        }
        Ok(Self { engine: Engine::Postgres, writes, reads })
    }

    /// Which engine this is.
    #[must_use]
    pub fn engine(&self) -> Engine {
        self.engine
    }

    /// How many transactions wait for a connection now.
    #[must_use]
    pub fn queued(&self) -> usize {
        self.writes.len() + self.reads.len()
    }

    /// Runs `closure` in a transaction and commits it where it returns `Ok`. It may be run
    /// more than once (PostgreSQL), so it takes its inputs by reference.
    pub fn write<T, E, F>(&self, closure: F) -> Pending<T, E>
    where
        F: FnMut(&mut Tx<'_>) -> Result<T, E> + Send + 'static,
        T: Send + 'static,
        E: From<Error> + Send + 'static,
    {
        enqueue(&self.writes, closure)
    }

    /// Runs `closure` on one unchanging view of the data; it cannot write.
    pub fn read<T, E, F>(&self, closure: F) -> Pending<T, E>
    where
        F: FnMut(&mut Tx<'_>) -> Result<T, E> + Send + 'static,
        T: Send + 'static,
        E: From<Error> + Send + 'static,
    {
        enqueue(&self.reads, closure)
    }

    /// Brings the tables of every system up to date, each sequence in order, in one
    /// transaction under a lock.
    ///
    /// # Errors
    /// [`Error::TooNew`] or [`Error::Changed`] where program and database do not fit.
    pub fn migrate(&self, systems: &[&[Migration]]) -> Result<()> {
        let systems: Vec<Migration> = systems.concat();
        self.write(move |tx| migrate::apply(tx, &systems)).wait()
    }
}

fn enqueue<T, E, F>(queue: &Sender<Box<dyn Job>>, closure: F) -> Pending<T, E>
where
    F: FnMut(&mut Tx<'_>) -> Result<T, E> + Send + 'static,
    T: Send + 'static,
    E: From<Error> + Send + 'static,
{
    let (work, pending) = Work::new(closure);
    match queue.try_send(Box::new(work)) {
        Ok(()) => pending,
        Err(TrySendError::Full(_)) => Pending::failed(Error::Busy),
        Err(TrySendError::Disconnected(_)) => Pending::failed(Error::Closed),
    }
}
