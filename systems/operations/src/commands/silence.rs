//! A rule is silenced for one scope until an instant, for a reason: what is known is not told
//! again and again. It expires by itself; what is still raised then opens its incident.

use desk::Desk;
use indicators::Scope;
use jiff::SignedDuration;
use journal::{Data, EventKind, Happened};
use kernel::{Actor, Instant};
use store::{Tx, args};

use crate::{Error, Result, queries};

/// Nothing is silenced for longer, in days.
pub const DAYS_MAX: i64 = 14;

/// A silence.
#[derive(Debug, Clone, PartialEq)]
pub struct Silence {
    /// Of which rule.
    pub rule: String,
    /// For whom.
    pub scope: Scope,
    /// Until when; now or before takes a silence back.
    pub until: Instant,
    /// Why.
    pub why: String,
}

/// Sets a silence, or takes it back.
///
/// # Errors
/// [`Error::NoSuchName`] where there is no such rule, [`Error::NotNow`] where it is for too long
/// or without a reason, and those of the store.
pub fn silence(
    tx: &mut Tx<'_>,
    desk: &Desk,
    silence: &Silence,
    (by, now): (&Actor, Instant),
) -> Result<()> {
    let tenant = &desk.front.tenant;
    queries::rules(tx, desk)?.get(&silence.rule).ok_or(Error::NoSuchName)?;
    let (why, scope) = (silence.why.trim(), silence.scope.to_string());
    let latest = now + SignedDuration::from_hours(DAYS_MAX * 24);
    let silenced = silence.until > now;
    if silence.until > latest || (silenced && why.is_empty()) {
        return Err(Error::NotNow);
    }
    tx.put(
        "insert into alert_watch
             (tenant, rule, scope, version, raised, run, counted_at, silenced_until, silenced_by,
              silenced_why)
         values ($1, $2, $3, 1, false, 0, 0, $4, $5, $6)
         on conflict (tenant, rule, scope) do update set version = alert_watch.version + 1,
             silenced_until = $4, silenced_by = $5, silenced_why = $6",
        args!(tenant, &silence.rule, scope.as_str(), silence.until, by, why),
    )?;
    let kind = if silenced { "alert.silenced" } else { "alert.unsilenced" };
    let what = Happened {
        kind: EventKind::named(kind),
        actor: by.clone(),
        happened_at: now,
        recorded_at: now,
        data: Data::of(&serde_json::json!({
            "rule": silence.rule, "scope": scope, "until": silence.until.to_string(), "why": why,
        }))?,
    };
    let name = format!("alert {} {scope}", silence.rule);
    journal::record(tx, tenant, &desk.front.mint, &name, what)?;
    Ok(())
}
