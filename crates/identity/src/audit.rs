//! The access log: refusals, and every look at personal data. Who is asked "who looked at my
//! number?" can answer.

mod ground;

pub use ground::{Basis, NoBasis, What};

use kernel::{AccountId, CaseId, EventId, Instant, Mint, PartyId, PersonId, PostId, Tenant};
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
    /// Which of the data.
    pub what: Option<What>,
    /// On what ground.
    pub basis: Option<Basis>,
}

impl Entry {
    /// The entry for a decision of the policies.
    #[must_use]
    pub fn of(reader: Reader, action: Action, decision: &Decision, at: Instant) -> Self {
        let reason = match decision {
            Decision::Allowed => None,
            Decision::Denied(denial) => Some(denial.reason.code().to_owned()),
        };
        let (name, allowed) = (action.name().to_owned(), decision.is_allowed());
        let what = Some(What::of(action));
        Self {
            at,
            reader,
            action: name,
            case: None,
            party: None,
            allowed,
            reason,
            what,
            basis: None,
        }
    }

    /// Names the dossier and the party.
    #[must_use]
    pub fn on(self, case: Option<CaseId>, party: Option<PartyId>) -> Self {
        Self { case, party, ..self }
    }

    /// Says on what ground.
    #[must_use]
    pub fn because(self, basis: Basis) -> Self {
        Self { basis: Some(basis), ..self }
    }

    /// Says which of the data, where the action does not.
    #[must_use]
    pub fn of_what(self, what: What) -> Self {
        Self { what: Some(what), ..self }
    }
}

/// Writes an entry.
///
/// # Errors
/// What the store refuses.
pub fn record(tx: &mut Tx<'_>, tenant: &Tenant, entry: &Entry, mint: &Mint) -> Result<()> {
    let id: EventId = mint.id(entry.at);
    let Reader { account, person, post } = entry.reader;
    tx.put(
        "insert into access_log(tenant, id, at, account_id, person_id, post_id, action,
             case_id, party_id, allowed, reason, what, basis)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)",
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
            entry.reason.as_deref(),
            entry.what.map(What::word),
            entry.basis.as_ref().map(Basis::to_string)
        ),
    )?;
    Ok(())
}

/// Whether the same post looked at the same of the same case since an instant: whoever works on a
/// dossier opens it many times, and that is one look.
///
/// # Errors
/// What the store refuses.
pub fn seen_since(tx: &mut Tx<'_>, tenant: &Tenant, entry: &Entry, since: Instant) -> Result<bool> {
    let sql = "select 1 from access_log
               where tenant = $1 and party_id = $2 and at >= $3 and case_id = $4 and post_id = $5
                   and what = $6 and allowed = $7 limit 1";
    let what = entry.what.map(What::word);
    let arguments = args!(tenant, entry.party, since, entry.case, entry.reader.post, what, true);
    Ok(tx.opt(sql, arguments, |row| row.get::<i64>(0))?.is_some())
}

const COLUMNS: &str =
    "at, account_id, person_id, post_id, action, case_id, party_id, allowed, reason, what, basis";

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

/// An entry with the number by which it is asked about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Look {
    /// Its number.
    pub id: EventId,
    /// What happened.
    pub entry: Entry,
}

/// Where a page of looks goes on: after this one.
pub type After = (Instant, EventId);

/// A page of the looks at the data of a party, newest first.
///
/// # Errors
/// What the store refuses.
pub fn page_of_looks(
    tx: &mut Tx<'_>,
    tenant: &Tenant,
    party: PartyId,
    after: Option<After>,
    limit: u16,
) -> Result<Vec<Look>> {
    let look = |row: &Row<'_>| Ok(Look { id: row.get(11)?, entry: read(row)? });
    let order = "order by at desc, id desc";
    let found = match after {
        None => {
            let sql = format!(
                "select {COLUMNS}, id from access_log
                 where tenant = $1 and party_id = $2 {order} limit $3"
            );
            tx.all(&sql, args!(tenant, party, limit), look)?
        }
        Some((at, id)) => {
            let sql = format!(
                "select {COLUMNS}, id from access_log
                 where tenant = $1 and party_id = $2 and at <= $3 and (at < $3 or id < $4)
                 {order} limit $5"
            );
            tx.all(&sql, args!(tenant, party, at, id, limit), look)?
        }
    };
    Ok(found)
}

/// One look at the data of a party, by its number.
///
/// # Errors
/// What the store refuses.
pub fn look(tx: &mut Tx<'_>, tenant: &Tenant, party: PartyId, id: EventId) -> Result<Option<Look>> {
    let sql =
        format!("select {COLUMNS} from access_log where tenant = $1 and id = $2 and party_id = $3");
    Ok(tx.opt(&sql, args!(tenant, id, party), |row| Ok(Look { id, entry: read(row)? }))?)
}

/// How often the data of a party was looked at since an instant; counted up to `max`.
///
/// # Errors
/// What the store refuses.
pub fn count_looks(
    tx: &mut Tx<'_>,
    tenant: &Tenant,
    party: PartyId,
    since: Instant,
    max: u16,
) -> Result<u64> {
    let sql = "select count(*) from (
             select at from access_log where tenant = $1 and party_id = $2 and at >= $3 limit $4
         ) as looks";
    Ok(tx.one(sql, args!(tenant, party, since, max), |row| row.get(0))?)
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
        what: row.get::<Option<String>>(9)?.and_then(|word| What::from_word(&word)),
        basis: row.get::<Option<String>>(10)?.and_then(|text| text.parse().ok()),
    })
}
