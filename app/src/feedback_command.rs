//! `tinhso feedback`: the rules by which reports find their agency; `tinhso open311-key`: keys of
//! programs that send reports.

use std::{fs, process::ExitCode};

use anyhow::{Context, Result, bail};
use feedback::{
    open311::keys,
    rules::{self, Rules},
};

use crate::{
    cli::{FeedbackCommand, Open311KeyOptions},
    config::Config,
    house::Ground,
};

pub(crate) fn run(command: FeedbackCommand) -> Result<ExitCode> {
    match command {
        FeedbackCommand::Rules { place } => {
            let config = Config::of(&place)?;
            let (ground, tenant) = (Ground::existing(&config)?, config.tenant.clone());
            let stored = ground.store.read(move |tx| rules::stored(tx, &tenant)).wait()?;
            print!("{}", stored.map_or_else(|| rules::SHIPPED.to_owned(), |(_, text)| text));
        }
        FeedbackCommand::SetRules { file, place } => {
            let text = fs::read_to_string(&file)
                .with_context(|| format!("the rules in {}", file.display()))?;
            Rules::read(&text).with_context(|| format!("the rules in {}", file.display()))?;
            let config = Config::of(&place)?;
            let (ground, tenant) = (Ground::existing(&config)?, config.tenant.clone());
            let now = ground.clock.now();
            let stored = ground.store.write(move |tx| rules::store(tx, &tenant, &text, now));
            println!("rules version {} in force", stored.wait()?);
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// Prints a new key, once; or takes the keys of a name back.
pub(crate) fn key(options: &Open311KeyOptions) -> Result<ExitCode> {
    let name = kernel::nfc(&options.name);
    if name.is_empty() || name.chars().count() > 100 {
        bail!("a program has a name of 1 to 100 letters");
    }
    let config = Config::of(&options.place)?;
    let (ground, tenant) = (Ground::existing(&config)?, config.tenant.clone());
    let (now, mint, revoke) = (ground.clock.now(), ground.mint.clone(), options.revoke);
    let said = ground.store.write(move |tx| match revoke {
        true => Ok(format!("{} taken back", keys::revoke(tx, &tenant, &name, now)?)),
        false => keys::make(tx, &tenant, &name, now, &mint),
    });
    let said: Result<String, feedback::Error> = said.wait();
    println!("{}", said?);
    Ok(ExitCode::SUCCESS)
}
