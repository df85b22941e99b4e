//! What waits to be said: handed out to one process at a time, tried again with growing pauses,
//! given up in sight of the operators.

use casework::ProcedureRef;
use identity::seal::Keyring;
use jiff::SignedDuration;
use journal::{Data, EventKind, Happened};
use kernel::{Actor, AgencyId, CaseCode, CaseId, EventId, Instant, Mint, PartyId, Tenant, hex};
use procedure::Matter;
use store::{Row, Tx, args};

use crate::{
    Channel, Contact, ContactId, ContactState, Error, Fate, Notice, NoticeId, NoticeState,
    Occasion, Result, Wishes, contacts, wishes,
};

/// How long a process that fell silent keeps the others out.
const LEASE: SignedDuration = SignedDuration::from_secs(60);
/// How long what was handed out is not handed out again; sending takes less.
const CLAIM: SignedDuration = SignedDuration::from_mins(5);
/// Pauses between attempts, in minutes; after the last the notice is given up.
const PAUSES: [i64; 8] = [1, 5, 15, 60, 180, 360, 720, 720];

/// Something to be said, not yet to whom.
pub(crate) struct Fresh {
    pub(crate) party: PartyId,
    pub(crate) case: Option<CaseId>,
    pub(crate) event: EventId,
    pub(crate) occasion: Occasion,
}

/// What became of an attempt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// It was taken over by whoever delivers it.
    Sent,
    /// Nobody is at that address any more.
    Gone,
    /// It will never be taken; a word that says why.
    Refused(&'static str),
    /// It may be taken later; a word that says why.
    Later(&'static str),
}

/// A notice that is due, with everything that it takes to say it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claimed {
    /// The notice.
    pub notice: Notice,
    /// The address.
    pub contact: Contact,
    /// The case that it is about.
    pub about: Option<About>,
    /// What the person wishes.
    pub wishes: Wishes,
}

/// What may be said of a case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct About {
    /// Its code.
    pub code: CaseCode,
    /// What kind of matter it is.
    pub matter: Matter,
    /// The procedure that it follows.
    pub procedure: ProcedureRef,
    /// Who decides it.
    pub decided_by: AgencyId,
}

/// What is due, and whether there may be more.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Due {
    /// What is due now.
    pub claimed: Vec<Claimed>,
    /// Whether there may be more.
    pub more: bool,
}

/// Takes or renews the lease of the one process that tells; `false` where another holds it.
///
/// # Errors
/// Those of the store.
pub fn lease(tx: &mut Tx<'_>, tenant: &Tenant, holder: &str, now: Instant) -> Result<bool> {
    let until = now.checked_add(LEASE).unwrap_or(Instant::MAX);
    let touched = tx.exec(
        "insert into notice_lease (tenant, holder, until) values ($1, $2, $3)
         on conflict (tenant) do update set holder = excluded.holder, until = excluded.until
         where notice_lease.holder = excluded.holder or notice_lease.until < $4",
        args!(tenant, holder, until, now),
    )?;
    Ok(touched == 1)
}

/// Puts a notice into the queue, once for each event and address.
pub(crate) fn put(
    tx: &mut Tx<'_>,
    tenant: &Tenant,
    mint: &Mint,
    fresh: &Fresh,
    contact: ContactId,
    channel: Channel,
    now: Instant,
) -> Result<()> {
    let id: NoticeId = mint.id(now);
    tx.exec(
        "insert into notice (tenant, id, party_id, case_id, event_id, occasion, contact_id, channel,
             state, attempts, next_at, created_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, 0, $10, $10)
         on conflict (tenant, event_id, contact_id, occasion) do nothing",
        args!(
            tenant,
            id,
            fresh.party,
            fresh.case,
            fresh.event,
            fresh.occasion.word(),
            contact,
            channel.word(),
            NoticeState::Waiting.word(),
            now
        ),
    )?;
    Ok(())
}

/// Hands out what is due, `limit` at most. What makes a sound while its receiver wants quiet is
/// put off to the morning; what has no address any more is dropped.
///
/// # Errors
/// Those of the store.
pub fn claim(
    tx: &mut Tx<'_>,
    tenant: &Tenant,
    keyring: &Keyring,
    mint: &Mint,
    now: Instant,
    limit: u32,
) -> Result<Due> {
    let sql = format!(
        "select {COLUMNS} from notice where tenant = $1 and state = 'waiting' and next_at <= $2
         order by next_at, id limit $3"
    );
    let rows = tx.all(&sql, args!(tenant, now, limit), raw)?;
    let more = rows.len() == limit as usize;
    let mut claimed = Vec::with_capacity(rows.len());
    for row in rows {
        let mut notice = row.notice()?;
        let wishes = wishes::wishes(tx, tenant, notice.party)?;
        let quiet = wishes.quiet.filter(|_| notice.channel.is_loud());
        let next = quiet.map_or(now, |quiet| quiet.next(now));
        if next > now {
            put_off(tx, tenant, notice.id, notice.attempts, next)?;
            continue;
        }
        let contact = contacts::opened(tx, tenant, keyring, notice.contact)?;
        let usable = |contact: &Contact| {
            contact.state == ContactState::On || notice.occasion == Occasion::Confirm
        };
        let Some(contact) = contact.filter(usable) else {
            end(tx, tenant, mint, &notice, NoticeState::Dropped, Some("no_address"), now)?;
            continue;
        };
        notice.attempts += 1;
        let again = now.checked_add(CLAIM).unwrap_or(Instant::MAX);
        put_off(tx, tenant, notice.id, notice.attempts, again)?;
        let about = match notice.case {
            Some(case) => about(tx, tenant, case)?,
            None => None,
        };
        claimed.push(Claimed { notice, contact, about, wishes });
    }
    Ok(Due { claimed, more })
}

fn put_off(
    tx: &mut Tx<'_>,
    tenant: &Tenant,
    id: NoticeId,
    attempts: u32,
    next: Instant,
) -> Result<()> {
    tx.exec(
        "update notice set attempts = $3, next_at = $4 where tenant = $1 and id = $2",
        args!(tenant, id, attempts, next),
    )?;
    Ok(())
}

fn about(tx: &mut Tx<'_>, tenant: &Tenant, case: CaseId) -> Result<Option<About>> {
    let row = tx.opt(
        "select code, procedure_code, procedure_version, decided_by, matter from case_state
         where tenant = $1 and id = $2",
        args!(tenant, case),
        |row| {
            let procedure = ProcedureRef { code: row.get(1)?, version: row.get(2)? };
            Ok((row.get(0)?, procedure, row.get(3)?, row.get::<String>(4)?))
        },
    )?;
    let Some((code, procedure, decided_by, word)) = row else { return Ok(None) };
    let matter = Matter::from_word(&word).ok_or(Error::Word(word))?;
    Ok(Some(About { code, matter, procedure, decided_by }))
}

/// Keeps what became of an attempt; the end of each notice is an event of the journal.
///
/// # Errors
/// Those of the store.
pub fn report(
    tx: &mut Tx<'_>,
    tenant: &Tenant,
    mint: &Mint,
    notice: &Notice,
    outcome: Outcome,
    now: Instant,
) -> Result<Fate> {
    let done = |state| Ok(Fate { state, next_at: now });
    match outcome {
        Outcome::Sent => {
            tx.exec(
                "update notice_contact set told_at = $3 where tenant = $1 and id = $2",
                args!(tenant, notice.contact, now),
            )?;
            end(tx, tenant, mint, notice, NoticeState::Sent, None, now)?;
            done(NoticeState::Sent)
        }
        Outcome::Gone => {
            end(tx, tenant, mint, notice, NoticeState::Dropped, Some("gone"), now)?;
            tx.exec(
                "update notice_contact set state = 'gone' where tenant = $1 and id = $2",
                args!(tenant, notice.contact),
            )?;
            done(NoticeState::Dropped)
        }
        Outcome::Refused(why) => {
            end(tx, tenant, mint, notice, NoticeState::Dead, Some(why), now)?;
            done(NoticeState::Dead)
        }
        Outcome::Later(why) => {
            let pause = usize::try_from(notice.attempts).ok().and_then(|n| n.checked_sub(1));
            let Some(minutes) = pause.and_then(|index| PAUSES.get(index)) else {
                end(tx, tenant, mint, notice, NoticeState::Dead, Some(why), now)?;
                return done(NoticeState::Dead);
            };
            let next_at = now.checked_add(SignedDuration::from_mins(*minutes));
            let next_at = next_at.unwrap_or(Instant::MAX);
            tx.exec(
                "update notice set next_at = $3, fault = $4
                 where tenant = $1 and id = $2 and state = 'waiting'",
                args!(tenant, notice.id, next_at, why),
            )?;
            Ok(Fate { state: NoticeState::Waiting, next_at })
        }
    }
}

/// Ends a notice, once.
fn end(
    tx: &mut Tx<'_>,
    tenant: &Tenant,
    mint: &Mint,
    notice: &Notice,
    state: NoticeState,
    fault: Option<&str>,
    now: Instant,
) -> Result<()> {
    let touched = tx.exec(
        "update notice set state = $3, done_at = $4, fault = $5
         where tenant = $1 and id = $2 and state = 'waiting'",
        args!(tenant, notice.id, state.word(), now, fault),
    )?;
    if touched == 0 {
        return Ok(());
    }
    let blind = contacts::blind(tx, tenant, notice.contact)?;
    let data = serde_json::json!({
        "notice": notice.id, "occasion": notice.occasion, "channel": notice.channel,
        "case": notice.case, "event": notice.event, "attempts": notice.attempts,
        "address_hmac": blind.map(|blind| hex(&blind)), "fault": fault,
    });
    let kind = match state {
        NoticeState::Sent => EventKind::named("notice.sent"),
        NoticeState::Dead => EventKind::named("notice.dead"),
        NoticeState::Waiting | NoticeState::Dropped => EventKind::named("notice.dropped"),
    };
    let actor = Actor::System("notices".to_owned());
    let what = Happened { kind, actor, happened_at: now, recorded_at: now, data: Data::of(&data)? };
    let of = match notice.case {
        Some(case) => format!("notices of {case}"),
        None => format!("notices to {}", notice.contact),
    };
    journal::record(tx, tenant, mint, &of, what)?;
    Ok(())
}

/// A notice as its receiver, or an operator, sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// The notice.
    pub notice: Notice,
    /// Code of the case.
    pub code: Option<CaseCode>,
    /// Where it stands.
    pub state: NoticeState,
    /// Why it was not sent.
    pub fault: Option<String>,
    /// When it ended.
    pub done_at: Option<Instant>,
}

/// What was given up, newest first.
///
/// # Errors
/// Those of the store.
pub fn dead(tx: &mut Tx<'_>, tenant: &Tenant, limit: u32) -> Result<Vec<Told>> {
    list(tx, "n.state = 'dead' order by n.done_at desc, n.id desc limit $2", args!(tenant, limit))
}

/// What somebody was told, newest first.
///
/// # Errors
/// Those of the store.
pub fn told(tx: &mut Tx<'_>, tenant: &Tenant, party: PartyId, limit: u32) -> Result<Vec<Told>> {
    let rest = "n.party_id = $2 order by n.created_at desc, n.id desc limit $3";
    list(tx, rest, args!(tenant, party, limit))
}

fn list(tx: &mut Tx<'_>, rest: &str, args: &[store::Arg<'_>]) -> Result<Vec<Told>> {
    let columns: Vec<String> = COLUMNS.split(", ").map(|column| format!("n.{column}")).collect();
    let sql = format!(
        "select {}, n.state, n.fault, n.done_at, c.code from notice n
         left join case_state c on c.tenant = n.tenant and c.id = n.case_id
         where n.tenant = $1 and {rest}",
        columns.join(", ")
    );
    let rows = tx.all(&sql, args, |row| {
        let (state, fault, done_at): (String, _, _) = (row.get(10)?, row.get(11)?, row.get(12)?);
        Ok((raw(row)?, state, fault, done_at, row.get(13)?))
    })?;
    let told = |(raw, state, fault, done_at, code): (Raw, String, _, _, _)| {
        let state = NoticeState::from_word(&state).ok_or(Error::Word(state))?;
        Ok(Told { notice: raw.notice()?, code, state, fault, done_at })
    };
    rows.into_iter().map(told).collect()
}

/// Lets what was given up be tried again; all of a channel. Answers how many, `limit` at most.
///
/// # Errors
/// Those of the store.
pub fn revive(
    tx: &mut Tx<'_>,
    tenant: &Tenant,
    channel: Channel,
    now: Instant,
    limit: u32,
) -> Result<u64> {
    Ok(tx.exec(
        "update notice set state = 'waiting', attempts = 0, next_at = $3, done_at = null
         where tenant = $1 and state = 'dead' and id in (
             select id from notice where tenant = $1 and state = 'dead' and channel = $2
             order by done_at limit $4)",
        args!(tenant, channel.word(), now, limit),
    )?)
}

/// How many wait, counted to a bound.
///
/// # Errors
/// Those of the store.
pub fn waiting_count(tx: &mut Tx<'_>, tenant: &Tenant) -> Result<u32> {
    Ok(tx.one(
        "select count(*) from (select 1 from notice where tenant = $1 and state = 'waiting'
             limit $2) as counted",
        args!(tenant, crate::gather::WAITING_MAX),
        |row| row.get(0),
    )?)
}

/// How many were given up, counted to a bound.
///
/// # Errors
/// Those of the store.
pub fn dead_count(tx: &mut Tx<'_>, tenant: &Tenant) -> Result<u32> {
    Ok(tx.one(
        "select count(*) from (select 1 from notice where tenant = $1 and state = 'dead'
             limit 1000) as counted",
        args!(tenant),
        |row| row.get(0),
    )?)
}

/// Deletes what ended before an instant, `limit` at most; the journal keeps the evidence.
///
/// # Errors
/// Those of the store.
pub fn purge(tx: &mut Tx<'_>, tenant: &Tenant, before: Instant, limit: u32) -> Result<u64> {
    Ok(tx.exec(
        "delete from notice where tenant = $1 and id in (
             select id from notice where tenant = $1 and done_at is not null and done_at < $2
             order by done_at limit $3)",
        args!(tenant, before, limit),
    )?)
}

const COLUMNS: &str =
    "id, party_id, case_id, event_id, occasion, contact_id, channel, attempts, created_at, next_at";

struct Raw {
    notice: Notice,
    occasion: String,
    channel: String,
}

fn raw(row: &Row<'_>) -> store::Result<Raw> {
    let notice = Notice {
        id: row.get(0)?,
        party: row.get(1)?,
        case: row.get(2)?,
        event: row.get(3)?,
        occasion: Occasion::Filed,
        contact: row.get(5)?,
        channel: Channel::Email,
        attempts: row.get(7)?,
        created_at: row.get(8)?,
    };
    Ok(Raw { notice, occasion: row.get(4)?, channel: row.get(6)? })
}

impl Raw {
    fn notice(self) -> Result<Notice> {
        let occasion = Occasion::from_word(&self.occasion).ok_or(Error::Word(self.occasion))?;
        let channel = Channel::from_word(&self.channel).ok_or(Error::Word(self.channel))?;
        Ok(Notice { occasion, channel, ..self.notice })
    }
}
