//! A promise that was broken is said by whoever broke it: the day that a case is late, and nobody
//! moved its date with an apology before, its owner is told so, once. Nothing happens to the case
//! itself; the event stands under the story of its notices.

use identity::seal::Keyring;
use jiff::SignedDuration;
use journal::{Data, EventKind, Happened};
use kernel::{Actor, CaseId, Instant, Mint, PartyId, Tenant};
use store::{Tx, args};

use crate::{
    Occasion, Result,
    gather::{addresses, too_many},
    queue::{self, Fresh},
};

/// So many are told of at once.
const BATCH: u32 = 100;
/// What has been late for longer became so while nobody told: it is no news.
const NEWS: SignedDuration = SignedDuration::from_hours(24);
const LATE: EventKind = EventKind::named("notice.late");

/// Puts a notice into the queue for each case that became late and of which that was not said;
/// answers whether there may be more. A case whose clock stands is not late.
///
/// # Errors
/// Those of the store.
pub fn late(
    tx: &mut Tx<'_>,
    tenant: &Tenant,
    keyring: &Keyring,
    mint: &Mint,
    texts_by_default: bool,
    now: Instant,
) -> Result<bool> {
    let since = now.checked_sub(NEWS).unwrap_or(Instant::MIN);
    let rows: Vec<(CaseId, PartyId, Instant)> = tx.all(
        "select c.id, c.applicant, c.due_at from case_state c
         where c.tenant = $1 and c.ended_at is null and c.due_at > $2 and c.due_at < $3
             and c.paused_at is null
             and not exists (select 1 from notice_late l
                 where l.tenant = c.tenant and l.case_id = c.id)
         order by c.due_at limit $4",
        args!(tenant, since, now, BATCH),
        |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
    )?;
    for (case, party, due) in &rows {
        tx.put(
            "insert into notice_late (tenant, case_id, due_at, told_at) values ($1, $2, $3, $4)",
            args!(tenant, *case, *due, now),
        )?;
        let data = Data::of(&serde_json::json!({ "case": case, "due": due }))?;
        let actor = Actor::System("notices".to_owned());
        let what = Happened { kind: LATE, actor, happened_at: now, recorded_at: now, data };
        let event = journal::record(tx, tenant, mint, &format!("notices of {case}"), what)?;
        if too_many(tx, tenant, *party, now)? {
            continue;
        }
        let occasion = Occasion::Late;
        let fresh = Fresh { party: *party, case: Some(*case), event: event.id, occasion };
        for (contact, channel) in
            addresses(tx, tenant, keyring, mint, *party, texts_by_default, now)?
        {
            queue::put(tx, tenant, mint, &fresh, contact, channel, now)?;
        }
    }
    Ok(rows.len() == BATCH as usize)
}
