//! Citizens who sign in: an identity provider says who somebody is; the person is kept as a party,
//! found by the official number, so that what was filed at a counter is theirs online as well.

use kernel::{AccountId, Instant, Mint, PartyId, Tenant};
use store::{Tx, args};

use crate::{
    Assurance, Result,
    party::{self, Party, PartyNumber},
    seal::{Keyring, Label},
};

/// What an identity provider says of somebody, once it was verified.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    /// Which provider.
    pub issuer: String,
    /// By what name it knows the person.
    pub subject: String,
    /// What it says of the person.
    pub party: Party,
    /// How surely.
    pub level: Assurance,
}

/// The account and the party of somebody.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Account {
    /// The account.
    pub id: AccountId,
    /// Who.
    pub party: PartyId,
}

/// Keeps what the provider says as a party, and the account that leads to it. The official number
/// decides who it is: a provider that gives somebody another name does not make another person.
///
/// # Errors
/// Those of the store; [`crate::Error::KeyDestroyed`] where the data of this person was destroyed
/// and its number not forgotten.
pub fn enter(
    tx: &mut Tx<'_>,
    tenant: &Tenant,
    keyring: &Keyring,
    named: &Named,
    now: Instant,
    mint: &Mint,
) -> Result<Account> {
    let news = news(tx, tenant, keyring, named)?;
    let party = party::keep(tx, tenant, keyring, &news, now, mint)?;
    let subject = keyring.blind(tenant, Label::SUBJECT, &named.subject);
    let fresh: AccountId = mint.id(now);
    let id = tx.one(
        "insert into citizen_account (tenant, id, issuer, subject, party_id, created_at, entered_at)
         values ($1, $2, $3, $4, $5, $6, $6)
         on conflict (tenant, issuer, subject) do update set party_id = excluded.party_id,
             entered_at = excluded.entered_at
         returning id",
        args!(tenant, fresh, &named.issuer, &subject[..], party, now),
        |row| row.get(0),
    )?;
    Ok(Account { id, party })
}

/// What the provider says that is to be kept. Who somebody is, it knows better; where they are
/// reached, they said themselves.
fn news(tx: &mut Tx<'_>, tenant: &Tenant, keyring: &Keyring, named: &Named) -> Result<Party> {
    let mut news = named.party.clone();
    let known = match &news.number {
        Some(number) => party::find(tx, tenant, keyring, number)?,
        None => None,
    };
    if let Some(known) = known {
        news.phone = known.party.phone.or(news.phone);
        news.email = known.party.email.or(news.email);
        news.address = known.party.address.or(news.address);
    }
    Ok(news)
}

/// The account of a party that signed in last; none where it never did.
///
/// # Errors
/// Those of the store.
pub fn of_party(tx: &mut Tx<'_>, tenant: &Tenant, party: PartyId) -> Result<Option<AccountId>> {
    let sql = "select id from citizen_account where tenant = $1 and party_id = $2
               order by entered_at desc limit 1";
    Ok(tx.opt(sql, args!(tenant, party), |row| row.get(0))?)
}

/// How texts address a party: `ong` or `ba` by the third digit of a citizen's number (Circular
/// 59/2021/TT-BCA: even for men, odd for women), `ongba` where it is not known.
#[must_use]
pub fn called(party: &Party) -> &'static str {
    match &party.number {
        Some(PartyNumber::Citizen(id)) => {
            let third = id.as_str().as_bytes().get(3).copied().unwrap_or_default();
            if third.is_multiple_of(2) { "ong" } else { "ba" }
        }
        _ => "ongba",
    }
}
