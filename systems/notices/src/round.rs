//! One round of telling: by one process at a time, a bounded number at once.

use futures_util::future::join_all;
use jiff::SignedDuration;
use kernel::Instant;
use notices::{Claimed, Outcome};

use crate::{Result, Teller, carry::carry};

/// Notices that are carried at the same time.
const AT_ONCE: u32 = 16;
/// How long what ended is shown to people and operators; the journal keeps it for good.
const KEEP: SignedDuration = SignedDuration::from_hours(24 * 90);
/// How much of what is older goes in one round.
const PURGE_MAX: u32 = 500;

/// What a round did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Round {
    /// Whether this process is the one that tells.
    pub ours: bool,
    /// How many notices were carried out of the house.
    pub carried: usize,
    /// Whether there may be more to do at once.
    pub more: bool,
}

/// One round: decides what is to be said of what happened, sends what is due, keeps what became
/// of it. `holder` names this process.
///
/// # Errors
/// Those of the store; whoever delivers being away is none.
pub async fn tell(teller: &Teller, holder: &str) -> Result<Round> {
    let (now, name) = (teller.desk.now(), holder.to_owned());
    let due = teller.write(move |tx, teller| {
        let (front, keyring) = (&teller.desk.front, &teller.desk.keyring);
        let (tenant, mint) = (&front.tenant, &front.mint);
        if !notices::lease(tx, tenant, &name, now)? {
            return Ok(None);
        }
        let by_default = teller.settings.texts_by_default;
        let more = notices::gather(tx, tenant, keyring, mint, by_default, now)?
            | notices::late(tx, tenant, keyring, mint, by_default, now)?;
        let mut due = notices::claim(tx, tenant, keyring, mint, now, AT_ONCE)?;
        due.more |= more;
        notices::purge(tx, tenant, before(now), PURGE_MAX)?;
        Ok(Some(due))
    });
    let Some(due) = due.await? else { return Ok(Round::default()) };
    let carried = due.claimed.len();
    let outcomes = join_all(due.claimed.iter().map(|claimed| carry(teller, claimed))).await;
    for (claimed, outcome) in due.claimed.into_iter().zip(outcomes) {
        keep(teller, claimed, outcome).await?;
    }
    Ok(Round { ours: true, carried, more: due.more })
}

fn before(now: Instant) -> Instant {
    now.checked_sub(KEEP).unwrap_or(Instant::MIN)
}

async fn keep(teller: &Teller, claimed: Claimed, outcome: Outcome) -> Result<()> {
    let notice = claimed.notice;
    if !matches!(outcome, Outcome::Sent) {
        let (channel, occasion) = (notice.channel.word(), notice.occasion.word());
        tracing::info!(channel, occasion, ?outcome, attempt = notice.attempts, "not delivered");
    }
    let now = teller.desk.now();
    let kept = teller.write(move |tx, teller| {
        let front = &teller.desk.front;
        Ok(notices::report(tx, &front.tenant, &front.mint, &notice, outcome, now)?)
    });
    kept.await.map(drop)
}
