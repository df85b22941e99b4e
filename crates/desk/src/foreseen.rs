//! What is foreseen of a figure: one system computes it, another draws it on from what was
//! measured.

use indicators::Scope;
use jiff::{SignedDuration, civil::Date};
use kernel::{Instant, Tenant};
use serde::{Deserialize, Serialize};
use store::{Tx, args};

use crate::Result;

/// After this a forecast says nothing of today any more.
const AGE_MAX: SignedDuration = SignedDuration::from_hours(24);

/// What is foreseen of an indicator for somebody.
#[derive(Debug, Clone, PartialEq)]
pub struct Foreseen {
    /// The instant from which it looks ahead.
    pub from: Instant,
    /// The position in the journal that it rests on.
    pub pos: u64,
    /// Day by day, the first one first.
    pub days: Vec<ForeseenDay>,
}

/// A day, in the unit of the indicator.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct ForeseenDay {
    /// Which.
    pub date: Date,
    /// Half of the runs have no more.
    pub median: f64,
    /// One run in ten has less.
    pub low: f64,
    /// One run in ten has more.
    pub high: f64,
}

/// Keeps what a forecast that began at `from`, and read the journal up to `pos`, says of an
/// indicator, in the place of all that was foreseen of it before.
///
/// # Errors
/// Those of the store.
pub fn foretell(
    tx: &mut Tx<'_>,
    tenant: &Tenant,
    indicator: &str,
    (from, pos): (Instant, u64),
    series: &[(Scope, Vec<ForeseenDay>)],
) -> Result<()> {
    let sql = "delete from foreseen where tenant = $1 and indicator = $2";
    tx.exec(sql, args!(tenant, indicator))?;
    let pos = i64::try_from(pos).unwrap_or(i64::MAX);
    for (scope, days) in series {
        let (scope, days) = (scope.to_string(), serde_json::to_string(days)?);
        tx.put(
            "insert into foreseen (tenant, indicator, scope, from_at, pos, days)
             values ($1, $2, $3, $4, $5, $6)",
            args!(tenant, indicator, scope, from, pos, days),
        )?;
    }
    Ok(())
}

/// What is foreseen now; none where nothing was computed for that scope, or it is older than a
/// day.
///
/// # Errors
/// Those of the store.
pub fn foreseen(
    tx: &mut Tx<'_>,
    tenant: &Tenant,
    indicator: &str,
    scope: &Scope,
    now: Instant,
) -> Result<Option<Foreseen>> {
    let row: Option<(Instant, u64, String)> = tx.opt(
        "select from_at, pos, days from foreseen
         where tenant = $1 and indicator = $2 and scope = $3",
        args!(tenant, indicator, scope.to_string()),
        |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
    )?;
    let fresh = row.filter(|(from, ..)| now.duration_since(*from) <= AGE_MAX);
    let Some((from, pos, days)) = fresh else { return Ok(None) };
    Ok(Some(Foreseen { from, pos, days: serde_json::from_str(&days)? }))
}
