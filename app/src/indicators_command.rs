//! `tinhso indicators`: what is measured, one figure, and all of them computed anew.

use std::{process::ExitCode, sync::Arc};

use anyhow::{Context, Result, bail};
use desk::Book;
use directory::CurrentDirectory;
use indicatif::{ProgressBar, ProgressStyle};
use indicators::{Cube, Definitions, Figure, Period, Scope, Slice};

use crate::{
    cli::IndicatorsCommand,
    config::Config,
    house::{Ground, definitions},
};

pub(crate) fn run(command: &IndicatorsCommand) -> Result<ExitCode> {
    match command {
        IndicatorsCommand::List { place } => list(&definitions(&folder(&Config::of(place)?))?),
        IndicatorsCommand::Check { folder } => {
            println!("{} indicators, no fault", definitions(folder)?.len());
            Ok(ExitCode::SUCCESS)
        }
        IndicatorsCommand::Figure { code, of, period, place } => {
            let scope = of.parse().context("of whom")?;
            let period = period.parse().context("in which period")?;
            figure(&Config::of(place)?, code, &scope, period)
        }
        IndicatorsCommand::Rebuild { place } => rebuild(&Config::of(place)?),
        IndicatorsCommand::Verify { place } => verify(&Config::of(place)?),
    }
}

fn folder(config: &Config) -> std::path::PathBuf {
    config.data.join("indicators")
}

fn list(definitions: &Definitions) -> Result<ExitCode> {
    for one in definitions.iter() {
        println!("{} {} {} {}", one.code, one.unit.word(), one.grade.word(), one.name);
    }
    Ok(ExitCode::SUCCESS)
}

/// The cube of a house, with all versions of its procedures.
fn cube(config: &Config, ground: &Ground) -> Result<Cube> {
    let (book, tenant) = (Arc::new(Book::default()), config.tenant.clone());
    let shared = book.clone();
    let read = ground.store.read(move |tx| shared.reload(tx, &tenant));
    read.wait().context("the book of procedures")?;
    Ok(Cube::new(config.tenant.clone(), book.shelf().catalogue().clone()))
}

fn figure(config: &Config, code: &str, scope: &Scope, period: Period) -> Result<ExitCode> {
    let ground = Ground::existing(config)?;
    let (definitions, cube) = (definitions(&folder(config))?, cube(config, &ground)?);
    let indicator =
        definitions.get(code).with_context(|| format!("there is no indicator {code}"))?.clone();
    let directory = CurrentDirectory::open(ground.store.clone(), config.tenant.clone())?.get();
    let (scope, now, places) = (scope.clone(), ground.clock.now(), indicator.places);
    let read = ground.store.read(move |tx| {
        let tree = cube.tree(tx, &directory)?;
        cube.figure(tx, &tree, &indicator, (&scope, period, &Slice::default()), now)
    });
    print(&read.wait()?, places);
    Ok(ExitCode::SUCCESS)
}

fn print(figure: &Figure, places: u32) {
    let Figure { indicator, scope, period, value, grade, as_of, parts } = figure;
    match value {
        Ok(value) => println!("{indicator} {scope} {period} {} ({value})", value.text(places)),
        Err(why) => println!("{indicator} {scope} {period} none: {}", why.word()),
    }
    println!("grade {}, events below {}, {} not counted", grade.word(), as_of.pos, as_of.behind);
    for (opening, n) in parts {
        println!("  {} {n}", opening.reference);
    }
}

fn rebuild(config: &Config) -> Result<ExitCode> {
    let ground = Ground::existing(config)?;
    println!("{} events counted", computed(&cube(config, &ground)?, &ground)?);
    Ok(ExitCode::SUCCESS)
}

/// Computes the cube anew with a bar of progress; answers of how many events.
fn computed(cube: &Cube, ground: &Ground) -> Result<u64> {
    let bar = ProgressBar::new(0);
    if let Ok(style) = ProgressStyle::with_template("{bar:40} {pos} / {len}  {elapsed}") {
        bar.set_style(style);
    }
    let rebuilt = cube.rebuild(&ground.store, |done, all| {
        bar.set_length(all);
        bar.set_position(done);
    });
    bar.finish_and_clear();
    Ok(rebuilt.context("the figures")?.events)
}

/// The digest of what is read, once it has counted all that is sealed.
fn digest(cube: &Cube, ground: &Ground) -> Result<[u8; 32]> {
    loop {
        let shared = cube.clone();
        let follow = ground.store.write(move |tx| shared.follow(tx, Cube::BATCH_MAX));
        if !follow.wait()?.more {
            break;
        }
    }
    let shared = cube.clone();
    Ok(ground.store.read(move |tx| shared.digest(tx)).wait()?)
}

fn verify(config: &Config) -> Result<ExitCode> {
    let ground = Ground::existing(config)?;
    let cube = cube(config, &ground)?;
    let before = digest(&cube, &ground)?;
    let events = computed(&cube, &ground)?;
    let after = digest(&cube, &ground)?;
    if before != after {
        bail!(
            "what was read was not what {events} events of the journal give; the figures computed \
             anew are read now (or the journal grew meanwhile: verify while nobody works)"
        );
    }
    println!("the figures are those of {events} events: {}", kernel::hex(&after));
    Ok(ExitCode::SUCCESS)
}
