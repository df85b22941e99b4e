//! Accounts: a login, a password, and the person whom it lets in.

use std::{fmt, str::FromStr};

use kernel::{AccountId, Instant, Mint, PersonId, Tenant};
use store::{Row, Tx, args};
use thiserror::Error;

use crate::{Error, PasswordHash, Result};

/// A login as it is kept: 3 to 64 small letters without marks, digits, dots, hyphens and
/// underscores. Capitals and surrounding spaces are forgiven.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Login(String);

/// The text can be no login.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("a login has 3 to 64 letters without marks, digits, dots, hyphens and underscores")]
pub struct LoginFault;

impl Login {
    /// The login as it is kept.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for Login {
    type Err = LoginFault;

    fn from_str(text: &str) -> Result<Self, LoginFault> {
        let text = text.trim().to_ascii_lowercase();
        let plain = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b'_');
        let fits = (3..=64).contains(&text.len()) && text.bytes().all(plain);
        if fits { Ok(Self(text)) } else { Err(LoginFault) }
    }
}
impl fmt::Display for Login {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// An account to be created.
#[derive(Debug, Clone)]
pub struct NewAccount {
    /// What is typed to sign in.
    pub login: Login,
    /// Hashed before, outside of the transaction.
    pub password: PasswordHash,
    /// Whom it lets in; an account without a person can do nothing but change its password.
    pub person: Option<PersonId>,
    /// Whether the password must be changed at the first sign-in.
    pub must_change: bool,
}

/// An account, without its password.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// The account.
    pub id: AccountId,
    /// What is typed to sign in.
    pub login: String,
    /// Whom it lets in.
    pub person: Option<PersonId>,
    /// Whether the password must be changed before anything else.
    pub must_change: bool,
    /// Since when nobody can sign in with it.
    pub disabled_at: Option<Instant>,
    /// When it was created.
    pub created_at: Instant,
    /// When its password was set.
    pub password_changed_at: Instant,
}

const COLUMNS: &str =
    "id, login, person_id, must_change, disabled_at, created_at, password_changed_at";

/// Creates an account.
///
/// # Errors
/// [`Error::LoginTaken`].
pub fn create(
    tx: &mut Tx<'_>,
    tenant: &Tenant,
    new: &NewAccount,
    now: Instant,
    mint: &Mint,
) -> Result<AccountId> {
    let id: AccountId = mint.id(now);
    let created = tx.exec(
        "insert into account(tenant, id, login, password_hash, person_id, must_change,
             created_at, password_changed_at)
         values ($1, $2, $3, $4, $5, $6, $7, $7) on conflict (tenant, login) do nothing",
        args!(
            tenant,
            id,
            new.login.as_str(),
            new.password.as_str(),
            new.person,
            new.must_change,
            now
        ),
    )?;
    if created == 1 { Ok(id) } else { Err(Error::LoginTaken) }
}

/// The account with this identifier.
///
/// # Errors
/// [`Error::NoAccount`].
pub fn get(tx: &mut Tx<'_>, tenant: &Tenant, id: AccountId) -> Result<Account> {
    let sql = format!("select {COLUMNS} from account where tenant = $1 and id = $2");
    tx.opt(&sql, args!(tenant, id), read)?.ok_or(Error::NoAccount)
}

/// The account with this login.
///
/// # Errors
/// What the store refuses.
pub fn find(tx: &mut Tx<'_>, tenant: &Tenant, login: &Login) -> Result<Option<Account>> {
    let sql = format!("select {COLUMNS} from account where tenant = $1 and login = $2");
    Ok(tx.opt(&sql, args!(tenant, login.as_str()), read)?)
}

/// The accounts of a person.
///
/// # Errors
/// What the store refuses.
pub fn of_person(tx: &mut Tx<'_>, tenant: &Tenant, person: PersonId) -> Result<Vec<Account>> {
    let sql = format!(
        "select {COLUMNS} from account where tenant = $1 and person_id = $2
         order by login limit 100"
    );
    Ok(tx.all(&sql, args!(tenant, person), read)?)
}

/// Accounts in the order of their logins, `limit` of them after the login `after`.
///
/// # Errors
/// What the store refuses.
pub fn list(tx: &mut Tx<'_>, tenant: &Tenant, after: &str, limit: u16) -> Result<Vec<Account>> {
    let sql = format!(
        "select {COLUMNS} from account where tenant = $1 and login > $2 order by login limit $3"
    );
    Ok(tx.all(&sql, args!(tenant, after, limit), read)?)
}

/// The password hash, for asking the old password before a new one is set.
///
/// # Errors
/// [`Error::NoAccount`], [`Error::DamagedHash`].
pub fn password(tx: &mut Tx<'_>, tenant: &Tenant, id: AccountId) -> Result<PasswordHash> {
    let sql = "select password_hash from account where tenant = $1 and id = $2";
    let text = tx.opt(sql, args!(tenant, id), |row| row.get::<String>(0))?;
    PasswordHash::parse(text.ok_or(Error::NoAccount)?)
}

/// Sets a password. Whoever set it for somebody else asks that it be changed. Sign out
/// everywhere afterwards ([`crate::Sessions::close_all`]), so that nobody stays in on the old one.
///
/// # Errors
/// [`Error::NoAccount`].
pub fn set_password(
    tx: &mut Tx<'_>,
    tenant: &Tenant,
    id: AccountId,
    password: &PasswordHash,
    must_change: bool,
    now: Instant,
) -> Result<()> {
    let sql = "update account set password_hash = $3, must_change = $4, password_changed_at = $5
               where tenant = $1 and id = $2";
    touched(tx.exec(sql, args!(tenant, id, password.as_str(), must_change, now))?)
}

/// Lets nobody in any more. Sign out everywhere as well.
///
/// # Errors
/// [`Error::NoAccount`].
pub fn disable(tx: &mut Tx<'_>, tenant: &Tenant, id: AccountId, now: Instant) -> Result<()> {
    let sql = "update account set disabled_at = coalesce(disabled_at, $3)
               where tenant = $1 and id = $2";
    touched(tx.exec(sql, args!(tenant, id, now))?)
}

/// Lets people in again.
///
/// # Errors
/// [`Error::NoAccount`].
pub fn enable(tx: &mut Tx<'_>, tenant: &Tenant, id: AccountId) -> Result<()> {
    let sql = "update account set disabled_at = null where tenant = $1 and id = $2";
    touched(tx.exec(sql, args!(tenant, id))?)
}

fn touched(rows: u64) -> Result<()> {
    if rows == 1 { Ok(()) } else { Err(Error::NoAccount) }
}

fn read(row: &Row<'_>) -> store::Result<Account> {
    Ok(Account {
        id: row.get(0)?,
        login: row.get(1)?,
        person: row.get(2)?,
        must_change: row.get(3)?,
        disabled_at: row.get(4)?,
        created_at: row.get(5)?,
        password_changed_at: row.get(6)?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_spelling_is_one_account() {
        let login: Login = " Tran.Hien ".parse().unwrap();
        assert_eq!(login.as_str(), "tran.hien");
        for text in ["ab", "trần.hiền", "a b c", "x'; --"] {
            assert_eq!(text.parse::<Login>(), Err(LoginFault), "{text}");
        }
    }
}
