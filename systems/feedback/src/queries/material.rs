//! What models are trained of, and the newest one that was taken over. Only what the public may read
//! is learnt from: what is sealed is no material.

use jiff::SignedDuration;
use kernel::{CaseId, Instant, Tenant};
use store::{Row, Tx, args};

use crate::{
    Result,
    category::Category,
    geo::Point,
    suggestion::{Model, Pair, Past},
};

/// A model is trained of at most so many reports, the newest ones, and of so many pairs.
const TEXTS_MAX: u32 = 20_000;
const PAIRS_MAX: u32 = 3000;
/// Pairs are of reports this near in time; the pairs that are not the same are of the last year.
const DAYS: i64 = 45;
const YEAR: i64 = 365;

/// Whether so many reports were sorted since a model was last trained.
///
/// # Errors
/// Those of the store.
pub fn is_due(tx: &mut Tx<'_>, tenant: &Tenant, fresh_min: u32) -> Result<bool> {
    let learnt_to: Option<Instant> = tx.one(
        "select max(newest_at) from feedback_model where tenant = $1",
        args!(tenant),
        |row| row.get(0),
    )?;
    let fresh: u32 = tx.one(
        "select count(*) from (select 1 from feedback
             where tenant = $1 and sorted = true and submitted_at > $2 and public_text is not null
             limit $3) as counted",
        args!(tenant, learnt_to.unwrap_or(Instant::UNIX_EPOCH), fresh_min),
        |row| row.get(0),
    )?;
    Ok(fresh >= fresh_min)
}

/// The reports that officers sorted, the newest first, and when the newest was sent.
///
/// # Errors
/// Those of the store.
pub fn past(tx: &mut Tx<'_>, tenant: &Tenant) -> Result<(Vec<Past>, Option<Instant>)> {
    let rows: Vec<(CaseId, String, String, Instant)> = tx.all(
        "select case_id, category, public_text, submitted_at from feedback
         where tenant = $1 and sorted = true and public_text is not null
         order by submitted_at desc limit $2",
        args!(tenant, TEXTS_MAX),
        |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)),
    )?;
    let newest = rows.first().map(|(_, _, _, at)| *at);
    let known = rows.into_iter().filter_map(|(case, word, text, _)| {
        let category = Category::from_word(&word).filter(|of| *of != Category::Other)?;
        Some(Past { key: key(case), category, text })
    });
    Ok((known.collect(), newest))
}

/// A number of a case that is always the same and otherwise by chance.
fn key(case: CaseId) -> u64 {
    case.uuid().as_u64_pair().1
}

/// Pairs of reports that officers joined, and pairs of neighbours that they left apart.
///
/// # Errors
/// Those of the store.
pub fn pairs(tx: &mut Tx<'_>, tenant: &Tenant, now: Instant) -> Result<Vec<Pair>> {
    const BOTH: &str = "a.case_id, a.public_text, a.category, a.north, a.east, a.submitted_at,
        b.public_text, b.category, b.north, b.east, b.submitted_at";
    let joined = format!(
        "select {BOTH} from feedback a
         join feedback b on b.tenant = a.tenant and b.case_id = a.merged_into
         where a.tenant = $1 and a.merged_into is not null
             and a.public_text is not null and b.public_text is not null
         order by a.submitted_at desc, a.case_id limit $2"
    );
    let mut all = tx.all(&joined, args!(tenant, PAIRS_MAX), |row| pair(row, true))?;
    let apart = format!(
        "select {BOTH} from feedback a
         join feedback b on b.tenant = a.tenant and b.cell = a.cell
             and b.submitted_at < a.submitted_at and b.submitted_at > a.submitted_at - $4
         where a.tenant = $1 and a.sorted = true and a.submitted_at > $3
             and a.merged_into is null and b.merged_into is null
             and a.public_text is not null and b.public_text is not null and b.sorted = true
         order by a.submitted_at desc, a.case_id, b.case_id limit $2"
    );
    let (since, near) = (now - SignedDuration::from_hours(24 * YEAR), DAYS * 24 * 3600 * 1_000_000);
    let values = args!(tenant, PAIRS_MAX, since, near);
    all.extend(tx.all(&apart, values, |row| pair(row, false))?);
    Ok(all)
}

fn pair(row: &Row<'_>, same: bool) -> store::Result<Pair> {
    let point = |north: usize| -> store::Result<Option<Point>> {
        let (north, east): (Option<f64>, Option<f64>) = (row.get(north)?, row.get(north + 1)?);
        Ok(north.zip(east).and_then(|(north, east)| Point::new(north, east)))
    };
    let (one, other) = (point(3)?, point(8)?);
    let (first, second): (Instant, Instant) = (row.get(5)?, row.get(10)?);
    let (category, its): (String, String) = (row.get(2)?, row.get(7)?);
    Ok(Pair {
        key: key(row.get(0)?),
        texts: [row.get(1)?, row.get(6)?],
        metres: one.zip(other).map(|(one, other)| one.metres_to(other)),
        days: first.duration_since(second).as_secs_f64() / 86_400.0,
        same_category: category == its,
        same,
    })
}

/// The newest model that was taken over, with its version; `known` is not read again.
///
/// # Errors
/// Those of the store.
pub fn newest_model(
    tx: &mut Tx<'_>,
    tenant: &Tenant,
    known: Option<u32>,
) -> Result<Option<(u32, Option<Model>)>> {
    let version: Option<u32> = tx.one(
        "select max(version) from feedback_model where tenant = $1 and taken = true",
        args!(tenant),
        |row| row.get(0),
    )?;
    let Some(version) = version else { return Ok(None) };
    if known == Some(version) {
        return Ok(Some((version, None)));
    }
    let bytes: Option<Vec<u8>> = tx.one(
        "select model from feedback_model where tenant = $1 and version = $2",
        args!(tenant, version),
        |row| row.get(0),
    )?;
    Ok(Some((version, bytes.as_deref().and_then(Model::of_bytes))))
}
