//! Reading a statement: whole or not at all, then piece by piece.

use kernel::Actor;
use payments::{
    reconcile::{self, Run},
    statement::{self, Line},
};

use crate::{Cashier, Error, Result};

/// A statement that was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Read {
    /// What was found.
    pub run: Run,
    /// Whether the same file was read before.
    pub before: bool,
}

/// Reads the statement of a source, and holds it against what came.
///
/// # Errors
/// [`Error::NoSource`], [`Error::Statement`]; nothing was taken then.
pub async fn read_statement(
    cashier: &Cashier,
    source: &str,
    file_name: &str,
    file: Vec<u8>,
    by: &Actor,
) -> Result<Read> {
    let settings = cashier.settings.statement(source);
    let settings = settings.ok_or_else(|| Error::NoSource(source.to_owned()))?.clone();
    let parsing = settings.clone();
    // Parsing a large file takes a processor for a second or two.
    let parsed = tokio::task::spawn_blocking(move || {
        statement::read(&parsing, &file).map(|lines| (lines, file))
    });
    let parsed = parsed.await.map_err(|error| store::Error::Panicked(error.to_string()))?;
    let (lines, file) = parsed?;
    let now = cashier.desk.now();
    let (name, count, actor, source) =
        (file_name.to_owned(), lines.len(), by.clone(), source.to_owned());
    let begun = cashier.write(move |tx, cashier| {
        let before = reconcile::read_before(tx, &cashier.desk.front.tenant, &file)?;
        let moment = cashier.desk.moment();
        let run = cashier.desk.in_office(&moment, |office| {
            reconcile::begin(tx, office, &settings, &name, &file, count, &actor, now)
        })?;
        Ok((run, before.is_some()))
    });
    let (run, before) = begun.await?;
    for chunk in lines.chunks(reconcile::CHUNK) {
        let (chunk, source): (Vec<Line>, _) = (chunk.to_vec(), source.clone());
        let taken = cashier.write(move |tx, cashier| {
            let moment = cashier.desk.moment();
            Ok(cashier.desk.in_office(&moment, |office| {
                reconcile::take(tx, office, run, &source, &chunk, now)
            })?)
        });
        taken.await?;
    }
    let actor = by.clone();
    let done = cashier.write(move |tx, cashier| {
        let moment = cashier.desk.moment();
        Ok(cashier
            .desk
            .in_office(&moment, |office| reconcile::finish(tx, office, run, &actor, now))?)
    });
    Ok(Read { run: done.await?, before })
}
