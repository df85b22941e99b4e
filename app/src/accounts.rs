//! `tinhso accounts`: who may sign in. A password that is made here is shown once, and must be
//! changed at the first sign-in.

use std::process::ExitCode;

use anyhow::{Context, Result, bail};
use directory::Directory;
use identity::{
    Login, NewPassword, PasswordHash, SessionLimits, Sessions,
    account::{self, NewAccount},
};
use kernel::{Mint, PersonId};

use crate::{cli::AccountsCommand, config::Config, house::Ground};

/// Accounts that are read at once.
const PAGE: u16 = 500;

pub(crate) fn run(command: AccountsCommand) -> Result<ExitCode> {
    match command {
        AccountsCommand::Create { logins, person, place } => {
            create(&Config::of(&place)?, &logins, person.as_deref())?;
        }
        AccountsCommand::Reset { login, place } => reset(&Config::of(&place)?, &login)?,
        AccountsCommand::Disable { login, place } => {
            switch(&Config::of(&place)?, &login, false)?;
        }
        AccountsCommand::Enable { login, place } => switch(&Config::of(&place)?, &login, true)?,
        AccountsCommand::List { place } => list(&Config::of(&place)?)?,
    }
    Ok(ExitCode::SUCCESS)
}

/// Creates accounts, all or none; prints each login with its password, parted by a tab.
fn create(config: &Config, logins: &[String], person: Option<&str>) -> Result<()> {
    if person.is_some() && logins.len() > 1 {
        bail!("--person goes with one login; without it each login is the code of its person");
    }
    let ground = Ground::existing(config)?;
    let tenant = config.tenant.clone();
    let directory = ground.store.read(move |tx| Directory::load(tx, &tenant)).wait()?;
    let mut made = Vec::new();
    for text in logins {
        let login = login_of(text)?;
        let person = person_of(&directory, person.unwrap_or(text))?;
        let (shown, password) = one_time(&login, &ground.mint);
        let person = Some(person);
        made.push((shown, NewAccount { login, password, person, must_change: true }));
    }
    let (tenant, now, mint) = (config.tenant.clone(), ground.clock.now(), ground.mint.clone());
    let accounts: Vec<NewAccount> = made.iter().map(|(_, new)| new.clone()).collect();
    let created = ground.store.write(move |tx| {
        for new in &accounts {
            if account::find(tx, &tenant, &new.login)?.is_some() {
                return Ok(Some(new.login.clone()));
            }
        }
        for new in &accounts {
            account::create(tx, &tenant, new, now, &mint)?;
        }
        Ok::<_, identity::Error>(None)
    });
    if let Some(taken) = created.wait().context("no account was created")? {
        bail!("the login {taken} is in use; no account was created");
    }
    for (password, new) in made {
        println!("{}\t{password}", new.login);
    }
    eprintln!("Each password is shown this once, and changed at the first sign-in.");
    Ok(())
}

/// Another password for somebody who forgot theirs; whoever is signed in with the account is out.
fn reset(config: &Config, login: &str) -> Result<()> {
    let ground = Ground::existing(config)?;
    let login = login_of(login)?;
    let (shown, password) = one_time(&login, &ground.mint);
    let (tenant, now, wanted) = (config.tenant.clone(), ground.clock.now(), login.clone());
    let done = ground.store.write(move |tx| {
        let known = account::find(tx, &tenant, &wanted)?.ok_or(identity::Error::NoAccount)?;
        account::set_password(tx, &tenant, known.id, &password, true, now)?;
        Sessions::new(SessionLimits::default()).close_all(tx, &tenant, known.id, None, now)
    });
    done.wait().with_context(|| login.to_string())?;
    println!("{login}\t{shown}");
    eprintln!("The password is shown this once, and changed at the next sign-in.");
    Ok(())
}

/// Lets an account in again, or no more.
fn switch(config: &Config, login: &str, enable: bool) -> Result<()> {
    let ground = Ground::existing(config)?;
    let login = login_of(login)?;
    let (tenant, now, wanted) = (config.tenant.clone(), ground.clock.now(), login.clone());
    let done = ground.store.write(move |tx| {
        let known = account::find(tx, &tenant, &wanted)?.ok_or(identity::Error::NoAccount)?;
        if enable {
            return account::enable(tx, &tenant, known.id);
        }
        account::disable(tx, &tenant, known.id, now)?;
        let sessions = Sessions::new(SessionLimits::default());
        sessions.close_all(tx, &tenant, known.id, None, now).map(drop)
    });
    done.wait().with_context(|| login.to_string())
}

fn list(config: &Config) -> Result<()> {
    let ground = Ground::existing(config)?;
    let (tenant, now) = (config.tenant.clone(), ground.clock.now());
    let read = ground.store.read(move |tx| {
        let mut all = account::list(tx, &tenant, "", PAGE)?;
        while all.len().is_multiple_of(usize::from(PAGE)) {
            let Some(last) = all.last().map(|last| last.login.clone()) else { break };
            let more = account::list(tx, &tenant, &last, PAGE)?;
            if more.is_empty() {
                break;
            }
            all.extend(more);
        }
        Ok::<_, one_stop::Error>((all, Directory::load(tx, &tenant)?))
    });
    let (accounts, directory) = read.wait()?;
    for account in accounts {
        let person = account.person.and_then(|id| directory.person(id));
        let seats = account.person.map(|id| directory.posts_of(id, now)).unwrap_or_default();
        let seats: Vec<String> = seats
            .iter()
            .filter_map(|seat| directory.post(seat.acting_for.unwrap_or(seat.post)))
            .map(|post| post.title.clone())
            .collect();
        let state = match (account.disabled_at, account.must_change) {
            (Some(_), _) => "disabled",
            (None, true) => "new password",
            (None, false) => "in use",
        };
        let name = person.map_or("-", |person| person.name.as_str());
        println!("{}\t{state}\t{name}\t{}", account.login, seats.join("; "));
    }
    Ok(())
}

fn login_of(text: &str) -> Result<Login> {
    text.parse().with_context(|| format!("«{text}» is no login"))
}

/// The person with this code of the directory, or with this identifier.
fn person_of(directory: &Directory, named: &str) -> Result<PersonId> {
    let by_code = directory.persons().find(|person| {
        let code = person.code.as_ref().map(directory::Handle::as_str);
        code.is_some_and(|code| code.eq_ignore_ascii_case(named))
    });
    let by_id = || named.parse().ok().and_then(|id: PersonId| directory.person(id));
    match by_code.or_else(by_id) {
        Some(person) => Ok(person.id),
        None => bail!("nobody in the directory has the code {named}; name the person by --person"),
    }
}

/// A password of sixteen letters and digits that are not mistaken for each other (80 bits), as it
/// is shown and as it is kept.
fn one_time(login: &Login, mint: &Mint) -> (String, PasswordHash) {
    const LETTERS: &[u8; 32] = b"abcdefghijkmnpqrstuvwxyz23456789";
    loop {
        let letters = mint.bytes::<16>().map(|byte| char::from(LETTERS[usize::from(byte % 32)]));
        let groups: Vec<String> = letters.chunks(4).map(|four| four.iter().collect()).collect();
        let shown = groups.join("-");
        // Chance may repeat letters, or spell a word that everybody tries.
        if let Ok(password) = NewPassword::parse(&shown, login) {
            return (shown, PasswordHash::of(&password, mint));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_one_time_password_is_strong_and_read_without_doubt() {
        let login = "nong.hien".parse().unwrap();
        let (shown, hash) = one_time(&login, &Mint::seeded(1));
        assert_eq!(shown.len(), 19);
        assert!(shown.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-'));
        assert!(!shown.contains(['0', '1', 'l', 'o']));
        assert!(hash.verify(&shown));
    }
}
