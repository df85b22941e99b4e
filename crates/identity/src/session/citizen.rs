//! Sessions of citizens: beside those of officers, by the same rules, in a table of their own, so
//! that neither kind of token ever opens what belongs to the other.

use jiff::SignedDuration;
use kernel::{AccountId, Instant, Mint, PartyId, SessionId, Tenant};
use store::{Row, Tx, args};

use super::{SessionLimits, TOUCH, after, lookups::Lookups};
use crate::{Assurance, Result, SessionToken};

/// How many sessions one citizen may have; opening one more closes the oldest.
pub const CITIZEN_SESSIONS_MAX: i64 = 10;

/// At most so many letters of the name of a device are kept.
const DEVICE_LETTERS_MAX: usize = 60;

/// A citizen who signed in, before there is a session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entered {
    /// The account.
    pub account: AccountId,
    /// Who.
    pub party: PartyId,
    /// How surely.
    pub level: Assurance,
    /// How texts address them: `ong`, `ba` or `ongba`.
    pub called: &'static str,
    /// On what they signed in, in words that they recognise: "Chrome, Android".
    pub device: String,
}

/// A signed-in citizen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CitizenSession {
    /// The session.
    pub id: SessionId,
    /// Whose data it opens.
    pub tenant: Tenant,
    /// The account.
    pub account: AccountId,
    /// Who.
    pub party: PartyId,
    /// Full name.
    pub name: String,
    /// How surely it is known who signed in.
    pub level: Assurance,
    /// How texts address them: `ong`, `ba` or `ongba`.
    pub called: String,
    /// On what they signed in.
    pub device: String,
    /// When they signed in.
    pub opened_at: Instant,
    /// When the last request came, to the minute.
    pub last_seen_at: Instant,
    /// When it ends at the latest.
    pub expires_at: Instant,
}

/// The citizens' sessions of this process, over those of the store.
#[derive(Debug)]
pub struct CitizenSessions {
    limits: SessionLimits,
    cache: Lookups<CitizenSession>,
}

/// An hour without a request, since a form may take long to read; 12 hours at all.
impl Default for CitizenSessions {
    fn default() -> Self {
        let limits = SessionLimits { idle: SignedDuration::from_hours(1), ..Default::default() };
        Self { limits, cache: Lookups::default() }
    }
}

const COLUMNS: &str = "s.id, s.tenant, s.account_id, s.party_id, p.name, s.level, s.called,
    s.device, s.opened_at, s.last_seen_at, s.expires_at
    from citizen_session s join party p on p.tenant = s.tenant and p.id = s.party_id";

impl CitizenSessions {
    /// Opens a session. Always under a fresh token, so that nobody can prepare one.
    ///
    /// # Errors
    /// What the store refuses.
    pub fn open(
        &self,
        tx: &mut Tx<'_>,
        tenant: &Tenant,
        who: &Entered,
        now: Instant,
        mint: &Mint,
    ) -> Result<SessionToken> {
        let token = SessionToken::fresh(mint);
        let id: SessionId = mint.id(now);
        tx.exec(
            "delete from citizen_session where tenant = $1 and party_id = $2
             and token_hash not in (
                 select token_hash from citizen_session where tenant = $1 and party_id = $2
                 order by opened_at desc, token_hash limit $3)",
            args!(tenant, who.party, CITIZEN_SESSIONS_MAX - 1),
        )?;
        let device: String = who.device.chars().take(DEVICE_LETTERS_MAX).collect();
        tx.put(
            "insert into citizen_session (tenant, token_hash, id, account_id, party_id, level,
                 called, device, opened_at, last_seen_at, expires_at)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $9, $10)",
            args!(
                tenant,
                &token.hash(),
                id,
                who.account,
                who.party,
                who.level.number(),
                who.called,
                device,
                now,
                after(now, self.limits.absolute)
            ),
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
    ) -> Option<Option<CitizenSession>> {
        let known = self.cache.recall(&token.hash(), now)?;
        Some(known.filter(|s| s.tenant == *tenant && self.lives(s, now)))
    }

    /// The living session of this token, from memory or from the store. A read-only transaction
    /// will do; where [`CitizenSession::touch_due`] says so, [`Self::touch`] follows.
    ///
    /// # Errors
    /// What the store refuses.
    pub fn authenticate(
        &self,
        tx: &mut Tx<'_>,
        tenant: &Tenant,
        token: &SessionToken,
        now: Instant,
    ) -> Result<Option<CitizenSession>> {
        if let Some(known) = self.recall(tenant, token, now) {
            return Ok(known);
        }
        let hash = token.hash();
        let sql = format!("select {COLUMNS} where s.tenant = $1 and s.token_hash = $2");
        let found = tx.opt(&sql, args!(tenant, &hash), read)?;
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
        let sql = "update citizen_session set last_seen_at = $3
                   where tenant = $1 and token_hash = $2 and last_seen_at < $3";
        tx.exec(sql, args!(tenant, &token.hash(), now))?;
        self.cache.change(&token.hash(), |session| session.last_seen_at = now);
        Ok(())
    }

    /// The living sessions of a citizen, newest first.
    ///
    /// # Errors
    /// What the store refuses.
    pub fn of_party(
        &self,
        tx: &mut Tx<'_>,
        tenant: &Tenant,
        party: PartyId,
        now: Instant,
    ) -> Result<Vec<CitizenSession>> {
        let sql = format!(
            "select {COLUMNS} where s.tenant = $1 and s.party_id = $2
             order by s.opened_at desc, s.id limit $3"
        );
        let all = tx.all(&sql, args!(tenant, party, CITIZEN_SESSIONS_MAX), read)?;
        Ok(all.into_iter().filter(|session| self.lives(session, now)).collect())
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
        let sql = "delete from citizen_session where tenant = $1 and token_hash = $2";
        tx.exec(sql, args!(tenant, &token.hash()))?;
        self.cache.remember(token.hash(), None, now);
        Ok(())
    }

    /// Ends one session of a citizen; another's is not touched.
    ///
    /// # Errors
    /// What the store refuses.
    pub fn close_one(
        &self,
        tx: &mut Tx<'_>,
        tenant: &Tenant,
        party: PartyId,
        session: SessionId,
        now: Instant,
    ) -> Result<bool> {
        let sql = "delete from citizen_session where tenant = $1 and party_id = $2 and id = $3";
        let closed = tx.exec(sql, args!(tenant, party, session))?;
        self.cache.close(now, |_, known| known.id == session && known.party == party);
        Ok(closed > 0)
    }

    /// Signs a citizen out everywhere, but for the session `keep` where one is named; answers
    /// how many sessions ended.
    ///
    /// # Errors
    /// What the store refuses.
    pub fn close_all(
        &self,
        tx: &mut Tx<'_>,
        tenant: &Tenant,
        party: PartyId,
        keep: Option<&SessionToken>,
        now: Instant,
    ) -> Result<u64> {
        let kept = keep.map(SessionToken::hash).unwrap_or_default();
        let sql = "delete from citizen_session
                   where tenant = $1 and party_id = $2 and token_hash <> $3";
        let closed = tx.exec(sql, args!(tenant, party, &kept))?;
        self.cache.close(now, |hash, session| session.party == party && *hash != kept);
        Ok(closed)
    }

    pub(super) fn purge(
        &self,
        tx: &mut Tx<'_>,
        tenant: &Tenant,
        now: Instant,
        limit: u32,
    ) -> Result<u64> {
        let sql = "delete from citizen_session where tenant = $1 and token_hash in (
             select token_hash from citizen_session
             where tenant = $1 and (last_seen_at <= $2 or expires_at <= $3) limit $4)";
        let idle = after(now, -self.limits.idle);
        Ok(tx.exec(sql, args!(tenant, idle, now, limit))?)
    }

    fn lives(&self, session: &CitizenSession, now: Instant) -> bool {
        now < session.expires_at && now < after(session.last_seen_at, self.limits.idle)
    }
}

impl CitizenSession {
    /// Whether it is time to write that the session is in use.
    #[must_use]
    pub fn touch_due(&self, now: Instant) -> bool {
        now >= after(self.last_seen_at, TOUCH)
    }
}

fn read(row: &Row<'_>) -> store::Result<CitizenSession> {
    Ok(CitizenSession {
        id: row.get(0)?,
        tenant: row.get(1)?,
        account: row.get(2)?,
        party: row.get(3)?,
        name: row.get(4)?,
        level: Assurance::of_number(row.get(5)?),
        called: row.get(6)?,
        device: row.get(7)?,
        opened_at: row.get(8)?,
        last_seen_at: row.get(9)?,
        expires_at: row.get(10)?,
    })
}
