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
    let serving = serving(tx, tenant, agency, seat, now)?;
    let day = today(now).to_string();
    let (waiting, since) = tx.one(
        "select count(*), min(taken_at) from queue_ticket
         where tenant = $1 and agency_id = $2 and day = $3 and called_at is null",
        args!(tenant, agency, &day),
        |row| Ok((row.get(0)?, row.get(1)?)),
    )?;
    Ok(Hall { serving, waiting, since })
}

/// The ticket that a seat is serving now.
///
/// # Errors
/// Those of the store.
pub fn serving(
    tx: &mut Tx<'_>,
    tenant: &Tenant,
    agency: AgencyId,
    seat: PostId,
    now: Instant,
) -> Result<Option<Ticket>> {
    let serving = tx.opt(
        "select lane, number, taken_at from queue_ticket
         where tenant = $1 and agency_id = $2 and day = $3 and called_by = $4 and ended is null
         order by called_at desc limit 1",
        args!(tenant, agency, today(now).to_string(), seat),
        |row| Ok(Ticket { lane: row.get(0)?, number: row.get(1)?, taken_at: row.get(2)? }),
    )?;
    Ok(serving)
}

/// A ticket that was called and is being served.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CalledTicket {
    /// Which.
    pub ticket: Ticket,
    /// To which seat.
    pub seat: PostId,
    /// When.
    pub called_at: Instant,
}

/// What the board of a hall shows.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Board {
    /// Who is called where, the latest call first; at most [`BOARD_MAX`].
    pub called: Vec<CalledTicket>,
    /// Who comes next, in this order; at most [`NEXT_MAX`].
    pub next: Vec<Ticket>,
    /// How many wait.
    pub waiting: u64,
}

/// Most calls on the board of a hall: it is read from afar.
pub const BOARD_MAX: u32 = 6;
/// Most numbers on the board that come next.
pub const NEXT_MAX: u32 = 6;

/// The board of a hall today.
///
/// # Errors
/// Those of the store.
pub fn board(tx: &mut Tx<'_>, tenant: &Tenant, agency: AgencyId, now: Instant) -> Result<Board> {
    let day = today(now).to_string();
    let called = tx.all(
        "select lane, number, taken_at, called_by, called_at from queue_ticket
         where tenant = $1 and agency_id = $2 and day = $3 and called_at is not null
             and ended is null
         order by called_at desc, lane, number limit $4",
        args!(tenant, agency, &day, BOARD_MAX),
        |row| {
            let ticket = Ticket { lane: row.get(0)?, number: row.get(1)?, taken_at: row.get(2)? };
            Ok(CalledTicket { ticket, seat: row.get(3)?, called_at: row.get(4)? })
        },
    )?;
    let next = tx.all(
        "select lane, number, taken_at from queue_ticket
         where tenant = $1 and agency_id = $2 and day = $3 and called_at is null
         order by taken_at, lane, number limit $4",
        args!(tenant, agency, &day, NEXT_MAX),
        |row| Ok(Ticket { lane: row.get(0)?, number: row.get(1)?, taken_at: row.get(2)? }),
    )?;
    let waiting = tx.one(
        "select count(*) from queue_ticket
         where tenant = $1 and agency_id = $2 and day = $3 and called_at is null",
        args!(tenant, agency, &day),
        |row| row.get(0),
    )?;
    Ok(Board { called, next, waiting })
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
