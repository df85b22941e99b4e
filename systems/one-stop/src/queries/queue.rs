//! Who waits in the hall, and who waits online.

use casework::{ACCEPT, Case};
use kernel::{AgencyId, Instant, PostId, Tenant, today};
use store::{Tx, args};

use crate::{Result, commands::Ticket};

/// Most online filings that one page lists.
pub const ONLINE_MAX: u32 = 200;

/// The hall as one seat sees it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Hall {
    /// The ticket that this seat is serving.
    pub serving: Option<Ticket>,
    /// How many wait.
    pub waiting: u64,
    /// Since when the first of them waits.
    pub since: Option<Instant>,
}

/// The hall of an agency today.
///
/// # Errors
/// Those of the store.
pub fn hall(
    tx: &mut Tx<'_>,
    tenant: &Tenant,
    agency: AgencyId,
    seat: PostId,
    now: Instant,
) -> Result<Hall> {
    let day = today(now).to_string();
    let serving = tx.opt(
        "select lane, number, taken_at from queue_ticket
         where tenant = $1 and agency_id = $2 and day = $3 and called_by = $4 and ended is null
         order by called_at desc limit 1",
        args!(tenant, agency, &day, seat),
        |row| Ok(Ticket { lane: row.get(0)?, number: row.get(1)?, taken_at: row.get(2)? }),
    )?;
    let (waiting, since) = tx.one(
        "select count(*), min(taken_at) from queue_ticket
         where tenant = $1 and agency_id = $2 and day = $3 and called_at is null",
        args!(tenant, agency, &day),
        |row| Ok((row.get(0)?, row.get(1)?)),
    )?;
    Ok(Hall { serving, waiting, since })
}

/// How many wait before a ticket.
///
/// # Errors
/// Those of the store.
pub fn before(
    tx: &mut Tx<'_>,
    tenant: &Tenant,
    agency: AgencyId,
    day: &str,
    lane: &str,
    number: u32,
) -> Result<u64> {
    let before = tx.one(
        "select count(*) from queue_ticket other
             join queue_ticket mine on mine.tenant = other.tenant
                 and mine.agency_id = other.agency_id and mine.day = other.day
         where other.tenant = $1 and other.agency_id = $2 and other.day = $3
             and other.called_at is null and mine.lane = $4 and mine.number = $5
             and mine.called_at is null and other.taken_at < mine.taken_at",
        args!(tenant, agency, day, lane, number),
        |row| row.get(0),
    )?;
    Ok(before)
}

/// How many wait to be taken on at an agency, and until when the most urgent must be.
///
/// # Errors
/// Those of the store.
pub fn to_accept(
    tx: &mut Tx<'_>,
    tenant: &Tenant,
    agency: AgencyId,
) -> Result<(u64, Option<Instant>)> {
    let found = tx.one(
        "select count(*), min(due_at) from work_item
         where tenant = $1 and agency_id = $2 and post_id is null and step = $3
             and paused = $4",
        args!(tenant, agency, ACCEPT, false),
        |row| Ok((row.get(0)?, row.get(1)?)),
    )?;
    Ok(found)
}

/// A filing that waits to be taken on.
#[derive(Debug, Clone)]
pub struct Arrived {
    /// The dossier.
    pub case: Case,
    /// Name of the applicant.
    pub applicant: String,
    /// Until when it must be taken on or declined.
    pub due: Instant,
    /// Whether the clock stands, for papers that were asked for.
    pub paused: bool,
}

/// What waits to be taken on at an agency, the most urgent first; at most [`ONLINE_MAX`].
///
/// # Errors
/// Those of the store, and where the state of a case cannot be read.
pub fn arrived(tx: &mut Tx<'_>, tenant: &Tenant, agency: AgencyId) -> Result<Vec<Arrived>> {
    let rows = tx.all(
        "select c.state, p.name, w.due_at, w.paused
         from work_item w
             join case_state c on c.tenant = w.tenant and c.id = w.case_id
             left join party p on p.tenant = c.tenant and p.id = c.applicant
         where w.tenant = $1 and w.agency_id = $2 and w.post_id is null and w.step = $3
         order by w.paused, w.due_at, w.case_id limit $4",
        args!(tenant, agency, ACCEPT, ONLINE_MAX),
        |row| {
            let name: Option<String> = row.get(1)?;
            Ok((row.get::<String>(0)?, name, row.get::<Instant>(2)?, row.get::<bool>(3)?))
        },
    )?;
    let arrived = rows.into_iter().map(|(state, name, due, paused)| {
        let case = serde_json::from_str(&state)?;
        Ok(Arrived { case, applicant: name.unwrap_or_default(), due, paused })
    });
    arrived.collect()
}
