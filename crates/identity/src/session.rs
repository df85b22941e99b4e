//! Sessions: who is signed in, in which post, until when.

mod citizen;
mod lookups;

use jiff::SignedDuration;
use kernel::{AccountId, Instant, Mint, PersonId, PostId, SessionId, Tenant};
use store::{Row, Tx, args};

pub use citizen::{CITIZEN_SESSIONS_MAX, CitizenSession, CitizenSessions, Entered};

use self::lookups::Lookups;
use crate::{Result, SessionToken};

/// How often the time of the last request is written, at most.
const TOUCH: SignedDuration = SignedDuration::from_secs(60);

/// How many sessions one account may have; opening one more closes the oldest.
pub const SESSIONS_PER_ACCOUNT_MAX: i64 = 10;

/// How long a session lasts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SessionLimits {
    /// Without a request.
    pub idle: SignedDuration,
    /// At all.
    pub absolute: SignedDuration,
}

/// 30 minutes and 12 hours, as NIST SP 800-63B (revision 3) asks at its second level.
impl Default for SessionLimits {
    fn default() -> Self {
        Self { idle: SignedDuration::from_mins(30), absolute: SignedDuration::from_hours(12) }
    }
}

/// A signed-in session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    /// The session.
    pub id: SessionId,
    /// Whose data it opens.
    pub tenant: Tenant,
    /// The account.
    pub account: AccountId,
    /// What was typed to sign in.
    pub login: String,
    /// The person of the account.
    pub person: Option<PersonId>,
    /// The post chosen to act in.
    pub post: Option<PostId>,
    /// Whether the password must be changed before anything else.
    pub must_change: bool,
    /// When the person signed in.
    pub opened_at: Instant,
    /// When the last request came, to the minute.
    pub last_seen_at: Instant,
    /// When it ends at the latest.
    pub expires_at: Instant,
}

/// The sessions of this process, over those of the store.
#[derive(Debug, Default)]
pub struct Sessions {
    limits: SessionLimits,
    cache: Lookups<Session>,
    citizens: CitizenSessions,
}

impl Sessions {
    /// Sessions with these limits.
    #[must_use]
    pub fn new(limits: SessionLimits) -> Self {
        Self { limits, cache: Lookups::default(), citizens: CitizenSessions::default() }
    }

    /// The sessions of citizens.
    #[must_use]
    pub fn citizens(&self) -> &CitizenSessions {
        &self.citizens
    }

    /// Opens a session. Always under a fresh token, so that nobody can prepare one.
    ///
    /// # Errors
    /// What the store refuses.
    pub fn open(
        &self,
        tx: &mut Tx<'_>,
        tenant: &Tenant,
        account: AccountId,
        post: Option<PostId>,
        now: Instant,
        mint: &Mint,
    ) -> Result<SessionToken> {
        let token = SessionToken::fresh(mint);
        let id: SessionId = mint.id(now);
        let oldest = "delete from session where tenant = $1 and account_id = $2
             and token_hash not in (
                 select token_hash from session where tenant = $1 and account_id = $2
                 order by opened_at desc, token_hash limit $3)";
        tx.exec(oldest, args!(tenant, account, SESSIONS_PER_ACCOUNT_MAX - 1))?;
        tx.put(
            "insert into session(tenant, token_hash, id, account_id, post_id,
                 opened_at, last_seen_at, expires_at)
             values ($1, $2, $3, $4, $5, $6, $6, $7)",
            args!(tenant, &token.hash(), id, account, post, now, after(now, self.limits.absolute)),
        )?;
        Ok(token)
    }

    /// The session of this token without asking the store, where it was looked up a moment ago.
    /// The outer `None` says that the store must be asked.
    #[must_use]
    pub fn recall(
        &self,
        tenant: &Tenant,
        token: &SessionToken,
        now: Instant,
    ) -> Option<Option<Session>> {
        let known = self.cache.recall(&token.hash(), now)?;
        Some(known.filter(|s| s.tenant == *tenant && self.lives(s, now)))
    }

    /// The living session of this token, from memory or from the store. A read-only transaction
    /// will do; where [`Session::touch_due`] says so, [`Self::touch`] follows.
    ///
    /// # Errors
    /// What the store refuses.
    pub fn authenticate(
        &self,
        tx: &mut Tx<'_>,
        tenant: &Tenant,
        token: &SessionToken,
        now: Instant,
    ) -> Result<Option<Session>> {
        if let Some(known) = self.recall(tenant, token, now) {
            return Ok(known);
        }
        let hash = token.hash();
        let found = tx.opt(
            "select s.id, s.tenant, s.account_id, a.login, a.person_id, s.post_id,
                 a.must_change, s.opened_at, s.last_seen_at, s.expires_at
             from session s join account a on a.tenant = s.tenant and a.id = s.account_id
             where s.tenant = $1 and s.token_hash = $2 and a.disabled_at is null",
            args!(tenant, &hash),
            read,
        )?;
        let living = found.filter(|session| self.lives(session, now));
        // Only what exists is remembered: invented tokens must not fill the memory.
        if let Some(session) = &living {
            self.cache.remember(hash, Some(session.clone()), now);
        }
        Ok(living)
    }

    /// Writes that the session was used now.
    ///
    /// # Errors
    /// What the store refuses.
    pub fn touch(
        &self,
        tx: &mut Tx<'_>,
        tenant: &Tenant,
        token: &SessionToken,
        now: Instant,
    ) -> Result<()> {
        let sql = "update session set last_seen_at = $3
                   where tenant = $1 and token_hash = $2 and last_seen_at < $3";
        tx.exec(sql, args!(tenant, &token.hash(), now))?;
        self.cache.change(&token.hash(), |session| session.last_seen_at = now);
        Ok(())
    }

    /// Chooses the post to act in. Whether the person holds it is for the directory to say.
    ///
    /// # Errors
    /// What the store refuses.
    pub fn choose_post(
        &self,
        tx: &mut Tx<'_>,
        tenant: &Tenant,
        token: &SessionToken,
        post: Option<PostId>,
    ) -> Result<()> {
        let sql = "update session set post_id = $3 where tenant = $1 and token_hash = $2";
        tx.exec(sql, args!(tenant, &token.hash(), post))?;
        self.cache.forget(&token.hash());
        Ok(())
    }

    /// Signs out.
    ///
    /// # Errors
    /// What the store refuses.
    pub fn close(
        &self,
        tx: &mut Tx<'_>,
        tenant: &Tenant,
        token: &SessionToken,
        now: Instant,
    ) -> Result<()> {
        let sql = "delete from session where tenant = $1 and token_hash = $2";
        tx.exec(sql, args!(tenant, &token.hash()))?;
        self.cache.remember(token.hash(), None, now);
        Ok(())
    }

    /// Signs an account out everywhere, but for the session `keep` where one is named; answers
    /// how many sessions ended.
    ///
    /// # Errors
    /// What the store refuses.
    pub fn close_all(
        &self,
        tx: &mut Tx<'_>,
        tenant: &Tenant,
        account: AccountId,
        keep: Option<&SessionToken>,
        now: Instant,
    ) -> Result<u64> {
        let kept = keep.map(SessionToken::hash).unwrap_or_default();
        let sql = "delete from session
                   where tenant = $1 and account_id = $2 and token_hash <> $3";
        let closed = tx.exec(sql, args!(tenant, account, &kept))?;
        self.cache.close(now, |hash, session| session.account == account && *hash != kept);
        Ok(closed)
    }

    /// Deletes sessions that ended, `limit` at most; answers how many.
    ///
    /// # Errors
    /// What the store refuses.
    pub fn purge(&self, tx: &mut Tx<'_>, tenant: &Tenant, now: Instant, limit: u32) -> Result<u64> {
        let sql = "delete from session where tenant = $1 and token_hash in (
             select token_hash from session
             where tenant = $1 and (last_seen_at <= $2 or expires_at <= $3) limit $4)";
        let idle = after(now, -self.limits.idle);
        let closed = tx.exec(sql, args!(tenant, idle, now, limit))?;
        Ok(closed + self.citizens.purge(tx, tenant, now, limit)?)
    }

    fn lives(&self, session: &Session, now: Instant) -> bool {
        now < session.expires_at && now < after(session.last_seen_at, self.limits.idle)
    }
}

impl Session {
    /// Whether it is time to write that the session is in use.
    #[must_use]
    pub fn touch_due(&self, now: Instant) -> bool {
        now >= after(self.last_seen_at, TOUCH)
    }
}

fn after(at: Instant, duration: SignedDuration) -> Instant {
    at.checked_add(duration).unwrap_or(Instant::MAX)
}

fn read(row: &Row<'_>) -> store::Result<Session> {
    Ok(Session {
        id: row.get(0)?,
        tenant: row.get(1)?,
        account: row.get(2)?,
        login: row.get(3)?,
        person: row.get(4)?,
        post: row.get(5)?,
        must_change: row.get(6)?,
        opened_at: row.get(7)?,
        last_seen_at: row.get(8)?,
        expires_at: row.get(9)?,
    })
}
