//! `tinhso account`: accounts from the command line, for the first administrator of a house.

use std::{io::BufRead, process::ExitCode};

use anyhow::{Context, Result, bail};
use identity::{
    Login, NewPassword, PasswordHash,
    account::{self, NewAccount},
};

use crate::{cli::AccountCommand, config::Config, house::Ground};

pub(crate) fn run(command: AccountCommand) -> Result<ExitCode> {
    let AccountCommand::Create { login, person, place } = command;
    let config = Config::of(&place)?;
    let ground = Ground::existing(&config)?;
    let login: Login =
        login.parse().context("a login has 3 to 64 letters, digits, dots, hyphens")?;
    eprintln!("Password (one line):");
    let line = std::io::stdin().lock().lines().next().context("no password was given")??;
    let password = match NewPassword::parse(&line, &login) {
        Ok(password) => password,
        Err(weakness) => bail!("the password is too weak: {weakness}"),
    };
    let password = PasswordHash::of(&password, &ground.mint);
    let new = NewAccount { login, password, person: Some(person), must_change: true };
    let (tenant, now, mint) = (config.tenant, ground.clock.now(), ground.mint.clone());
    let created = ground.store.write(move |tx| account::create(tx, &tenant, &new, now, &mint));
    let id = created.wait()?;
    println!("{id}");
    Ok(ExitCode::SUCCESS)
}
