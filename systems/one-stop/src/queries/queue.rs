//! Who waits in the hall, and who waits online.

use casework::ACCEPT;
use kernel::{AgencyId, Instant, PostId, Tenant, today};
use store::{Tx, args};

use crate::{Result, commands::Ticket};

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
             and waits = 0",
        args!(tenant, agency, ACCEPT),
        |row| Ok((row.get(0)?, row.get(1)?)),
    )?;
    Ok(found)
}
