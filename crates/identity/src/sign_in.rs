//! Signing in: counted, then checked, then opened.
//!
//! The password is checked between two transactions, never inside one: the check is slow on
//! purpose, and everybody else would wait for it.
//!
//! 1. [`begin`], in a write transaction, counts the attempt and reads the account;
//! 2. [`Attempt::check`], on a thread that may be busy, compares the password;
//! 3. [`finish`], in a write transaction, opens the session or says why not.

use std::net::IpAddr;

use jiff::SignedDuration;
use kernel::{AccountId, Instant, Mint, PersonId, Tenant};
use store::{Tx, args};

use crate::{
    Login, PasswordHash, Result, SessionToken, Sessions,
    throttle::{self, Subjects},
};

/// An attempt that was counted.
#[derive(Debug, Clone)]
pub struct Attempt {
    subjects: Subjects,
    known: Option<Known>,
}

#[derive(Debug, Clone)]
struct Known {
    account: AccountId,
    person: Option<PersonId>,
    password: PasswordHash,
    disabled: bool,
    must_change: bool,
}

/// An attempt whose password was checked.
#[derive(Debug, Clone)]
pub struct Checked {
    subjects: Subjects,
    /// Only after the right password.
    known: Option<Known>,
    /// The password under the cost of today, where it was kept under another.
    renewed: Option<PasswordHash>,
}

/// Why nobody was signed in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// No such account, or another password; which of them is told to nobody.
    Wrong,
    /// The right password of an account that was disabled.
    Disabled,
    /// Too many failures; how long to wait before the next attempt.
    Wait(SignedDuration),
}

/// Somebody is signed in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignedIn {
    /// For the cookie.
    pub token: SessionToken,
    /// The account.
    pub account: AccountId,
    /// Its person.
    pub person: Option<PersonId>,
    /// Whether the password must be changed before anything else.
    pub must_change: bool,
}

/// Counts the attempt and reads the account. A refusal is an `Ok` here, so that what was
/// counted is kept.
///
/// # Errors
/// What the store refuses.
pub fn begin(
    tx: &mut Tx<'_>,
    tenant: &Tenant,
    login: &str,
    address: IpAddr,
    now: Instant,
) -> Result<Result<Attempt, Refusal>> {
    // What can be no login is counted as the empty one, and fails like any other.
    let login = login.parse::<Login>().ok();
    let login = login.as_ref().map_or("", Login::as_str);
    let subjects = Subjects::new(login, address);
    if let Some(wait) = throttle::charge(tx, tenant, &subjects, now)? {
        return Ok(Err(Refusal::Wait(wait)));
    }
    let sql = "select id, person_id, password_hash, disabled_at is not null, must_change
               from account where tenant = $1 and login = $2";
    let row = tx.opt(sql, args!(tenant, login), |row| {
        let (account, person) = (row.get(0)?, row.get(1)?);
        Ok((account, person, row.get::<String>(2)?, row.get(3)?, row.get(4)?))
    })?;
    let known = row.map(|(account, person, password, disabled, must_change)| {
        let password = PasswordHash::parse(password)?;
        Ok::<_, crate::Error>(Known { account, person, password, disabled, must_change })
    });
    Ok(Ok(Attempt { subjects, known: known.transpose()? }))
}

impl Attempt {
    /// Compares the password, with the same work whether or not there is such an account.
    /// Takes some 20 ms and 19 MiB: run few at a time, and none inside a transaction.
    #[must_use]
    pub fn check(self, password: &str, mint: &Mint) -> Checked {
        let Self { subjects, known } = self;
        let Some(known) = known else {
            PasswordHash::spend(password);
            return Checked { subjects, known: None, renewed: None };
        };
        if !known.password.verify(password) {
            return Checked { subjects, known: None, renewed: None };
        }
        let renewed = known.password.renewed(password, mint);
        Checked { subjects, known: Some(known), renewed }
    }
}

/// Opens the session after the right password, and forgets the failures before it.
///
/// # Errors
/// What the store refuses.
pub fn finish(
    tx: &mut Tx<'_>,
    tenant: &Tenant,
    checked: &Checked,
    sessions: &Sessions,
    now: Instant,
    mint: &Mint,
) -> Result<Result<SignedIn, Refusal>> {
    let Some(known) = &checked.known else { return Ok(Err(Refusal::Wrong)) };
    if known.disabled {
        return Ok(Err(Refusal::Disabled));
    }
    throttle::forgive(tx, tenant, &checked.subjects, now)?;
    if let Some(renewed) = &checked.renewed {
        let sql = "update account set password_hash = $3
                   where tenant = $1 and id = $2 and password_hash = $4";
        let old = known.password.as_str();
        tx.exec(sql, args!(tenant, known.account, renewed.as_str(), old))?;
    }
    let token = sessions.open(tx, tenant, known.account, None, now, mint)?;
    let (account, person, must_change) = (known.account, known.person, known.must_change);
    Ok(Ok(SignedIn { token, account, person, must_change }))
}
