//! A transaction in progress.

use crate::{Arg, Error, Result, Row, postgres::Pipe, row::Inner as RowInner};

/// A transaction in progress, on either engine. It commits when the closure that it was given
/// to returns `Ok`, and leaves nothing behind when that returns `Err`.
pub struct Tx<'t> {
    inner: Inner<'t>,
    /// The whole closure has to run again: PostgreSQL asked for it, or its line broke before
    /// the commit was sent, so that nothing of this run is kept.
    pub(crate) retry: bool,
}

enum Inner<'t> {
    Lite(&'t rusqlite::Connection),
    Pg(&'t mut Pipe),
}

impl std::fmt::Debug for Tx<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Tx")
    }
}

impl<'t> Tx<'t> {
    pub(crate) fn lite(connection: &'t rusqlite::Connection) -> Self {
        Self { inner: Inner::Lite(connection), retry: false }
    }

    pub(crate) fn pg(pipe: &'t mut Pipe) -> Self {
        Self { inner: Inner::Pg(pipe), retry: false }
    }

    /// Which engine this is, for the few places whose SQL has two texts.
    #[must_use]
    pub fn engine(&self) -> crate::Engine {
        match self.inner {
            Inner::Lite(_) => crate::Engine::Sqlite,
            Inner::Pg(_) => crate::Engine::Postgres,
        }
    }

    /// Runs a statement at once; answers how many rows it touched.
    ///
    /// # Errors
    /// What the engine refuses.
    pub fn exec(&mut self, sql: &str, args: &[Arg<'_>]) -> Result<u64> {
        self.record(sql, args);
        let out = match &mut self.inner {
            Inner::Lite(connection) => lite_exec(connection, sql, args),
            Inner::Pg(pipe) => pipe.exec(sql, args),
        };
        self.note(out)
    }

    /// A write that must touch exactly one row. On PostgreSQL it travels with the next
    /// statement, so its refusal may come from there.
    ///
    /// # Errors
    /// [`Error::Conflict`] where it touched no row or several, and what the engine refuses.
    pub fn put(&mut self, sql: &str, args: &[Arg<'_>]) -> Result<()> {
        self.record(sql, args);
        let out = match &mut self.inner {
            Inner::Lite(connection) => match lite_exec(connection, sql, args) {
                Ok(1) => Ok(()),
                Ok(_) => Err(Error::Conflict),
                Err(error) => Err(error),
            },
            Inner::Pg(pipe) => pipe.put(sql, args),
        };
        self.note(out)
    }

    /// The first row of the answer.
    ///
    /// # Errors
    /// [`Error::NotFound`] where there is none.
    pub fn one<T>(
        &mut self,
        sql: &str,
        args: &[Arg<'_>],
        map: impl FnOnce(&Row<'_>) -> Result<T>,
    ) -> Result<T> {
        self.opt(sql, args, map)?.ok_or(Error::NotFound)
    }

    /// The first row of the answer, if there is one.
    ///
    /// # Errors
    /// What the engine refuses, and what `map` makes of the row.
    pub fn opt<T>(
        &mut self,
        sql: &str,
        args: &[Arg<'_>],
        map: impl FnOnce(&Row<'_>) -> Result<T>,
    ) -> Result<Option<T>> {
        self.record(sql, args);
        let out = match &mut self.inner {
            Inner::Lite(connection) => lite_opt(connection, sql, args, map),
            Inner::Pg(pipe) => pipe.opt(sql, args, |row| map(&Row(RowInner::Pg(row)))),
        };
        self.note(out)
    }

    /// All rows of the answer; the statement bounds how many that can be.
    ///
    /// # Errors
    /// What the engine refuses, and what `map` makes of a row.
    pub fn all<T>(
        &mut self,
        sql: &str,
        args: &[Arg<'_>],
        mut map: impl FnMut(&Row<'_>) -> Result<T>,
    ) -> Result<Vec<T>> {
        let mut rows = Vec::new();
        self.each(sql, args, |row| {
            rows.push(map(row)?);
            Ok(())
        })?;
        Ok(rows)
    }

    /// Each row of the answer in turn, without keeping them.
    ///
    /// # Errors
    /// What the engine refuses, and the first refusal of `visit`, which ends the walk.
    pub fn each(
        &mut self,
        sql: &str,
        args: &[Arg<'_>],
        mut visit: impl FnMut(&Row<'_>) -> Result<()>,
    ) -> Result<()> {
        self.record(sql, args);
        let out = match &mut self.inner {
            Inner::Lite(connection) => lite_each(connection, sql, args, visit),
            Inner::Pg(pipe) => pipe.each(sql, args, |row| visit(&Row(RowInner::Pg(row)))),
        };
        self.note(out)
    }

    /// Runs statements without values, such as a migration.
    pub(crate) fn batch(&mut self, sql: &str) -> Result<()> {
        let out = match &mut self.inner {
            Inner::Lite(connection) => connection.execute_batch(sql).map_err(Error::from),
            Inner::Pg(pipe) => pipe.batch(sql),
        };
        self.note(out)
    }

    /// Tells a test or a benchmark which statements run.
    #[cfg_attr(not(feature = "testing"), expect(unused_variables, reason = "nobody listens"))]
    fn record(&self, sql: &str, args: &[Arg<'_>]) {
        #[cfg(feature = "testing")]
        crate::testing::note(sql, args);
    }

    fn note<T>(&mut self, out: Result<T>) -> Result<T> {
        self.retry |= matches!(out, Err(Error::Retry(_) | Error::Away(_)));
        out
    }
}

fn lite_exec(connection: &rusqlite::Connection, sql: &str, args: &[Arg<'_>]) -> Result<u64> {
    let mut statement = connection.prepare_cached(sql)?;
    bind(&mut statement, args)?;
    // A statement with `returning` hands out rows; it is run to its end all the same.
    if statement.column_count() == 0 {
        return Ok(statement.raw_execute()? as u64);
    }
    let mut rows = statement.raw_query();
    let mut count = 0;
    while rows.next()?.is_some() {
        count += 1;
    }
    Ok(count)
}

fn lite_opt<T>(
    connection: &rusqlite::Connection,
    sql: &str,
    args: &[Arg<'_>],
    map: impl FnOnce(&Row<'_>) -> Result<T>,
) -> Result<Option<T>> {
    let mut statement = connection.prepare_cached(sql)?;
    bind(&mut statement, args)?;
    let mut rows = statement.raw_query();
    match rows.next()? {
        Some(row) => map(&Row(RowInner::Lite(row))).map(Some),
        None => Ok(None),
    }
}

fn lite_each(
    connection: &rusqlite::Connection,
    sql: &str,
    args: &[Arg<'_>],
    mut visit: impl FnMut(&Row<'_>) -> Result<()>,
) -> Result<()> {
    let mut statement = connection.prepare_cached(sql)?;
    bind(&mut statement, args)?;
    let mut rows = statement.raw_query();
    while let Some(row) = rows.next()? {
        visit(&Row(RowInner::Lite(row)))?;
    }
    Ok(())
}

/// SQLite reads `$2` as a *name* and numbers names by first appearance, so values are bound by
/// the number inside the name.
fn bind(statement: &mut rusqlite::Statement<'_>, args: &[Arg<'_>]) -> Result<()> {
    for position in 1..=statement.parameter_count() {
        let number = statement.parameter_name(position).and_then(|name| name[1..].parse().ok());
        let arg = number.and_then(|number: usize| args.get(number.checked_sub(1)?));
        let Some(arg) = arg else {
            return Err(Error::Engine("a statement names a value that was not given".into()));
        };
        statement.raw_bind_parameter(position, arg)?;
    }
    Ok(())
}
