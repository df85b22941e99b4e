//! The access log: refusals, and every look at personal data. Who is asked "who looked at my
//! number?" can answer.

use kernel::{AccountId, CaseId, Instant, Mint, PartyId, PersonId, PostId, Tenant};
use store::{Row, Tx, args};

use crate::{
    Result,
    access::{Action, Decision, Officer},
};

/// Who did it, as the log names them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Reader {
    /// The account.
    pub account: Option<AccountId>,
    /// The person.
    pub person: Option<PersonId>,
    /// The post they had chosen.
    pub post: Option<PostId>,
}

impl Reader {
    /// An officer who is signed in with this account.
    #[must_use]
    pub fn officer(account: AccountId, officer: &Officer) -> Self {
        Self { account: Some(account), person: Some(officer.person), post: Some(officer.post) }
    }
}

/// What is logged of one question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// When.
    pub at: Instant,
    /// Who.
    pub reader: Reader,
    /// What they asked to do: an [`Action`], or another word for what no policy governs.
    pub action: String,
    /// The dossier.
    pub case: Option<CaseId>,
    /// Whose data.
    pub party: Option<PartyId>,
    /// Whether they got it.
    pub allowed: bool,
    /// Code of the refusal.
    pub reason: Option<String>,
}

impl Entry {
    /// The entry for a decision of the policies.
    #[must_use]
    pub fn of(reader: Reader, action: Action, decision: &Decision, at: Instant) -> Self {
        let reason = match decision {
            Decision::Allowed => None,
            Decision::Denied(denial) => Some(denial.reason.code().to_owned()),
        };
        let (action, allowed) = (action.name().to_owned(), decision.is_allowed());
        Self { at, reader, action, case: None, party: None, allowed, reason }
    }

    /// Names the dossier and the party.
    #[must_use]
    pub fn on(self, case: Option<CaseId>, party: Option<PartyId>) -> Self {
        Self { case, party, ..self }
    }
}

/// Writes an entry.
///
/// # Errors
/// What the store refuses.
pub fn record(tx: &mut Tx<'_>, tenant: &Tenant, entry: &Entry, mint: &Mint) -> Result<()> {
    let id: kernel::EventId = mint.id(entry.at);
    let Reader { account, person, post } = entry.reader;
    tx.put(
        "insert into access_log(tenant, id, at, account_id, person_id, post_id, action,
             case_id, party_id, allowed, reason)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
        args!(
            tenant,
            id,
            entry.at,
            account,
            person,
            post,
            &entry.action,
            entry.case,
            entry.party,
            entry.allowed,
            entry.reason.as_deref()
        ),
    )?;
    Ok(())
}

const COLUMNS: &str =
    "at, account_id, person_id, post_id, action, case_id, party_id, allowed, reason";

/// Who looked, or tried to look, at the data of a party before an instant, newest first.
///
/// # Errors
/// What the store refuses.
pub fn looks_at(
    tx: &mut Tx<'_>,
    tenant: &Tenant,
    party: PartyId,
    before: Instant,
    limit: u16,
) -> Result<Vec<Entry>> {
    let sql = format!(
        "select {COLUMNS} from access_log
         where tenant = $1 and party_id = $2 and at < $3 order by at desc, id desc limit $4"
    );
    Ok(tx.all(&sql, args!(tenant, party, before, limit), read)?)
}

/// What was refused before an instant, newest first.
///
/// # Errors
/// What the store refuses.
pub fn refusals(
    tx: &mut Tx<'_>,
    tenant: &Tenant,
    before: Instant,
    limit: u16,
) -> Result<Vec<Entry>> {
    let sql = format!(
        "select {COLUMNS} from access_log
         where tenant = $1 and allowed = $2 and at < $3 order by at desc, id desc limit $4"
    );
    Ok(tx.all(&sql, args!(tenant, false, before, limit), read)?)
}

/// Deletes entries older than an instant, `limit` at most; answers how many.
///
/// # Errors
/// What the store refuses.
pub fn purge(tx: &mut Tx<'_>, tenant: &Tenant, before: Instant, limit: u32) -> Result<u64> {
    let sql = "delete from access_log where tenant = $1 and id in (
         select id from access_log where tenant = $1 and at < $2 order by at limit $3)";
    Ok(tx.exec(sql, args!(tenant, before, limit))?)
}

fn read(row: &Row<'_>) -> store::Result<Entry> {
    Ok(Entry {
        at: row.get(0)?,
        reader: Reader { account: row.get(1)?, person: row.get(2)?, post: row.get(3)? },
        action: row.get(4)?,
        case: row.get(5)?,
        party: row.get(6)?,
        allowed: row.get(7)?,
        reason: row.get(8)?,
    })
}
