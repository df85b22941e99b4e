//! `tinhso feedback`: the rules by which reports find their agency, and the model that suggests;
//! `tinhso open311-key`: keys of programs that send reports.

use std::{fs, process::ExitCode};

use anyhow::{Context, Result, bail};
use feedback::{
    boundary::{self, Boundaries},
    commands,
    open311::keys,
    rules::{self, Rules},
    suggestion::Trial,
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
        FeedbackCommand::Boundaries { file, place } => {
            let named = || format!("the boundaries in {}", file.display());
            let text = fs::read_to_string(&file).with_context(named)?;
            let boundaries = Boundaries::read(&text).with_context(named)?;
            let config = Config::of(&place)?;
            let (ground, tenant) = (Ground::existing(&config)?, config.tenant.clone());
            let (now, count) = (ground.clock.now(), boundaries.count());
            let stored =
                ground.store.write(move |tx| boundary::store(tx, &tenant, &boundaries, now));
            println!("boundaries version {} in use, of {count} communes", stored.wait()?);
        }
        FeedbackCommand::Train { place } => {
            let config = Config::of(&place)?;
            let ground = Ground::existing(&config)?;
            let now = ground.clock.now();
            if let Some(trial) = commands::train(&ground.store, &config.tenant, now, true)? {
                print(&trial);
            }
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn print(trial: &Trial) {
    let of = &trial.figures;
    println!("reports learnt from {}, held back {}", of.reports, of.held);
    println!("categories, macro F1: {:.3} in use, {:.3} new", of.f1_before, of.f1_after);
    println!("pairs learnt from {}, held back {}", of.pairs, of.pairs_held);
    println!("same report, F1: {:.3} in use, {:.3} new", of.pairs_f1_before, of.pairs_f1_after);
    println!("{}", if trial.taken { "taken over" } else { "not taken over" });
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
