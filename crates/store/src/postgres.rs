//! The server engine: threads that each own a connection and pipeline what needs no answer.

use std::{collections::HashMap, mem, thread};

use crossbeam_channel::Receiver;
use futures_util::{StreamExt, future::try_join_all, pin_mut};
use tokio::runtime::{Builder, Runtime};
use tokio_postgres::{Client, Config, NoTls, Row, Statement};

use crate::{
    Arg, Error, Result, Tx,
    job::{Job, Run},
};

/// How often a closure is run, where it fails to serialise or its line breaks.
const ATTEMPTS_MAX: usize = 8;
/// Prepared statements kept for each connection; past that all are let go.
const STATEMENTS_MAX: usize = 512;

const BEGIN_WRITE: &str = "begin";
const BEGIN_READ: &str = "begin isolation level repeatable read read only";

pub(crate) fn spawn(config: Config, queue: Receiver<Box<dyn Job>>, writer: bool) -> Result<()> {
    let begin = if writer { BEGIN_WRITE } else { BEGIN_READ };
    let mut pipe = Pipe::connect(config, begin)?;
    thread::spawn(move || {
        while let Ok(mut job) = queue.recv() {
            let out = attempt(&mut pipe, &mut *job);
            job.finish(out);
        }
    });
    Ok(())
}

/// Runs one closure in a transaction of its own, again where the engine asks for it.
fn attempt(pipe: &mut Pipe, job: &mut dyn Job) -> Result<()> {
    for _ in 0..ATTEMPTS_MAX {
        // Where the server is really gone, dialling says so.
        pipe.heal()?;
        pipe.start();
        let run = job.run(&mut Tx::pg(pipe));
        let out = match run {
            Run::Keep => pipe.commit(),
            Run::Drop => {
                pipe.rollback();
                Ok(())
            }
            Run::Again => Err(Error::Retry("in the closure".into())),
        };
        match out {
            Ok(()) => return Ok(()),
            Err(Error::Retry(_)) => pipe.rollback(),
            // A refusal that a deferred write met only now is the closure's, not the commit's.
            Err(error @ (Error::Conflict | Error::Unique(_))) => {
                pipe.rollback();
                return Err(error);
            }
            Err(error) => {
                pipe.rollback();
                return Err(Error::Commit(Box::new(error)));
            }
        }
    }
    Err(Error::Retry("too often".into()))
}

/// A connection that sends deferred writes together with the next statement or the commit.
pub(crate) struct Pipe {
    runtime: Runtime,
    config: Config,
    client: Client,
    statements: HashMap<String, Statement>,
    deferred: Vec<(Statement, Vec<Arg<'static>>)>,
    begin: &'static str,
    begun: bool,
}

impl Pipe {
    fn connect(config: Config, begin: &'static str) -> Result<Self> {
        let runtime = Builder::new_current_thread().enable_all().build();
        let runtime = runtime.map_err(|error| Error::Engine(error.to_string()))?;
        let client = dial(&runtime, &config)?;
        let (statements, deferred) = (HashMap::new(), Vec::new());
        Ok(Self { runtime, config, client, statements, deferred, begin, begun: false })
    }

    /// Dials again where the line broke since the last transaction.
    fn heal(&mut self) -> Result<()> {
        // The connection's own task only runs inside `block_on`, so let it notice.
        self.runtime.block_on(tokio::task::yield_now());
        if self.client.is_closed() {
            self.client = dial(&self.runtime, &self.config)?;
            self.statements.clear();
        }
        Ok(())
    }

    fn start(&mut self) {
        self.deferred.clear();
        self.begun = false;
        if self.statements.len() > STATEMENTS_MAX {
            self.statements.clear();
        }
    }

    fn statement(&mut self, sql: &str) -> Result<Statement> {
        if let Some(statement) = self.statements.get(sql) {
            return Ok(statement.clone());
        }
        let statement = self.runtime.block_on(self.client.prepare(sql))?;
        self.statements.insert(sql.to_owned(), statement.clone());
        Ok(statement)
    }

    /// Sends what was deferred and then `last`, in one flight.
    fn send<T>(
        &mut self,
        last: impl AsyncFnOnce(&Client) -> Result<T, tokio_postgres::Error>,
    ) -> Result<T> {
        let deferred = mem::take(&mut self.deferred);
        let begin = !mem::replace(&mut self.begun, true);
        let (client, begin_sql) = (&self.client, self.begin);
        self.runtime.block_on(async move {
            let begin =
                async { if begin { client.batch_execute(begin_sql).await } else { Ok(()) } };
            let writes =
                try_join_all(deferred.iter().map(|(sql, args)| client.execute_raw(sql, args)));
            let ((), counts, out) = tokio::try_join!(biased; begin, writes, last(client))?;
            if counts.iter().all(|count| *count == 1) { Ok(out) } else { Err(Error::Conflict) }
        })
    }

    pub(crate) fn put(&mut self, sql: &str, args: &[Arg<'_>]) -> Result<()> {
        let statement = self.statement(sql)?;
        self.deferred.push((statement, args.iter().cloned().map(Arg::into_owned).collect()));
        Ok(())
    }

    pub(crate) fn exec(&mut self, sql: &str, args: &[Arg<'_>]) -> Result<u64> {
        let statement = self.statement(sql)?;
        self.send(async |client| client.execute_raw(&statement, args).await)
    }

    pub(crate) fn opt<T>(
        &mut self,
        sql: &str,
        args: &[Arg<'_>],
        map: impl FnOnce(&Row) -> Result<T>,
    ) -> Result<Option<T>> {
        let statement = self.statement(sql)?;
        let row = self.send(async |client| {
            let rows = client.query_raw(&statement, args).await?;
            pin_mut!(rows);
            let first = rows.next().await.transpose()?;
            // Read to the end, so that the statement is over before the next one; but not past
            // the end, which the driver takes for a broken line.
            while first.is_some() && rows.next().await.transpose()?.is_some() {}
            Ok(first)
        })?;
        row.map(|row| map(&row)).transpose()
    }

    pub(crate) fn each(
        &mut self,
        sql: &str,
        args: &[Arg<'_>],
        mut visit: impl FnMut(&Row) -> Result<()>,
    ) -> Result<()> {
        let statement = self.statement(sql)?;
        let rows = self.send(async |client| client.query_raw(&statement, args).await)?;
        pin_mut!(rows);
        while let Some(row) = self.runtime.block_on(rows.next()) {
            visit(&row?)?;
        }
        Ok(())
    }

    pub(crate) fn batch(&mut self, sql: &str) -> Result<()> {
        self.send(async |client| client.batch_execute(sql).await)
    }

    fn commit(&mut self) -> Result<()> {
        if !self.begun && self.deferred.is_empty() {
            return Ok(());
        }
        if !self.deferred.is_empty() {
            self.send(async |_| Ok(()))?;
        }
        Ok(self.runtime.block_on(self.client.batch_execute("commit"))?)
    }

    fn rollback(&mut self) {
        self.deferred.clear();
        if mem::take(&mut self.begun) {
            // Where even this fails the line is broken, and `heal` dials anew.
            let _ = self.runtime.block_on(self.client.batch_execute("rollback"));
        }
    }
}

fn dial(runtime: &Runtime, config: &Config) -> Result<Client> {
    let (client, connection) = runtime.block_on(config.connect(NoTls))?;
    runtime.spawn(async move {
        if let Err(error) = connection.await {
            tracing::warn!(%error, "the connection to PostgreSQL ended");
        }
    });
    Ok(client)
}
