//! The addresses of people: given, confirmed, taken away.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use identity::seal::{Keyring, Label};
use jiff::SignedDuration;
use kernel::{EventId, Instant, Mint, PartyId, Tenant};
use store::{Row, Tx, args};
use subtle::ConstantTimeEq;

use crate::{
    Address, Channel, Contact, ContactId, ContactState, Error, Occasion, Result,
    queue::{self, Fresh},
};

/// Addresses that one person may have.
pub const CONTACTS_PER_PARTY_MAX: usize = 8;
/// How long an address may be confirmed.
const CONFIRM_WITHIN: SignedDuration = SignedDuration::from_hours(48);

const ADDRESS: Label = Label("notice_address");
const CONFIRM: Label = Label("notice_confirm");
const STOP: Label = Label("notice_stop");

/// Adds an address, or takes up again one that was there. An e-mail address is asked whether it
/// is theirs, in a message of its own; a browser has said so itself, and a telephone number is
/// the one that their identity was proved with.
///
/// # Errors
/// [`Error::TooMany`], and [`identity::Error::KeyDestroyed`] for whoever had their data destroyed.
pub fn add(
    tx: &mut Tx<'_>,
    tenant: &Tenant,
    keyring: &Keyring,
    mint: &Mint,
    party: PartyId,
    address: &Address,
    now: Instant,
) -> Result<ContactId> {
    let blind = keyring.blind(tenant, ADDRESS, address.key());
    let key = keyring.key(tx, tenant, party, mint)?;
    let known: i64 = tx.one(
        "select count(*) from notice_contact where tenant = $1 and party_id = $2 and blind <> $3",
        args!(tenant, party, &blind),
        |row| row.get(0),
    )?;
    if usize::try_from(known).unwrap_or(usize::MAX) >= CONTACTS_PER_PARTY_MAX {
        return Err(Error::TooMany { max: CONTACTS_PER_PARTY_MAX });
    }
    let sealed = key.seal(ADDRESS, &serde_json::to_vec(address)?, mint);
    let asks = address.channel() == Channel::Email;
    let state = if asks { ContactState::Unconfirmed } else { ContactState::On };
    let until = asks.then(|| now.checked_add(CONFIRM_WITHIN).unwrap_or(Instant::MAX));
    let fresh: ContactId = mint.id(now);
    let (id, state): (ContactId, String) = tx.one(
        "insert into notice_contact (tenant, id, party_id, channel, sealed, blind, state,
             confirm_until, created_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
         on conflict (tenant, party_id, channel, blind) do update set sealed = excluded.sealed,
             state = case when notice_contact.state = 'on' then 'on' else excluded.state end,
             confirm_until = excluded.confirm_until
         returning id, state",
        args!(
            tenant,
            fresh,
            party,
            address.channel().word(),
            sealed,
            &blind,
            state.word(),
            until,
            now
        ),
        |row| Ok((row.get(0)?, row.get(1)?)),
    )?;
    if state == ContactState::Unconfirmed.word() {
        let event: EventId = mint.id(now);
        let fresh = Fresh { party, case: None, event, occasion: Occasion::Confirm };
        queue::put(tx, tenant, mint, &fresh, id, Channel::Email, now)?;
    }
    Ok(id)
}

/// The words that links of messages to an address carry: the first confirms it, the second
/// takes it away. They are computed, so nothing is kept that a thief could use.
#[must_use]
pub fn links(keyring: &Keyring, tenant: &Tenant, contact: ContactId) -> (String, String) {
    let word = |label| {
        let mac = keyring.blind(tenant, label, &contact.to_string());
        format!("{}.{}", contact.uuid().simple(), URL_SAFE_NO_PAD.encode(&mac[..18]))
    };
    (word(CONFIRM), word(STOP))
}

fn contact_of(keyring: &Keyring, tenant: &Tenant, word: &str, confirms: bool) -> Option<ContactId> {
    let id: ContactId = word.split_once('.')?.0.parse().ok()?;
    let (confirm, stop) = links(keyring, tenant, id);
    let expected = if confirms { confirm } else { stop };
    bool::from(expected.as_bytes().ct_eq(word.as_bytes())).then_some(id)
}

/// Confirms an address by the word of its link; answers whether it is used now.
///
/// # Errors
/// Those of the store.
pub fn confirm(
    tx: &mut Tx<'_>,
    tenant: &Tenant,
    keyring: &Keyring,
    word: &str,
    now: Instant,
) -> Result<bool> {
    let Some(id) = contact_of(keyring, tenant, word, true) else { return Ok(false) };
    let touched = tx.exec(
        "update notice_contact set state = 'on', confirm_until = null
         where tenant = $1 and id = $2
             and (state = 'on' or (state = 'unconfirmed' and confirm_until > $3))",
        args!(tenant, id, now),
    )?;
    Ok(touched == 1)
}

/// Takes an address away by the word of a link in a message to it; answers whether the word was
/// right. To do so twice is no fault.
///
/// # Errors
/// Those of the store.
pub fn stop(tx: &mut Tx<'_>, tenant: &Tenant, keyring: &Keyring, word: &str) -> Result<bool> {
    let Some(id) = contact_of(keyring, tenant, word, false) else { return Ok(false) };
    tx.exec("delete from notice_contact where tenant = $1 and id = $2", args!(tenant, id))?;
    Ok(true)
}

/// Takes an address of `party` away.
///
/// # Errors
/// Those of the store.
pub fn remove(tx: &mut Tx<'_>, tenant: &Tenant, party: PartyId, contact: ContactId) -> Result<()> {
    tx.exec(
        "delete from notice_contact where tenant = $1 and party_id = $2 and id = $3",
        args!(tenant, party, contact),
    )?;
    Ok(())
}

/// The addresses of a person, oldest first; none where their key was destroyed.
///
/// # Errors
/// Those of the store.
pub fn contacts(
    tx: &mut Tx<'_>,
    tenant: &Tenant,
    keyring: &Keyring,
    party: PartyId,
) -> Result<Vec<Contact>> {
    let sql = format!(
        "select {COLUMNS} from notice_contact where tenant = $1 and party_id = $2
         order by created_at, id limit 32"
    );
    let rows = tx.all(&sql, args!(tenant, party), raw)?;
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let key = match keyring.load(tx, tenant, party) {
        Ok(key) => key,
        Err(identity::Error::KeyDestroyed { .. } | identity::Error::NoKey) => return Ok(Vec::new()),
        Err(error) => return Err(error.into()),
    };
    rows.into_iter().map(|row| row.contact(&key)).collect()
}

/// One address, opened; none where it, or the key of its owner, is gone.
///
/// # Errors
/// Those of the store.
pub fn opened(
    tx: &mut Tx<'_>,
    tenant: &Tenant,
    keyring: &Keyring,
    contact: ContactId,
) -> Result<Option<Contact>> {
    let sql = format!("select {COLUMNS} from notice_contact where tenant = $1 and id = $2");
    let Some(row) = tx.opt(&sql, args!(tenant, contact), raw)? else { return Ok(None) };
    match keyring.load(tx, tenant, row.party) {
        Ok(key) => row.contact(&key).map(Some),
        Err(identity::Error::KeyDestroyed { .. } | identity::Error::NoKey) => Ok(None),
        Err(error) => Err(error.into()),
    }
}

/// The addresses of a person that are used, by way alone.
pub(crate) fn used(
    tx: &mut Tx<'_>,
    tenant: &Tenant,
    party: PartyId,
) -> Result<Vec<(ContactId, Channel)>> {
    let rows = tx.all(
        "select id, channel from notice_contact
         where tenant = $1 and party_id = $2 and state = 'on' limit 32",
        args!(tenant, party),
        |row| Ok((row.get(0)?, row.get::<String>(1)?)),
    )?;
    let known = |(id, word): (ContactId, String)| {
        Channel::from_word(&word).map(|channel| (id, channel)).ok_or(Error::Word(word))
    };
    rows.into_iter().map(known).collect()
}

/// The keyed hash of an address, for the journal.
pub(crate) fn blind(
    tx: &mut Tx<'_>,
    tenant: &Tenant,
    contact: ContactId,
) -> Result<Option<Vec<u8>>> {
    Ok(tx.opt(
        "select blind from notice_contact where tenant = $1 and id = $2",
        args!(tenant, contact),
        |row| row.get(0),
    )?)
}

const COLUMNS: &str = "id, party_id, channel, sealed, state, confirm_until, told_at";

struct Raw {
    id: ContactId,
    party: PartyId,
    channel: String,
    sealed: Vec<u8>,
    state: String,
    confirm_until: Option<Instant>,
    told_at: Option<Instant>,
}

fn raw(row: &Row<'_>) -> store::Result<Raw> {
    Ok(Raw {
        id: row.get(0)?,
        party: row.get(1)?,
        channel: row.get(2)?,
        sealed: row.get(3)?,
        state: row.get(4)?,
        confirm_until: row.get(5)?,
        told_at: row.get(6)?,
    })
}

impl Raw {
    fn contact(self, key: &identity::seal::PartyKey) -> Result<Contact> {
        let plain = key.open(ADDRESS, &self.sealed)?;
        Ok(Contact {
            id: self.id,
            party: self.party,
            channel: Channel::from_word(&self.channel).ok_or(Error::Word(self.channel))?,
            address: serde_json::from_slice(&plain)?,
            state: ContactState::from_word(&self.state).ok_or(Error::Word(self.state))?,
            confirm_until: self.confirm_until,
            told_at: self.told_at,
        })
    }
}
