//! The everyday words of a province: kept in the store, in place of those that come with the
//! program, and read when the program starts.

use desk::Desk;
use kernel::{Instant, Tenant};
use store::{Tx, args};
use thiserror::Error;

use crate::find::{Everyday, LIFE, NAMES, WordsFault};

/// Why words were not kept.
#[derive(Debug, Error)]
pub enum WordsError {
    /// The text has a fault.
    #[error(transparent)]
    Fault(#[from] WordsFault),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] store::Error),
}

/// Keeps the names, the life events, or both; nothing where one of them has a fault.
///
/// # Errors
/// The first fault, with its line.
pub fn keep(
    tx: &mut Tx<'_>,
    tenant: &Tenant,
    names: Option<&str>,
    life: Option<&str>,
    now: Instant,
) -> Result<(), WordsError> {
    Everyday::read(names.unwrap_or(NAMES), life.unwrap_or(LIFE))?;
    for (kind, text) in [("names", names), ("life", life)] {
        let Some(text) = text else { continue };
        tx.exec(
            "insert into everyday_words (tenant, kind, text, recorded_at) values ($1, $2, $3, $4)
             on conflict (tenant, kind) do update set text = excluded.text,
                 recorded_at = excluded.recorded_at",
            args!(tenant, kind, text, now),
        )?;
    }
    Ok(())
}

/// The words that count: those of the province, else those of the program.
///
/// # Errors
/// Those of the store, and a fault in what an older program kept.
pub fn load(tx: &mut Tx<'_>, tenant: &Tenant) -> Result<Everyday, WordsError> {
    let mut of = |kind: &str| -> store::Result<Option<String>> {
        let sql = "select text from everyday_words where tenant = $1 and kind = $2";
        tx.opt(sql, args!(tenant, kind), |row| row.get(0))
    };
    let (names, life) = (of("names")?, of("life")?);
    Ok(Everyday::read(names.as_deref().unwrap_or(NAMES), life.as_deref().unwrap_or(LIFE))?)
}

/// The words of a desk; where they cannot be read, those of the program, and the log says so.
pub(crate) fn of_desk(desk: &Desk) -> Everyday {
    let shared = desk.clone();
    let read = desk.front.store.read(move |tx| load(tx, &shared.front.tenant));
    // On a thread of its own, since the caller may be driving asynchronous work.
    let read = std::thread::spawn(|| read.wait()).join();
    match read {
        Ok(Ok(everyday)) => everyday,
        Ok(Err(error)) => {
            tracing::error!(%error, "the everyday words of the province cannot be read");
            Everyday::shipped()
        }
        Err(_) => Everyday::shipped(),
    }
}
