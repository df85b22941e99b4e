//! The queue of the hall: numbers are taken in lanes and called in the order of taking.

use std::fmt;

use kernel::{AgencyId, Instant, PostId, Tenant, today};
use store::{Tx, args};

use crate::Result;

/// The lanes of a hall, each for a group of sectors; texts `queue-lane-a` to `queue-lane-e`.
pub const LANES: [char; 5] = ['A', 'B', 'C', 'D', 'E'];
/// Most tickets of one lane in one day.
pub const TICKETS_MAX: u32 = 999;

/// A ticket of the hall.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ticket {
    /// Its lane.
    pub lane: String,
    /// Number within lane and day, from 1.
    pub number: u32,
    /// When it was taken.
    pub taken_at: Instant,
}

impl fmt::Display for Ticket {
    /// `A047`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{:03}", self.lane, self.number)
    }
}

/// Takes the next number of a lane; none where there is no such lane, or it is full for today.
///
/// # Errors
/// Those of the store.
pub fn take_ticket(
    tx: &mut Tx<'_>,
    tenant: &Tenant,
    agency: AgencyId,
    lane: char,
    now: Instant,
) -> Result<Option<Ticket>> {
    if !LANES.contains(&lane) {
        return Ok(None);
    }
    let (day, lane) = (today(now).to_string(), lane.to_string());
    let number: Option<u32> = tx.opt(
        "insert into queue_serial (tenant, agency_id, day, lane, last) values ($1, $2, $3, $4, 1)
         on conflict (tenant, agency_id, day, lane) do update set last = queue_serial.last + 1
             where queue_serial.last < $5
         returning last",
        args!(tenant, agency, &day, &lane, TICKETS_MAX),
        |row| row.get(0),
    )?;
    let Some(number) = number else { return Ok(None) };
    tx.put(
        "insert into queue_ticket (tenant, agency_id, day, lane, number, taken_at)
         values ($1, $2, $3, $4, $5, $6)",
        args!(tenant, agency, &day, &lane, number, now),
    )?;
    Ok(Some(Ticket { lane, number, taken_at: now }))
}

/// Calls the ticket that waits longest to this seat; none where nobody waits. What the seat
/// called before is done with.
///
/// # Errors
/// Those of the store.
pub fn call_next(
    tx: &mut Tx<'_>,
    tenant: &Tenant,
    agency: AgencyId,
    seat: PostId,
    now: Instant,
) -> Result<Option<Ticket>> {
    /// How often somebody else may be faster.
    const TRIES_MAX: usize = 100;
    end_call(tx, tenant, agency, seat, "done", now)?;
    let day = today(now).to_string();
    for _ in 0..TRIES_MAX {
        let first = tx.opt(
            "select lane, number, taken_at from queue_ticket
             where tenant = $1 and agency_id = $2 and day = $3 and called_at is null
             order by taken_at, lane, number limit 1",
            args!(tenant, agency, &day),
            |row| Ok(Ticket { lane: row.get(0)?, number: row.get(1)?, taken_at: row.get(2)? }),
        )?;
        let Some(ticket) = first else { return Ok(None) };
        // Two clerks may have read the same row; only one of them finds it uncalled here.
        let called = tx.exec(
            "update queue_ticket set called_at = $6, called_by = $7
             where tenant = $1 and agency_id = $2 and day = $3 and lane = $4 and number = $5
                 and called_at is null",
            args!(tenant, agency, &day, &ticket.lane, ticket.number, now, seat),
        )?;
        if called == 1 {
            return Ok(Some(ticket));
        }
    }
    Err(store::Error::Conflict.into())
}

/// Whoever was called did not come.
///
/// # Errors
/// Those of the store.
pub fn mark_absent(
    tx: &mut Tx<'_>,
    tenant: &Tenant,
    agency: AgencyId,
    seat: PostId,
    now: Instant,
) -> Result<()> {
    end_call(tx, tenant, agency, seat, "absent", now)
}

fn end_call(
    tx: &mut Tx<'_>,
    tenant: &Tenant,
    agency: AgencyId,
    seat: PostId,
    how: &str,
    now: Instant,
) -> Result<()> {
    tx.exec(
        "update queue_ticket set ended = $5
         where tenant = $1 and agency_id = $2 and day = $3 and called_by = $4 and ended is null",
        args!(tenant, agency, today(now).to_string(), seat, how),
    )?;
    Ok(())
}
