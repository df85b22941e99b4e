//! The everyday words of a province: kept in the store, in place of those that come with the
//! program, and taken up by every process within two seconds.

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

/// The words that count, those of the province, else those of the program; none where nothing was
/// recorded since `known`, in microseconds.
///
/// # Errors
/// Those of the store, and a fault in what an older program kept.
pub fn newer(
    tx: &mut Tx<'_>,
    tenant: &Tenant,
    known: i64,
) -> Result<Option<(Everyday, i64)>, WordsError> {
    let sql = "select kind, text, recorded_at from everyday_words where tenant = $1";
    let kept: Vec<(String, String, i64)> =
        tx.all(sql, args!(tenant), |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
    let newest = kept.iter().map(|(_, _, recorded)| *recorded).max().unwrap_or(0);
    if newest <= known {
        return Ok(None);
    }
    let of = |kind: &str| kept.iter().find(|(of, ..)| of == kind).map(|(_, text, _)| text.as_str());
    let everyday = Everyday::read(of("names").unwrap_or(NAMES), of("life").unwrap_or(LIFE))?;
    Ok(Some((everyday, newest)))
}
