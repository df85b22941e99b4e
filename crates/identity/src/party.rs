//! Parties: the citizens and organisations whom the authority serves.
//!
//! The name stands in clear, since people are called by it and found by any of its words. Number,
//! birth, telephone and address are sealed under the party's own key; a number is found by its
//! keyed hash.

mod end;
mod names;

pub use end::{correct, destroy};
pub use names::{Named, named, refresh_names};

use jiff::civil::Date;
use kernel::{CitizenId, Instant, Mint, PartyId, PhoneNumber, TaxCode, Tenant, fold};
use serde::{Deserialize, Serialize};
use store::{Tx, args};

use crate::{
    Error, Result,
    seal::{Keyring, Label, PartyKey},
};

/// The official number of a party.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PartyNumber {
    /// Of a citizen.
    Citizen(CitizenId),
    /// Of an organisation.
    Tax(TaxCode),
}

/// What is known of a party.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Party {
    /// Full name, in NFC.
    #[serde(skip)]
    pub name: String,
    /// Official number, if known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number: Option<PartyNumber>,
    /// Day of birth, of a citizen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub born: Option<Date>,
    /// Where messages go.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<PhoneNumber>,
    /// E-mail address, as it was written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// Where they live or sit, in words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
}

/// A party with its identifier.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    /// Who.
    pub id: PartyId,
    /// What is known.
    pub party: Party,
}

impl Party {
    /// Somebody of whom nothing but the name is known.
    #[must_use]
    pub fn named(name: &str) -> Self {
        let name = name.to_owned();
        Self { name, number: None, born: None, phone: None, email: None, address: None }
    }

    /// `citizen` or `organization`.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        if matches!(self.number, Some(PartyNumber::Tax(_))) { "organization" } else { "citizen" }
    }

    /// The number with its middle covered, for screens.
    #[must_use]
    pub fn masked_number(&self) -> Option<String> {
        self.number.as_ref().map(|number| match number {
            PartyNumber::Citizen(id) => id.masked(),
            PartyNumber::Tax(code) => code.as_str().to_owned(),
        })
    }
}

/// Under which name the journal tells what happened to a person's data, and in their name.
#[must_use]
pub fn subject(party: PartyId) -> String {
    format!("party {party}")
}

/// Records a party, or brings the one of the same number up to date. What is not given anew is
/// kept.
///
/// # Errors
/// [`Error::KeyDestroyed`] for a party whose data was destroyed.
pub fn keep(
    tx: &mut Tx<'_>,
    tenant: &Tenant,
    keyring: &Keyring,
    party: &Party,
    now: Instant,
    mint: &Mint,
) -> Result<PartyId> {
    let blind = party.number.as_ref().map(|number| blind_number(keyring, tenant, number));
    let known = match &blind {
        Some(blind) => find_by_blind(tx, tenant, keyring, blind)?,
        None => None,
    };
    let (id, before, party) = match known {
        Some(known) => (known.id, known.party.name.clone(), merged(known.party, party)),
        None => (mint.id(now), String::new(), party.clone()),
    };
    let key = keyring.key(tx, tenant, id, mint)?;
    upsert(tx, tenant, keyring, id, &party, &key, now, mint)?;
    names::change(tx, tenant, id, &before, &party.name)?;
    Ok(id)
}

/// Writes a party that is not known yet and whose key is at hand; for bulk work.
///
/// # Errors
/// Those of the store.
#[expect(clippy::too_many_arguments, reason = "what a row is made of")]
pub fn insert(
    tx: &mut Tx<'_>,
    tenant: &Tenant,
    keyring: &Keyring,
    id: PartyId,
    party: &Party,
    key: &PartyKey,
    now: Instant,
    mint: &Mint,
) -> Result<()> {
    upsert(tx, tenant, keyring, id, party, key, now, mint)?;
    names::change(tx, tenant, id, "", &party.name)
}

#[expect(clippy::too_many_arguments, reason = "what a row is made of")]
fn upsert(
    tx: &mut Tx<'_>,
    tenant: &Tenant,
    keyring: &Keyring,
    id: PartyId,
    party: &Party,
    key: &PartyKey,
    now: Instant,
    mint: &Mint,
) -> Result<()> {
    let number = party.number.as_ref().map(|n| blind_number(keyring, tenant, n).to_vec());
    let phone = party.phone.as_ref();
    let phone = phone.map(|p| keyring.blind(tenant, Label::PHONE, p.as_str()).to_vec());
    let plain = serde_json::to_vec(party).map_err(|_| Error::Unopenable)?;
    let sealed = key.seal(Label::PARTY, &plain, mint);
    tx.put(
        "insert into party (tenant, id, kind, name, name_folded, number_blind, phone_blind,
             sealed, recorded_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
         on conflict (tenant, id) do update set kind = excluded.kind, name = excluded.name,
             name_folded = excluded.name_folded, number_blind = excluded.number_blind,
             phone_blind = excluded.phone_blind, sealed = excluded.sealed,
             recorded_at = excluded.recorded_at",
        args!(tenant, id, party.kind(), &party.name, fold(&party.name), number, phone, sealed, now),
    )?;
    Ok(())
}

/// What is known of a party, if it is known and its key was not destroyed.
///
/// # Errors
/// Those of the store.
pub fn load(
    tx: &mut Tx<'_>,
    tenant: &Tenant,
    keyring: &Keyring,
    id: PartyId,
) -> Result<Option<Party>> {
    let row: Option<(String, Vec<u8>)> = tx.opt(
        "select name, sealed from party where tenant = $1 and id = $2",
        args!(tenant, id),
        |row| Ok((row.get(0)?, row.get(1)?)),
    )?;
    let Some((name, sealed)) = row else { return Ok(None) };
    match keyring.load(tx, tenant, id) {
        Ok(key) => opened(name, &sealed, &key).map(Some),
        Err(Error::KeyDestroyed { .. }) => Ok(None),
        Err(error) => Err(error),
    }
}

/// The party of an official number.
///
/// # Errors
/// Those of the store.
pub fn find(
    tx: &mut Tx<'_>,
    tenant: &Tenant,
    keyring: &Keyring,
    number: &PartyNumber,
) -> Result<Option<Known>> {
    let blind = blind_number(keyring, tenant, number);
    find_by_blind(tx, tenant, keyring, &blind)
}

fn find_by_blind(
    tx: &mut Tx<'_>,
    tenant: &Tenant,
    keyring: &Keyring,
    blind: &[u8; 32],
) -> Result<Option<Known>> {
    let row: Option<(PartyId, String, Vec<u8>)> = tx.opt(
        "select id, name, sealed from party where tenant = $1 and number_blind = $2",
        args!(tenant, &blind[..]),
        |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
    )?;
    let Some((id, name, sealed)) = row else { return Ok(None) };
    let key = keyring.load(tx, tenant, id)?;
    Ok(Some(Known { id, party: opened(name, &sealed, &key)? }))
}

fn opened(name: String, sealed: &[u8], key: &PartyKey) -> Result<Party> {
    let plain = key.open(Label::PARTY, sealed)?;
    let party: Party = serde_json::from_slice(&plain).map_err(|_| Error::Unopenable)?;
    Ok(Party { name, ..party })
}

fn merged(known: Party, given: &Party) -> Party {
    let given = given.clone();
    Party {
        name: if given.name.is_empty() { known.name } else { given.name },
        number: given.number.or(known.number),
        born: given.born.or(known.born),
        phone: given.phone.or(known.phone),
        email: given.email.or(known.email),
        address: given.address.or(known.address),
    }
}

fn blind_number(keyring: &Keyring, tenant: &Tenant, number: &PartyNumber) -> [u8; 32] {
    match number {
        PartyNumber::Citizen(id) => keyring.blind(tenant, Label::CITIZEN_ID, id.as_str()),
        PartyNumber::Tax(code) => keyring.blind(tenant, Label::TAX_CODE, code.as_str()),
    }
}
