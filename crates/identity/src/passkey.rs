//! Passkeys: keys on devices of officers and citizens, of which only the public half stands here.
//! How one is proved is the edge's ([WebAuthn](https://www.w3.org/TR/webauthn-3/)); this is the
//! list of whose they are.

use kernel::{AccountId, Instant, PartyId, Tenant};
use sha2::{Digest, Sha256};
use store::{Row, Tx, args};

use crate::{Assurance, Result};

/// How many passkeys one person may have.
pub const PASSKEYS_MAX: usize = 10;
/// Letters of the name of a passkey.
pub const NAME_LETTERS_MAX: usize = 60;

/// Whose passkey.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Owner {
    /// An officer's account.
    Officer(AccountId),
    /// A citizen.
    Citizen(PartyId),
}

/// A passkey.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Passkey {
    /// Hash of the identifier of the credential.
    pub credential: [u8; 32],
    /// Whose it is.
    pub owner: Owner,
    /// What the owner calls it.
    pub name: String,
    /// How surely it was known who registered it; it opens no more than that.
    pub level: Assurance,
    /// Public key, counter and the like, as the edge wrote them.
    pub public: String,
    /// When it was registered.
    pub created_at: Instant,
    /// When somebody last signed in with it.
    pub used_at: Option<Instant>,
}

/// The hash by which a credential is known.
#[must_use]
pub fn hash(credential: &[u8]) -> [u8; 32] {
    Sha256::digest(credential).into()
}

impl Owner {
    fn holder(self) -> &'static str {
        match self {
            Self::Officer(_) => "officer",
            Self::Citizen(_) => "citizen",
        }
    }

    fn arg(self) -> store::Arg<'static> {
        match self {
            Self::Officer(account) => account.into(),
            Self::Citizen(party) => party.into(),
        }
    }
}

const COLUMNS: &str = "credential, holder, owner, name, level, public, created_at, used_at";

/// Keeps a new passkey; answers whether there was room and the credential is not known yet.
///
/// # Errors
/// Those of the store.
pub fn add(tx: &mut Tx<'_>, tenant: &Tenant, key: &Passkey) -> Result<bool> {
    if of_owner(tx, tenant, key.owner)?.len() >= PASSKEYS_MAX {
        return Ok(false);
    }
    let added = tx.exec(
        "insert into passkey (tenant, credential, holder, owner, name, level, public, created_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict (tenant, credential) do nothing",
        args!(
            tenant,
            &key.credential,
            key.owner.holder(),
            key.owner.arg(),
            named(&key.name),
            key.level.number(),
            &key.public,
            key.created_at
        ),
    )?;
    Ok(added == 1)
}

/// The passkeys of somebody, oldest first.
///
/// # Errors
/// Those of the store.
pub fn of_owner(tx: &mut Tx<'_>, tenant: &Tenant, owner: Owner) -> Result<Vec<Passkey>> {
    let sql = format!(
        "select {COLUMNS} from passkey where tenant = $1 and holder = $2 and owner = $3
         order by created_at, credential limit $4"
    );
    let most = i64::try_from(PASSKEYS_MAX).unwrap_or(i64::MAX);
    Ok(tx.all(&sql, args!(tenant, owner.holder(), owner.arg(), most), read)?)
}

/// The passkey of a credential.
///
/// # Errors
/// Those of the store.
pub fn find(tx: &mut Tx<'_>, tenant: &Tenant, credential: &[u8; 32]) -> Result<Option<Passkey>> {
    let sql = format!("select {COLUMNS} from passkey where tenant = $1 and credential = $2");
    Ok(tx.opt(&sql, args!(tenant, credential), read)?)
}

/// Writes that a passkey was used, with its counter as it stands after; answers whether it still
/// stood as it did before, so that a copy that is used at the same moment is refused.
///
/// # Errors
/// Those of the store.
pub fn used(
    tx: &mut Tx<'_>,
    tenant: &Tenant,
    key: &Passkey,
    public: &str,
    now: Instant,
) -> Result<bool> {
    let changed = tx.exec(
        "update passkey set public = $3, used_at = $4
         where tenant = $1 and credential = $2 and coalesce(used_at, 0) = $5",
        args!(tenant, &key.credential, public, now, key.used_at.map_or(0, kernel::micros)),
    )?;
    Ok(changed == 1)
}

/// Gives a passkey of somebody another name.
///
/// # Errors
/// Those of the store.
pub fn rename(
    tx: &mut Tx<'_>,
    tenant: &Tenant,
    owner: Owner,
    credential: &[u8; 32],
    name: &str,
) -> Result<bool> {
    let sql = "update passkey set name = $5
               where tenant = $1 and credential = $2 and holder = $3 and owner = $4";
    let arguments = args!(tenant, credential, owner.holder(), owner.arg(), named(name));
    Ok(tx.exec(sql, arguments)? == 1)
}

/// Takes a passkey of somebody away; nobody signs in with it any more.
///
/// # Errors
/// Those of the store.
pub fn remove(
    tx: &mut Tx<'_>,
    tenant: &Tenant,
    owner: Owner,
    credential: &[u8; 32],
) -> Result<bool> {
    let sql = "delete from passkey
               where tenant = $1 and credential = $2 and holder = $3 and owner = $4";
    Ok(tx.exec(sql, args!(tenant, credential, owner.holder(), owner.arg()))? == 1)
}

/// Takes all passkeys of somebody away.
///
/// # Errors
/// Those of the store.
pub fn remove_all(tx: &mut Tx<'_>, tenant: &Tenant, owner: Owner) -> Result<u64> {
    let sql = "delete from passkey where tenant = $1 and holder = $2 and owner = $3";
    Ok(tx.exec(sql, args!(tenant, owner.holder(), owner.arg()))?)
}

fn named(name: &str) -> String {
    kernel::nfc(name.trim()).chars().filter(|c| !c.is_control()).take(NAME_LETTERS_MAX).collect()
}

fn read(row: &Row<'_>) -> store::Result<Passkey> {
    let holder: String = row.get(1)?;
    let owner = match holder.as_str() {
        "officer" => Owner::Officer(row.get(2)?),
        _ => Owner::Citizen(row.get(2)?),
    };
    let credential: Vec<u8> = row.get(0)?;
    let damaged = |_| store::Error::Damaged("the hash of a credential".into());
    Ok(Passkey {
        credential: credential.try_into().map_err(damaged)?,
        owner,
        name: row.get(3)?,
        level: Assurance::of_number(row.get(4)?),
        public: row.get(5)?,
        created_at: row.get(6)?,
        used_at: row.get(7)?,
    })
}
