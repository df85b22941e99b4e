//! `tinhso succession`: mergers and splits, dry run first.

use std::{fs, process::ExitCode, sync::Arc};

use anyhow::{Context, Result};
use directory::{
    Directory,
    succession::{self, CaseMover},
};
use one_stop::Mover;

use crate::{
    cli::{SuccessionCommand, Where},
    config::Config,
    house::Ground,
};

pub(crate) fn run(command: SuccessionCommand) -> Result<ExitCode> {
    match command {
        SuccessionCommand::DryRun { plan, place } => carry(&plan, &place, false),
        SuccessionCommand::Apply { plan, place } => carry(&plan, &place, true),
    }
}

fn carry(file: &std::path::Path, place: &Where, apply: bool) -> Result<ExitCode> {
    let config = Config::of(place)?;
    let ground = Ground::existing(&config)?;
    let text =
        fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))?;
    let plan = match succession::prepare(&ground.store, &config.tenant, &text, &ground.mint) {
        Ok(plan) => plan,
        Err(directory::Error::Plan(faults)) => {
            for fault in faults {
                println!("{}:{}: {}", file.display(), fault.line, fault.kind);
            }
            return Ok(ExitCode::from(1));
        }
        Err(error) => return Err(error.into()),
    };
    let mover: Arc<dyn CaseMover> = Arc::new(Mover::new(ground.mint.clone()));
    let now = ground.clock.now();
    let tenant = config.tenant.clone();
    let directory = ground.store.read(move |tx| Directory::load(tx, &tenant)).wait()?;
    let report = succession::dry_run(&ground.store, &config.tenant, &plan, mover.clone(), now)?;
    println!("{}", one_stop::succession_in_words(&report, &directory));
    if apply {
        let applied = succession::apply(&ground.store, &config.tenant, &plan, &mover, now)?;
        println!(
            "done: {} agencies now, {} before; {} open cases moved",
            applied.done, applied.skipped, applied.moved
        );
    }
    Ok(ExitCode::SUCCESS)
}
