//! Login throttling: whoever guesses has to wait, longer with every guess.
//!
//! Each account and each address has a level that rises by one with every failed sign-in and
//! drains with time. Above what honest people need, each attempt must wait; the wait doubles.
//! The levels stand in a table, so that all processes see the same.

use std::net::IpAddr;

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use jiff::SignedDuration;
use kernel::{Instant, Tenant};
use sha2::{Digest, Sha256};
use store::{Tx, args};

use crate::Result;

/// How a level turns into a wait.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Scale {
    /// Failures that cost nothing.
    free: f64,
    /// The longest wait.
    longest: SignedDuration,
    /// Time in which the level falls by one.
    drain: SignedDuration,
}

/// An account: a bound on guesses at one password, from wherever. The longest wait is short,
/// so that nobody can lock a clerk out of the counter; it still leaves 1,440 guesses a day.
const ACCOUNT: Scale = Scale {
    free: 5.0,
    longest: SignedDuration::from_secs(60),
    drain: SignedDuration::from_mins(3),
};

/// An address: a bound on guesses at many passwords. A whole office may stand behind one.
const ADDRESS: Scale = Scale {
    free: 30.0,
    longest: SignedDuration::from_mins(15),
    drain: SignedDuration::from_secs(30),
};

/// Highest level; nothing drains for days.
const LEVEL_MAX: f64 = 60.0;

/// How many drained rows are deleted at a time.
const PURGE_MAX: i64 = 64;

/// What is throttled in one sign-in: the account that is named, whether it exists or not, and
/// the address that it comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Subjects {
    account: String,
    address: String,
}

impl Subjects {
    pub(crate) fn new(login: &str, address: IpAddr) -> Self {
        // Only a hash is kept: the table need not tell who mistyped, or from where.
        let hash = |kind: &str, text: &str| {
            let digest = Sha256::new().chain_update(kind).chain_update(text).finalize();
            format!("{kind}:{}", URL_SAFE_NO_PAD.encode(&digest[..16]))
        };
        Self { account: hash("account", login), address: hash("address", &network(address)) }
    }
}

/// Counts an attempt, before its password is checked, so that many at once do not slip through;
/// or answers how long it must still wait, and then counts nothing.
pub(crate) fn charge(
    tx: &mut Tx<'_>,
    tenant: &Tenant,
    subjects: &Subjects,
    now: Instant,
) -> Result<Option<SignedDuration>> {
    // Always the account before the address, so that two sign-ins never wait for each other.
    let account = lock(tx, tenant, &subjects.account, now)?;
    let address = lock(tx, tenant, &subjects.address, now)?;
    let wait = ACCOUNT.wait(account, now).max(ADDRESS.wait(address, now));
    if wait.is_none() {
        keep(tx, tenant, &subjects.account, ACCOUNT, ACCOUNT.moved(account, 1.0, now))?;
        keep(tx, tenant, &subjects.address, ADDRESS, ADDRESS.moved(address, 1.0, now))?;
        purge(tx, tenant, now)?;
    }
    Ok(wait)
}

/// After the right password the account starts afresh, and the address gets its charge back.
pub(crate) fn forgive(
    tx: &mut Tx<'_>,
    tenant: &Tenant,
    subjects: &Subjects,
    now: Instant,
) -> Result<()> {
    let sql = "delete from sign_in_throttle where tenant = $1 and subject = $2";
    tx.exec(sql, args!(tenant, &subjects.account))?;
    let address = lock(tx, tenant, &subjects.address, now)?;
    keep(tx, tenant, &subjects.address, ADDRESS, ADDRESS.moved(address, -1.0, now))
}

/// A level as it was at an instant.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Level {
    value: f64,
    at: Instant,
}

impl Scale {
    /// What is left of the level now.
    fn drained(self, level: Level, now: Instant) -> f64 {
        let passed = now.duration_since(level.at).as_secs_f64().max(0.0);
        (level.value - passed / self.drain.as_secs_f64()).max(0.0)
    }

    /// The level of now, moved.
    fn moved(self, level: Level, by: f64, now: Instant) -> Level {
        Level { value: (self.drained(level, now) + by).clamp(0.0, LEVEL_MAX), at: now }
    }

    /// How long the next attempt must still wait: two seconds for the first failure that is
    /// one too many, twice as long for each further one.
    fn wait(self, level: Level, now: Instant) -> Option<SignedDuration> {
        let over = level.value - self.free;
        if over <= 0.0 {
            return None;
        }
        let seconds = over.exp2().min(self.longest.as_secs_f64());
        let left = SignedDuration::from_secs_f64(seconds) - now.duration_since(level.at);
        left.is_positive().then_some(left)
    }

    /// When nothing is left of the level.
    fn forget_at(self, level: Level) -> Instant {
        let left = SignedDuration::from_secs_f64(level.value * self.drain.as_secs_f64());
        level.at.checked_add(left).unwrap_or(Instant::MAX)
    }
}

/// The level of a subject, held against all other transactions until this one ends.
fn lock(tx: &mut Tx<'_>, tenant: &Tenant, subject: &str, now: Instant) -> Result<Level> {
    let sql = "insert into sign_in_throttle(tenant, subject, level, at, forget_at)
         values ($1, $2, 0.0, $3, $3)
         on conflict (tenant, subject) do update set subject = excluded.subject
         returning level, at";
    Ok(tx.one(sql, args!(tenant, subject, now), |row| {
        Ok(Level { value: row.get(0)?, at: row.get(1)? })
    })?)
}

fn keep(tx: &mut Tx<'_>, tenant: &Tenant, subject: &str, scale: Scale, level: Level) -> Result<()> {
    let sql = "update sign_in_throttle set level = $3, at = $4, forget_at = $5
               where tenant = $1 and subject = $2";
    Ok(tx.put(sql, args!(tenant, subject, level.value, level.at, scale.forget_at(level)))?)
}

/// Every attempt deletes a few rows that have drained, more than it adds.
fn purge(tx: &mut Tx<'_>, tenant: &Tenant, now: Instant) -> Result<()> {
    let sql = "delete from sign_in_throttle where tenant = $1 and subject in (
         select subject from sign_in_throttle where tenant = $1 and forget_at < $2 limit $3)";
    tx.exec(sql, args!(tenant, now, PURGE_MAX))?;
    Ok(())
}

/// The address, or for IPv6 the network of which one customer usually has all addresses.
fn network(address: IpAddr) -> String {
    match address.to_canonical() {
        IpAddr::V4(v4) => v4.to_string(),
        IpAddr::V6(v6) => format!("{:x?}", &v6.segments()[..4]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn second(n: i64) -> Instant {
        Instant::from_second(n).unwrap()
    }

    #[test]
    fn the_wait_doubles_up_to_its_bound_and_passes() {
        let waits = (4..=13).map(|failures| {
            let level = Level { value: f64::from(failures), at: second(0) };
            ACCOUNT.wait(level, second(0)).map_or(0, |wait| wait.as_secs())
        });
        assert_eq!(waits.collect::<Vec<_>>(), [0, 0, 2, 4, 8, 16, 32, 60, 60, 60]);

        let level = Level { value: 8.0, at: second(0) };
        assert_eq!(ACCOUNT.wait(level, second(3)), Some(SignedDuration::from_secs(5)));
        assert_eq!(ACCOUNT.wait(level, second(8)), None);
    }

    #[test]
    fn a_level_drains_with_time_and_is_forgotten() {
        let level = ACCOUNT.moved(Level { value: 0.0, at: second(0) }, 1.0, second(0));
        assert_eq!(ACCOUNT.drained(level, second(90)), 0.5);
        assert_eq!(ACCOUNT.drained(level, second(-5)), 1.0, "the clock of another process");
        assert_eq!(ACCOUNT.forget_at(level), second(180));
    }

    #[test]
    fn one_customer_is_one_network() {
        let net = |text: &str| network(text.parse().unwrap());
        assert_eq!(net("2001:db8:1:2:3::1"), net("2001:db8:1:2:ffff::9"));
        assert_ne!(net("2001:db8:1:2::1"), net("2001:db8:1:3::1"));
        assert_eq!(net("::ffff:192.0.2.1"), net("192.0.2.1"));
        assert_ne!(net("192.0.2.1"), net("192.0.2.2"));
    }
}
